"""The job that fires due timers, through the same verbs that people's taps call."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Protocol

import structlog

from complaints.usecases import timers as timer_verbs
from scheduler.job import Clock, Job
from storage.db.errors import is_its_own
from storage.db.unit_of_work import Conflict
from storage.messaging import inbox
from storage.queries import cases_at_once, pending_confirmations
from storage.repositories import timers
from storage.repositories.timers import Due
from storage.work import Store, Work

log = structlog.get_logger("due_timers")
BATCH = 200
TOGETHER = 32  # cases whose timers are fired in one transaction


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
        fired = 0
        for together in _in_groups(waiting):
            if done := await self._fire_together(together):
                fired += done
                self.wake_dispatcher()
        return fired > 0

    async def _in_turn(self, work: Work, due: Sequence[Due], caught_up_at: datetime | None) -> Sequence[Due]:
        """Those before which nothing came that is untried; where nothing did before the last, it is asked once."""

        def by(timer: Due) -> datetime:
            return max(timer.due_at, caught_up_at or timer.due_at)

        if not due or not await inbox.backlog(work, max(map(by, due))):
            return due
        return [timer for timer in due if not await inbox.backlog(work, by(timer))]

    async def _fire_together(self, timers: Sequence[Due]) -> int:
        """Timers of different cases in one transaction; where one fails or meets a conflict, each alone.

        Returns how many were fired.
        """
        try:
            await self._fire(timers)
        except Exception as error:
            if is_its_own(error):
                raise  # the database is in trouble: so would all others fail, one by one
            if len(timers) > 1:
                return sum([await self._fire_together([timer]) for timer in timers])
            if not isinstance(error, Conflict):  # else the case has changed meanwhile: the next tick tries again
                (timer,) = timers
                log.exception("a timer failed", complaint=timer.complaint, stage=timer.stage, point=timer.point)
            return 0
        for timer in timers:
            self.late((self.now() - timer.due_at).total_seconds())
        return len(timers)

    async def _fire(self, timers: Sequence[Due]) -> None:
        async with self.work() as work:
            await cases_at_once.look_up(work, [timer.complaint for timer in timers])
            for timer in timers:
                work.begin_part()
                await timer_verbs.fire(work, timer)
                await asyncio.sleep(0)  # others have their turn
            await work.commit()


def _in_groups(timers: Iterable[Due]) -> Iterator[list[Due]]:
    """Several at a time, none of which concern the same case: each case's in their order."""
    cases: defaultdict[int, list[Due]] = defaultdict(list)
    for timer in timers:
        cases[timer.complaint].append(timer)
    for nth in zip_longest(*cases.values()):
        of_different_cases = [timer for timer in nth if timer is not None]
        for first in range(0, len(of_different_cases), TOGETHER):
            yield of_different_cases[first : first + TOGETHER]
