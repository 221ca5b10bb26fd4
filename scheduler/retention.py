"""The retention job: messages vanish at their time, and data that no rule needs are erased."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from scheduler.job import Clock, Job
from storage.db.unit_of_work import Conflict
from storage.messaging import message_deletion
from storage.privacy import retention
from storage.privacy.retention import CHORES, Chore
from storage.work import Store

log = structlog.get_logger("retention")
BATCH = 200
CHECK_EVERY = timedelta(seconds=1)  # of case time between two checks for messages that vanish
PASS = timedelta(hours=1)  # of case time between two passes through everything
FIRST = timedelta(minutes=5)  # after a start, which has more urgent things to do


class Retention(Job):
    """Works in small batches, each in a short transaction; `wake_dispatcher` is called when something is to be sent."""

    name = "retention"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self._checked_at = self.now() - CHECK_EVERY
        self._next = self.now() + FIRST
        self._chore, self._after = len(CHORES), 0  # at rest: past the last one
        self._renderings = 0  # the outbox row up to which renderings have been replaced by their digests

    async def step(self) -> bool:
        """One small batch; False where nothing was due."""
        return any([await self._vanish(), await self._do_chores()])

    async def _vanish(self) -> bool:
        if self.now() - self._checked_at < CHECK_EVERY:
            return False
        self._checked_at = self.now()
        try:
            async with self.work() as work:
                found = await message_deletion.vanish(work, self.now(), BATCH)
                await work.commit()
        except Conflict:
            return False  # the next tick tries again
        if found:
            self._checked_at -= CHECK_EVERY  # there may be more
            self.wake_dispatcher()
        return found > 0

    async def _do_chores(self) -> bool:
        """Chores one after the other; where one has more to do than a batch, it goes on at the next tick."""
        if self._chore >= len(CHORES) and self.now() >= self._next:
            self._next = self.now() + PASS
            self._chore, self._after = 0, 0
        while self._chore < len(CHORES):
            last = await self._batch(CHORES[self._chore])
            if last is not None:
                self._after = last
                return True
            self._chore, self._after = self._chore + 1, 0
        return False

    async def _batch(self, chore: Chore) -> int | None:
        """The row after which the chore goes on, or None where it is through for this time."""
        known = self._renderings if chore is retention.renderings else 0
        try:
            async with self.work() as work:
                last = await chore(work, max(self._after, known), BATCH)
                await work.commit()
        except Conflict:
            return self._after  # another transaction changed one of the rows: the same batch again
        except Exception:
            log.exception("nothing was erased", chore=chore.__name__)
            return None
        if chore is retention.renderings and last is not None:
            self._renderings = last
        return last
