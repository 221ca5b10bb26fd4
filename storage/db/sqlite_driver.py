"""The SQLite driver: statements run in place, unless they may wait for the disk or another process."""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "busy_timeout": "5000",
    "secure_delete": "1",  # what is erased is overwritten, not only let go of
}
WAITING = ("execute", "executemany", "commit", "close")


class Connection(aiosqlite.Connection):
    """Hands to its thread only what may wait: a hop there and back costs more than most statements do.

    Between its begin and its end no transaction waits: a snapshot of the write-ahead log is never locked out, and a
    writer has its lock from the beginning. What comes while the thread is at work (somebody has given up waiting for
    it) queues behind that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._under_way: set[object] = set()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        idle = self._running and self._connection is not None and not self._under_way
        if idle and not self._may_wait(fn.__name__, args):
            return fn(*args, **kwargs)
        mark = object()
        self._under_way.add(mark)

        def in_thread() -> Any:
            try:
                return fn(*args, **kwargs)
            finally:
                self._under_way.discard(mark)

        return await super()._execute(in_thread)  # type: ignore[no-untyped-call]  # aiosqlite's own

    def _may_wait(self, name: str, args: tuple[Any, ...]) -> bool:
        if self._conn.in_transaction:
            return name == "commit"
        return name in WAITING and args[:1] != ("BEGIN",)


def connect(database: str, **how: Any) -> Connection:
    """What `aiosqlite.connect` does, for this kind of connection; transactions begin by word only."""

    def opened() -> sqlite3.Connection:
        made: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, **how)
        for name, value in PRAGMAS.items():
            made.execute(f"PRAGMA {name} = {value}")
        return made

    connection = Connection(opened, iter_chunk_size=64)
    connection._thread.daemon = True  # a thread that waits for a lock must not keep the process
    return connection
