"""Calendar days that an operator loads from a notice: reading, checks, and what is in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from complaints.time.workdays import FIRST_YEAR, LAST_YEAR, Workdays, announced
from storage.db.engine import in_snapshot, insert_into
from storage.db.migrating import readied, stands
from storage.registry.sheets import Line, Problem, Sheet, as_date, read_date, read_sheet
from storage.tables import DAY

COLUMNS = ("date", "kind", "source")
KINDS = {"holiday": "holiday", "休": "holiday", "workday": "workday", "班": "workday"}
LONGEST = 200  # characters

Version = tuple[int, datetime | None]  # changes whenever anything is loaded


@dataclass(frozen=True, kw_only=True)
class Day:
    """One line of the file: a day, "holiday" or "workday", and the document that says so."""

    date: date
    kind: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All the days of a file, or all its problems."""

    days: tuple[Day, ...]
    problems: tuple[Problem, ...]


def read(file: Path) -> Reading:
    """The file, judged as a whole: with a problem in it there are no days."""
    sheet = read_sheet(file, COLUMNS)
    problems = [*sheet.problems, *_values(sheet), *_twice(sheet)]
    if not sheet.lines and not problems:
        problems.append(Problem(file=sheet.file, line=0, column="", reason="has no days"))
    problems.sort(key=lambda problem: problem.line)
    return Reading(days=() if problems else tuple(map(_day, sheet.lines)), problems=tuple(problems))


def _values(sheet: Sheet) -> Iterator[Problem]:
    checks = {"date": _date_wrong, "kind": _kind_wrong, "source": _source_wrong}
    for line in sheet.lines:
        for column, value in line.values.items():
            if reason := checks[column](value) if value else "is missing":
                yield Problem(file=sheet.file, line=line.number, column=column, reason=reason)


def _date_wrong(value: str) -> str:
    if (found := as_date(value)) is None:
        return "should be a date like 2027-01-31, the year first"
    return "" if FIRST_YEAR <= found.year <= LAST_YEAR else f"should be from {FIRST_YEAR} to {LAST_YEAR}"


def _kind_wrong(value: str) -> str:
    return "" if value in KINDS else f"should be one of {', '.join(KINDS)}"


def _source_wrong(value: str) -> str:
    fine = len(value) <= LONGEST and value.isprintable()
    return "" if fine else f"should be on one line, with {LONGEST} characters at most"


def _twice(sheet: Sheet) -> Iterator[Problem]:
    first: dict[date, int] = {}
    for line in sheet.lines:
        day = as_date(line.values.get("date", ""))
        if day and (before := first.setdefault(day, line.number)) != line.number:
            reason = f"this day stands in line {before} too"
            yield Problem(file=sheet.file, line=line.number, column="date", reason=reason)


def _day(line: Line) -> Day:
    day = read_date(line.values["date"])
    return Day(date=day, kind=KINDS[line.values["kind"]], source=line.values["source"])


async def load(engine: AsyncEngine, days: tuple[Day, ...], now: datetime) -> None:
    """Put the days in force, in one transaction.

    A document loaded again replaces what it said before; a day that another document spoke of goes by the newer.
    """
    fresh = insert_into(engine, DAY)
    changed = {name: getattr(fresh.excluded, name) for name in ("kind", "source", "loaded_at")}
    rows = [{"date": d.date, "kind": d.kind, "source": d.source, "loaded_at": now} for d in days]
    async with engine.begin() as connection:
        await connection.execute(delete(DAY).where(DAY.c.source.in_({d.source for d in days})))
        await connection.execute(fresh.on_conflict_do_update(index_elements=["date"], set_=changed), rows)


async def newer(engine: AsyncEngine, than: Version | None) -> tuple[Version, Workdays] | None:
    """The calendar with everything that has been loaded; None where nothing has been since that version."""
    async with engine.connect() as connection:
        snapshot = await in_snapshot(connection)
        counted = (await snapshot.execute(select(func.count(), func.max(DAY.c.loaded_at)))).one()
        if (version := (counted[0], counted[1])) == than:
            return None
        rows = (await snapshot.execute(select(DAY))).all()
    overlay = {row.date: row.kind == "workday" for row in rows}
    return version, Workdays(overlay, announced(overlay), {row.date: row.source for row in rows})


async def known(url: str) -> Workdays:
    """What a command goes by that needs no database: the overlay where there is one, and no database is made."""
    if not stands(url):
        return Workdays()
    async with readied(url) as engine:
        found = await newer(engine, None)
    return found[1] if found else Workdays()
