"""One letter: judged and claimed, then sent."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from telegram import Message
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery import telegram_methods
from bot.delivery.forum_topics import Topics
from bot.delivery.rate_limiter import Pacer
from bot.delivery.rendering import render, translator_of
from bot.delivery.send_results import SILENT, Aftermath
from bot.delivery.telegram_client import CALL_TIMEOUT
from bot.logs import origin
from bot.ops.leader_election import Leading
from bot.ops.metrics import Meters
from bot.outcomes import Outcome, Result, judge
from storage.db.errors import DOWN
from storage.messaging import outbox, outbox_batching
from storage.messaging.outbox import Letter
from storage.work import Store, Work
from views.framework.screen import Screen
from views.notices import possible_repeat

log = structlog.get_logger("delivery")


class Delivery:
    """Sends while this start leads, which is judged once more just before each call."""

    def __init__(
        self, store: Store, bot: ExtBot[Any], clock: Clock, pacer: Pacer, leading: Leading, meters: Meters
    ) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.leading = leading
        self.meters = meters
        self.topics = Topics(store, bot, clock)
        self.aftermath = Aftermath(store, clock, pacer, self.topics)

    def _work(self) -> Any:
        return self.store.work(self.clock.now(), self.clock.real())

    async def deliver(self, letter: Letter) -> None:
        """One call of the messenger, and what became of it; where a topic is missing, that is the call."""
        if self.topics.missing(letter):
            await self._make_topic(letter)
        else:
            await self._send(letter)

    async def _send(self, letter: Letter) -> None:
        screen = await self._claim(letter)
        if screen is None:
            return
        try:
            sent = await self._call(letter, screen)
        except Exception as error:  # noqa: BLE001 - whatever it was, the call may have been carried out
            await self._ended(letter, judge(error), ())
            return
        await self._ended(letter, Result(outcome=Outcome.SENT), sent, screen)

    async def _make_topic(self, letter: Letter) -> None:
        """A call of its own, with its own place in the pacing; the letter follows by itself."""
        result = await self.topics.make(letter)
        if result is not None:
            await self._ended(letter, result, ())

    async def _ended(
        self, letter: Letter, result: Result, sent: Sequence[Message], screen: Screen | None = None
    ) -> None:
        waited = (self.clock.now() - letter.made_at).total_seconds()
        self.meters.sent(result, waited, repeat=letter.repeat)
        await self.aftermath.write_down(letter, result, sent, screen)

    async def _claim(self, letter: Letter) -> Screen | None:
        async with self._work() as work:
            try:
                screen = await render(work, letter)
            except DOWN:
                raise  # the letter stays ready: a database that is away makes no notice pointless
            except Exception as error:  # noqa: BLE001 - one bad notice must not stop the others
                log.error("not rendered", kind=letter.kind, why=origin(error))  # noqa: TRY400
                await self._unsayable(work, letter)
                return None
            if screen is None:
                outbox.finish(work, letter, "dropped", outbox.POINTLESS)
            else:
                kept = None if letter.unkept else screen.dump()
                outbox.claim(work, letter, kept, fenced=not self.leading.alone)
                screen = await self._marked(work, letter, screen)
            await work.commit()
            return screen

    async def _unsayable(self, work: Work, letter: Letter) -> None:
        """It counts as failed, which alarms; what a digest would have told goes one by one."""
        outbox_batching.release(work, letter)
        outbox.finish(work, letter, "dead", "can't be rendered")
        await work.commit()

    async def _marked(self, work: Work, letter: Letter, screen: Screen) -> Screen:
        """A possible repeat says so; the kept rendering stays unmarked."""
        if not letter.repeat or letter.method in SILENT:
            return screen
        return possible_repeat(await translator_of(work, letter.destination), screen)

    async def _call(self, letter: Letter, screen: Screen) -> Sequence[Message]:
        async with asyncio.timeout(CALL_TIMEOUT):
            return await self._speak(letter, screen)

    async def _speak(self, letter: Letter, screen: Screen) -> Sequence[Message]:
        if letter.method == "leave":
            await self.bot.leave_chat(letter.chat)
            return ()
        if letter.method == "delete":
            await self.bot.delete_message(letter.chat, int(letter.facts["message_id"]))
            return ()
        thread = letter.thread
        if screen.document is not None:
            return [
                await telegram_methods.send_document(self.bot, letter.chat, screen.document, screen.text, thread=thread)
            ]
        if letter.method == "files":
            return await telegram_methods.send_files(self.bot, letter.chat, screen.files, screen.text, thread=thread)
        if letter.method == "edit" and not letter.plain:
            await telegram_methods.edit(self.bot, letter.chat, int(letter.facts["message_id"]), screen)
            return ()
        return [await telegram_methods.send(self.bot, letter.chat, screen, as_plain=letter.plain, thread=thread)]
