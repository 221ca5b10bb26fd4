"""What belongs to the calendar: APScheduler runs it by the machine's clock. No deadline depends on it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from storage.db.civil_time import CIVIL

DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class CivilSchedule:
    """Jobs at civil times of the day; what is missed while the process is busy runs once."""

    def __init__(self) -> None:
        self._daily: list[tuple[int, int, Callable[[], Awaitable[object]]]] = []
        self._scheduler: AsyncIOScheduler | None = None

    def daily(self, hour: int, minute: int, do: Callable[[], Awaitable[object]]) -> None:
        """Each day at that time, from the start on."""
        self._daily.append((hour, minute, do))

    def start(self) -> None:
        self._scheduler = AsyncIOScheduler(job_defaults=DEFAULTS, timezone=CIVIL)
        for hour, minute, do in self._daily:
            self._scheduler.add_job(do, CronTrigger(hour=hour, minute=minute, timezone=CIVIL))
        self._scheduler.start()

    def rearm(self, at: datetime) -> None:
        """The machine's clock was set and shows `at`: what is due runs, what is to come is counted from there."""
        if self._scheduler is None:
            return
        for job in self._scheduler.get_jobs():
            if job.next_run_time > at:
                job.reschedule(job.trigger)
        self._scheduler.wakeup()

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
