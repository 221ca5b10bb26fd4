"""Putting a registry in force: one transaction, as an update of what stood there before."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from complaints.registry_schema import PEOPLE, Registry
from storage.db.engine import in_snapshot, insert_into
from storage.registry.comparison import KEYS, TABLES, Difference, Displaced, Preview, columns, differences
from storage.registry.reader import read
from storage.registry.reassignment import Moving, moving
from storage.repositories.people import today
from storage.tables import APPOINTMENT, DISPLACEMENT, INVITATION, OFFICE, PERSON, REGISTRY_VERSION

SAMPLE = Path(__file__).parents[1] / "sample"  # the files of a small city, to try everything out with
BATCH = 500
ONLY = 1  # the id of the row that says which version of the registry is in force
Progress = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many lines there were, and how many appointments ended because they were missing."""

    districts: int
    companies: int
    projects: int
    appointments: int
    offices: int
    ended: int


async def load_sample(engine: AsyncEngine, now: datetime, packs: Collection[str]) -> Loaded:
    """Put the sample in force."""
    reading = read(SAMPLE, packs)
    if reading.registry is None:
        raise ValueError(f"the sample is broken: {reading.problems[0]}")
    return await load(engine, reading.registry, now)


def size(registry: Registry) -> int:
    """How many steps `load` reports."""
    each = (registry.districts, registry.companies, registry.projects, registry.appointments, registry.offices)
    return sum(map(len, each))


async def preview(engine: AsyncEngine | None, registry: Registry, now: datetime) -> Preview:
    """What `load` would do; it changes nothing. Without an engine nothing stands there yet."""
    if engine is None:
        found, moved = await differences(None, registry, now), Moving()
    else:
        async with engine.connect() as connection:
            snapshot = await in_snapshot(connection)
            found = await differences(snapshot, registry, now)
            moved = await moving(snapshot, found[PEOPLE].over, today(now))
    return Preview(
        tallies={sheet: difference.tally for sheet, difference in found.items()},
        changes=tuple(change for difference in found.values() for change in difference.changes),
        moving=moved,
    )


async def load(
    engine: AsyncEngine, registry: Registry, now: datetime, progress: Progress = lambda lines: None
) -> Loaded:
    """Put the registry in force; `progress` is called with how many lines more are done.

    Whoever is missing from the new registry ended yesterday, by the civil day of `now`. Whoever has joined stays so
    under the same telephone number and name; who is called by another name has lost the duty, and is asked again.
    """
    async with engine.begin() as connection:
        found = await differences(connection, registry, now)
        for sheet, difference in found.items():
            progress(difference.tally.new + difference.tally.changed + difference.tally.same - len(difference.fresh))
            await _write(connection, sheet, columns(registry, sheet), difference, progress)
            await _end(connection, sheet, difference, now)
        await _another_version(connection)
    return Loaded(
        districts=len(registry.districts),
        companies=len(registry.companies),
        projects=len(registry.projects),
        appointments=len(registry.appointments),
        offices=len(registry.offices),
        ended=found[PEOPLE].tally.ended,
    )


async def _write(
    connection: AsyncConnection, sheet: str, spoken_of: list[str], difference: Difference, progress: Progress
) -> None:
    """What is new or changed; columns that the sheet doesn't speak of stay as they are."""
    table = TABLES[sheet]
    fresh: Any = insert_into(connection, table)
    changed = {name: fresh.excluded[name] for name in spoken_of}
    if sheet == PEOPLE:
        await _displace(connection, difference.renamed)
        kept = func.coalesce(table.c.person, fresh.excluded.person)
        changed["person"] = case((table.c.name == fresh.excluded.name, kept), else_=fresh.excluded.person)
    statement = fresh.on_conflict_do_update(index_elements=list(KEYS[sheet]), set_=changed)
    for batch in _batches(difference.fresh):
        await connection.execute(statement, batch)
        progress(len(batch))


async def _displace(connection: AsyncConnection, renamed: Collection[Displaced]) -> None:
    """Whoever held a duty under another name has lost it, and nobody takes it up by a link made for them."""
    there = set((await connection.execute(select(PERSON.c.id))).scalars()) if renamed else set()
    entries = [d.entry for d in renamed if d.entry is not None and d.entry["person"] in there]
    for batch in _batches(entries):
        await connection.execute(DISPLACEMENT.insert(), batch)
    void = update(INVITATION).where(INVITATION.c.appointment == bindparam("line"), INVITATION.c.used.is_(False))
    for batch in _batches({"line": d.line} for d in renamed):
        await connection.execute(void.values(used=True), batch)


async def _end(connection: AsyncConnection, sheet: str, difference: Difference, now: datetime) -> None:
    """An appointment ends by a date, an office that isn't named any more has nothing to remember."""
    gone = [{"missing": row} for row in difference.gone]
    yesterday = today(now) - timedelta(days=1)
    over = update(APPOINTMENT).where(APPOINTMENT.c.id == bindparam("missing")).values(until=yesterday)
    closed = delete(OFFICE).where(OFFICE.c.id == bindparam("missing"))
    for batch in _batches(gone):
        await connection.execute(over if sheet == PEOPLE else closed, batch)


async def _another_version(connection: AsyncConnection) -> None:
    """Whoever has looked at the registry before sees that it isn't the same any more."""
    fresh = insert_into(connection, REGISTRY_VERSION).values(id=ONLY, version=1)
    another = {"version": REGISTRY_VERSION.c.version + 1}
    await connection.execute(fresh.on_conflict_do_update(index_elements=["id"], set_=another))


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    every = list(rows)
    return (every[n : n + BATCH] for n in range(0, len(every), BATCH))
