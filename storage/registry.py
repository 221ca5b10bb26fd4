"""How does a registry come in? All of it in one transaction, as an update of what stood there before."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from complaints.people import Appointment
from storage.people import ROLE, today
from storage.places import COMPANY, DISTRICT, PROJECT
from storage.registry_checks import Registry, read

SAMPLE = Path(__file__).parent / "sample"  # the four files of a small city, to try everything out with
BATCH = 500
Key = tuple[str, str, str, Any]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many lines there were, and how many appointments ended because they were missing."""

    districts: int
    companies: int
    projects: int
    appointments: int
    ended: int


async def load_sample(engine: AsyncEngine, now: datetime, packs: Collection[str]) -> Loaded:
    """Put the sample in force."""
    reading = read(SAMPLE, packs)
    if reading.registry is None:
        raise ValueError(f"the sample is broken: {reading.problems[0]}")
    return await load(engine, reading.registry, now)


def size(registry: Registry) -> int:
    """How many steps `load` reports."""
    return sum(map(len, (registry.districts, registry.companies, registry.projects, registry.appointments)))


async def load(
    engine: AsyncEngine, registry: Registry, now: datetime, progress: Callable[[int], None] = lambda lines: None
) -> Loaded:
    """Put the registry in force; `progress` is told how many lines more are done.

    Whoever is missing from the new registry ended yesterday, by the civil day of `now`. Whoever has joined stays so
    under the same telephone number; a new appointment asks them again only if it calls them by another name.
    """
    async with engine.begin() as connection:
        for table, things in (
            (DISTRICT, registry.districts),
            (COMPANY, registry.companies),
            (PROJECT, registry.projects),
        ):
            await _upsert(connection, table, ["code"], map(asdict, things), progress)
        standing = (await connection.execute(select(ROLE).order_by(ROLE.c.id))).all()
        joined = {(r.phone, r.name): r.person for r in standing if r.person is not None and _lasts(r, today(now))}
        keys = ["phone", "role", "scope", "since"]
        await _upsert(connection, ROLE, keys, _roles(registry.appointments, joined), progress)
        ended = await _end_missing(connection, standing, registry.appointments, now)
    return Loaded(
        districts=len(registry.districts),
        companies=len(registry.companies),
        projects=len(registry.projects),
        appointments=len(registry.appointments),
        ended=ended,
    )


def _roles(appointments: Iterable[Appointment], joined: dict[tuple[str, str], int]) -> Iterator[dict[str, Any]]:
    for a in appointments:
        yield {**asdict(a), "role": a.role.value, "person": joined.get((a.phone, a.name))}


def _lasts(role: Any, day: date) -> bool:
    return role.until is None or role.until >= day


async def _upsert(
    connection: AsyncConnection,
    table: Any,
    keys: list[str],
    rows: Iterable[dict[str, Any]],
    progress: Callable[[int], None],
) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    fresh: Any = insert(table)
    changed = {c.name: fresh.excluded[c.name] for c in table.c if c.name not in (*keys, "id")}
    if "person" in changed:
        changed["person"] = func.coalesce(table.c.person, fresh.excluded.person)
    statement = fresh.on_conflict_do_update(index_elements=keys, set_=changed)
    for batch in _batches(rows):
        await connection.execute(statement, batch)
        progress(len(batch))


async def _end_missing(
    connection: AsyncConnection, standing: Iterable[Any], appointments: Iterable[Appointment], now: datetime
) -> int:
    yesterday = today(now) - timedelta(days=1)
    named: set[Key] = {(a.phone, a.role.value, a.scope, a.since) for a in appointments}
    missing = [
        {"missing": row.id}
        for row in standing
        if (row.phone, row.role, row.scope, row.since) not in named and _lasts(row, today(now))
    ]
    over = update(ROLE).where(ROLE.c.id == bindparam("missing")).values(until=yesterday)
    for batch in _batches(missing):
        await connection.execute(over, batch)
    return len(missing)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    every = list(rows)
    return (every[n : n + BATCH] for n in range(0, len(every), BATCH))
