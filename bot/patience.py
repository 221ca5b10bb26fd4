"""What if the database doesn't answer for a while? Whoever needs it waits and goes on; nobody dies of it."""

import asyncio
import socket
import sqlite3
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from storage.notebook import Conflict

log = structlog.get_logger("patience")
DOWN = (DBAPIError, PoolExhausted, OSError)  # lost connection, full disk, locked file, no free connection
PAUSE = 1.0  # seconds between two tries
# Errors that are no fault of what the database was told. PostgreSQL's classes: connection, transaction timed out,
# resources, lock not available, operator's intervention, system.
ITS_OWN = ("08", "25", "53", "55", "57", "58")
ITS_OWN_ON_SQLITE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)
Done = TypeVar("Done")


async def until_written(write: Callable[[], Awaitable[Done]], what: str) -> Done:
    """Try again until it is written: what has happened in the world must not be forgotten."""
    while True:
        try:
            return await write()
        except (Conflict, *DOWN) as error:
            log.error("not written yet", what=what, why=_kind(error))  # noqa: TRY400 - its message may hold data
            await asyncio.sleep(PAUSE)


async def or_later(step: Callable[[], Awaitable[Done]], what: str, otherwise: Done) -> Done:
    """The step, or else `otherwise` after a pause: it will be tried again by whoever asks."""
    try:
        return await step()
    except DOWN as error:
        log.error("the database doesn't answer", what=what, why=_kind(error))  # noqa: TRY400
        await asyncio.sleep(PAUSE)
        return otherwise


def is_its_own(error: BaseException) -> bool:
    """Whether the database failed by itself, whatever it had been told to do."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, (PoolExhausted, ConnectionError, TimeoutError, socket.gaierror))
    state = str(getattr(error.orig, "sqlstate", None) or "")
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the rest of it says more than we ask
    return error.connection_invalidated or state.startswith(ITS_OWN) or code in ITS_OWN_ON_SQLITE


def _kind(error: Exception) -> str:
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__
