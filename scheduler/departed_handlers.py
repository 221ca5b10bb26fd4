"""Cases whose handler has left office or is away pass to the next in line, who is told why."""

from collections.abc import Callable
from datetime import datetime

import structlog

from complaints.usecases import assignment
from scheduler.job import Clock, Job
from storage.db.unit_of_work import Conflict
from storage.queries import departed_handlers
from storage.queries.departed_handlers import Version
from storage.work import Store

log = structlog.get_logger("leaving")
PAUSE = 15.0  # seconds between two looks, of whichever time is the faster


class DepartedHandlers(Job):
    """Goes by the registry of the database alone, whoever has loaded it; `spoke`: notices may have been written."""

    name = "departed_handlers"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self._seen: Version | None = None
        self._looked: tuple[datetime, float] | None = None

    async def step(self) -> bool:
        """Look now and then whether anybody has come or gone; False where no case changed hands.

        After a start every case is looked at: a load, or the end of a term, may have come while the bot stood still.
        """
        if not self._due():
            return False
        async with self.store.work(self.now()) as reading:
            found = await departed_handlers.version(reading)
            if found == self._seen:
                return False
            suspects = await departed_handlers.suspects(reading)
            away = await departed_handlers.away(reading)
        self._seen = found
        moved = [await self._pass_on(case, person) for case, person in suspects]
        moved += [await self._pass_on(case, person, away=True) for case, person in away]
        if any(moved):
            self.wake_dispatcher()
        return any(moved)

    def _due(self) -> bool:
        now, real = self.now(), self.real()
        if self._looked is not None:
            before, real_before = self._looked
            if max((now - before).total_seconds(), real - real_before) < PAUSE:
                return False
        self._looked = now, real
        return True

    async def _pass_on(self, case: int, person: int, *, away: bool = False) -> bool:
        try:
            async with self.store.work(self.now()) as work:
                complaint = await work.complaint(case)
                gone = departed_handlers.untold if away else departed_handlers.lost
                if complaint is None or not await gone(work, complaint, person):
                    return False
                await assignment.lose(work, case, person, left=not away, away=away)
                await work.commit()
        except Conflict:
            self._seen = None  # somebody was faster: the next look is at everything again
            return False
        except Exception:
            log.exception("a case was not passed on", complaint=case)
            return False
        return True
