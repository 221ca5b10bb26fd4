"""The outbox dispatcher: picks the messages that may go, most urgent first, and sends them within the rate limits."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock, waited
from bot.delivery.batching import Digests
from bot.delivery.live_messages import CARD_GAP, Cards
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.sender import Sender
from bot.delivery.telegram_client import fenced
from bot.logs import origin
from bot.ops.leader_election import LeaderLease
from bot.ops.metrics import Metrics
from bot.ops.retry import or_default
from bot.outcomes import WrongToken
from complaints.notifications.notices import Priority
from storage.db.unit_of_work import Conflict
from storage.messaging import live_messages, outbox
from storage.messaging.live_messages import Card
from storage.messaging.outbox import OutboxMessage
from storage.work import Store

log = structlog.get_logger("courier")
IN_FLIGHT = 30
MOST = 10  # calls that have just begun, however many wait: at Telegram's pace no more are needed
EACH = 20  # messages waiting for one more call at a time: whoever dies in the middle leaves few ends unknown
PAUSE = 0.1  # seconds between two looks for messages, unless something wakes it
LOOK = 1.0  # seconds between two looks for sends that nobody will finish
YOUNG = 0.25  # seconds for which a call counts as just begun: so soon another one follows it

Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class InFlightSend:
    """A letter or card on its way since `began` (seconds of real time), or there already."""

    task: asyncio.Task[None]
    began: float

    def is_young(self, real: float) -> bool:
        return not self.task.done() and real - self.began < YOUNG


class OutboxDispatcher:
    """One at a time: it sends while this start leads, which is judged once more just before each call."""

    def __init__(
        self,
        store: Store,
        bot: ExtBot[Any],
        clock: Clock,
        rate_limiter: RateLimiter,
        lease: LeaderLease,
        metrics: Metrics,
    ) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.rate_limiter = rate_limiter
        self.lease = lease
        self.wake = asyncio.Event()
        self.cards = Cards(store, bot, clock, rate_limiter)
        self.digests = Digests(store, clock, rate_limiter)
        self.delivery = Sender(store, bot, clock, rate_limiter, lease, metrics)
        self._flights: dict[tuple[str, int], InFlightSend] = {}
        self._looks = float("-inf")
        self._term = -1  # the one in which it last looked
        self._room = 1

    async def recover(self) -> None:
        """What others began to send and never finished, and what was claimed without our knowing of it."""
        messages = [number for kind, number in self._flights if kind == "letter"]
        await self.delivery.result_recorder.recover(self.lease.owner, messages)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; what is on its way is waited for."""
        while not stop.is_set():
            self.wake.clear()
            if not await or_default(self._start, "looking for messages", False):
                await waited(self.wake, PAUSE)
        await self._arrivals()

    async def step(self) -> bool:
        """Send all that may go now, to the end; False where there was nothing."""
        started = await self._start()
        if started:
            await self._arrivals()
        return started

    async def next_wake(self) -> float | None:
        """The real time at which something that waits may go; None where nothing waits."""
        real = self.clock.real()
        waits = [
            max(self.rate_limiter.free_at(x.chat, group=x.group, priority=x.priority, real=real), x.not_before, real)
            for x in await outbox.ready(self.store, float("inf"), self.lease.owner)
            if x.method != "leave"
        ]
        stale = await live_messages.stale_cards(self.store, float("inf"))
        return min([*waits, *([real + CARD_GAP] if stale else [])], default=None)

    # --- picking ------------------------------------------------------------------------------------------------

    async def _start(self) -> bool:
        self._reap()
        if not self.lease.leads():
            return False
        try:
            await self._look()
        except Conflict:
            return False  # somebody has just finished one of those sends
        real = self.clock.real()
        started = await self.digests.step()
        messages = await outbox.ready(self.store, real, self.lease.owner)
        room = max(self._room, min(MOST, 1 + len(messages) // EACH))
        for message in messages:
            job = partial(self.delivery.deliver, message)
            started |= self._start_send(("letter", message.id), message, job, message.priority, room)
        for card in await live_messages.stale_cards(self.store, real - CARD_GAP):
            job = partial(self.cards.edit, card)
            started |= self._start_send(("card", card.id), card, job, Priority.NUDGE, IN_FLIGHT)
        return started

    async def _look(self) -> None:
        """Once a second, and in each term before anything is sent: what nobody will finish, and how much waits."""
        real, term = self.clock.real(), self.lease.term
        if real < self._looks and term == self._term:
            return
        await self.recover()
        self._room = min(MOST, 1 + await outbox.how_many(self.store) // EACH)
        self._looks, self._term = real + LOOK, term

    # --- on the way ---------------------------------------------------------------------------------------------

    def _start_send(self, key: tuple[str, int], to: OutboxMessage | Card, job: Job, priority: int, room: int) -> bool:
        real = self.clock.real()
        young = sum(send.is_young(real) for send in self._flights.values())
        free = self.rate_limiter.free_at(to.chat, group=to.group, priority=priority, real=real) <= real
        if not free or key in self._flights or young >= room or len(self._flights) >= IN_FLIGHT:
            return False
        self.rate_limiter.took(to.chat, group=to.group)
        self._flights[key] = InFlightSend(asyncio.create_task(self._run(to, job)), real)
        return True

    def _reap(self) -> None:
        """Who has arrived makes room; raises WrongToken where one of them met it."""
        for key in [key for key, send in self._flights.items() if send.task.done()]:
            self._flights.pop(key).task.result()

    async def _arrivals(self) -> None:
        await asyncio.gather(*(send.task for send in self._flights.values()))

    async def _run(self, to: OutboxMessage | Card, job: Job) -> None:
        try:
            with fenced(self.lease.may_call):  # whatever the job calls
                await job()
        except WrongToken:
            raise
        except Conflict:
            log.info("overtaken")  # somebody else has claimed or withdrawn it
        except Exception as error:  # noqa: BLE001 - one message must not keep the others
            log.error("a message failed", why=origin(error))
        finally:
            self.rate_limiter.answered(to.chat, group=to.group, real=self.clock.real())
            self.wake.set()

    async def toast(self, callback: str, text: str, *, alert: bool) -> None:
        """Answer a press: best effort, once."""
        try:
            await self.bot.answer_callback_query(callback, text or None, show_alert=alert or None)
        except TelegramError as error:
            log.info("a press was not answered", why=type(error).__name__)
