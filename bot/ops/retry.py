"""Retry helpers for a database that is away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from storage.db.errors import DOWN
from storage.db.unit_of_work import Conflict

log = structlog.get_logger("retry")
PAUSE = 1.0  # seconds between two tries
Done = TypeVar("Done")


async def until_committed(write: Callable[[], Awaitable[Done]], what: str) -> Done:
    """Try until it is committed, for what has happened outside (a message was sent) must not be lost."""
    while True:
        try:
            return await write()
        except (Conflict, *DOWN) as error:
            log.error("not written yet", what=what, why=_kind(error))
            await asyncio.sleep(PAUSE)


async def or_default(step: Callable[[], Awaitable[Done]], what: str, otherwise: Done) -> Done:
    """The step's value, or `otherwise` after a pause where the database is away; the caller tries again later."""
    try:
        return await step()
    except DOWN as error:
        log.error("the database doesn't answer", what=what, why=_kind(error))
        await asyncio.sleep(PAUSE)
        return otherwise


def _kind(error: Exception) -> str:
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__
