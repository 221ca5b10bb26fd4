"""The throttle: updates of a sender who writes too fast wait a little; nothing is lost."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.messaging.arrival import Arrival
from storage.repositories.people import today
from storage.tables import APPOINTMENT, INBOX, PERSON

BURST = 20  # updates: an album of ten with its words, twice
WITHIN = timedelta(seconds=10)
PAUSE = 10.0  # seconds of real time for each further burst: afterwards as fast as a patient person writes
RECENT = select(func.count().label("found")).where(
    INBOX.c.sender_id == bindparam("of"), INBOX.c.received_at > bindparam("since")
)
SIBLINGS = select(INBOX.c.throttled, INBOX.c.not_before).where(
    INBOX.c.sender_id == bindparam("of"), INBOX.c.album == bindparam("of_album"), INBOX.c.state == "ready"
)


async def throttle(connection: AsyncConnection, arrival: Arrival, at: datetime, real: float) -> dict[str, bool | float]:
    """When an update that has just come may be handled; its sender's order stays."""
    row = (await connection.execute(RECENT, {"of": arrival.sender_id, "since": at - WITHIN})).first()
    before = row.found if row else 0
    if before < BURST or await _on_duty(connection, arrival.sender_id, at):
        return {"throttled": False}
    if arrival.urgent:
        await _release(connection, arrival.sender_id)
        return {"throttled": False}
    asked = {"of": arrival.sender_id, "of_album": arrival.album}
    if arrival.album and (sibling := (await connection.execute(SIBLINGS, asked)).first()) is not None:
        return {"throttled": sibling.throttled, "not_before": max(sibling.not_before, arrival.not_before)}
    return {"throttled": True, "not_before": real + PAUSE * (before // BURST)}


async def _on_duty(connection: AsyncConnection, user: int, at: datetime) -> bool:
    """People with an appointment are never throttled: others wait for them."""
    day = today(at)
    held = (APPOINTMENT.c.since <= day, or_(APPOINTMENT.c.until.is_(None), APPOINTMENT.c.until >= day))
    mine = (
        select(APPOINTMENT.c.id).join(PERSON, PERSON.c.id == APPOINTMENT.c.person).where(PERSON.c.user == user, *held)
    )
    return (await connection.execute(mine.limit(1))).first() is not None


async def _release(connection: AsyncConnection, user: int) -> None:
    """Somebody is in danger: whatever they sent before is handled at once, so that this can be."""
    mine = update(INBOX).where(INBOX.c.sender_id == user, INBOX.c.throttled, INBOX.c.state == "ready")
    await connection.execute(mine.values(throttled=False, not_before=0.0))
