"""A check, once a minute, for overdue cases without the notice of their expiry."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from scheduler.job import Clock, Job
from storage.queries import missing_notices
from storage.queries.missing_notices import Found
from storage.work import Store

log = structlog.get_logger("missing_notices")
PASS = 60.0  # seconds of real time between two passes
BATCH = 200  # cases checked in one tick
LATE = timedelta(seconds=90)  # what is later than this isn't just being handled
WINDOW = timedelta(days=1)  # of case time in which an expiry's messages are looked for


class MissingNotices(Job):
    """Changes nothing; `found` is what the last whole pass has found. During an intake gap deadlines wait rightly.

    `concluded` is when that pass has ended, or when there was last a reason to make none (seconds of real time).
    """

    name = "missing_notices"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
        is_caught_up: Callable[[], bool],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self.is_caught_up = is_caught_up
        self.reset()

    def reset(self) -> None:
        """Forget everything: another instance leads and checks; this one begins anew when it leads again."""
        self.found: tuple[Found, ...] = ()
        self._finding: list[Found] = []
        self._after: int | None = None
        self._next = self.real() + PASS
        self._caught_up_since: datetime | None = None
        self.concluded = self.real()

    async def step(self) -> bool:
        """Check the next cases of a pass, or begin a pass once a minute; always False, for no message follows."""
        if not self._may_check() or (self._after is None and self.real() < self._next):
            return False
        if self._after is None:
            self._next = self.real() + PASS
        await self._check(self._after or 0)
        return False

    def _may_check(self) -> bool:
        """Whether deadlines must have been kept; not during an intake gap, nor for a while after."""
        if not self.is_caught_up():
            self._caught_up_since, self.concluded = None, self.real()
        elif self._caught_up_since is None:
            self._caught_up_since = self.now()
        return self._caught_up_since is not None and self.now() - self._caught_up_since > LATE

    async def _check(self, after: int) -> None:
        before = self.now() - LATE
        async with self.work() as reading:
            late, self._after = await missing_notices.unstruck(reading, before, after, BATCH)
            self._finding += late
            if self._after is None:
                self._finding += await missing_notices.untold(reading, before - WINDOW, before)
                self._conclude()

    def _conclude(self) -> None:
        self.found, self._finding, self.concluded = tuple(self._finding), [], self.real()
        for one in self.found:
            log.error("an overdue case without its notice", complaint=one.complaint, seq=one.seq)
