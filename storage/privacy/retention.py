"""Erasure, in small batches, of what no rule needs any more."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Table, and_, delete, exists, or_, select, update

from complaints.model.complaint import ALIVE
from complaints.policy import retention_periods
from storage.db.civil_time import today
from storage.db.typed_rows import AnyRow
from storage.db.unit_of_work import UnitOfWork
from storage.messaging.inbox import OPEN
from storage.messaging.outbox import UNFINISHED
from storage.privacy.erasure import digest
from storage.registry.comparison import GONE
from storage.repositories import cases
from storage.tables import (
    ABSENCE,
    APPOINTMENT,
    COMPLAINT,
    DESTINATION,
    DIALOGUE,
    DISPLACEMENT,
    EVENT,
    FAILED_CODE_ATTEMPT,
    HOUSEHOLD,
    INBOX,
    INVITATION,
    ON_CALL_SHIFT,
    OUTBOX,
    PERSON,
    SENT_MESSAGE,
)

# From a work and the row after which to go on: the last row that was looked at, or None where no more are old enough.
Chore = Callable[[UnitOfWork, int, int], Awaitable[int | None]]


async def raw_updates(work: UnitOfWork, after: int, limit: int) -> int | None:
    """Updates as they came, once they were handled or became dead letters."""
    rows = await _oldest(work, INBOX, after, limit, INBOX.c.state, INBOX.c.received_at)
    old = [r for r in rows if r.received_at < work.now - retention_periods.RAW_UPDATES]
    if old:
        work.queue_write(delete(INBOX).where(INBOX.c.id.in_([r.id for r in old if r.state not in OPEN])))
    return _last(rows, old, limit)


async def renderings(work: UnitOfWork, after: int, limit: int) -> int | None:
    """What messages said; their digest stays and can prove it."""
    rows = await _oldest(work, OUTBOX, after, limit, OUTBOX.c.state, OUTBOX.c.made_at, OUTBOX.c.rendered)
    old = [r for r in rows if r.made_at < work.now - retention_periods.RENDERINGS]
    for row in old:
        if row.state not in UNFINISHED and row.rendered is not None and "text" in row.rendered:
            work.queue_write(update(OUTBOX).where(OUTBOX.c.id == row.id).values(rendered=digest(work, row.rendered)))
    return _last(rows, old, limit)


async def phones(work: UnitOfWork, after: int, limit: int) -> int | None:
    """Numbers of residents whose last case was closed long enough ago; people with an appointment keep theirs.

    With the number of somebody who never joined goes the room that others have entered.
    """
    rows = await _oldest(work, PERSON, after, limit, PERSON.c.phone)
    people = [r.id for r in rows if r.phone]
    other = HOUSEHOLD.alias()
    theirs = other.c.person == PERSON.c.id
    needed = exists().where(theirs, COMPLAINT.c.id == other.c.complaint, _holds(work))
    theirs_too = or_(APPOINTMENT.c.person == PERSON.c.id, APPOINTMENT.c.phone == PERSON.c.phone)
    on_duty = exists().where(theirs_too, ~APPOINTMENT.c.phone.startswith(GONE))
    no_more = (PERSON.c.id.in_(people), exists().where(theirs), ~needed, ~on_duty)
    if people:
        strangers = select(PERSON.c.id).where(*no_more, PERSON.c.user < 0)
        with_a_room = and_(HOUSEHOLD.c.person.in_(strangers), HOUSEHOLD.c.room != "")
        await cases.change_households(work, with_a_room, room="")
        work.queue_write(update(PERSON).where(*no_more).values(phone=""))
    return rows[-1].id if len(rows) == limit else None


def _holds(work: UnitOfWork) -> ColumnElement[bool]:
    """Whether a case is a reason to keep a number: alive, or not closed for as long as its pack says."""
    packs = work.rules.packs
    longest = max(p.retention.phone_days for p in packs.values())
    of = COMPLAINT.c.body["pack"].as_string()
    lengths = [(of == p.id, p.retention.phone_days) for p in packs.values()]
    young = [and_(which, COMPLAINT.c.closed_at > work.now - timedelta(days=n)) for which, n in lengths]
    strange = and_(of.not_in(sorted(packs)), COMPLAINT.c.closed_at > work.now - timedelta(days=longest))
    return or_(_alive(), *young, strange)


async def dialogues(work: UnitOfWork, after: int, limit: int) -> int | None:
    """Half-written drafts and where somebody was in a form; those from before this was noted begin to count now."""
    if await work.first(select(DIALOGUE.c.key).where(DIALOGUE.c.touched_at.is_(None)).limit(1)):
        work.queue_write(update(DIALOGUE).where(DIALOGUE.c.touched_at.is_(None)).values(touched_at=work.now))
    return await _older(
        work, DIALOGUE, DIALOGUE.c.key, DIALOGUE.c.touched_at < work.now - retention_periods.DIALOGUES, limit
    )


async def invitations(work: UnitOfWork, after: int, limit: int) -> int | None:
    old = INVITATION.c.made_at < work.now - retention_periods.INVITATIONS
    return await _older(work, INVITATION, INVITATION.c.digest, old, limit)


async def missteps(work: UnitOfWork, after: int, limit: int) -> int | None:
    return await _older(
        work,
        FAILED_CODE_ATTEMPT,
        FAILED_CODE_ATTEMPT.c.id,
        FAILED_CODE_ATTEMPT.c.at < work.now - retention_periods.MISSTEPS,
        limit,
    )


async def nobodies(work: UnitOfWork, after: int, limit: int) -> int | None:
    """Entries that others made for a number whose owner has joined since, or whose case is gone."""
    empty = and_(PERSON.c.user < 0, ~exists().where(HOUSEHOLD.c.person == PERSON.c.id))
    return await _older(work, PERSON, PERSON.c.id, empty, limit)


async def terms(work: UnitOfWork, after: int, limit: int) -> int | None:
    """Name and phone of those who left office long ago, and who did nothing in a case that is still open."""
    acted = exists().where(EVENT.c.actor == APPOINTMENT.c.person, EVENT.c.complaint == COMPLAINT.c.id, _alive())
    named = exists().where(COMPLAINT.c.body["assignee"].as_string().cast(BigInteger) == APPOINTMENT.c.person, _alive())
    long_over = (APPOINTMENT.c.until < today(work.now - retention_periods.TERMS), ~APPOINTMENT.c.phone.startswith(GONE))
    rows = await work.rows(
        select(APPOINTMENT.c.id, APPOINTMENT.c.person).where(*long_over, ~acted, ~named).limit(limit)
    )
    for row in rows:
        blank = {"name": "", "phone": f"{GONE}{row.id}"}  # still one of its kind, and nobody's number
        work.queue_write(update(APPOINTMENT).where(APPOINTMENT.c.id == row.id).values(**blank))
    people = [row.person for row in rows if row.person is not None]
    others = exists().where(APPOINTMENT.c.person == PERSON.c.id, ~APPOINTMENT.c.phone.startswith(GONE))
    no_resident = (PERSON.c.id.in_(people), PERSON.c.project == "", ~others)
    if people:
        work.queue_write(update(PERSON).where(*no_resident).values(phone=""))
    return 0 if len(rows) == limit else None


def _alive() -> ColumnElement[bool]:
    alive: ColumnElement[bool] = COMPLAINT.c.state.in_(sorted(ALIVE))
    return alive


async def absences(work: UnitOfWork, after: int, limit: int) -> int | None:
    old = ABSENCE.c.until < today(work.now - retention_periods.ROTA)
    return await _older(work, ABSENCE, ABSENCE.c.id, old, limit)


async def watches(work: UnitOfWork, after: int, limit: int) -> int | None:
    return await _older(
        work, ON_CALL_SHIFT, ON_CALL_SHIFT.c.id, ON_CALL_SHIFT.c.until < work.now - retention_periods.ROTA, limit
    )


async def displacements(work: UnitOfWork, after: int, limit: int) -> int | None:
    """Who has lost a duty to somebody else, for as long as the term itself would be kept; what is untold stays."""
    old = and_(DISPLACEMENT.c.told, DISPLACEMENT.c.until < today(work.now - retention_periods.TERMS))
    return await _older(work, DISPLACEMENT, DISPLACEMENT.c.id, old, limit)


async def chats(work: UnitOfWork, after: int, limit: int) -> int | None:
    """Private chats of deleted people, once nothing waits to be said there."""
    waiting = exists().where(OUTBOX.c.destination == DESTINATION.c.id, OUTBOX.c.state.in_(UNFINISHED))
    nobodys = and_(DESTINATION.c.kind == "private", DESTINATION.c.person.is_(None), ~waiting)
    late = select(DESTINATION.c.id).where(nobodys)  # what was on its way when the data were deleted
    if await work.first(late.limit(1)):
        work.queue_write(delete(SENT_MESSAGE).where(SENT_MESSAGE.c.destination.in_(late)))
    return await _older(work, DESTINATION, DESTINATION.c.id, nobodys, limit)


CHORES: tuple[Chore, ...] = (
    raw_updates,
    renderings,
    phones,
    dialogues,
    invitations,
    missteps,
    nobodies,
    terms,
    absences,
    watches,
    displacements,
    chats,
)


async def _oldest(work: UnitOfWork, table: Table, after: int, limit: int, *columns: ColumnElement[Any]) -> list[AnyRow]:
    """The next rows in the order of their ids, which is that of their age where ids are given in turn."""
    query = select(table.c.id, *columns).where(table.c.id > after).order_by(table.c.id).limit(limit)
    return list(await work.rows(query))


def _last(rows: list[AnyRow], old: list[AnyRow], limit: int) -> int | None:
    return rows[-1].id if len(old) == len(rows) == limit else None


async def _older(
    work: UnitOfWork, table: Table, key: ColumnElement[Any], old: ColumnElement[bool], limit: int
) -> int | None:
    """Delete a batch of what is old; small tables need no place to go on from."""
    rows = await work.rows(select(key.label("key")).where(old).limit(limit))
    if rows:
        work.queue_write(delete(table).where(key.in_([r.key for r in rows])))
    return 0 if len(rows) == limit else None
