"""The calendar job: after a notice of working days is loaded, provisional deadlines are counted anew."""

from collections.abc import Callable
from dataclasses import replace

import structlog

from complaints.usecases.recounts import recount
from scheduler.job import Clock, Job
from storage.db.errors import DOWN
from storage.db.unit_of_work import Conflict
from storage.registry import calendar
from storage.registry.calendar import Version
from storage.repositories import timers
from storage.repositories.people import CIVIL
from storage.work import Store

log = structlog.get_logger("calendar")
PAUSE = 15.0  # seconds of real time between two checks


class Calendar(Job):
    """Keeps the store's calendar that of the database; `wake_dispatcher`: notices may have been written."""

    name = "calendar"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self._version: Version | None = None
        self._all_counted = False
        self._database_failed = False  # while a case was counted: try again only after a pause
        self._checked_at = 0.0

    async def read(self) -> None:
        """Use the days that have been loaded, from now on."""
        newer = await calendar.newer(self.store.engine, self._version)
        if newer is not None:
            self._version, workdays = newer
            self.store.rules = replace(self.store.rules, workdays=workdays)
            self._all_counted = False

    async def follow(self) -> None:
        """Where another instance leads: read what has been loaded, and leave the cases to that instance."""
        if self.real() - self._checked_at >= PAUSE:
            self._checked_at = self.real()
            await self.read()

    async def step(self) -> bool:
        """Check for a newer calendar now and then; False where no case was counted anew.

        After a start every provisional deadline is counted: the process may have been killed in between, or a new
        version may bring a newer calendar.
        """
        if (self._all_counted or self._database_failed) and self.real() - self._checked_at < PAUSE:
            return False
        self._checked_at = self.real()
        await self.read()
        if self._all_counted:
            return False
        async with self.work() as reading:
            provisional = await timers.provisional(reading)
        self._database_failed = False
        self._all_counted = all([await self._recount(case) for case in provisional])
        if provisional:
            self.wake_dispatcher()
        return bool(provisional)

    async def _recount(self, case: int) -> bool:
        """Count the case's provisional deadlines anew; whether that is done."""
        try:
            async with self.work() as work:
                await recount(work, case)
                await work.commit()
        except Conflict:
            return False  # another transaction changed the case: the next check tries again
        except DOWN as error:
            self._database_failed = True
            log.error("a case is counted anew later", complaint=case, why=type(error).__name__)
            return False
        except Exception:
            log.exception("a case was not counted anew", complaint=case)
        return True

    async def remind(self) -> None:
        """At start and once a day: log that a notice of working days is missing by now."""
        awaited = self.store.rules.workdays.awaited(self.now().astimezone(CIVIL).date())
        if awaited:
            log.warning("a notice of working days is missing", years=awaited, cure="mashang calendar load FILE")
