"""Has a notice of working days been loaded? Then what was provisional is counted anew; else somebody is reminded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from complaints.usecases.recounts import recount
from storage.db.errors import DOWN
from storage.db.unit_of_work import Conflict
from storage.registry import calendar
from storage.registry.calendar import Version
from storage.repositories import timers
from storage.repositories.people import CIVIL
from storage.work import Store

log = structlog.get_logger("calendar")
PAUSE = 15.0  # seconds of real time between two looks


class Calendar:
    """Keeps the store's calendar that of the database; `spoke` is called when notices may have been written."""

    name = "calendar"

    def __init__(
        self, store: Store, now: Callable[[], datetime], real: Callable[[], float], wake_dispatcher: Callable[[], None]
    ) -> None:
        self.store = store
        self.now = now
        self.real = real
        self.wake_dispatcher = wake_dispatcher
        self._version: Version | None = None
        self._settled = False
        self._hindered = False  # the database has failed at a case: not at once again
        self._looked = 0.0

    async def read(self) -> None:
        """Go by what has been loaded, from now on."""
        newer = await calendar.newer(self.store.engine, self._version)
        if newer is not None:
            self._version, workdays = newer
            self.store.rules = replace(self.store.rules, workdays=workdays)
            self._settled = False

    async def follow(self) -> None:
        """Where another start leads: go by what has been loaded, and leave the cases to it."""
        if self.real() - self._looked >= PAUSE:
            self._looked = self.real()
            await self.read()

    async def step(self) -> bool:
        """Look for a newer calendar now and then; False where no case was looked at.

        After a start everything provisional is looked at once: a kill may have come in between, or a new release of
        the official calendar.
        """
        if (self._settled or self._hindered) and self.real() - self._looked < PAUSE:
            return False
        self._looked = self.real()
        await self.read()
        if self._settled:
            return False
        async with self.store.work(self.now()) as reading:
            provisional = await timers.provisional(reading)
        self._hindered = False
        self._settled = all([await self._recount(case) for case in provisional])
        if provisional:
            self.wake_dispatcher()
        return bool(provisional)

    async def _recount(self, case: int) -> bool:
        """Whether there is no need to look at the case again."""
        try:
            async with self.store.work(self.now()) as work:
                await recount(work, case)
                await work.commit()
        except Conflict:
            return False  # somebody was faster: the next beat looks again
        except DOWN as error:
            self._hindered = True
            log.error("a case is counted anew later", complaint=case, why=type(error).__name__)  # noqa: TRY400
            return False
        except Exception:
            log.exception("a case was not counted anew", complaint=case)
        return True

    async def remind(self) -> None:
        """At start and once a day the operator reads in the log that a notice should be loaded by now."""
        awaited = self.store.rules.workdays.awaited(self.now().astimezone(CIVIL).date())
        if awaited:
            log.warning("a notice of working days is missing", years=awaited, cure="mashang calendar load FILE")
