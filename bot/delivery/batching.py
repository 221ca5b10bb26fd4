"""Digests: where a chat's queue outgrows what may be sent in a minute, its notices become one message."""

import structlog

from bot.clock import Clock
from bot.delivery.delivery_queue import DeliveryQueue
from bot.delivery.rate_limiter import RateLimiter
from storage.db.unit_of_work import Conflict
from storage.messaging import outbox_batching
from storage.messaging.outbox_batching import Crowd
from storage.work import Store

log = structlog.get_logger("batching")
CHECK_EVERY = 1.0  # seconds between two checks of the queues
IN_A_MINUTE = 60  # messages that one person is sent in a minute
FLOOD = 900  # notices waiting in all, half a minute's worth: then even short queues become digests
SHORT = 3  # notices that go one by one even then
KEPT_FREE = 6  # messages of a group's minute that are left free for digests


class Digests:
    """Makes digests where a queue is too long; the outbox dispatcher calls it before it sends."""

    def __init__(self, store: Store, clock: Clock, rate_limiter: RateLimiter) -> None:
        self.store = store
        self.clock = clock
        self.rate_limiter = rate_limiter
        self._next_check = float("-inf")

    async def step(self, queue: DeliveryQueue) -> bool:
        """Check the queue once a second; True where digests were made."""
        real = self.clock.real()
        if real < self._next_check:
            return False
        self._next_check = real + CHECK_EVERY
        overall, crowds = queue.crowds()
        too_many = [crowd for crowd in crowds if crowd.waiting > self._allowed(crowd, real, overall)]
        return any([await self._make_digests(crowd) for crowd in too_many])

    def _allowed(self, crowd: Crowd, real: float, overall: int) -> int:
        """How many notices may go one by one: what is left of the minute, or few where everybody has to wait."""
        free = self.rate_limiter.left(crowd.chat, real) - KEPT_FREE if crowd.group else IN_A_MINUTE
        return max(1, min(free, SHORT if overall > FLOOD else free))

    async def _make_digests(self, crowd: Crowd) -> bool:
        try:
            async with self.store.work(self.clock.now(), self.clock.real()) as work:
                made = await outbox_batching.gather(work, crowd.destination)
                await work.commit()
        except Conflict:
            return False  # one of them has just been claimed: the next check takes the others
        log.info("too much at once, told together", notices=crowd.waiting, messages=made)
        return made > 0
