"""The job that leaves a sign of life every few seconds, and records an outage where there was none for a while."""

from collections.abc import Callable

from scheduler.job import Clock, Job
from storage.repositories import outages
from storage.work import Store

EVERY = 5.0  # seconds of real time


class OutageRecorder(Job):
    """Runs before deadlines do: an outage must be known by the time that something expires in it.

    `is_connected`: whether the bot hears what people send, and can tell them something.
    """

    name = "outage_recorder"

    def __init__(
        self, store: Store, clock: Clock, wake_dispatcher: Callable[[], None], is_connected: Callable[[], bool]
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self.is_connected = is_connected
        self._last: float | None = None

    async def step(self) -> bool:
        """Leave a sign of life where one is due and true. Time that is set back doesn't silence it."""
        real = self.real()
        recent = self._last is not None and 0 <= real - self._last < EVERY
        if recent or not self.is_connected():
            return False
        async with self.store.work(self.now(), real) as work:
            await outages.live(work)
            await work.commit()
        self._last = real
        return False
