"""Sending of one outbox message: render and claim it, call Telegram, record the result."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any

import structlog
from telegram import Message
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery import telegram_methods
from bot.delivery.forum_topics import Topics
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.refused_files import AS_DOCUMENT
from bot.delivery.rendering import render, translator_of
from bot.delivery.send_results import SILENT, ResultRecorder, Sent
from bot.delivery.telegram_client import CALL_TIMEOUT
from bot.logs import origin
from bot.ops.leader_election import LeaderLease
from bot.ops.metrics import Metrics
from bot.outcomes import Outcome, Result, classify_error
from storage.db.errors import DOWN
from storage.messaging import live_messages, outbox, outbox_batching, questions, waiting_messages
from storage.messaging.outbox import MessageOutcome, OutboxMessage
from storage.work import Store, Work
from views.framework.screen import Screen
from views.notices import possible_repeat

log = structlog.get_logger("sender")
LATELY = 90.0  # seconds for which a call without an answer stands for the next ones


@dataclass(frozen=True)
class Claimed:
    """A message that this instance sends, as it is shown; `version` is that of the case of which it was drawn.

    `reply_to` is the message of the case that it belongs to in its chat.
    """

    message: OutboxMessage
    screen: Screen
    version: int = 0
    reply_to: int | None = None


class Sender:
    """Sends while this instance leads, which is checked once more just before each call."""

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
        self.lease = lease
        self.metrics = metrics
        self.topics = Topics(store, bot, clock)
        self._failed_at: float | None = None
        self.result_recorder = ResultRecorder(store, clock, rate_limiter, self.topics)

    def _work(self) -> AbstractAsyncContextManager[Work]:
        return self.store.work(self.clock.now(), self.clock.real())

    def reaches(self) -> bool:
        """Whether the messenger has answered the last call, as far as that is a short while ago."""
        return self._failed_at is None or self.clock.real() - self._failed_at > LATELY

    async def deliver(self, number: int, answered: Callable[[], None] = lambda: None) -> bool:
        """One call of the messenger, and what became of it; where a topic is missing, that is the call.

        `answered` is called as soon as it has arrived, before that is written down. False where the message, or
        another in its place, may have to be sent again.
        """
        async with self._work() as work:
            message = await waiting_messages.load(work, number, self.lease.owner)
            topic_first = message is not None and self.topics.missing(message)
            claimed = await self._claim(work, message) if message is not None and not topic_first else None
        if message is not None and topic_first:
            await self._make_topic(message)
        return claimed is not None and await self._send(claimed, answered)

    async def _send(self, claimed: Claimed, answered: Callable[[], None]) -> bool:
        message = claimed.message
        try:
            sent = await self._call(claimed)
        except Exception as error:  # noqa: BLE001 - whatever it was, the call may have been carried out
            await self._record_result(message, classify_error(error), Sent())
            return False
        answered()
        shown = Sent(messages=sent, screen=claimed.screen, version=claimed.version)
        await self._record_result(message, Result(outcome=Outcome.SENT), shown)
        return True

    async def _aimed(self, work: Work, message: OutboxMessage) -> OutboxMessage:
        """A newer form of a question with the message that it takes the place of; a message of its own without one."""
        if message.method != "edit" or "question" not in message.facts:
            return message
        found = await questions.shown_as(work, message)
        if found is None:
            return replace(message, method="send")
        return replace(message, facts={**message.facts, "message_id": found})

    async def _make_topic(self, message: OutboxMessage) -> None:
        """Creating a topic is a call of its own, which the rate limiter counts; the message follows later."""
        result = await self.topics.make(message)
        if result is not None:
            await self._record_result(message, result, Sent())

    async def _record_result(self, message: OutboxMessage, result: Result, sent: Sent) -> None:
        waited = (self.clock.now() - message.made_at).total_seconds()
        self.metrics.sent(result, waited, repeat=message.repeat)
        self._failed_at = self.clock.real() if result.no_answer else None
        await self.result_recorder.record(message, result, sent)

    async def _claim(self, work: Work, message: OutboxMessage) -> Claimed | None:
        """Draw it, and take it before anybody else; None where it has no point any more, or can't be drawn."""
        message = await self._aimed(work, message)
        try:
            screen = await render(work, message)
        except DOWN:
            raise  # the message stays ready: a database that is away makes no notice pointless
        except Exception as error:  # noqa: BLE001 - one bad notice must not stop the others
            log.error("not rendered", kind=message.kind, why=origin(error))
            await self._unrenderable(work, message)
            return None
        if screen is None:
            outbox.finish(work, message, "dropped", outbox.POINTLESS)
            await work.commit()
            return None
        claimed = Claimed(
            message,
            await self._marked(work, message, screen),
            await _drawn_of(work, message),
            await _belongs_to(work, message, screen),
        )
        kept = None if message.unkept else {**screen.dump(), "version": claimed.version}
        outbox.claim(work, message, kept, fenced=not self.lease.alone)
        await work.commit()
        return claimed

    async def _unrenderable(self, work: Work, message: OutboxMessage) -> None:
        """The message becomes a dead letter, which alarms; the notices of a digest go one by one instead."""
        outbox_batching.release(work, message)
        outbox.finish(work, message, "dead", outbox.Ended(outcome=MessageOutcome.UNRENDERABLE))
        await work.commit()

    async def _marked(self, work: Work, message: OutboxMessage, screen: Screen) -> Screen:
        """A possible repeat says so; the kept rendering stays unmarked."""
        if not message.repeat or message.method in SILENT:
            return screen
        return possible_repeat(await translator_of(work, message.destination), screen)

    async def _call(self, claimed: Claimed) -> Sequence[Message]:
        async with asyncio.timeout(CALL_TIMEOUT):
            return await self._call_method(claimed)

    async def _call_method(self, claimed: Claimed) -> Sequence[Message]:
        message, screen = claimed.message, claimed.screen
        if message.method == "leave":
            await self.bot.leave_chat(message.chat)
            return ()
        if message.method == "delete":
            await self.bot.delete_message(message.chat, int(message.facts["message_id"]))
            return ()
        if message.method == "commands":
            await telegram_methods.list_commands(self.bot, message.chat, message.facts["listed"])
            return ()
        thread, reply_to = message.thread, claimed.reply_to
        if screen.document is not None:
            return [
                await telegram_methods.send_document(
                    self.bot, message.chat, screen.document, screen.text, thread=thread
                )
            ]
        if message.method == "files" and message.facts.get(AS_DOCUMENT):
            return await telegram_methods.send_as_document(self.bot, message.chat, screen)
        if message.method == "files":
            return await telegram_methods.send_files(self.bot, message.chat, screen, thread=thread, reply_to=reply_to)
        if message.method == "edit" and not message.plain:
            await telegram_methods.edit(self.bot, message.chat, int(message.facts["message_id"]), screen)
            return ()
        as_plain = message.plain
        return [
            await telegram_methods.send(
                self.bot, message.chat, screen, as_plain=as_plain, thread=thread, reply_to=reply_to
            )
        ]


async def _belongs_to(work: Work, message: OutboxMessage, screen: Screen) -> int | None:
    """What concerns a case replies to its card, which itself replies to nothing; a topic is a thread already."""
    of_case = message.complaint is not None and message.method in ("send", "files")
    return await live_messages.card_of(work, message) if of_case and not (screen.live or message.thread) else None


async def _drawn_of(work: Work, message: OutboxMessage) -> int:
    """The version of the case that it shows: a repeat still that of which it was drawn first."""
    if message.complaint is None:
        return 0
    if message.rendered is not None and "version" in message.rendered:
        return int(message.rendered["version"])
    complaint = await work.complaint(message.complaint)
    return complaint.version if complaint else 0
