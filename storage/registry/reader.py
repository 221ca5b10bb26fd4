"""Reading of a registry from a folder of CSV files or one workbook."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from complaints.model.people import Appointment, Company, District, Office, OfficeKind, Project, Role
from complaints.registry_schema import (
    COLUMNS,
    COMPANIES,
    DISTRICTS,
    EXTRA_SHEETS,
    OFFICES,
    PEOPLE,
    PROJECTS,
    YES,
    Registry,
)
from complaints.text.phone_numbers import normal_phone
from storage.registry.checks import Book, packs_not_here, problems, zeros_lost
from storage.registry.sheets import Line, Problem, Sheet, as_date, read_date, read_sheet


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`registry` is None unless there are no problems; `remarks` are worth knowing and hinder nothing."""

    registry: Registry | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def read(path: Path, packs: Collection[str]) -> Reading:
    """The folder or workbook, judged as a whole; `packs` are the ids of those that districts may name."""
    book, faults = (_folder(path), ()) if path.is_dir() else _file(path)
    found = (*faults, *(problems(book) or _empty(path, book))) if book else faults
    remarks = (*packs_not_here(book, packs), *zeros_lost(book)) if book else ()
    return Reading(registry=None if found else _registry(book), problems=tuple(found), remarks=remarks)


def _empty(path: Path, book: Book) -> list[Problem]:
    """An empty template would end everybody's term."""
    if any(sheet.lines for sheet in book.values()):
        return []
    return [Problem(file=path.name, line=0, column="", reason="has no entries: fill it in first")]


def _file(path: Path) -> tuple[Book, tuple[Problem, ...]]:
    from storage.registry import workbook  # openpyxl takes a while to import, and few have need of it

    if path.suffix.lower() == ".csv":
        return {}, (Problem(file=path.name, line=0, column="", reason="is one file of several: name their folder"),)
    return workbook.read(path)


def _folder(folder: Path) -> Book:
    found = {}
    for name, columns in COLUMNS.items():
        path = folder / f"{name}.csv"
        if name in EXTRA_SHEETS and not path.exists():
            found[name] = Sheet(path.name)
        else:
            found[name] = read_sheet(path, tuple(c.name for c in columns), [c.name for c in columns if c.extra])
    return found


def _registry(book: Book) -> Registry:
    return Registry(
        districts=tuple(District(**line.values) for line in book[DISTRICTS].lines),
        companies=tuple(Company(**line.values) for line in book[COMPANIES].lines),
        projects=tuple(_project(line) for line in book[PROJECTS].lines),
        appointments=tuple(_appointment(line) for line in book[PEOPLE].lines),
        offices=tuple(_office(line) for line in book[OFFICES].lines),
        lines={name: tuple(line.number for line in sheet.lines) for name, sheet in book.items()},
        given={name: sheet.columns for name, sheet in book.items()},
    )


def _project(line: Line) -> Project:
    values: dict[str, Any] = dict(line.values)
    values["households"] = int(values.get("households") or 0)
    for fact in ("high_rise", "direct_power"):
        values[fact] = values.get(fact, "").lower() in YES
    return Project(**values)


def _office(line: Line) -> Office:
    values: Mapping[str, Any] = {**line.values, "kind": OfficeKind(line.values["kind"])}
    return Office(**values)


def _appointment(line: Line) -> Appointment:
    return Appointment(
        role=Role(line.values["role"]),
        scope=line.values["scope"],
        name=line.values["name"],
        phone=normal_phone(line.values["phone"]),
        since=read_date(line.values["from"]),
        until=as_date(line.values["until"]),
    )
