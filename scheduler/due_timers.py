"""The job that fires due timers, through the same verbs that people's taps call."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from complaints.usecases import timers as timer_verbs
from scheduler.job import Clock, Job
from storage.db.unit_of_work import Conflict
from storage.messaging import inbox
from storage.repositories import timers
from storage.repositories.timers import Due
from storage.work import Store

log = structlog.get_logger("sweep")
BATCH = 200


class Hearing(Protocol):
    """Whether everything that people have sent is stored, and since when (case time) after the last outage."""

    def is_caught_up(self) -> bool: ...
    def heard(self) -> datetime | None: ...


class DueTimers(Job):
    """`spoke` is called when notices may have been written; nothing is struck while the receiver doesn't hear.

    What somebody did in time may still wait at the messenger, as it does after an outage, or be stored long after the
    deadline. `late` is told how many seconds of case time after its moment each timer was dealt with.
    """

    name = "due_timers"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
        receiver: Hearing,
        late: Callable[[float], None],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self.receiver = receiver
        self.late = late

    async def step(self) -> bool:
        """Deal with what is due; False where nothing was. Updates that came in time are handled first."""
        if not self.receiver.is_caught_up():
            return False
        struck, heard = 0, self.receiver.heard()
        async with self.store.work(self.now()) as reading:
            due = await timers.due_before(reading, self.now(), limit=BATCH)
            waiting = [t for t in due if not await inbox.backlog(reading, max(t.due_at, heard or t.due_at))]
        for timer in waiting:
            struck += await self._strike(timer)
        if struck:
            self.wake_dispatcher()
        return struck > 0

    async def _strike(self, timer: Due) -> bool:
        try:
            async with self.store.work(self.now()) as work:
                await timer_verbs.beat(work, timer)
                await work.commit()
        except Conflict:
            return False  # somebody was faster, or the case has changed: the next beat looks again
        except Exception:
            log.exception("a timer failed", complaint=timer.complaint, stage=timer.stage, point=timer.point)
            return False
        self.late((self.now() - timer.due_at).total_seconds())
        return True
