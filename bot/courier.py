"""Outbox → Telegram: claims what may go, sends it within the limits, and writes down what became of it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from telegram import Message
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot import speaking
from bot.cards import CARD_GAP, Cards
from bot.clock import Clock
from bot.outcomes import UNREADABLE, Outcome, Result, WrongToken, judge
from bot.pacing import Pacer
from bot.rendering import render, translator_of
from complaints.audience import Notice, Priority
from complaints.promises import Reader
from storage import destinations, outbox, readers
from storage.notebook import Conflict
from storage.outbox import Card, Letter
from storage.work import Store, Work
from views.notices import LIVE, possible_repeat
from views.screen import Screen

log = structlog.get_logger("courier")
IN_FLIGHT = 30
RETRY = 2.0  # seconds after a send that never left
ONCE = (Priority.NUDGE, Priority.SURVEY)  # everything else is repeated after an ambiguous end
TRIES = 8  # sends of one message that our own end may cut off before it is given up


class Courier:
    """One at a time; `owner` is unique to this start."""

    def __init__(self, store: Store, bot: ExtBot[Any], clock: Clock, pacer: Pacer, owner: str) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.pacer = pacer
        self.owner = owner
        self.wake = asyncio.Event()
        self.cards = Cards(store, bot, clock, pacer)
        self._flying: dict[object, asyncio.Task[None]] = {}

    async def recover(self) -> None:
        """What an earlier start began to send and never finished is ambiguous: nobody knows whether it arrived."""
        async with self._work() as work:
            for letter in await outbox.unfinished(work, self.owner):
                self._cut_off(work, letter, "the process ended during the send")
            await work.commit()

    def _work(self) -> Any:
        return self.store.work(self.clock.now(), self.clock.real())

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; what is on its way is waited for."""
        while not stop.is_set():
            self.wake.clear()
            for task in [t for t in self._flying.values() if t.done()]:
                task.result()
            started = await self._start()
            if not started:
                await self._until_woken(0.1)
        await asyncio.gather(*self._flying.values())

    async def _until_woken(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.wake.wait(), seconds)
        except TimeoutError:
            return

    async def step(self) -> bool:
        """Send all that may go now, to the end; False where there was nothing."""
        started = await self._start()
        if started:
            await asyncio.gather(*self._flying.values())
        return started

    async def next_wake(self) -> float | None:
        """The real time at which something that waits may go; None where nothing waits."""
        real = self.clock.real()
        soonest = await outbox.next_wake(self.store)
        letters = await outbox.ready(self.store, float("inf")) if soonest is not None else []
        waits = [
            max(self.pacer.free_at(x.chat, group=x.group, priority=x.priority, real=real), real)
            for x in letters
            if x.method != "leave"
        ]
        cards = await outbox.stale_cards(self.store, float("inf"))
        due = [max(min(waits), soonest)] if waits and soonest is not None else []
        return min([*due, *([real + CARD_GAP] if cards else [])], default=None)

    # --- picking ------------------------------------------------------------------------------------------------

    async def _start(self) -> bool:
        real = self.clock.real()
        started = False
        for letter in await outbox.ready(self.store, real):
            started |= self._fly(("letter", letter.id), letter, self._deliver(letter), letter.priority)
        for card in await outbox.stale_cards(self.store, real - CARD_GAP):
            started |= self._fly(("card", card.id), card, self.cards.edit(card), Priority.NUDGE)
        return started

    def _fly(self, key: object, to: Letter | Card, job: Any, priority: int) -> bool:
        real = self.clock.real()
        self._flying = {k: t for k, t in self._flying.items() if not t.done()}
        free = self.pacer.free_at(to.chat, group=to.group, priority=priority, real=real) <= real
        if not free or key in self._flying or len(self._flying) >= IN_FLIGHT:
            job.close()
            return False
        self.pacer.took(to.chat, group=to.group)
        self._flying[key] = asyncio.create_task(self._flight(to, job))
        return True

    async def _flight(self, to: Letter | Card, job: Any) -> None:
        try:
            await job
        except Conflict:
            log.info("overtaken")  # somebody else has claimed or withdrawn it
        finally:
            self.pacer.answered(to.chat, group=to.group, real=self.clock.real())
            self.wake.set()

    # --- sending ------------------------------------------------------------------------------------------------

    async def _deliver(self, letter: Letter) -> None:
        screen = await self._claim(letter)
        if screen is None:
            return
        try:
            sent = await self._call(letter, screen)
        except (TelegramError, *UNREADABLE) as error:
            await self._write_down(letter, judge(error), ())
            return
        await self._write_down(letter, Result(outcome=Outcome.SENT), sent, screen)

    async def _claim(self, letter: Letter) -> Screen | None:
        async with self._work() as work:
            try:
                screen = await render(work, letter)
            except Exception as error:  # noqa: BLE001 - one bad notice must not stop the others
                log.error("not rendered", kind=letter.kind, why=type(error).__name__)  # noqa: TRY400
                screen = None
            if screen is None:
                outbox.finish(work, letter, "dropped", "no point any more")
            else:
                outbox.claim(work, letter, self.owner, screen.dump())
                screen = await self._marked(work, letter, screen)
            await work.commit()
            return screen

    async def _marked(self, work: Work, letter: Letter, screen: Screen) -> Screen:
        """A possible repeat says so; the kept rendering stays unmarked."""
        if not letter.repeat or letter.method in ("edit", "leave"):
            return screen
        return possible_repeat(await translator_of(work, letter.destination), screen)

    async def _call(self, letter: Letter, screen: Screen) -> Sequence[Message]:
        if letter.method == "leave":
            await self.bot.leave_chat(letter.chat)
            return ()
        if letter.method == "files":
            return await speaking.send_files(self.bot, letter.chat, screen.files, screen.text)
        if letter.method == "edit" and not letter.plain:
            await speaking.edit(self.bot, letter.chat, int(letter.facts["message_id"]), screen)
            return ()
        return [await speaking.send(self.bot, letter.chat, screen, as_plain=letter.plain)]

    # --- outcomes -----------------------------------------------------------------------------------------------

    async def _write_down(
        self, letter: Letter, result: Result, sent: Sequence[Message], screen: Screen | None = None
    ) -> None:
        async with self._work() as work:
            if result.outcome is Outcome.SENT:
                await self._sent(work, letter, sent, screen)
            else:
                self._failed(work, letter, result)
            await work.commit()
        if result.outcome is Outcome.UNREACHABLE:
            await self._next_in_line(letter)
        if result.outcome is Outcome.WRONG_TOKEN:
            raise WrongToken

    def _failed(self, work: Work, letter: Letter, result: Result) -> None:
        match result.outcome:
            case Outcome.UNEDITABLE:
                outbox.again(work, letter, 0.0, result.why, method="send", plain=False)
            case Outcome.REFUSED:
                self._refused(work, letter, result)
            case Outcome.UNREACHABLE:
                destinations.mark(work, letter.destination, reachable=False)
                outbox.finish(work, letter, "dead", result.why)
            case Outcome.MOVED:
                destinations.move(work, letter.destination, result.chat)
                outbox.again(work, letter, 0.0, result.why)
            case Outcome.AMBIGUOUS:
                self._ambiguous(work, letter, result.why)
            case _:
                self._not_sent(work, letter, result)

    async def _sent(self, work: Work, letter: Letter, sent: Sequence[Message], screen: Screen | None) -> None:
        outbox.finish(work, letter, "sent", message_id=sent[0].message_id if sent else None)
        if not letter.complaint or screen is None:
            return
        complaint = await work.complaint(letter.complaint)
        live = letter.kind in LIVE and letter.method == "send"
        version = complaint.version if complaint else 0
        for message in sent:
            outbox.remember(work, letter, message.message_id, live=live, version=version, content=screen.digest())

    def _not_sent(self, work: Work, letter: Letter, result: Result) -> None:
        real = self.clock.real()
        if result.wait:
            self.pacer.halt(letter.chat, result.wait, real)
        pause = result.wait or min(60.0, RETRY * letter.attempts or RETRY)
        outbox.again(work, letter, real + pause, result.why)

    def _refused(self, work: Work, letter: Letter, result: Result) -> None:
        """Once more as plain text, then an alarm; the destination stays good."""
        if letter.plain or letter.method in ("files", "leave"):
            log.error("refused", kind=letter.kind, method=letter.method, why=result.why)
            outbox.finish(work, letter, "dead", result.why)
            return
        log.warning("refused, once more as plain text", kind=letter.kind, why=result.why)
        outbox.again(work, letter, 0.0, result.why, plain=True, method="send")

    def _ambiguous(self, work: Work, letter: Letter, why: str) -> None:
        """What must not be missed goes once more, marked; an edit can be repeated unseen."""
        log.warning("ambiguous", kind=letter.kind, why=why)
        if letter.repeat or letter.priority in ONCE or letter.method == "leave":
            outbox.finish(work, letter, "sent" if letter.repeat else "dropped", f"ambiguous: {why}")
            return
        later = self.clock.real() + RETRY  # whatever broke the connection may last a moment
        outbox.again(work, letter, later, f"ambiguous: {why}", repeat=letter.method != "edit")

    def _cut_off(self, work: Work, letter: Letter, why: str) -> None:
        """Our own end is no answer: whatever it was goes again, marked, until an answer comes."""
        if letter.attempts < TRIES and letter.method != "leave":
            outbox.again(work, letter, 0.0, f"ambiguous: {why}", repeat=letter.method != "edit")
        else:
            self._ambiguous(work, letter, why)

    async def _next_in_line(self, letter: Letter) -> None:
        """Whoever stands in for an unreachable reader is told at once, and told why."""
        if not letter.complaint or not letter.reader or letter.method != "send":
            return
        async with self._work() as work:
            complaint = await work.complaint(letter.complaint)
            if complaint is None:
                return
            reader = Reader(letter.reader)
            notice = Notice(kind=letter.kind, reader=reader, priority=Priority(letter.priority))
            for recipient in await readers.recipients(work, reader, complaint):
                if recipient.instead_of is not None:
                    await work.post(complaint, notice, letter.seq, recipient, None)
            await work.commit()

    async def toast(self, callback: str, text: str, *, alert: bool) -> None:
        """Answer a press: best effort, once."""
        try:
            await self.bot.answer_callback_query(callback, text or None, show_alert=alert or None)
        except TelegramError as error:
            log.info("a press was not answered", why=type(error).__name__)
