"""Due timers → the same verbs that people's taps call."""

from collections.abc import Callable
from datetime import datetime

import structlog

from complaints.usecases import expiring
from storage import inbox, timers
from storage.notebook import Conflict
from storage.timers import Due
from storage.work import Store

log = structlog.get_logger("sweep")
BATCH = 200


class Sweep:
    """`spoke` is called when notices may have been written."""

    def __init__(self, store: Store, now: Callable[[], datetime], spoke: Callable[[], None]) -> None:
        self.store = store
        self.now = now
        self.spoke = spoke

    async def step(self) -> bool:
        """Deal with what is due; False where nothing was. Updates that came in time are handled first."""
        struck = 0
        async with self.store.work(self.now()) as reading:
            due = await timers.due_before(reading, self.now(), limit=BATCH)
            waiting = [t for t in due if not await inbox.backlog(reading, t.due_at)]
        for timer in waiting:
            struck += await self._strike(timer)
        if struck:
            self.spoke()
        return struck > 0

    async def _strike(self, timer: Due) -> bool:
        try:
            async with self.store.work(self.now()) as work:
                await expiring.beat(work, timer)
                await work.commit()
        except Conflict:
            return False  # somebody was faster, or the case has changed: the next beat looks again
        except Exception:
            log.exception("a timer failed", complaint=timer.complaint, stage=timer.stage, point=timer.point)
            return False
        return True
