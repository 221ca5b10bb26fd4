"""The comparison of a registry with what stands in the database."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complaints.model.people import anonymised
from complaints.policy.retention_periods import TERMS
from complaints.registry_schema import COLUMNS, COMPANIES, DISTRICTS, OFFICES, PEOPLE, PROJECTS, SHEETS, Registry
from storage.registry.reassignment import Moving
from storage.repositories import displacements
from storage.repositories.people import today
from storage.tables import APPOINTMENT, COMPANY, DISTRICT, OFFICE, PROJECT

TABLES: Mapping[str, Any] = {
    DISTRICTS: DISTRICT, COMPANIES: COMPANY, PROJECTS: PROJECT, PEOPLE: APPOINTMENT, OFFICES: OFFICE,
}  # fmt: skip
KEYS: Mapping[str, tuple[str, ...]] = {
    DISTRICTS: ("code",),
    COMPANIES: ("code",),
    PROJECTS: ("code",),
    PEOPLE: ("phone", "role", "scope", "since"),
    OFFICES: ("district", "kind", "name"),
}
IN_TABLE = {"from": "since"}  # a column of a sheet that the table calls otherwise
GONE = "gone-"  # in place of the number of somebody whose name and phone were blanked long after the end
Key = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many entries of a sheet are new, changed, the same, or end; `kept` aren't named any more and stay."""

    new: int = 0
    changed: int = 0
    same: int = 0
    ended: int = 0
    kept: int = 0


@dataclass(frozen=True, kw_only=True)
class Change:
    """One entry that changes, or that ends (`line` 0: it isn't there any more).

    `what` names it without personal data: a code, or a masked name with role and scope. `facts` are the columns that
    change, with what stood there and what will.
    """

    sheet: str
    line: int
    what: str
    facts: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.line:
            return f"{self.sheet}: {self.what} ends"
        return f"{self.sheet}:{self.line} {self.what}: {', '.join(self.facts)}"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a load does: the counts of each sheet, every entry that changes or ends, and what becomes of open cases."""

    tallies: Mapping[str, Tally]
    changes: tuple[Change, ...]
    moving: Moving


@dataclass(frozen=True, kw_only=True)
class Displaced:
    """A line of the registry that has got another name; `entry` where an account had taken it up."""

    line: int
    entry: Values | None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Of one sheet: what is to be written, the ids of what is to end, and the same in a few words.

    `over` are the ids of lines that are over after the load: those that end, and those that get a day in the past.
    `renamed` are lines that somebody else holds from now on.
    """

    fresh: tuple[Values, ...]
    gone: tuple[Any, ...]
    over: frozenset[int]
    tally: Tally
    changes: tuple[Change, ...]
    renamed: tuple[Displaced, ...] = ()


async def differences(connection: AsyncConnection | None, registry: Registry, now: datetime) -> dict[str, Difference]:
    """Sheet by sheet, against the rows of this transaction."""
    found = {}
    for sheet in SHEETS:
        standing = (await connection.execute(select(TABLES[sheet]))).all() if connection else ()
        found[sheet] = _difference(sheet, registry, standing, today(now))
    return found


def entries(registry: Registry, sheet: str) -> Iterator[Values]:
    """The rows that a sheet stands for."""
    things: Mapping[str, tuple[Any, ...]] = {
        DISTRICTS: registry.districts,
        COMPANIES: registry.companies,
        PROJECTS: registry.projects,
        PEOPLE: registry.appointments,
        OFFICES: registry.offices,
    }
    for thing in things[sheet]:
        values = asdict(thing)
        for name in ("role", "kind"):
            if name in values:
                values[name] = str(values[name])
        if sheet == PEOPLE:
            del values["company"]  # follows from the project
        yield values


def columns(registry: Registry, sheet: str) -> list[str]:
    """The table's columns that the sheet speaks of, its keys left out."""
    given = registry.given.get(sheet) or {column.name for column in COLUMNS[sheet]}
    named = [IN_TABLE.get(column.name, column.name) for column in COLUMNS[sheet] if column.name in given]
    return [name for name in named if name not in KEYS[sheet]]


def _difference(sheet: str, registry: Registry, standing: Any, day: date) -> Difference:
    rows = {_key(sheet, row._mapping): row for row in standing}
    judged = list(_judged(sheet, registry, rows, _joined(standing, day) if sheet == PEOPLE else {}))
    changes = [change for _, change, _ in judged if change is not None]
    fresh = [v for v, _, row in judged if row is None and not _forgotten(v, day)]
    new = len(fresh)
    named = {_key(sheet, values) for values, _, _ in judged}
    missing = [row for key, row in rows.items() if key not in named and _stands(sheet, row, day)]
    gone = missing if sheet == PEOPLE or (sheet == OFFICES and registry.given.get(sheet)) else []
    ends = [Change(sheet=sheet, line=0, what=_what(sheet, row._mapping)) for row in gone]
    return Difference(
        fresh=(*fresh, *(v for v, change, row in judged if row is not None and (change or _taken_up(sheet, v, row)))),
        gone=tuple(row.id for row in gone),
        over=frozenset({row.id for row in gone} | {row.id for v, c, row in judged if c and _is_over(v, day)}),
        tally=Tally(
            new=new,
            changed=len(changes),
            same=len(judged) - new - len(changes),
            ended=len(gone),
            kept=len(missing) - len(gone),
        ),
        changes=(*changes, *ends),
        renamed=tuple(_displaced(row, v, day) for v, _, row in judged if _has_another(sheet, v, row)),
    )


def _has_another(sheet: str, values: Values, row: Any) -> bool:
    """Whether the line is somebody else's from now on, by the name."""
    return sheet == PEOPLE and row is not None and row.name != values["name"]


def _displaced(row: Any, values: Values, day: date) -> Displaced:
    until = day - timedelta(days=1)
    lost = row.person is not None and row.person != values["person"] and _stands(PEOPLE, row, day)
    facts = displacements.entry(row.person, row.role, row.scope, row.since, until, displacements.RENAMED)
    return Displaced(line=row.id, entry=facts if lost else None)


def _judged(
    sheet: str, registry: Registry, rows: Mapping[Key, Any], joined: Mapping[tuple[str, str], int]
) -> Iterator[tuple[Values, Change | None, Any]]:
    """Every entry with what changes in it, and its row where it has one."""
    compared = columns(registry, sheet)
    lines = registry.lines.get(sheet) or range(1, 1_000_000_000)
    for line, values in zip(lines, entries(registry, sheet), strict=False):
        row = rows.get(_key(sheet, values))
        if sheet == PEOPLE:
            values["person"] = joined.get((values["phone"], values["name"]))
        differs = () if row is None else tuple(c for c in compared if getattr(row, c) != values[c])
        facts = tuple(_fact(sheet, c, getattr(row, c), values[c]) for c in differs)
        change = Change(sheet=sheet, line=line, what=_what(sheet, values), facts=facts) if differs else None
        yield values, change, row


def _fact(sheet: str, column: str, old: Any, new: Any) -> str:
    """The column with both values; a person's name stays masked."""
    told = anonymised if sheet == PEOPLE and column == "name" else _told
    return f"{column} {told(old)} -> {told(new)}"


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value not in (None, "") else "(empty)"


def _is_over(values: Values, day: date) -> bool:
    until = values.get("until")
    return until is not None and until < day


def _forgotten(values: Values, day: date) -> bool:
    """A term so long over that name and phone are kept no more, though a file may still hold them."""
    return _is_over(values, day - TERMS)


def _taken_up(sheet: str, values: Values, row: Any) -> bool:
    """An appointment of somebody who has joined meanwhile."""
    return sheet == PEOPLE and row.person is None and values["person"] is not None


def _key(sheet: str, values: Mapping[str, Any]) -> Key:
    return tuple(values[name] for name in KEYS[sheet])


def _stands(sheet: str, row: Any, day: date) -> bool:
    return sheet != PEOPLE or row.until is None or row.until >= day


def _joined(standing: Any, day: date) -> dict[tuple[str, str], int]:
    """Whoever has joined stays so under the same telephone number and name."""
    return {(r.phone, r.name): r.person for r in standing if r.person is not None and _stands(PEOPLE, r, day)}


def _what(sheet: str, values: Mapping[str, Any]) -> str:
    if sheet == PEOPLE:
        return f"{anonymised(values['name'])} ({values['role']} of {values['scope']})"
    return " ".join(str(values[name]) for name in KEYS[sheet])
