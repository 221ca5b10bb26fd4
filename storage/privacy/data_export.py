"""All that is held of one person, gathered when they ask for it."""

from sqlalchemy import or_, select

from complaints.data_export import (
    HeldAbsence,
    HeldCase,
    HeldDuty,
    HeldFollowed,
    HeldLook,
    HeldRating,
    HeldShift,
    HeldWords,
    Holding,
)
from complaints.model.complaint import Complaint
from complaints.model.events import PhoneShown, Rated
from complaints.model.people import Home, Household, Person
from complaints.policy.data_files import Text
from storage.db.unit_of_work import UnitOfWork
from storage.privacy import erasure
from storage.privacy.erasure import Own
from storage.repositories import cases, ledger, people, places
from storage.repositories.ledger import Recorded
from storage.tables import ABSENCE, DIALOGUE, FOLLOWER, HOME, ON_CALL_SHIFT, AbsenceRow


async def holding(work: UnitOfWork, person: Person) -> Holding:
    held = await erasure.own(work, person.id)
    found = [(h, await cases.get(work, h.complaint)) for h in held.households]
    return Holding(
        made_at=work.now,
        user=person.user,
        name=person.name,
        phone=person.phone,
        language=person.language,
        consented_at=person.consented_at,
        homes=await _homes(work, person),
        draft=await _draft(work, person),
        cases=tuple([await _case(work, c, h, held) for h, c in found if c is not None]),
        duties=tuple(
            HeldDuty(role=a.role.value, scope=a.scope, since=a.since, until=a.until)
            for a in await people.appointments_of(work, person.id)
        ),
        followed=await _followed(work, person),
        absences=await _absences(work, person),
        watches=await _watches(work, person),
    )


async def _followed(work: UnitOfWork, person: Person) -> tuple[HeldFollowed, ...]:
    mine = (FOLLOWER.c.person == person.id, FOLLOWER.c.active)
    rows = await work.rows(select(FOLLOWER.c.complaint).where(*mine).order_by(FOLLOWER.c.id))
    found = [await cases.get(work, r.complaint) for r in rows]
    return tuple(
        [
            HeldFollowed(number=c.number, community=await _name(work, c.place.project), matter=_matter(work, c))
            for c in found
            if c is not None
        ]
    )


async def _absences(work: UnitOfWork, person: Person) -> tuple[HeldAbsence, ...]:
    mine = or_(ABSENCE.c.person == person.id, ABSENCE.c.deputy == person.id)
    rows = await work.rows_of(AbsenceRow, select(ABSENCE).where(mine).order_by(ABSENCE.c.since))
    return tuple(
        HeldAbsence(role=r.role, scope=r.scope, since=r.since, until=r.until, deputy=r.deputy == person.id)
        for r in rows
    )


async def _watches(work: UnitOfWork, person: Person) -> tuple[HeldShift, ...]:
    rows = await work.rows(
        select(ON_CALL_SHIFT).where(ON_CALL_SHIFT.c.person == person.id).order_by(ON_CALL_SHIFT.c.since)
    )
    return tuple([HeldShift(community=await _name(work, r.project), since=r.since, until=r.until) for r in rows])


async def _look(work: UnitOfWork, case: Complaint, recorded: Recorded, who: int) -> HeldLook:
    """The role in which the number was looked at, on that day; who held it stays theirs."""
    terms = map(people.as_appointment, await work.rows_of(people.TermRow, people.TERMS_OF, person=who))
    on_that_day = [a for a in terms if a.holds_on(people.today(recorded.at))]
    held = next((a.role.value for a in on_that_day if a.scope in case.place.scopes), "")
    return HeldLook(at=recorded.at, role=held or next((a.role.value for a in on_that_day), ""))


def _matter(work: UnitOfWork, case: Complaint) -> Text:
    return work.rules.catalogue.get(case.matter).label


async def _homes(work: UnitOfWork, person: Person) -> tuple[Home, ...]:
    rows = await work.rows(select(HOME).where(HOME.c.person == person.id).order_by(HOME.c.id))
    kept = [Home(project=r.project, building=r.building, room=r.room) for r in rows]
    homes = dict.fromkeys([*([person.home] if person.home else []), *kept])
    return tuple([Home(project=await _name(work, h.project), building=h.building, room=h.room) for h in homes])


async def _name(work: UnitOfWork, project: str) -> str:
    return getattr(await places.project(work, project), "name", project)


async def _draft(work: UnitOfWork, person: Person) -> str:
    """What they have begun to write in their private chat."""
    rows = await work.rows(select(DIALOGUE.c.data).where(DIALOGUE.c.key.like(f"%:{person.user}:{person.user}:%")))
    begun = [(r.data or {}).get(which) or {} for r in rows for which in ("draft", "loose")]
    begun += [waiting for r in rows for waiting in (r.data or {}).get("waiting") or ()]
    return "\n".join(d["text"] for d in begun if d.get("text") and d.get("behalf") is None)


async def _case(work: UnitOfWork, case: Complaint, household: Household, held: Own) -> HeldCase:
    rated, said, looks = [], [], []
    for recorded in await ledger.history(work, case.id):
        event = recorded.event
        if isinstance(event, Rated) and event.complainant == household.id:
            rated.append(HeldRating(at=recorded.at, level=event.level.value))
        if isinstance(event, PhoneShown) and event.complainant == household.id:
            looks.append(await _look(work, case, recorded, event.to))
        words = event.statement
        if words in held.statements and (found := await cases.said(work, words)) is not None:
            said.append(HeldWords(at=found.said_at, text=found.text, files=tuple(f.kind for f in found.media)))
    return HeldCase(
        number=case.number,
        community=await _name(work, case.place.project),
        building=household.building,
        room=household.room,
        contact=household.contact,
        matter=_matter(work, case),
        state=case.state.value,
        filed_at=case.filed_at,
        closed_at=case.closed_at,
        words=tuple(said),
        ratings=tuple(rated),
        looks=tuple(looks),
    )
