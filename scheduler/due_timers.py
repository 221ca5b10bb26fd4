"""The job that fires due timers, through the same verbs that people's taps call."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

import structlog

from complaints.usecases import timers as timer_verbs
from scheduler.job import Clock, Job
from storage.db.errors import is_its_own
from storage.db.unit_of_work import Conflict
from storage.messaging import inbox
from storage.queries import pending_confirmations
from storage.repositories import timers
from storage.repositories.timers import Due
from storage.work import Store, Work

log = structlog.get_logger("due_timers")
BATCH = 200
AT_ONCE = 16  # cases whose timers are fired at a time: they are written in one commit


class IntakeState(Protocol):
    """Whether everything that people have sent is stored, and since when (case time): see `bot.intake.intake_gap`."""

    def is_caught_up(self) -> bool: ...
    def caught_up_at(self) -> datetime | None: ...


class DueTimers(Job):
    """Fires due timers, but none during an intake gap; `wake_dispatcher` is called when notices may have been written.

    What somebody did in time may still wait at the messenger, as it does after an outage, or be stored long after the
    deadline. What somebody said in time waits some minutes for their confirmation (decision 173).
    `late` is called with the seconds of case time by which each timer was fired after its time.
    """

    name = "due_timers"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
        intake: IntakeState,
        late: Callable[[float], None],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self.intake = intake
        self.late = late

    async def step(self) -> bool:
        """Fire what is due; False where nothing was. Updates that came in time are handled first."""
        if not self.intake.is_caught_up():
            return False
        caught_up_at = self.intake.caught_up_at()
        async with self.work() as reading:
            due = await timers.due_before(reading, self.now(), limit=BATCH)
            held = await pending_confirmations.held(reading, self.now()) if due else {}
            free = [t for t in due if t.complaint not in held or t.due_at < held[t.complaint]]
            waiting = await self._in_turn(reading, free, caught_up_at)
        cases: defaultdict[int, list[Due]] = defaultdict(list)
        for timer in waiting:
            cases[timer.complaint].append(timer)
        room = asyncio.Semaphore(AT_ONCE)
        firing = [self._fire_in_order(timers, room) for timers in cases.values()]
        ended = await asyncio.gather(*firing, return_exceptions=True)
        fired = sum(_raised_or(count) for count in ended)
        if fired:
            self.wake_dispatcher()
        return fired > 0

    async def _in_turn(self, work: Work, due: Sequence[Due], caught_up_at: datetime | None) -> Sequence[Due]:
        """Those before which nothing came that is untried; where nothing did before the last, it is asked once."""

        def by(timer: Due) -> datetime:
            return max(timer.due_at, caught_up_at or timer.due_at)

        if not due or not await inbox.backlog(work, max(map(by, due))):
            return due
        return [timer for timer in due if not await inbox.backlog(work, by(timer))]

    async def _fire_in_order(self, timers: Iterable[Due], room: asyncio.Semaphore) -> int:
        """The timers of one case, the earliest first; returns how many were fired."""
        async with room:
            return sum([await self._fire(timer) for timer in timers])

    async def _fire(self, timer: Due) -> bool:
        try:
            async with self.work() as work:
                await timer_verbs.fire(work, timer)
                await work.commit()
        except Conflict:
            return False  # the case has changed meanwhile: the next tick tries again
        except Exception as error:
            if is_its_own(error):
                raise  # the database is in trouble: so would all others fail, one by one
            log.exception("a timer failed", complaint=timer.complaint, stage=timer.stage, point=timer.point)
            return False
        self.late((self.now() - timer.due_at).total_seconds())
        return True


def _raised_or(ended: int | BaseException) -> int:
    if isinstance(ended, BaseException):
        raise ended
    return ended
