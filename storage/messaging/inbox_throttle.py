"""Which updates come first, and which wait a little since their sender writes too fast; nothing is lost."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import BindParameter, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.unit_of_work import Database
from storage.messaging.arrival import Arrival
from storage.repositories.people import today
from storage.tables import APPOINTMENT, DESTINATION, INBOX, PERSON

BURST = 20  # updates: an album of ten with its words, twice
WITHIN = timedelta(seconds=10)
PAUSE = 10.0  # seconds of real time for each further burst: afterwards as fast as a patient person writes
RECENT = select(func.count().label("found")).where(
    INBOX.c.sender_id == bindparam("of"), INBOX.c.received_at > bindparam("since")
)
SIBLINGS = select(INBOX.c.throttled, INBOX.c.not_before).where(
    INBOX.c.sender_id == bindparam("of"), INBOX.c.album == bindparam("of_album"), INBOX.c.state == "ready"
)
DAY: BindParameter[date] = bindparam("day")
ON_DUTY = (
    select(PERSON.c.user)
    .join(APPOINTMENT, APPOINTMENT.c.person == PERSON.c.id)
    .where(
        PERSON.c.user.in_(bindparam("users", expanding=True)),
        APPOINTMENT.c.since <= DAY,
        or_(APPOINTMENT.c.until.is_(None), APPOINTMENT.c.until >= DAY),
    )
)
FIRST = update(INBOX).where(INBOX.c.sender_id == bindparam("of"), INBOX.c.state == "ready", ~INBOX.c.urgent)


async def throttle(
    store: Database, connection: AsyncConnection, arrival: Arrival, at: datetime, real: float, *, on_duty: bool
) -> dict[str, bool | float]:
    """When an update that has just come may be handled; its sender's order stays. `on_duty` is never throttled."""
    (row,) = await store.statements.rows(connection, RECENT, {"of": arrival.sender_id, "since": at - WITHIN})
    before = row.found
    if before < BURST or on_duty:
        return {"throttled": False}
    if arrival.urgent:
        await _release(connection, arrival.sender_id)
        return {"throttled": False}
    asked = {"of": arrival.sender_id, "of_album": arrival.album}
    if arrival.album and (sibling := (await connection.execute(SIBLINGS, asked)).first()) is not None:
        return {"throttled": sibling.throttled, "not_before": max(sibling.not_before, arrival.not_before)}
    return {"throttled": True, "not_before": real + PAUSE * (before // BURST)}


async def on_duty(store: Database, connection: AsyncConnection, users: Collection[int], at: datetime) -> set[int]:
    """Which of them have an appointment today: others wait for these people."""
    found = await store.statements.rows(connection, ON_DUTY, {"users": users, "day": today(at)})
    return {row.user for row in found}


async def bound_groups(connection: AsyncConnection, groups: Collection[int]) -> set[int]:
    """Which of the groups are bound to a bureau."""
    if not groups:
        return set()
    bound = select(DESTINATION.c.chat).where(DESTINATION.c.chat.in_(groups), DESTINATION.c.scope != "")
    return {*(await connection.execute(bound)).scalars()}


async def put_first(store: Database, connection: AsyncConnection, user: int) -> None:
    """Whatever the sender of something urgent has sent before comes first with it, so that the order stays."""
    await store.statements.write(connection, FIRST, [{"of": user, "urgent": True}])


async def _release(connection: AsyncConnection, user: int) -> None:
    """Somebody is in danger: whatever they sent before is handled at once, so that this can be."""
    mine = update(INBOX).where(INBOX.c.sender_id == user, INBOX.c.throttled, INBOX.c.state == "ready")
    await connection.execute(mine.values(throttled=False, not_before=0.0))
