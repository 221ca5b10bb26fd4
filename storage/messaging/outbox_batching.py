"""Chats with more waiting than may be sent in a minute, and the digests that replace it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, select, update

from complaints.notifications.notices import Priority
from complaints.policy.pack_schema import RecipientRole
from storage.db.unit_of_work import UnitOfWork
from storage.messaging.outbox import (
    OUTBOX_MESSAGES,
    POINTLESS,
    UNTRIED,
    Ended,
    OutboxMessage,
    QueuedRow,
    outbox_message_of,
    put,
)
from storage.tables import OUTBOX, MessageOutcome

DIGEST = "queue"  # the kind of a letter that tells what others would have told
PER_DIGEST = 60  # notices in one message: with a line each it fits, and numbers alone always do
# A first notice of a case, which nobody waits for with the telephone in hand.
MAY_BE_DIGESTED = and_(
    OUTBOX.c.method == "send",
    OUTBOX.c.recipient_role.not_in(("", RecipientRole.HOUSEHOLD.value, RecipientRole.HOUSEHOLDS.value)),
    OUTBOX.c.repeat.is_(False),
    OUTBOX.c.plain.is_(False),
    OUTBOX.c.priority > int(Priority.REPLY),
)
THERE = (
    select(OUTBOX.c.id, OUTBOX.c.priority)
    .where(
        OUTBOX.c.destination == bindparam("of_destination"),
        OUTBOX.c.state == "ready",
        OUTBOX.c.not_before <= bindparam("real"),
        MAY_BE_DIGESTED,
    )
    .order_by(OUTBOX.c.priority, OUTBOX.c.id)
)


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """How many notices wait for a destination."""

    destination: int
    chat: int
    group: bool
    waiting: int


async def gather(work: UnitOfWork, destination: int) -> int:
    """Put the notices of a queue into digests of at most PER_DIGEST each; returns how many digests that are."""
    rows = await work.rows(THERE, real=work.real, of_destination=destination)
    parts = [rows[n : n + PER_DIGEST] for n in range(0, len(rows), PER_DIGEST)]
    for part in parts:
        _put(work, destination, [r.id for r in part], min(r.priority for r in part))
    return len(parts)


def _put(work: UnitOfWork, destination: int, messages: Sequence[int], priority: int) -> None:
    key = f"queue:{destination}:{messages[0]}:{messages[-1]}"
    put(work, key, destination=destination, priority=priority, kind=DIGEST)
    itself = OUTBOX.alias("digest")
    its_id = select(itself.c.id).where(itself.c.key == key).scalar_subquery()
    told = update(OUTBOX).where(OUTBOX.c.id.in_(messages), OUTBOX.c.state == "ready")
    values = {**Ended(outcome=MessageOutcome.DIGESTED).columns(), "digest_id": its_id}
    work.queue_write(told.values(state="digested", **values), expect_rows=len(messages))


async def told_in(work: UnitOfWork, message: OutboxMessage) -> list[OutboxMessage]:
    """The notices that a digest stands for, the most urgent first; any other message stands for itself."""
    if message.kind != DIGEST:
        return [message]
    mine = OUTBOX_MESSAGES.where(_told(message)).order_by(OUTBOX.c.priority, OUTBOX.c.id)
    return [outbox_message_of(r, message.owner) for r in await work.rows_of(QueuedRow, mine)]


def drop(work: UnitOfWork, messages: Iterable[OutboxMessage]) -> None:
    """Notices that had no point any more when their digest was written."""
    gone = [message.id for message in messages]
    if gone:
        void = update(OUTBOX).where(OUTBOX.c.id.in_(gone), OUTBOX.c.state == "digested")
        work.queue_write(void.values(state="dropped", **POINTLESS.columns()))


def _told(digest: OutboxMessage) -> ColumnElement[bool]:
    return and_(OUTBOX.c.digest_id == digest.id, OUTBOX.c.state == "digested")


# --- the result of a digest is the result of its notices; other messages have none --------------------------------


def sent(work: UnitOfWork, message: OutboxMessage, message_id: int | None) -> None:
    """When their digest arrived, so did they."""
    _write(work, message, sent_at=work.now, message_id=message_id)


def missed(work: UnitOfWork, message: OutboxMessage, ended: Ended) -> None:
    """Their reader can't be reached, together or one by one."""
    _write(work, message, state="dead", **ended.columns())


def release(work: UnitOfWork, message: OutboxMessage) -> None:
    """Where their digest can't be said they go one by one, as plain as can be."""
    _write(work, message, state="ready", **UNTRIED.columns(), digest_id=None, plain=True)


def _write(work: UnitOfWork, message: OutboxMessage, **values: object) -> None:
    if message.kind == DIGEST:
        work.queue_write(update(OUTBOX).where(_told(message)).values(**values))
