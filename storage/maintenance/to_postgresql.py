"""The move of everything that SQLite holds to PostgreSQL: all of it, or nothing."""

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Table, Text, bindparam, cast, func, insert, select, text, type_coerce
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from storage.db.errors import DatabaseUnreachable, StorageFault
from storage.db.ledger_key import LedgerKey
from storage.db.locking import hold, moved_to
from storage.db.migrating import make_ready, revision, transaction
from storage.maintenance.audit import Verdict, verify_in
from storage.maintenance.restored_outbox import mark_repeats
from storage.messaging.leases import CLOCKS
from storage.tables import EVENT, INBOX, LEASE, REVISION

OWN = (LEASE, REVISION)  # what each database has for itself
TABLES = [table for table in SQLModel.metadata.sorted_tables if table not in OWN]
BATCH = 500
PATIENCE = "10s"  # for whoever has a table of the target open
# What JSON may say and no text of PostgreSQL can hold: NUL, and halves of characters.
SUSPECT = re.compile(r"\\u(0000|d[89a-f])", re.IGNORECASE)
Told = Callable[[int, int], object]


class NotMoved(StorageFault):
    """Nothing was moved, and the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What stands in PostgreSQL now, counted and verified there."""

    rows: int
    verdict: Verdict


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.resolve()}"


def shown(address: str) -> str:
    """An address as it may be read by others."""
    return make_url(address).render_as_string(hide_password=True)


async def move(file: Path, address: str, at: datetime, told: Told, key: LedgerKey | None = None) -> Moved:
    """Everything but leases and revisions, ids and all; `told` is called with how many of how many rows are there.

    Both databases are kept from everybody else meanwhile. PostgreSQL commits first and then the file its mark, so that
    a fault at any moment leaves one database to go on with.
    """
    arrived = False
    try:
        with hold(_there(file)):
            async with transaction(url_of(file)) as source:
                async with transaction(address) as target:
                    moved = await _run(source, target, told, key)
                    await _mark(source, shown(address), at)
                arrived = True
    except DatabaseUnreachable as error:
        if not arrived:
            raise
        raise NotMoved(f"all stands in PostgreSQL, but {file} couldn't be marked: never start on it again") from error
    return moved


def _there(file: Path) -> str:
    if not file.is_file():
        raise NotMoved(f"there is no file {file}")
    return url_of(file)


async def _run(source: AsyncConnection, target: AsyncConnection, told: Told, key: LedgerKey | None) -> Moved:
    before = await _examined(source, key)
    driver: Any = (await source.get_raw_connection()).driver_connection
    driver.text_factory = _text
    await _laid(target)
    counts = {table.name: await _count(source, table) for table in TABLES}
    every, there = sum(counts.values()), 0
    for table in TABLES:
        async for rows in _read(source, table):
            await _write(target, table, rows)
            there += len(rows)
            told(there, every)
        await _number_on(target, table)
    for table in TABLES:
        if (arrived := await _count(target, table)) != counts[table.name]:
            raise NotMoved(f"of {counts[table.name]} rows of {table.name} {arrived} arrived: nothing was moved")
    after = await verify_in(target, key)
    if after != before:
        raise NotMoved("the ledger came out different: nothing was moved")
    await target.execute(text("ANALYZE"))
    return Moved(rows=every, verdict=after)


async def _examined(source: AsyncConnection, key: LedgerKey | None) -> Verdict:
    """The ledger of a database that is whole and at the newest revision."""
    if await source.run_sync(revision) is None:
        raise NotMoved("this file holds nothing of Mashang's")
    await make_ready(source)
    verdict = await verify_in(source, key)
    if verdict.findings:
        raise NotMoved("the ledger doesn't hold: see `mashang audit verify`; nothing was moved")
    return verdict


async def _laid(target: AsyncConnection) -> None:
    """Every table, empty, and nobody at work on them until the end."""
    if target.dialect.name != "postgresql":
        raise NotMoved("a move goes to PostgreSQL: postgresql://USER:PASSWORD@HOST/NAME")
    await target.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    await make_ready(target)
    living = select(LEASE.c.name).where(LEASE.c.until >= CLOCKS["postgresql"]).limit(1)
    if (await target.execute(living)).first():
        raise NotMoved("a bot runs on that PostgreSQL database: stop it first, and start it after the move")
    for table in TABLES:
        await target.execute(text(f'LOCK TABLE "{table.name}" IN ACCESS EXCLUSIVE MODE'))
        if (await target.execute(select(table).limit(1))).first():
            raise NotMoved(f"the PostgreSQL database isn't empty, its {table.name} has rows: name an empty one")


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


# --- rows -------------------------------------------------------------------------------------------------------


async def _read(source: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """Rows in batches; JSON as the text that stands there, for what it says is nobody's business here."""
    columns = [type_coerce(c, Text).label(c.name) if _is_json(c) else c for c in table.columns]
    order = list(table.primary_key.columns)
    rows = await source.stream(select(*columns).order_by(*order))
    async for batch in rows.partitions(BATCH):
        yield [_row(table, row._mapping) for row in batch]


def _row(table: Table, found: Mapping[Any, Any]) -> dict[str, Any]:
    row = {name: _bearable(value) for name, value in found.items()}
    if table is INBOX and row["state"] == "claimed":
        return {**row, "state": "ready", "owner": ""}  # the instance that had claimed it runs no more
    if table is not EVENT:  # whose hashes cover every character
        row |= {c.name: _bearable_json(row[c.name]) for c in table.columns if _is_json(c)}
    return row


async def _write(target: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """A refusal is shown by its code, since its words may quote a row."""
    as_json = {c.name: cast(bindparam(c.name, type_=Text), JSON) for c in table.columns if _is_json(c)}
    try:
        await target.execute(insert(table).values(as_json) if as_json else insert(table), rows)
    except DBAPIError as error:
        code = getattr(error.orig, "sqlstate", None) or type(error).__name__
        raise NotMoved(f"PostgreSQL refuses rows of {table.name} ({code}): nothing was moved") from None


async def _number_on(target: AsyncConnection, table: Table) -> None:
    """The next row takes a number that no row has."""
    column = table.autoincrement_column
    if column is not None:
        sequence = cast(func.pg_get_serial_sequence(table.name, column.name), REGCLASS)
        await target.execute(select(func.setval(sequence, func.coalesce(func.max(column), 0) + 1, False)))


def _text(stored: bytes) -> str:
    """Text of SQLite may hold bytes that are no text; other programs have put them there."""
    return stored.decode("utf-8", "ignore")


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _bearable(value: Any) -> Any:
    """Without NUL and half characters, which no text of PostgreSQL can hold."""
    match value:
        case str():
            return value.replace("\x00", "").encode("utf-8", "ignore").decode()
        case dict():
            return {_bearable(k): _bearable(v) for k, v in value.items()}
        case list():
            return [_bearable(v) for v in value]
    return value


def _bearable_json(written: str | None) -> str | None:
    if written is None or SUSPECT.search(written) is None:
        return written
    return json.dumps(_bearable(json.loads(written)))


# --- the file that stays behind ---------------------------------------------------------------------------------


async def _mark(source: AsyncConnection, place: str, at: datetime) -> None:
    await source.execute(text("CREATE TABLE moved (place TEXT NOT NULL, at TEXT NOT NULL)"))
    filled = "INSERT INTO moved VALUES (:place, :at)"
    await source.execute(text(filled), {"place": place, "at": at.isoformat()})


def go_back(file: Path) -> str:
    """Take the mark off the file; returns where everything was moved to, and still stands.

    What the file holds unsent may have been sent from there, and says so.
    """
    with hold(_there(file), even_moved=True):
        place = moved_to(file.resolve())
        if not place:
            raise NotMoved(f"{file} was never moved: there is nothing to take back")
        mark_repeats(file)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TABLE moved")
    return place
