"""The outbox dispatcher: picks the messages that may go, most urgent first, and sends them within the rate limits."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import structlog
from telegram.error import TelegramError

from bot.clock import steady, waited
from bot.delivery.batching import Digests
from bot.delivery.delivery_queue import DeliveryQueue, Waiting
from bot.delivery.live_messages import CARD_GAP, Cards
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.sender import Sender
from bot.delivery.telegram_client import fenced
from bot.logs import origin
from bot.ops.retry import or_default, pauses
from bot.outcomes import WrongToken
from complaints.notifications.notices import Priority
from storage.db.unit_of_work import Conflict
from storage.messaging import live_messages, waiting_messages
from storage.messaging.live_messages import Card

log = structlog.get_logger("outbox_dispatcher")
IN_FLIGHT = 30
MOST_YOUNG = 10  # calls that have just begun, however many wait: at Telegram's pace no more are needed
WAITING_PER_CALL = 20  # messages that wait for each further call at a time: a crash leaves few ends unknown
ANSWERS_AT_ONCE = 4
PAUSE = 0.1  # seconds between two searches for messages, unless something wakes it
EDIT_EVERY = 0.25  # seconds between two looks at live cards, none of which is edited more often than CARD_GAP
CHECK_EVERY = 1.0  # seconds between two searches for sends that nobody will finish
RENEW_EVERY = 2.0  # seconds between two looks at everything that waits
RENEWING = 50  # times as long as such a look took, there is none
YOUNG = 0.25  # seconds for which a call counts as just begun: so soon another one follows it

Answered = Callable[[], None]  # frees the send's place in the rate limits, once
Job = Callable[[Answered], Awaitable[None]]


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
        self._turn = asyncio.Event()  # something has been added, or a send has ended
        self._added = True
        self.cards = Cards(self.store, self.bot, self.clock, rate_limiter)
        self.digests = Digests(self.store, self.clock, rate_limiter)
        self._in_flight: dict[tuple[str, int], InFlightSend] = {}
        self.queue = DeliveryQueue()
        self._ended: set[int] = set()  # messages whose sends have ended since the queue was last updated
        self._over: set[int] = set()  # those that have arrived, and will never be sent again
        self._next_check = self._next_renewal = self._next_look = self._next_edits = float("-inf")
        self._checked_term = -1  # the term of leadership in which it last checked
        self._pauses = pauses()

    async def recover(self) -> None:
        """Sends that other instances began and never finished, and our own whose claim was never confirmed."""
        if await self.sender.result_recorder.recover(self.lease.owner, self._sending()):
            self._next_renewal = float("-inf")

    def wake(self) -> None:
        """Something has been added to the outbox."""
        self._added = True
        self._turn.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; what is in flight then is waited for."""
        while not stop.is_set():
            self._turn.clear()
            if not await or_default(self._start_what_is_due, "looking for messages", False, self._pauses):
                await waited(self._turn, self._pause())
        await self._wait_for_all()

    async def _start_what_is_due(self) -> bool:
        """A send that has ended is no reason to look into the database, and cards needn't be looked at each time."""
        real = self.clock.real()
        look, edits = self._added or real >= self._next_look, real >= self._next_edits
        if look:
            self._added, self._next_look = False, real + PAUSE
        if edits:
            self._next_edits = real + EDIT_EVERY
        return await self._start_sends(look=look, edits=edits)

    def _pause(self) -> float:
        """Until the next send may go, where some wait for that alone."""
        real = self.clock.real()
        left = self.rate_limiter.room_at(Priority.REPLY, real) - real
        return min(PAUSE, left) if len(self.queue) and left > 0 else PAUSE

    async def step(self) -> bool:
        """Send all that may go now, to the end; False where there was nothing."""
        started = await self._start_sends()
        if started:
            await self._wait_for_all()
        return started

    async def next_wake(self) -> float | None:
        """The real time at which something that waits may go; None where nothing waits."""
        await self._follow()
        real, free_at = self.clock.real(), self.rate_limiter.free_at
        waits = [
            max(free_at(one.chat, group=one.group, priority=one.priority, real=real), one.not_before, real)
            for one in self.queue.heads()
        ]
        stale = await live_messages.stale_cards(self.store, float("inf"))
        return min([*waits, *([real + CARD_GAP] if stale else [])], default=None)

    # --- choosing messages --------------------------------------------------------------------------------------

    async def _start_sends(self, *, look: bool = True, edits: bool = True) -> bool:
        self._reap()
        if not self.lease.leads():
            return False
        try:
            await self._check()
        except Conflict:
            return False  # another instance has just finished one of those sends
        made = await self.make_digests(look=look)
        return self._start_messages() | (edits and await self._start_edits()) or made

    async def make_digests(self, *, look: bool = True) -> bool:
        """Look at what has come; where a chat's queue is too long for it, its notices become digests."""
        await self._follow(look=look)
        made = await self.digests.step(self.queue)
        if made:
            await self._renew()
        return made

    def _start_messages(self) -> bool:
        real, limiter = self.clock.real(), self.rate_limiter

        def has_room(priority: int) -> bool:
            return self._has_room(real, self._most_young(priority)) and limiter.room_at(priority, real) <= real

        def free_at(one: Waiting) -> float:
            return limiter.chat_free_at(one.chat, group=one.group, real=real)

        started = False
        while (one := self.queue.take(real, has_room, free_at)) is not None:
            self._start_send(("message", one.id), one, partial(self._deliver, one.id), real)
            started = True
        return started

    async def _start_edits(self) -> bool:
        """Live cards that show less than their case is by now; answers and notices come before them."""
        real, limiter, started = self.clock.real(), self.rate_limiter, False
        for card in await live_messages.stale_cards(self.store, real - CARD_GAP):
            free = limiter.free_at(card.chat, group=card.group, priority=Priority.NUDGE, real=real) <= real
            if free and ("card", card.id) not in self._in_flight and self._has_room(real, IN_FLIGHT):
                self._start_send(("card", card.id), card, partial(self.cards.edit, card), real)
                started = True
        return started

    async def _deliver(self, number: int, answered: Answered) -> None:
        if await self.sender.deliver(number, answered):
            self._over.add(number)

    async def _check(self) -> None:
        """Once a second, and first in each term: recover unfinished sends."""
        real, term = self.clock.real(), self.lease.term
        if real < self._next_check and term == self._checked_term:
            return
        if term != self._checked_term:
            self._next_renewal = float("-inf")
        await self.recover()
        self._next_check, self._checked_term = real + CHECK_EVERY, term

    async def _follow(self, *, look: bool = True) -> None:
        """Let the queue know what has come and what has ended; every few seconds, all that waits."""
        if self.clock.real() >= self._next_renewal or self.queue.told_by(self._ended):
            await self._renew()
            return
        if not look and self._ended <= self._over:
            self.queue.update((), self._ended)
            self._forget(frozenset(self._ended))
            return
        ended = frozenset(self._ended)
        self.queue.update(await waiting_messages.since(self.store, self.queue.newest, ended), ended)
        self._forget(ended)

    async def _renew(self) -> None:
        began, ended = steady(), frozenset(self._ended)
        self.queue = DeliveryQueue(await waiting_messages.every(self.store), self._sending())
        self._forget(ended)
        self._next_renewal = self.clock.real() + max(RENEW_EVERY, RENEWING * (steady() - began))

    def _forget(self, ended: frozenset[int]) -> None:
        """The queue knows that they have ended."""
        self._ended -= ended
        self._over -= ended

    def _sending(self) -> list[int]:
        return [number for kind, number in self._in_flight if kind == "message"]

    # --- sends in flight ----------------------------------------------------------------------------------------

    def _has_room(self, real: float, most_young: int) -> bool:
        young = sum(send.is_young(real) for send in self._in_flight.values())
        return young < most_young and len(self._in_flight) < IN_FLIGHT

    def _most_young(self, priority: int) -> int:
        """More at a time where much waits; some at once of what somebody waits for with the telephone in hand."""
        for_the_queue = 1 + len(self.queue) // WAITING_PER_CALL
        return min(MOST_YOUNG, max(for_the_queue, ANSWERS_AT_ONCE if priority <= Priority.REPLY else 1))

    def _start_send(self, key: tuple[str, int], to: Waiting | Card, job: Job, real: float) -> None:
        self.rate_limiter.took(to.chat, group=to.group)
        self._in_flight[key] = InFlightSend(asyncio.create_task(self._run(to, job)), real)

    def _reap(self) -> None:
        """Forget the sends that have ended; raises WrongToken where one of them met it."""
        for key in [key for key, send in self._in_flight.items() if send.task.done()]:
            if key[0] == "message":
                self._ended.add(key[1])
            self._in_flight.pop(key).task.result()

    async def _wait_for_all(self) -> None:
        await asyncio.gather(*(send.task for send in self._in_flight.values()))

    async def _run(self, to: Waiting | Card, job: Job) -> None:
        answered = self._place_of(to)
        try:
            with fenced(self.lease.may_call):  # every call of the job is checked against the lease
                await job(answered)
        except WrongToken:
            raise
        except Conflict:
            log.info("overtaken")  # another instance has claimed it, or it was withdrawn
        except Exception as error:  # noqa: BLE001 - one message must not keep the others
            log.error("a message failed", why=origin(error))
        finally:
            answered()
            self._turn.set()

    def _place_of(self, to: Waiting | Card) -> Answered:
        """What frees its place in the rate limits a while after it was called first."""
        freed = False

        def answered() -> None:
            nonlocal freed
            if not freed:
                freed = True
                self.rate_limiter.answered(to.chat, group=to.group, real=self.clock.real())

        return answered

    async def toast(self, callback: str, text: str, *, alert: bool) -> None:
        """Answer a tap: best effort, once."""
        try:
            await self.bot.answer_callback_query(callback, text or None, show_alert=alert or None)
        except TelegramError as error:
            log.info("a press was not answered", why=type(error).__name__)
