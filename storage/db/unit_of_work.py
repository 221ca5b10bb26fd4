"""The unit of work: reads in one snapshot, and writes in one short transaction at the end."""

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Hashable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar, cast

from sqlalchemy import ColumnElement, Executable, Table, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from complaints.usecases.ports import Rules
from storage.db.engine import Upsert, in_snapshot, insert_into, upsert_into
from storage.db.ledger_key import LedgerKey
from storage.db.prepared_statements import PreparedStatements
from storage.db.shared_reads import SharedReads
from storage.db.typed_rows import AnyRow, Kind, as_rows
from storage.db.write_runs import Entry, Values, runs_of

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Write: TypeAlias = Callable[[AsyncConnection], Awaitable[None]]


SOMEBODY_WAS_FASTER = ("40001", "40P01")  # PostgreSQL's serialization_failure and deadlock_detected


AT_ONCE = 64  # works that are written in one commit


class Conflict(Exception):
    """Somebody else has changed what this work had read; nothing was written, run it again."""


@dataclass(eq=False)
class _PendingWrite:
    """`alone`: it, or something beside it, has failed once."""

    write: Write
    alone: bool = False
    done: bool = False


class Database:
    """One database with what its works need; on SQLite one writer at a time. Pseudonyms are made with `key`.

    `counted` is the count of the ledger as this process wrote it last (see `storage.repositories.ledger_count`).
    """

    def __init__(
        self,
        engine: AsyncEngine,
        rules: Rules,
        new_id: Callable[[], int],
        key: bytes = b"",
        ledger_key: LedgerKey = LedgerKey(),  # noqa: B008 - frozen
    ) -> None:
        self.engine = engine
        self.key = key
        self.ledger_key = ledger_key
        self.counted: Any = None
        self.shared_reads = SharedReads()
        self.statements = PreparedStatements(engine)
        self.rules = rules
        self.new_id = new_id
        self.writing = asyncio.Lock()
        self._pending: dict[_PendingWrite, None] = {}  # in the order in which they came
        self._numbered = ("", 0)  # the numbers of one second, and the last one taken

    def take_number(self, prefix: str, stored: int) -> int:
        """The next number after `stored` that no work of this process has taken; it may stay unused."""
        if self._numbered[0] != prefix:
            self._numbered = (prefix, stored)
        self._numbered = (prefix, max(stored, self._numbered[1]) + 1)
        return self._numbered[1]

    @asynccontextmanager
    async def reading_now(self) -> AsyncIterator[AsyncConnection]:
        """One snapshot, which nobody waits for."""
        async with self.engine.connect() as connection:
            yield await in_snapshot(connection)

    async def write(self, write: Write) -> None:
        """Commit what it writes, together with what others wait to write: one commit costs as much as many.

        Whoever's turn it is writes for all that wait. If that fails, each writes alone: what one can't write keeps no
        other, and fails for itself. So it must be able to run twice.
        """
        mine = _PendingWrite(write)
        self._pending[mine] = None
        try:
            async with self.writing:
                if not mine.done:
                    await _to_its_end(self._write_pending(mine))
        finally:
            self._pending.pop(mine, None)

    async def _write_pending(self, mine: "_PendingWrite") -> None:
        others = [one for one in self._pending if one is not mine and not one.alone]
        together = [mine] if mine.alone else [mine, *others[: AT_ONCE - 1]]
        try:
            async with self.engine.begin() as connection:
                for one in together:
                    await one.write(connection)
        except Exception:
            if len(together) == 1:
                raise
            for one in together:
                one.alone = True
            await self._write_pending(mine)
            return
        for one in together:
            one.done = True
            self._pending.pop(one, None)  # somebody may have given up waiting for it meanwhile

    @asynccontextmanager
    async def writing_now(self) -> AsyncIterator[AsyncConnection]:
        """One short write transaction of its own, for claims and marks."""
        async with self.writing, self.engine.begin() as connection:
            yield connection

    async def take_writes(self) -> None:
        """Begin to write, and write nothing; fails, or lasts, where nothing can be written."""
        async with self.writing_now() as connection:
            await connection.execute(text("SELECT 1"))


class UnitOfWork:
    """What one update, timer or send reads and writes. `now` is case time, `real` seconds of real time."""

    def __init__(self, store: Database, reading: AsyncConnection, now: datetime, real: float | None) -> None:
        self.store = store
        self.rules = store.rules
        self.now = now
        self._real = real
        self._reading = reading
        self._parts: list[list[Entry]] = [[]]
        self._first: list[Write] = []
        self.cache: dict[Hashable, Any] = {}
        self.toasts: list[tuple[str, str, bool]] = []

    @property
    def real(self) -> float:
        """Whatever may end a deadline needs it: only real time tells an outage, and nothing can stand in for it."""
        if self._real is None:
            raise RuntimeError("this work was begun without real time")
        return self._real

    def new_id(self) -> int:
        return self.store.new_id()

    async def rows(self, statement: Executable, **asked: object) -> Sequence[AnyRow]:
        return await self.store.statements.rows(self._reading, statement, asked)

    async def first(self, statement: Executable, **asked: object) -> AnyRow | None:
        return next(iter(await self.rows(statement, **asked)), None)

    async def rows_of(self, kind: type[Kind], statement: Executable, /, **asked: object) -> Sequence[Kind]:
        """Rows of a statement that asks for all columns of a table: `kind`, its Row class, says what they hold."""
        return as_rows(kind, await self.rows(statement, **asked))

    async def first_of(self, kind: type[Kind], statement: Executable, /, **asked: object) -> Kind | None:
        return cast(Kind | None, await self.first(statement, **asked))

    def queue_write(self, statement: Executable, values: Values = None, *, expect_rows: int = 0) -> None:
        self._parts[-1].append(Entry(statement, values, expect_rows))

    def begin_part(self) -> None:
        """What is written from now on concerns none of the rows of what came before: like statements go together."""
        self._parts.append([])

    def write_first(self, write: Write) -> None:
        """What stands before all statements in the transaction; a work of nothing else isn't written."""
        self._first.append(write)

    def insert(self, table: Table) -> Upsert:
        return insert_into(self.store.engine, table)

    def upsert(
        self,
        table: Table,
        values: Mapping[str, object],
        *,
        index: tuple[str, ...],
        changed: tuple[str, ...],
        only: ColumnElement[bool] | None = None,
        expect_rows: int = 0,
    ) -> None:
        """Write a row, or change these columns of the one that has the same index (`only` where that holds of it)."""
        fresh = upsert_into(self.store.engine.dialect.name, table, index, changed, only)
        self.queue_write(fresh, values, expect_rows=expect_rows)

    def toast(self, callback: str, text: str, *, alert: bool = False) -> None:
        """Answer a press after the commit, best effort."""
        self.toasts.append((callback, text, alert))

    async def commit(self) -> None:
        """Write all statements in one transaction, or raise Conflict and write nothing.

        Reading is over: with its connection still in use, waiting for another one could last for ever.
        """
        await self._reading.close()
        parts, self._parts = self._parts, [[]]
        first, self._first = self._first, []
        if not any(parts):
            return
        try:
            await self.store.write(partial(_write_all, self.store.statements, first, parts))
        except IntegrityError as error:
            raise Conflict from error
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") in SOMEBODY_WAS_FASTER:
                raise Conflict from error
            raise


async def _to_its_end(writing: Coroutine[Any, Any, None]) -> None:
    """Who gives up in the middle of a commit waits for its end: nobody else knows whether it was written."""
    task = asyncio.create_task(writing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _write_all(
    statements: PreparedStatements, first: list[Write], parts: list[list[Entry]], connection: AsyncConnection
) -> None:
    for write in first:
        await write(connection)
    for alike in runs_of(parts, guards_together=connection.dialect.supports_sane_multi_rowcount):
        hit = await statements.write(connection, alike[0].statement, [entry.values or {} for entry in alike])
        expected = sum(entry.expect_rows for entry in alike)
        if expected and hit < expected:
            raise Conflict


def memoised(
    read: Callable[Concatenate[UnitOfWork, Asked], Awaitable[Found]],
) -> Callable[Concatenate[UnitOfWork, Asked], Awaitable[Found]]:
    """A snapshot answers the same question the same way: in a work it is asked once. The arguments must be hashable."""

    @wraps(read)
    async def remembered(work: UnitOfWork, /, *asked: Asked.args, **named: Asked.kwargs) -> Found:
        key = (read, *asked, *named.items())
        if key not in work.cache:
            work.cache[key] = await read(work, *asked, **named)
        found: Found = work.cache[key]
        return found

    return remembered


def remember(work: UnitOfWork, read: Callable[..., object], answer: object, *asked: Hashable) -> None:
    """What a memoised read would answer, found out together with other answers."""
    work.cache[vars(read)["__wrapped__"], *asked] = answer
