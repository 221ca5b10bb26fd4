"""The ticker: a loop on steady time, four times a second; what is due is found in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

TICK = 0.25  # seconds


async def tick_until(stop: asyncio.Event, tick: Callable[[], Awaitable[object]]) -> None:
    """Call `tick` again and again until `stop` is set.

    The event loop waits by a clock that nobody can set, and `tick` is called whatever the machine's clock says.
    """
    while not stop.is_set():
        await tick()
        with suppress(TimeoutError):
            async with asyncio.timeout(TICK):
                await stop.wait()
