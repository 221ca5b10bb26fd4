"""The ticker: APScheduler calls the jobs four times a second; what is due is found in the database."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

BEAT = 0.25  # seconds


def make_ticker(beat: Callable[[], Awaitable[object]], daily: Callable[[], Awaitable[object]]) -> AsyncIOScheduler:
    """A scheduler that isn't started yet. Rows are what is remembered; it only beats."""
    scheduler = AsyncIOScheduler(
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}, timezone="UTC"
    )
    scheduler.add_job(beat, "interval", seconds=BEAT, id="beat")
    scheduler.add_job(daily, "interval", days=1, id="daily")
    return scheduler
