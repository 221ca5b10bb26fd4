"""The messages that stand in people's chats, each with its case."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, func, select

from storage.db.engine import Upsert, upsert_into
from storage.db.unit_of_work import UnitOfWork
from storage.messaging import live_messages
from storage.messaging.outbox import OutboxMessage
from storage.tables import COMPLAINT, DESTINATION, OUTBOX, SENT_MESSAGE

TOLD_BY = select(OUTBOX.c.seq).where(
    OUTBOX.c.complaint == bindparam("of"),
    OUTBOX.c.destination == bindparam("to"),
    OUTBOX.c.message_id == bindparam("message"),
)


def remember(
    work: UnitOfWork,
    message: OutboxMessage,
    message_id: int,
    *,
    live: bool,
    version: int,
    content: str,
    vanish_at: datetime | None = None,
) -> None:
    """A reply to any message of a case finds the case; a live card is edited when the case moves on, or another came.

    It shows the case of that `version`, and the case may be a newer one by now. `content` tells whether a later drawing
    says anything new, and is empty where nothing can be tapped; at `vanish_at` the message is deleted.
    """
    values = {
        "destination": message.destination,
        "message_id": message_id,
        "complaint": message.complaint,
        "kind": message.kind,
        "recipient_role": message.recipient_role,
        "household": message.household,
        "live": live,
        "shown": version,
        "of_case": message.complaint,
        "edited": work.real,
        "content": content,
        "vanish_at": vanish_at,
    }
    if live:
        live_messages.supersede(work, message)
    work.queue_write(_fresh(work.store.engine.dialect.name), values)


@lru_cache
def _fresh(dialect: str) -> Upsert:
    """A message that wants its case's version as it is then; who changes it meanwhile comes before, or sees the row."""
    version = select(COMPLAINT.c.version).where(COMPLAINT.c.id == bindparam("of_case")).with_for_update(read=True)
    fresh = upsert_into(dialect, SENT_MESSAGE, ("destination", "message_id"), ())
    return fresh.values(wanted=func.coalesce(version.scalar_subquery(), 0))


async def about(work: UnitOfWork, chat: int, message_id: int) -> tuple[int, int | None] | None:
    """The (case, household) that a message of a chat is about."""
    query = (
        select(SENT_MESSAGE.c.complaint, SENT_MESSAGE.c.household)
        .join(DESTINATION, DESTINATION.c.id == SENT_MESSAGE.c.destination)
        .where(DESTINATION.c.chat == chat, SENT_MESSAGE.c.message_id == message_id)
    )
    row = await work.first(query)
    return (row.complaint, row.household) if row else None


async def told_by(work: UnitOfWork, complaint: int, destination: int, message_id: int) -> int:
    """The number of the event that a message in a chat tells of; 0 where that isn't known any more."""
    row = await work.first(TOLD_BY, of=complaint, to=destination, message=message_id)
    return row.seq if row else 0
