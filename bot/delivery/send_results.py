"""What follows from the result of a send: it is recorded, and a recipient who can't be reached is stood in for."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial

import structlog
from telegram import Message

from bot.clock import Clock
from bot.delivery import refused_files
from bot.delivery.forum_topics import Topics
from bot.delivery.rate_limiter import RateLimiter
from bot.ops.retry import until_committed
from bot.outcomes import Outcome, Result, WrongToken
from complaints.notifications.notices import Notice, Priority
from complaints.policy.pack_schema import RecipientRole
from complaints.policy.retention_periods import PHONE_VISIBLE_FOR
from storage.messaging import outbox, outbox_batching, recipients, sent_messages, spent_messages
from storage.messaging.message_deletion import BLANK
from storage.messaging.outbox import Ended, MessageOutcome, OutboxMessage
from storage.repositories import destinations
from storage.work import Store, Work
from views.framework.screen import Screen
from views.notices import is_live

log = structlog.get_logger("send_results")
RETRY = 2.0  # seconds after a send that never left
REPEATS = (2.0, 10.0, 60.0, 300.0)  # seconds after each unknown end of what must not be missed, before it goes again
MUST = (Priority.ESCALATION, Priority.NOTICE)
NEVER = (Priority.NUDGE, Priority.SURVEY)  # everything else is repeated twice after an ambiguous end
SILENT = ("edit", "delete", "leave", "commands")  # whose repeat nobody sees
ONE_WAY = ("document", "leave", "commands")  # whose refusal no plain text mends
TRIES = 8  # sends of one message that our own end may cut off before it is given up


OUTCOMES = {
    Outcome.NOT_SENT: MessageOutcome.NOT_SENT,
    Outcome.REFUSED: MessageOutcome.REFUSED,
    Outcome.UNREACHABLE: MessageOutcome.UNREACHABLE,
    Outcome.UNEDITABLE: MessageOutcome.UNEDITABLE,
    Outcome.MISPLACED: MessageOutcome.MISPLACED,
    Outcome.MOVED: MessageOutcome.MOVED,
    Outcome.UNAUTHORIZED: MessageOutcome.NOT_SENT,
}  # of a call, as it is written down with the message


def _ended(result: Result) -> Ended:
    outcome = MessageOutcome.RATE_LIMITED if result.wait else OUTCOMES[result.outcome]
    return Ended(outcome=outcome, reason=result.why)


def _ambiguous(ends: int, why: str) -> Ended:
    return Ended(outcome=MessageOutcome.AMBIGUOUS, reason=why, unknown_ends=ends)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The messages that stand in the chat now, and what they show: the case of that version."""

    messages: Sequence[Message] = ()
    screen: Screen | None = None
    version: int = 0


class ResultRecorder:
    """Records the result of every send, as soon as the database allows it."""

    def __init__(self, store: Store, clock: Clock, rate_limiter: RateLimiter, topics: Topics) -> None:
        self.store = store
        self.clock = clock
        self.rate_limiter = rate_limiter
        self.topics = topics

    def _work(self) -> AbstractAsyncContextManager[Work]:
        return self.store.work(self.clock.now(), self.clock.real())

    async def recover(self, owner: str, in_flight: Collection[int]) -> bool:
        """Record sends without a known end as ambiguous, for they may have arrived; True where there were any.

        `in_flight` are the messages that this instance is sending; its other claims were never confirmed to it.
        """
        async with self._work() as work:
            found = await outbox.unfinished(work, owner, in_flight)
            for message in found:
                self._cut_off(work, message, "nobody finished the send")
            await work.commit()
        return bool(found)

    async def record(self, message: OutboxMessage, result: Result, sent: Sent) -> None:
        if result.outcome is Outcome.UNREACHABLE:  # committed first: a crash after it repeats the send
            await until_committed(partial(self._mark, message), "who can't be reached")
        await until_committed(partial(self._keep, message, result, sent), "what became of a message")
        if result.outcome is Outcome.UNAUTHORIZED:
            raise WrongToken

    async def _mark(self, message: OutboxMessage) -> None:
        async with self._work() as work:
            destinations.mark(work, message.destination, reachable=False)
            await work.commit()

    async def _keep(self, message: OutboxMessage, result: Result, sent: Sent) -> None:
        async with self._work() as work:
            if result.outcome is Outcome.SENT:
                self._sent(work, message, sent)
            else:
                await self._failed(work, message, result)
            await work.commit()

    async def _failed(self, work: Work, message: OutboxMessage, result: Result) -> None:
        match result.outcome:
            case Outcome.UNEDITABLE if message.method == "edit" and message.kind != BLANK:
                outbox.again(work, message, 0.0, _ended(result), method="send", plain=False)
            case Outcome.MISPLACED if message.thread:
                self.topics.misplaced(work, message, result.why)
            case Outcome.REFUSED | Outcome.MISPLACED | Outcome.UNEDITABLE:
                await self._refused(work, message, result)
            case Outcome.UNREACHABLE:
                await self._unreachable(work, message, _ended(result))
            case Outcome.MOVED:
                await destinations.move(work, message.chat, result.chat)
                outbox.again(work, message, 0.0, _ended(result))
            case Outcome.AMBIGUOUS:
                self._ambiguous(work, message, result.why)
            case _:
                self._not_sent(work, message, result)

    def _sent(self, work: Work, message: OutboxMessage, sent: Sent) -> None:
        message_id = sent.messages[0].message_id if sent.messages else None
        outbox.finish(work, message, "sent", message_id=message_id)
        outbox_batching.sent(work, message, message_id)
        if not message.complaint or sent.screen is None:
            return
        live = is_live(message.kind, in_group=message.group) and message.method == "send"
        gone = work.now + PHONE_VISIBLE_FOR if message.vanishes else None
        content = sent.screen.digest() if live or (sent.screen.buttons and not message.vanishes) else ""
        for shown in sent.messages:
            sent_messages.remember(
                work, message, shown.message_id, live=live, version=sent.version, content=content, vanish_at=gone
            )
            if content and message.key.startswith("reply:"):
                spent_messages.arrived(work, message, shown.message_id)

    def _not_sent(self, work: Work, message: OutboxMessage, result: Result) -> None:
        real = self.clock.real()
        if result.wait:
            self.rate_limiter.halt(message.chat, result.wait, real)
        pause = result.wait or min(60.0, RETRY * message.attempts or RETRY)
        outbox.again(work, message, real + pause, _ended(result))

    async def _refused(self, work: Work, message: OutboxMessage, result: Result) -> None:
        """Once more as plain text, then an alarm; the destination stays good.

        After two days Telegram deletes nothing: what the message said is written over instead.
        """
        if message.method == "delete":
            outbox.again(work, message, 0.0, _ended(result), method="edit", kind=BLANK, complaint=None)
        elif message.method == "files":
            await refused_files.go_on(work, message, _ended(result))
        elif message.plain or message.method in ONE_WAY or message.kind == BLANK:
            log.error("refused", kind=message.kind, method=message.method, why=result.why)
            outbox_batching.release(work, message)
            outbox.finish(work, message, "dead", _ended(result))
        else:
            log.warning("refused, once more as plain text", kind=message.kind, why=result.why)
            outbox.again(work, message, 0.0, _ended(result), plain=True, method="send")

    def _ambiguous(self, work: Work, message: OutboxMessage, why: str) -> None:
        """What must not be missed goes again, marked, until an answer comes; an edit can be repeated unseen."""
        log.warning("ambiguous", kind=message.kind, why=why)
        ends = message.unknown_ends
        many = len(REPEATS) if message.priority in MUST else 0 if message.priority in NEVER else 2
        if message.method == "leave" or ends >= many:
            self._given_up(work, message, why)
            return
        later = self.clock.real() + REPEATS[ends]  # whatever broke the connection may last a while
        outbox.again(work, message, later, _ambiguous(ends + 1, why), repeat=message.method not in SILENT)

    def _given_up(self, work: Work, message: OutboxMessage, why: str) -> None:
        """No more repeats, though nobody knows whether it arrived; what must not be missed becomes an alarm."""
        if message.priority in MUST:
            log.error("given up", kind=message.kind, why=why)
        state = "dead" if message.priority in MUST else "sent" if message.repeat else "dropped"
        outbox_batching.release(work, message)
        outbox.finish(work, message, state, _ambiguous(message.unknown_ends + 1, why))

    def _cut_off(self, work: Work, message: OutboxMessage, why: str) -> None:
        """An instance that ended in the middle left no answer: the message goes again, marked, until one comes."""
        if message.attempts < TRIES and message.method != "leave":
            ended = _ambiguous(message.unknown_ends, why)
            outbox.again(work, message, 0.0, ended, repeat=message.method not in SILENT)
        else:
            self._ambiguous(work, message, why)

    async def _unreachable(self, work: Work, message: OutboxMessage, ended: Ended) -> None:
        """Send the notice, or each notice of a digest, to the recipient's stand-ins, in the same commit."""
        outbox.finish(work, message, "dead", ended)
        covered = await outbox_batching.told_in(work, message)
        outbox_batching.missed(work, message, ended)
        for missed in covered:
            await self._next_in_line(work, missed)

    async def _next_in_line(self, work: Work, message: OutboxMessage) -> None:
        """Whoever stands in for an unreachable reader is told at once, and told why."""
        if not message.complaint or not message.recipient_role or message.method != "send":
            return
        complaint = await work.complaint(message.complaint)
        if complaint is None:
            return
        reader = RecipientRole(message.recipient_role)
        notice = Notice(message.kind, reader, Priority(message.priority))
        for recipient in await recipients.recipients(work, reader, complaint):
            if recipient.instead_of is not None:
                await work.post(complaint, notice, message.seq, recipient, None)
