"""Leader election: one instance polls, ticks and sends; the others stand by until its lease runs out."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.backoff import Backoff
from bot.clock import waited
from storage.messaging import leases
from storage.messaging.leases import LEADER, alive
from storage.work import Store

log = structlog.get_logger("leader_election")


@dataclass(frozen=True, kw_only=True)
class LeaseTiming:
    """Seconds: a lease holds for `lease`, is renewed every `renew`, and nothing is claimed with less than `spare` left.

    A standby tries for the lease every `look`, so that one leads within 15 seconds of a crash. A call lasts at most
    `call` seconds, so that the last one of a leader ends before another can begin.
    """

    lease: float = 14.0
    renew: float = 3.0
    look: float = 0.5
    spare: float = 9.0
    call: float = 8.0


class LeaderLease:
    """`owner` is unique to this instance; `steady` is a clock that no setting of the time moves, and no stop halts.

    Where a process has its database to itself (`alone`), it leads from the beginning and for ever. `term` counts the
    times at which this instance began to lead: in each it first recovers what others have left.
    """

    def __init__(
        self,
        store: Store,
        owner: str,
        *,
        alone: bool,
        terms: LeaseTiming | None = None,
        steady: Callable[[], float],
    ) -> None:
        self.store = store
        self.owner = owner
        self.alone = alone
        self.terms = terms or LeaseTiming()
        self.term = 0
        self._steady = steady
        self._until = float("inf") if alone else float("-inf")
        self._tried_at = float("-inf")
        self._shown_alive_at = float("-inf")
        self._led = alone

    def leads(self) -> bool:
        """Whether this instance leads for sure, and for long enough to send one more message."""
        return self._left() >= self.terms.spare

    def may_call(self) -> bool:
        """The last check before a call: whether its answer comes before another instance can lead."""
        return self._left() >= self.terms.call

    def _left(self) -> float:
        return self._until - self._steady()

    async def begin(self) -> None:
        """At start: an instance that is alone knows that no earlier one is running."""
        if self.alone:
            await leases.forget_all(self.store)
        await self.step()

    async def step(self) -> bool:
        """Renew what runs out soon; True if this instance has just begun to lead."""
        before = self._steady()
        if self.alone or before - self._tried_at < (self.terms.renew if self._led else self.terms.look):
            return False
        self._tried_at = before
        if before - self._shown_alive_at >= self.terms.renew:
            await leases.renew(self.store, alive(self.owner), self.owner, self.terms.lease)
            self._shown_alive_at = before
        if not await leases.renew(self.store, LEADER, self.owner, self.terms.lease):
            self._led, self._until = False, float("-inf")
            return False
        began = not self._led or before >= self._until
        self._led, self._until = True, before + self.terms.lease
        if began:
            self.term += 1
            log.info("leading", owner=self.owner)
        if freed := await leases.bury(self.store):
            log.warning("updates of a crashed instance are handled again", updates=freed)
        return began

    async def run(self, stop: asyncio.Event) -> None:
        """Take or renew the lease until `stop` is set."""
        backoff = Backoff(self.terms.look, self.terms.renew)
        while not stop.is_set():
            pause = self.terms.look
            try:
                await self.step()
                backoff.succeeded()
            except Exception as error:  # noqa: BLE001 - without a database nobody leads, and it comes back
                log.error("a term can't be begun or go on", why=type(error).__name__)
                pause = backoff.failed()
            await waited(stop, pause)

    async def leave(self) -> None:
        """Give up the lease, so that another instance can lead at once."""
        self._until, self._led = float("-inf"), False
        await leases.release(self.store, self.owner)
