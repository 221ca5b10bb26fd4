"""The connections of SQLite: statements run in place, and what may wait for the disk or for others runs in a thread.

That rests on inner parts of aiosqlite. Where a new release of it has others, plain connections of its own take their
place, which are slower and nothing else.
"""

import asyncio
import inspect
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ParamSpec, Protocol, TypeVar

import aiosqlite

log = logging.getLogger(__name__)
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "busy_timeout": "5000",
    "secure_delete": "1",  # what is erased is overwritten, not only let go of
}
BEGIN = "BEGIN IMMEDIATE"
WAITING = ("execute", "executemany", "commit", "close")
CHUNK = 64  # rows that are fetched at once where a result is gone through row by row
Given = ParamSpec("Given")
Returned = TypeVar("Returned")


class Opened(Protocol):
    """Opens a connection to a database, as SQLAlchemy asks for one."""

    def __call__(self, database: str, **how: object) -> Awaitable[aiosqlite.Connection]: ...


class Connection(aiosqlite.Connection):
    """Hands to its thread only what may wait: a hop there and back costs more than most statements do.

    Between its begin and its end no transaction waits: a snapshot of the write-ahead log is never locked out, and a
    writer has its lock from the beginning; where another connection has it, the thread waits for it. What comes while
    the thread is at work (somebody has given up waiting for it) queues behind that.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        self._under_way: set[object] = set()
        self._opened: list[sqlite3.Connection] = []  # by the thread, whether anybody still waits for it or not

    def stop(self) -> asyncio.Future[object] | None:
        """End the thread, and close what it has opened: aiosqlite forgets that where opening failed or was given up."""
        self._tx.put_nowait((None, self._close_opened))
        ended: asyncio.Future[object] | None = super().stop()
        return ended

    def _close_opened(self) -> None:
        for opened in self._opened:
            opened.close()

    async def _execute(self, fn: Callable[Given, Returned], *args: Given.args, **kwargs: Given.kwargs) -> Returned:
        idle = self._running and self._connection is not None and not self._under_way
        if idle and not self._may_wait(fn.__name__, args):
            return fn(*args, **kwargs)
        if idle and args[:1] == (BEGIN,):
            try:
                return self._without_waiting(fn, *args, **kwargs)
            except sqlite3.OperationalError:
                log.debug("another connection writes")  # which the thread waits for
        mark = object()
        self._under_way.add(mark)

        def in_thread() -> Returned:
            try:
                return fn(*args, **kwargs)
            finally:
                self._under_way.discard(mark)

        found: Returned = await super()._execute(in_thread)  # type: ignore[no-untyped-call]  # aiosqlite's own
        return found

    @property
    def is_open(self) -> bool:
        return self._running and self._connection is not None

    async def fetched(self, text: str, parameters: Sequence[object]) -> list[tuple[object, ...]]:
        """All that a statement finds, within a transaction."""
        return await self._execute(_fetched, self._conn, text, parameters)

    async def written(self, text: str, rows: Sequence[Sequence[object]]) -> int:
        """Run a statement for each of these within a transaction; returns how many rows it has hit."""
        return await self._execute(_written, self._conn, text, rows)

    def _without_waiting(self, fn: Callable[Given, Returned], *args: Given.args, **kwargs: Given.kwargs) -> Returned:
        (patience,) = self._conn.execute("PRAGMA busy_timeout").fetchone()
        self._conn.execute("PRAGMA busy_timeout = 0")
        try:
            return fn(*args, **kwargs)
        finally:
            self._conn.execute(f"PRAGMA busy_timeout = {patience}")

    def _may_wait(self, name: str, args: tuple[object, ...]) -> bool:
        if self._conn.in_transaction:
            return name == "commit"
        return name in WAITING and args[:1] != ("BEGIN",)


def _fetched(on: sqlite3.Connection, text: str, parameters: Sequence[object]) -> list[tuple[object, ...]]:
    return on.execute(text, parameters).fetchall()


def _written(on: sqlite3.Connection, text: str, rows: Sequence[Sequence[object]]) -> int:
    return (on.execute(text, rows[0]) if len(rows) == 1 else on.executemany(text, rows)).rowcount


def missing() -> list[str]:
    """What `Connection` rests on and this aiosqlite lacks."""
    made = aiosqlite.Connection(lambda: sqlite3.connect(":memory:"), CHUNK)
    lacks = [name for name in ("_running", "_connection", "_thread", "_execute", "_tx") if not hasattr(made, name)]
    if not isinstance(getattr(aiosqlite.Connection, "_conn", None), property):
        lacks.append("_conn")
    if not inspect.iscoroutinefunction(getattr(made, "_execute", None)):
        lacks.append("_execute as a coroutine")
    return lacks


def _in_place(database: str, **how: object) -> Awaitable[aiosqlite.Connection]:
    def opened() -> sqlite3.Connection:
        made: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, **how)  # type: ignore[call-overload]
        connection._opened.append(made)
        for name, value in PRAGMAS.items():
            made.execute(f"PRAGMA {name} = {value}")
        return made

    connection = Connection(opened, CHUNK)
    connection._thread.daemon = True  # a thread that waits for a lock must not keep the process
    return connection


async def plain(database: str, **how: Any) -> aiosqlite.Connection:
    """The same with nothing but what aiosqlite promises: each statement is a hop to its thread."""
    connection = await aiosqlite.connect(database, isolation_level=None, **how)
    try:
        for name, value in PRAGMAS.items():
            await connection.execute(f"PRAGMA {name} = {value}")
    except BaseException:
        await connection.close()
        raise
    return connection


# What `aiosqlite.connect` does, for this kind of connection; transactions begin by word only.
connect: Opened = plain if missing() else _in_place
