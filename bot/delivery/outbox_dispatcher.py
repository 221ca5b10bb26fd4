"""The outbox dispatcher: picks the messages that may go, most urgent first, and sends them within the rate limits."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import structlog
from telegram.error import TelegramError

from bot.clock import waited
from bot.delivery.batching import Digests
from bot.delivery.live_messages import CARD_GAP, Cards
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.sender import Sender
from bot.delivery.telegram_client import fenced
from bot.logs import origin
from bot.ops.retry import or_default, pauses
from bot.outcomes import WrongToken
from complaints.notifications.notices import Priority
from storage.db.unit_of_work import Conflict
from storage.messaging import live_messages, outbox
from storage.messaging.live_messages import Card
from storage.messaging.outbox import OutboxMessage

log = structlog.get_logger("outbox_dispatcher")
IN_FLIGHT = 30
MOST_YOUNG = 10  # calls that have just begun, however many wait: at Telegram's pace no more are needed
WAITING_PER_CALL = 20  # messages that wait for each further call at a time: a crash leaves few ends unknown
PAUSE = 0.1  # seconds between two searches for messages, unless something wakes it
CHECK_EVERY = 1.0  # seconds between two searches for sends that nobody will finish
YOUNG = 0.25  # seconds for which a call counts as just begun: so soon another one follows it

Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class InFlightSend:
    """A message or card that is being sent since `began` (seconds of real time), or has been sent."""

    task: asyncio.Task[None]
    began: float

    def is_young(self, real: float) -> bool:
        return not self.task.done() and real - self.began < YOUNG


class OutboxDispatcher:
    """Sends while this instance leads, which is checked once more just before each call."""

    def __init__(self, sender: Sender, rate_limiter: RateLimiter) -> None:
        self.store = sender.store
        self.bot = sender.bot
        self.clock = sender.clock
        self.lease = sender.lease
        self.sender = sender
        self.rate_limiter = rate_limiter
        self.wake = asyncio.Event()
        self.cards = Cards(self.store, self.bot, self.clock, rate_limiter)
        self.digests = Digests(self.store, self.clock, rate_limiter)
        self._in_flight: dict[tuple[str, int], InFlightSend] = {}
        self._next_check = float("-inf")
        self._checked_term = -1  # the term of leadership in which it last checked
        self._room = 1
        self._pauses = pauses()

    async def recover(self) -> None:
        """Sends that other instances began and never finished, and our own whose claim was never confirmed."""
        messages = [number for kind, number in self._in_flight if kind == "message"]
        await self.sender.result_recorder.recover(self.lease.owner, messages)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; what is in flight then is waited for."""
        while not stop.is_set():
            self.wake.clear()
            if not await or_default(self._start_sends, "looking for messages", False, self._pauses):
                await waited(self.wake, PAUSE)
        await self._wait_for_all()

    async def step(self) -> bool:
        """Send all that may go now, to the end; False where there was nothing."""
        started = await self._start_sends()
        if started:
            await self._wait_for_all()
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

    # --- choosing messages --------------------------------------------------------------------------------------

    async def _start_sends(self) -> bool:
        self._reap()
        if not self.lease.leads():
            return False
        try:
            await self._check()
        except Conflict:
            return False  # another instance has just finished one of those sends
        real = self.clock.real()
        started = await self.digests.step()
        messages = await outbox.ready(self.store, real, self.lease.owner)
        room = max(self._room, min(MOST_YOUNG, 1 + len(messages) // WAITING_PER_CALL))
        for message in messages:
            job = partial(self.sender.deliver, message)
            started |= self._start_send(("message", message.id), message, job, message.priority, room)
        for card in await live_messages.stale_cards(self.store, real - CARD_GAP):
            job = partial(self.cards.edit, card)
            started |= self._start_send(("card", card.id), card, job, Priority.NUDGE, IN_FLIGHT)
        return started

    async def _check(self) -> None:
        """Once a second, and first in each term: recover unfinished sends, and count what waits."""
        real, term = self.clock.real(), self.lease.term
        if real < self._next_check and term == self._checked_term:
            return
        await self.recover()
        self._room = min(MOST_YOUNG, 1 + await outbox.how_many(self.store) // WAITING_PER_CALL)
        self._next_check, self._checked_term = real + CHECK_EVERY, term

    # --- sends in flight ----------------------------------------------------------------------------------------

    def _start_send(self, key: tuple[str, int], to: OutboxMessage | Card, job: Job, priority: int, room: int) -> bool:
        real = self.clock.real()
        young = sum(send.is_young(real) for send in self._in_flight.values())
        free = self.rate_limiter.free_at(to.chat, group=to.group, priority=priority, real=real) <= real
        if not free or key in self._in_flight or young >= room or len(self._in_flight) >= IN_FLIGHT:
            return False
        self.rate_limiter.took(to.chat, group=to.group)
        self._in_flight[key] = InFlightSend(asyncio.create_task(self._run(to, job)), real)
        return True

    def _reap(self) -> None:
        """Forget the sends that have ended; raises WrongToken where one of them met it."""
        for key in [key for key, send in self._in_flight.items() if send.task.done()]:
            self._in_flight.pop(key).task.result()

    async def _wait_for_all(self) -> None:
        await asyncio.gather(*(send.task for send in self._in_flight.values()))

    async def _run(self, to: OutboxMessage | Card, job: Job) -> None:
        try:
            with fenced(self.lease.may_call):  # every call of the job is checked against the lease
                await job()
        except WrongToken:
            raise
        except Conflict:
            log.info("overtaken")  # another instance has claimed it, or it was withdrawn
        except Exception as error:  # noqa: BLE001 - one message must not keep the others
            log.error("a message failed", why=origin(error))
        finally:
            self.rate_limiter.answered(to.chat, group=to.group, real=self.clock.real())
            self.wake.set()

    async def toast(self, callback: str, text: str, *, alert: bool) -> None:
        """Answer a tap: best effort, once."""
        try:
            await self.bot.answer_callback_query(callback, text or None, show_alert=alert or None)
        except TelegramError as error:
            log.info("a press was not answered", why=type(error).__name__)
