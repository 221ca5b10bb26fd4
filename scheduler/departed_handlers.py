"""Cases whose handler has left office or is away pass to the next in line, who is told why."""

from collections.abc import Callable
from datetime import datetime

import structlog

from complaints.usecases.company import assignment
from scheduler.job import Clock, Job
from storage.db.unit_of_work import Conflict
from storage.queries import departed_handlers
from storage.queries.departed_handlers import Version
from storage.work import Store

log = structlog.get_logger("departed_handlers")
PAUSE = 15.0  # seconds between two checks, of case time or real time, whichever is the faster


class DepartedHandlers(Job):
    """Passes cases on by the registry as the database holds it; `wake_dispatcher`: notices may have been written."""

    name = "departed_handlers"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self._seen: Version | None = None
        self._checked_at: tuple[datetime, float] | None = None

    async def step(self) -> bool:
        """Check now and then whether anybody has come or gone; False where no case was passed on.

        After a start every case is checked: a registry may have been loaded, or an appointment ended, meanwhile.
        """
        if not self._due():
            return False
        async with self.work() as reading:
            found = await departed_handlers.version(reading)
            if found == self._seen:
                return False
            candidates = await departed_handlers.suspects(reading)
            away = await departed_handlers.away(reading)
        self._seen = found
        moved = [await self._pass_on(case, person) for case, person in candidates]
        moved += [await self._pass_on(case, person, away=True) for case, person in away]
        if any(moved):
            self.wake_dispatcher()
        return any(moved)

    def _due(self) -> bool:
        now, real = self.now(), self.real()
        if self._checked_at is not None:
            before, real_before = self._checked_at
            if max((now - before).total_seconds(), real - real_before) < PAUSE:
                return False
        self._checked_at = now, real
        return True

    async def _pass_on(self, case: int, person: int, *, away: bool = False) -> bool:
        try:
            async with self.work() as work:
                complaint = await work.complaint(case)
                gone = departed_handlers.untold if away else departed_handlers.lost
                if complaint is None or not await gone(work, complaint, person):
                    return False
                await assignment.lose(work, case, person, left=not away, away=away)
                await work.commit()
        except Conflict:
            self._seen = None  # another transaction changed the case: the next check is of everything again
            return False
        except Exception:
            log.exception("a case was not passed on", complaint=case)
            return False
        return True
