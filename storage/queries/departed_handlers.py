"""Handlers who have left office or are away while a case is theirs, and whether the registry has changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, or_, select, union

from complaints.lifecycle.permissions import Relation, relations
from complaints.model.complaint import OPEN, CaseOwner, Complaint
from complaints.model.events import HandlerLost
from complaints.model.people import Actor, Appointment
from complaints.policy.pack_schema import RecipientRole
from storage.messaging import recipients
from storage.repositories import displacements, duties, ledger, people
from storage.repositories.people import CIVIL, today
from storage.tables import APPOINTMENT, COMPLAINT, DESTINATION, DISPLACEMENT, OUTBOX, REGISTRY_VERSION
from storage.work import Work

# The day, the registry, who is away, and the newest displacement.
Version = tuple[date, int, tuple[tuple[int, int, date], ...], int]
LOADED = select(REGISTRY_VERSION.c.version)
GONE = union(
    select(APPOINTMENT.c.person).where(APPOINTMENT.c.person.is_not(None), APPOINTMENT.c.until < bindparam("day")),
    select(DISPLACEMENT.c.person),
)
THEIRS = (
    select(OUTBOX.c.complaint, DESTINATION.c.person)
    .join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
    .join(COMPLAINT, COMPLAINT.c.id == OUTBOX.c.complaint)
    .where(DESTINATION.c.person.in_(GONE), COMPLAINT.c.state.in_(sorted(OPEN)))
    .distinct()
)
TOLD = select(OUTBOX.c.id).where(
    OUTBOX.c.complaint == bindparam("of_case"),
    OUTBOX.c.destination == bindparam("chat"),
    OUTBOX.c.state.in_(("ready", "sending", "sent")),
    OUTBOX.c.recipient_role.in_(bindparam("readers", expanding=True)),
)
# The recipient roles of those who have the case in hand, and aren't notified only for information.
IN_HAND = {
    CaseOwner.MANAGER: (RecipientRole.HANDLER, RecipientRole.ASSIGNEE, RecipientRole.MANAGER),
    CaseOwner.COMPANY: (RecipientRole.HANDLER, RecipientRole.ASSIGNEE, RecipientRole.COMPANY_HEAD),
    CaseOwner.BUREAU: (RecipientRole.HANDLER, RecipientRole.SECTION_HEAD),
    CaseOwner.DEPARTMENT: (RecipientRole.HANDLER, RecipientRole.DEPARTMENT),
}


async def version(work: Work) -> Version:
    """Another one as soon as anybody takes or leaves office, is away or comes back, by a load or by the day."""
    row = await work.first(LOADED)
    away = tuple((a.id, a.deputy, a.until) for a in await duties.turned(work))
    return today(work.now), row.version if row else 0, away, await displacements.newest(work)


async def suspects(work: Work) -> list[tuple[int, int]]:
    """Open cases of which somebody was notified whose appointment is over by now: case and person."""
    return [(row.complaint, row.person) for row in await work.rows(THEIRS, day=today(work.now))]


async def away(work: Work) -> list[tuple[int, int]]:
    """Open cases of appointments with a stand-in today, or until yesterday: case and absent person."""
    found = []
    for absence in await duties.turned(work):
        here = or_(COMPLAINT.c.project == absence.scope, COMPLAINT.c.company == absence.scope)
        rows = await work.rows(select(COMPLAINT.c.id).where(here, COMPLAINT.c.state.in_(sorted(OPEN))))
        found += [(row.id, absence.person) for row in rows]
    return found


async def untold(work: Work, complaint: Complaint, person: int) -> bool:
    """Whether nobody who has the case in hand today was ever notified of it, and this isn't recorded for today."""
    turned = HandlerLost(person=person, away=True)
    midnight = _midnight(today(work.now))
    noticed = any(r.event == turned and r.at >= midnight for r in await ledger.history(work, complaint.id))
    held = complaint.handler in (CaseOwner.MANAGER, CaseOwner.COMPANY)
    return held and not noticed and not await _shared(work, complaint)


async def lost(work: Work, complaint: Complaint, person: int) -> bool:
    """Whether the case was the person's to handle until they left office, and nobody has noticed so far."""
    now = Actor(person=person, appointments=await people.appointments_of(work, person))
    over = await _ended(work, person, complaint)
    before = replace(now, appointments=(*now.appointments, *over))
    if not over or Relation.HANDLER not in relations(before, complaint) - relations(now, complaint):
        return False
    if await _noticed(work, complaint, person, over):
        return False
    return complaint.assignee == person or not await _shared(work, complaint)


async def _ended(work: Work, person: int, complaint: Complaint) -> tuple[Appointment, ...]:
    """Appointments of the person that ended since the case was filed; one that was deleted ended the day before.

    So did one that another account has now.
    """
    filed = today(complaint.filed_at) - timedelta(days=1)
    rows = await work.rows_of(people.TermRow, people.TERMS_OF, person=person)
    terms = (*map(people.as_appointment, rows), *await displacements.lost_by(work, person))
    return tuple(a for a in terms if a.until is not None and filed <= a.until < today(work.now))


async def _noticed(work: Work, complaint: Complaint, person: int, over: Iterable[Appointment]) -> bool:
    last = max(a.until for a in over if a.until is not None)
    since = _midnight(last + timedelta(days=1))
    known = [r for r in await ledger.history(work, complaint.id) if isinstance(r.event, HandlerLost)]
    return any(r.at >= since and r.event == HandlerLost(person=person, left=True) for r in known)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CIVIL)


async def _shared(work: Work, complaint: Complaint) -> bool:
    """Whether somebody who can be reached had the case in hand beside whoever left."""
    roles = [reader.value for reader in IN_HAND[complaint.handler]]
    for recipient in await recipients.recipients(work, RecipientRole.HANDLER, complaint):
        told = {"of_case": complaint.id, "chat": recipient.destination.id, "readers": roles}
        if recipient.instead_of is None and await work.first(TOLD, **told):
            return True
    return False
