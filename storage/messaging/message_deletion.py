"""Messages that are to disappear from people's chats."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from complaints.notifications.notices import Priority
from storage.db.unit_of_work import UnitOfWork
from storage.messaging import outbox, spent_messages
from storage.tables import SENT_MESSAGE, SentMessageRow

BLANK = "blank"  # the kind of an edit that takes out of a message what it said
DUE = select(SENT_MESSAGE).where(SENT_MESSAGE.c.vanish_at <= bindparam("at")).order_by(SENT_MESSAGE.c.vanish_at)
GONE = update(SENT_MESSAGE).where(SENT_MESSAGE.c.id == bindparam("message")).values(vanish_at=None)


async def vanish(work: UnitOfWork, at: datetime, limit: int) -> int:
    """Write for deletion what has stood long enough; returns how many messages that were."""
    rows = await work.rows_of(SentMessageRow, DUE.limit(limit), at=at)
    for row in rows:
        recall(work, row.destination, row.message_id, row.complaint)
        work.queue_write(GONE, {"message": row.id})
    return len(rows)


def recall(work: UnitOfWork, destination: int, message_id: int, complaint: int | None) -> None:
    """Delete a message that was sent, as far as Telegram still lets us."""
    spent_messages.redrawn(work, destination, message_id, "")
    key = f"delete:{destination}:{message_id}"
    facts = {"message_id": message_id}
    urgent = int(Priority.ESCALATION)
    outbox.put(work, key, destination=destination, priority=urgent, method="delete", complaint=complaint, facts=facts)
