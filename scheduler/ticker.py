"""The ticker: APScheduler calls the jobs four times a second; what is due is found in the database."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK = 0.25  # seconds


def make_ticker(tick: Callable[[], Awaitable[object]], daily: Callable[[], Awaitable[object]]) -> AsyncIOScheduler:
    """A scheduler, not started yet, that calls `tick` each tick and `daily` each day; what is due stands in rows."""
    scheduler = AsyncIOScheduler(
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}, timezone="UTC"
    )
    scheduler.add_job(tick, "interval", seconds=TICK, id="tick")
    scheduler.add_job(daily, "interval", days=1, id="daily")
    return scheduler
