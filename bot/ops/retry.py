"""Retry helpers for a database that is away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from bot.backoff import Backoff
from storage.db.errors import DOWN
from storage.db.unit_of_work import Conflict

log = structlog.get_logger("retry")
PAUSE = 1.0  # seconds between the first two tries
LONGEST = 5.0  # seconds between two tries at most: so soon the bot goes on when the database is back
Done = TypeVar("Done")


def pauses() -> Backoff:
    """The pauses of one loop between its tries."""
    return Backoff(PAUSE, LONGEST)


async def until_committed(write: Callable[[], Awaitable[Done]], what: str) -> Done:
    """Try until it is committed, for what has happened outside (a message was sent) must not be lost."""
    backoff = pauses()
    while True:
        try:
            return await write()
        except (Conflict, *DOWN) as error:
            log.error("not written yet", what=what, why=_kind(error))
            await asyncio.sleep(backoff.failed())


async def or_default(
    step: Callable[[], Awaitable[Done]], what: str, otherwise: Done, backoff: Backoff | None = None
) -> Done:
    """The step's value, or `otherwise` after a pause where the database is away; the caller tries again later.

    A loop has one `backoff`, so that its pauses grow.
    """
    backoff = backoff or pauses()
    try:
        done = await step()
    except DOWN as error:
        log.error("the database doesn't answer", what=what, why=_kind(error))
        await asyncio.sleep(backoff.failed())
        return otherwise
    backoff.succeeded()
    return done


def _kind(error: Exception) -> str:
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__
