"""Topics of groups: each street's messages stand in its own topic, which is created when it is missing."""

import asyncio
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery.rendering import GROUP_LANGUAGE
from bot.delivery.telegram_client import CALL_TIMEOUT
from bot.outcomes import CLOSED, NO_FORUM, NO_RIGHT_TO_TOPICS, UNREADABLE, Outcome, Result, classify_error
from complaints.notifications.notices import Priority
from storage.messaging import forum_topics, outbox
from storage.messaging.outbox import MessageOutcome, OutboxMessage
from storage.repositories import destinations
from storage.work import Store, Work
from views.framework.translator import translator
from views.officer.group_binding import no_topics

log = structlog.get_logger("forum_topics")
LONGEST_NAME = 128
PAUSE = 600.0  # seconds of real time in which the general topic is used after a call whose end nobody knows
OF_THE_CHAT = (Outcome.NOT_SENT, Outcome.UNREACHABLE, Outcome.MOVED, Outcome.UNAUTHORIZED)  # no message would go either


class Topics:
    """The rate limiter allows one call to a group at a time, so that no topic is made twice."""

    def __init__(self, store: Store, bot: ExtBot[Any], clock: Clock) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self._not_before: dict[tuple[int, str], float] = {}

    def missing(self, message: OutboxMessage) -> bool:
        """Whether a topic has to be made before the message goes."""
        until = self._not_before.get((message.destination, message.street), 0.0)
        return message.wants_topic and until <= self.clock.real()

    async def make(self, message: OutboxMessage) -> Result | None:
        """Make the topic of the message's street; returns a result only where the message can't go either."""
        try:
            async with asyncio.timeout(CALL_TIMEOUT):
                made = await self.bot.create_forum_topic(message.chat, message.street[:LONGEST_NAME])
            thread = int(made.message_thread_id)
        except (TelegramError, TimeoutError, *UNREADABLE) as error:
            return await self._not_made(message, classify_error(error))
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            forum_topics.keep(work, message.destination, message.street, thread)
            await work.commit()
        return None

    async def _not_made(self, message: OutboxMessage, result: Result) -> Result | None:
        if result.outcome in OF_THE_CHAT:
            return result
        log.warning("no topic", why=result.why)
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            if result.why in NO_RIGHT_TO_TOPICS:
                self._refused(work, message)
            elif result.why in NO_FORUM:
                destinations.describe(work, message.destination, forum=False)
            else:
                self._not_before[message.destination, message.street] = self.clock.real() + PAUSE
            await work.commit()
        return None

    def _refused(self, work: Work, message: OutboxMessage) -> None:
        """Said once in the group, and not asked again until the bot's rights there change."""
        forum_topics.keep(work, message.destination, forum_topics.EVERY, None)
        outbox.put(
            work,
            f"topics:{message.destination}:{message.id}",
            kind="reply",
            destination=message.destination,
            priority=int(Priority.NOTICE),
            rendered=no_topics(translator(GROUP_LANGUAGE)).dump(),
        )

    def misplaced(self, work: Work, message: OutboxMessage, why: str) -> None:
        """A deleted topic is made anew, once for each message; else the message goes to the general topic."""
        ended = outbox.Ended(outcome=MessageOutcome.MISPLACED, reason=why)
        if message.in_own_topic and why not in CLOSED and message.attempts == 0:
            forum_topics.forget(work, message.destination, message.street)
            outbox.again(work, message, 0.0, ended)
        else:
            outbox.again(work, message, 0.0, ended, facts={**message.facts, "thread": None})
