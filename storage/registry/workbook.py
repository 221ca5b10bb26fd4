"""Reading of a workbook, sheet by sheet, unless it is one that can't be trusted."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from complaints.registry_schema import COLUMNS, EXTRA_SHEETS, REMARK
from storage.registry.checks import Book
from storage.registry.sheets import Problem, Row, Sheet, as_sheet, unusable
from storage.registry.workbook_limits import TooMuch, assert_within

NOTES = "notes"  # the template's page of explanations, never read
OLD = b"\xd0\xcf\x11\xe0"  # how a workbook begins that is protected by a password, or that is an .xls
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)  # fmt: skip - what openpyxl and zipfile raise of files that are none
Found = tuple[Book, tuple[Problem, ...]]


@dataclass
class Cells:
    """A sheet's rows as they are read, and what is wrong with single cells: (row, column from 1) and why."""

    rows: list[Row] = field(default_factory=list)
    wrong: dict[tuple[int, int], str] = field(default_factory=dict)


def read(path: Path) -> Found:
    """The sheets by name; where the workbook can't be read at all there are none, and one problem says why."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(OLD))
        if begins == OLD:
            return _not_at_all(path, "is protected by a password, or an .xls: save it as .xlsx without a password")
        with zipfile.ZipFile(path) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out, nothing is read here
            assert_within(archive)
            made = load_workbook(path, read_only=True)
            try:
                return _sheets(made, archive)
            finally:
                made.close()
    except TooMuch as beyond:
        return _not_at_all(path, f"is too large: {beyond}")
    except BROKEN:
        return _not_at_all(path, "is no workbook that can be read: save it as .xlsx once more")


def _not_at_all(path: Path, reason: str) -> Found:
    return {}, (Problem(file=path.name, line=0, column="", reason=reason),)


def _sheets(made: Any, archive: zipfile.ZipFile) -> Found:
    there = {_called(sheet.title): sheet for sheet in made.worksheets}
    seen = [n for n, name in enumerate(made.sheetnames, 1) if made[name].sheet_state == "visible"]
    unknown = [f"sheet {n}" for n in seen if _called(made.sheetnames[n - 1]) not in (*COLUMNS, NOTES)]
    missing = {name for name in COLUMNS if name not in there} - EXTRA_SHEETS
    hint = f"; {unknown[0]} has a name of its own: rename it, if it is this one" if unknown else ""
    book = {}
    for name in COLUMNS:
        if name in there:
            book[name] = _sheet(name, there[name], archive)
        else:
            book[name] = unusable(name, 0, f"this sheet is missing{hint}") if name in missing else Sheet(name)
    return book, (*_hidden(made), *(() if missing else _strange(unknown)))


def _called(title: str) -> str:
    return title.strip().lower()


def _strange(unknown: list[str]) -> Iterator[Problem]:
    """They may hold what somebody thinks is loaded; their names may be anybody's, and aren't repeated."""
    for sheet in unknown:
        yield Problem(file=sheet, line=0, column="", reason=f"is none of {', '.join(COLUMNS)}: rename or delete it")


def _hidden(made: Any) -> Iterator[Problem]:
    """Nobody sees what is loaded from them."""
    for position, name in enumerate(made.sheetnames, 1):
        if made[name].sheet_state != "visible":
            shown = _called(name) if _called(name) in COLUMNS else f"sheet {position}"
            yield Problem(file=shown, line=0, column="", reason="is hidden: show it, or delete it")


def _sheet(name: str, sheet: Any, archive: zipfile.ZipFile) -> Sheet:
    columns = COLUMNS[name]
    cells = Cells()
    try:
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        for row in sheet.iter_rows():
            _take(row, cells)
        _take_merged(sheet, archive, cells)
    except BROKEN:
        after = cells.rows[-1][0] + 1 if cells.rows else 1
        return unusable(name, after, "can't be read from here on: save the workbook once more")
    found = as_sheet(name, cells.rows, tuple(c.name for c in columns), [c.name for c in columns if c.extra])
    found.problems.extend(_wrong(name, cells))
    return found


def _take(row: Sequence[Any], cells: Cells) -> None:
    values: list[str | None] = []
    number = 0
    for position, cell in enumerate(row, 1):
        value, reason = _read(cell)
        number = getattr(cell, "row", 0) or number
        if reason:
            cells.wrong[cell.row, position] = reason
        values.append(value)
    if number and any(value != "" for value in values):
        cells.rows.append((number, values))


def _read(cell: Any) -> tuple[str | None, str]:
    """The value as it would be written in a CSV file, or why there is none."""
    if cell.value is None:
        return "", ""
    if cell.data_type == "f":
        return None, "holds a formula: put its value there"
    if cell.data_type == "e":
        return None, "holds an error of the spreadsheet: put the value there"
    return _written(cell.value), ""


def _written(value: object) -> str:
    """Numbers without a decimal point and dates as 2026-01-31, however the spreadsheet shows them."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value).strip()


def _take_merged(sheet: Any, archive: zipfile.ZipFile, cells: Cells) -> None:
    """A read-only sheet doesn't know which cells are merged: the file does, after its last row."""
    after = archive.read(sheet._worksheet_path).rpartition(b"</sheetData>")[2]
    ranges = re.findall(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"', after)
    rows = dict(cells.rows)
    for written in ranges:
        left, top, right, bottom = range_boundaries(written.decode())
        cells.wrong[top, left] = "is merged with other cells: undo that, and write the value into each"
        for number in [n for n in rows if top <= n <= bottom]:
            values = rows[number]
            for position in range(left, min(right, len(values)) + 1):
                values[position - 1] = None


def _wrong(name: str, cells: Cells) -> Iterator[Problem]:
    """By the column's name where the header has one."""
    told = (values for _, values in cells.rows if not (values[0] or "").startswith(REMARK))
    header = [value or "" for value in next(told, [])]
    for (row, position), reason in sorted(cells.wrong.items()):
        named = header[position - 1].lower() if position <= len(header) else ""
        column = named if named in {c.name for c in COLUMNS[name]} else get_column_letter(position)
        yield Problem(file=name, line=row, column=column, reason=reason)
