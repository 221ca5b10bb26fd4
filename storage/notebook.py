"""What is read in one snapshot, and written at the end in one short transaction?"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Executable, Row
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from complaints.usecases.ports import Rules

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


class Conflict(Exception):
    """Somebody else has changed what this work had read; nothing was written, run it again."""


class Database:
    """One database with what its works need; on SQLite one writer at a time."""

    def __init__(self, engine: AsyncEngine, rules: Rules, new_id: Callable[[], int]) -> None:
        self.engine = engine
        self.rules = rules
        self.new_id = new_id
        self.writing = asyncio.Lock()

    @asynccontextmanager
    async def reading_now(self) -> AsyncIterator[AsyncConnection]:
        """One snapshot, which nobody waits for."""
        async with self.engine.connect() as connection:
            yield await connection.execution_options(snapshot=True)

    @asynccontextmanager
    async def writing_now(self) -> AsyncIterator[AsyncConnection]:
        """One short write transaction of its own, for claims and marks."""
        async with self.writing, self.engine.begin() as connection:
            yield connection


@dataclass(frozen=True)
class Entry:
    """A statement in the notebook; one that `must` hit a row is a guard."""

    statement: Executable
    values: Any
    must: bool


class Notebook:
    """A notebook of one update, timer or send. `now` is case time, `real` seconds of real time."""

    def __init__(self, store: Database, reading: AsyncConnection, now: datetime, real: float) -> None:
        self.store = store
        self.rules = store.rules
        self.now = now
        self.real = real
        self._reading = reading
        self._entries: list[Entry] = []
        self.cache: dict[Any, Any] = {}
        self.toasts: list[tuple[str, str, bool]] = []

    def new_id(self) -> int:
        return self.store.new_id()

    async def rows(self, statement: Executable, **asked: object) -> Sequence[Row[Any]]:
        return (await self._reading.execute(statement, asked)).all()

    async def first(self, statement: Executable, **asked: object) -> Row[Any] | None:
        return (await self._reading.execute(statement, asked)).first()

    def write(self, statement: Executable, values: Any = None, *, must: bool = False) -> None:
        self._entries.append(Entry(statement, values, must))

    def insert(self, table: Any) -> Any:
        """An insert of this database's dialect, so that `on_conflict_do_…` can be said."""
        if self.store.engine.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    def toast(self, callback: str, text: str, *, alert: bool = False) -> None:
        """Answer a press after the commit, best effort."""
        self.toasts.append((callback, text, alert))

    async def commit(self) -> None:
        """Flush the notebook, or raise Conflict and write nothing."""
        await self._reading.rollback()
        entries, self._entries = self._entries, []
        if not entries:
            return
        try:
            async with self.store.writing_now() as connection:
                for entry in entries:
                    result = await connection.execute(entry.statement, entry.values)
                    if entry.must and result.rowcount == 0:
                        raise Conflict
        except IntegrityError as error:
            raise Conflict from error
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise Conflict from error
            raise


def asked_once(
    read: Callable[Concatenate[Notebook, Asked], Awaitable[Found]],
) -> Callable[Concatenate[Notebook, Asked], Awaitable[Found]]:
    """A snapshot answers the same question the same way: in a work it is asked once. The arguments must be hashable."""

    @wraps(read)
    async def remembered(work: Notebook, /, *asked: Asked.args, **named: Asked.kwargs) -> Found:
        key = (read, *asked, *named.items())
        if key not in work.cache:
            work.cache[key] = await read(work, *asked, **named)
        found: Found = work.cache[key]
        return found

    return remembered
