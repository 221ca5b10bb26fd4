"""A bot that runs by itself while a fault lasts, and helpers that wait for what follows."""

import asyncio
import time
from contextlib import asynccontextmanager

WAIT = 8.0  # seconds after which nothing will come any more
GLANCE = 0.01


@asynccontextmanager
async def running(city):
    """The bot's own loops, until they are told to stop; to settle is to wait for them. They must have ended well."""
    stop, by_hand = asyncio.Event(), city.settle
    task = asyncio.create_task(city.app.run(stop))
    city.settle = lambda: until(lambda: at_rest(city), "rest", city.clock)
    try:
        yield task
    finally:
        stop.set()
        city.settle = by_hand
        async with asyncio.timeout(WAIT):
            await task


async def until(looks, what, clock=None, wait=WAIT):
    """As soon as it is so; with a clock, time that somebody waits out goes by quickly."""
    give_up = time.monotonic() + wait
    while True:
        found = looks()
        found = await found if asyncio.iscoroutine(found) else found
        if found:
            return
        assert time.monotonic() < give_up, f"never: {what}"
        if clock is not None:
            clock.wait(0.05)
        await asyncio.sleep(GLANCE)


async def at_rest(city):
    return not len(city.sim.updates) and await city.app.idle()


def noted(logs, event, what=""):
    """How often the log says so."""
    return sum(entry["event"] == event and what in entry.get("what", "") for entry in logs)
