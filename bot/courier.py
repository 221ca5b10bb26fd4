"""Outbox → Telegram: claims what may go, and sends it within the limits, best first."""

import asyncio
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.cards import CARD_GAP, Cards
from bot.clock import Clock, waited
from bot.delivering import Delivery
from bot.digests import Digests
from bot.leading import Leading
from bot.logs import origin
from bot.meters import Meters
from bot.mouth import only_while
from bot.outcomes import WrongToken
from bot.pacing import Pacer
from bot.patience import or_later
from complaints.audience import Priority
from storage import cards, outbox
from storage.cards import Card
from storage.notebook import Conflict
from storage.outbox import Letter
from storage.work import Store

log = structlog.get_logger("courier")
IN_FLIGHT = 30
MOST = 10  # calls that have just begun, however many wait: at Telegram's pace no more are needed
EACH = 20  # messages waiting for one more call at a time: whoever dies in the middle leaves few ends unknown
PAUSE = 0.1  # seconds between two looks for messages, unless something wakes it
LOOK = 1.0  # seconds between two looks for sends that nobody will finish
YOUNG = 0.25  # seconds for which a call counts as just begun: so soon another one follows it


class Courier:
    """One at a time: it sends while this start leads, which is judged once more just before each call."""

    def __init__(
        self, store: Store, bot: ExtBot[Any], clock: Clock, pacer: Pacer, leading: Leading, meters: Meters
    ) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.pacer = pacer
        self.leading = leading
        self.wake = asyncio.Event()
        self.cards = Cards(store, bot, clock, pacer)
        self.digests = Digests(store, clock, pacer)
        self.delivery = Delivery(store, bot, clock, pacer, leading, meters)
        self._flying: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._looks = float("-inf")
        self._term = -1  # the one in which it last looked
        self._room = 1
        self._began: dict[tuple[str, int], float] = {}

    async def recover(self) -> None:
        """What others began to send and never finished, and what was claimed without our knowing of it."""
        flying = [key[1] for key, task in self._flying.items() if key[0] == "letter" and not task.done()]
        await self.delivery.aftermath.recover(self.leading.owner, flying)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; what is on its way is waited for."""
        while not stop.is_set():
            self.wake.clear()
            for task in [t for t in self._flying.values() if t.done()]:
                task.result()
            if not await or_later(self._start, "looking for messages", False):
                await waited(self.wake, PAUSE)
        await asyncio.gather(*self._flying.values())

    async def step(self) -> bool:
        """Send all that may go now, to the end; False where there was nothing."""
        started = await self._start()
        if started:
            await asyncio.gather(*self._flying.values())
        return started

    async def next_wake(self) -> float | None:
        """The real time at which something that waits may go; None where nothing waits."""
        real = self.clock.real()
        waits = [
            max(self.pacer.free_at(x.chat, group=x.group, priority=x.priority, real=real), x.not_before, real)
            for x in await outbox.ready(self.store, float("inf"), self.leading.owner)
            if x.method != "leave"
        ]
        stale = await cards.stale_cards(self.store, float("inf"))
        return min([*waits, *([real + CARD_GAP] if stale else [])], default=None)

    # --- picking ------------------------------------------------------------------------------------------------

    async def _start(self) -> bool:
        if not self.leading.leads():
            return False
        try:
            await self._look()
        except Conflict:
            return False  # somebody has just finished one of those sends
        real = self.clock.real()
        started = await self.digests.step()
        letters = await outbox.ready(self.store, real, self.leading.owner)
        room = max(self._room, min(MOST, 1 + len(letters) // EACH))
        for letter in letters:
            started |= self._fly(("letter", letter.id), letter, self.delivery.deliver(letter), letter.priority, room)
        for card in await cards.stale_cards(self.store, real - CARD_GAP):
            started |= self._fly(("card", card.id), card, self.cards.edit(card), Priority.NUDGE, IN_FLIGHT)
        return started

    async def _look(self) -> None:
        """Once a second, and in each term before anything is sent: what nobody will finish, and how much waits."""
        real, term = self.clock.real(), self.leading.term
        if real < self._looks and term == self._term:
            return
        await self.recover()
        self._room = min(MOST, 1 + await outbox.how_many(self.store) // EACH)
        self._looks, self._term = real + LOOK, term

    def _fly(self, key: tuple[str, int], to: Letter | Card, job: Any, priority: int, room: int) -> bool:
        real = self.clock.real()
        self._flying = {k: t for k, t in self._flying.items() if not t.done()}
        self._began = {k: at for k, at in self._began.items() if k in self._flying}
        young = sum(real - at < YOUNG for at in self._began.values())
        free = self.pacer.free_at(to.chat, group=to.group, priority=priority, real=real) <= real
        if not free or key in self._flying or young >= room or len(self._flying) >= IN_FLIGHT:
            job.close()
            return False
        self._began[key] = real
        self.pacer.took(to.chat, group=to.group)
        self._flying[key] = asyncio.create_task(self._flight(to, job))
        return True

    async def _flight(self, to: Letter | Card, job: Any) -> None:
        try:
            with only_while(self.leading.may_call):  # whatever the job calls
                await job
        except WrongToken:
            raise
        except Conflict:
            log.info("overtaken")  # somebody else has claimed or withdrawn it
        except Exception as error:  # noqa: BLE001 - one message must not keep the others
            log.error("a message failed", why=origin(error))  # noqa: TRY400
        finally:
            self.pacer.answered(to.chat, group=to.group, real=self.clock.real())
            self.wake.set()

    async def toast(self, callback: str, text: str, *, alert: bool) -> None:
        """Answer a press: best effort, once."""
        try:
            await self.bot.answer_callback_query(callback, text or None, show_alert=alert or None)
        except TelegramError as error:
            log.info("a press was not answered", why=type(error).__name__)
