"""Questions that stand in a chat: whether one is still the last that was said there, and its newer forms."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from storage.db.unit_of_work import UnitOfWork
from storage.messaging.live_messages import SPENT
from storage.messaging.outbox import UNFINISHED, OutboxMessage
from storage.tables import OUTBOX

SEEN = ("send", "edit", "files", "document")  # what puts something before people's eyes


def _forms(key: str) -> ColumnElement[bool]:
    """The question itself and its newer forms, whose keys begin with its own."""
    return or_(OUTBOX.c.key == key, OUTBOX.c.key.between(f"{key}:", f"{key};"))


async def stands(work: UnitOfWork, destination: int, key: str, since: datetime) -> bool:
    """Whether it was asked since then, and nothing else has been said in that chat after it."""
    asked = await work.first(select(OUTBOX.c.id).where(OUTBOX.c.key == key, OUTBOX.c.made_at >= since))
    if asked is None:
        return False
    later = (OUTBOX.c.destination == destination, OUTBOX.c.id > asked.id, OUTBOX.c.method.in_(SEEN), ~_forms(key))
    return await work.first(select(OUTBOX.c.id).where(*later).limit(1)) is None


def next_form(work: UnitOfWork, key: str, update_id: int) -> str:
    """The key of its next form, which makes those pointless that weren't shown yet."""
    newer = OUTBOX.c.key.between(f"{key}:", f"{key};")
    work.queue_write(delete(OUTBOX).where(newer, OUTBOX.c.state == "ready", OUTBOX.c.method == "edit"))
    return f"{key}:{update_id}"


async def message_of(work: UnitOfWork, key: str) -> int | None:
    """The message that shows it; None while it is on its way."""
    row = await work.first(select(OUTBOX.c.message_id, OUTBOX.c.facts).where(OUTBOX.c.key == key))
    facts: dict[str, Any] = (row.facts if row else None) or {}
    found = (row.message_id if row else None) or facts.get("message_id")
    return int(found) if found else None


async def on_its_way(work: UnitOfWork, key: str) -> bool:
    """Whether it may still arrive; one that has been spent on its way counts no more."""
    row = await work.first(select(OUTBOX.c.kind, OUTBOX.c.state).where(OUTBOX.c.key == key))
    return row is not None and row.state in UNFINISHED and not row.kind.endswith(SPENT)


async def shown_as(work: UnitOfWork, message: OutboxMessage) -> int | None:
    """The message that a new form takes the place of; None where the question never got there, or nobody knows."""
    key = str(message.facts["question"])
    earlier = select(OUTBOX.c.message_id, OUTBOX.c.facts).where(_forms(key), OUTBOX.c.id < message.id)
    for row in await work.rows(earlier.order_by(OUTBOX.c.id.desc())):
        facts: dict[str, Any] = row.facts or {}
        if found := row.message_id or facts.get("message_id"):
            return int(found)
    return None
