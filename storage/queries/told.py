"""Who was told of an event by the outbox, who has done it by the ledger, and whom of the company nobody can tell.

Every sentence about who was told, who answered or who can't be reached rests on these answers.
"""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from complaints.lifecycle.permissions import relations
from complaints.model.complaint import Complaint
from complaints.model.people import HEADS, Actor, Appointment, Role
from complaints.model.roles import RecipientRole
from complaints.policy.catalogue import Department
from complaints.policy.data_files import Text
from complaints.told import OutOfReach, Reach, Signer, Told
from storage.db.shared_reads import Topic, shared
from storage.db.unit_of_work import UnitOfWork
from storage.repositories import destinations, people
from storage.tables import DESTINATION, OUTBOX
from storage.work import Work

R = RecipientRole
LOST = ("dropped", "dead")
# By the destinations that may have been told, which an index answers.
SENT_OF = (
    select(OUTBOX.c.recipient_role, DESTINATION.c.kind, DESTINATION.c.person)
    .join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
    .where(
        OUTBOX.c.destination.in_(bindparam("destinations", expanding=True)),
        OUTBOX.c.complaint == bindparam("of_case"),
        OUTBOX.c.seq == bindparam("seq"),
        OUTBOX.c.method == "send",
        OUTBOX.c.state.not_in(LOST),
    )
    .order_by(OUTBOX.c.id)
)
CHATS = select(DESTINATION.c.id).where(
    DESTINATION.c.person.in_(bindparam("persons", expanding=True)), DESTINATION.c.kind == "private"
)
OF_MANAGER = ((R.MANAGER, (Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)), (R.COMPANY_HEAD, HEADS))


async def of_event(work: Work, complaint: Complaint, seq: int) -> tuple[Told, ...]:
    """Who was or is being told of it, those most concerned first; what was never delivered counts for nothing."""
    place = complaint.place
    groups = [await destinations.group_of(work, scope) for scope in (place.district, place.city)]
    chats = await _chats(work, tuple(await _concerned(work, complaint)))
    asked = [*chats, *(group.id for group in groups if group is not None)]
    rows = await work.rows(SENT_OF, destinations=asked, of_case=complaint.id, seq=seq)
    return await _named(work, complaint, ((R(r.recipient_role), r.person, r.kind == "group") for r in rows))


@shared(Topic.PEOPLE)
async def _chats(work: UnitOfWork, persons: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(row.id for row in await work.rows(CHATS, persons=persons))


async def just_now(work: Work, complaint: Complaint, but: int | None) -> tuple[Told, ...]:
    """Who is told of what this work has recorded in the case, whoever reads it left out."""
    here = [(role, to) for case, role, to in work.posted if case == complaint.id]
    posted = [(role, to) for role, to in here if to.in_group or to.destination.person != but]
    return await _named(work, complaint, ((role, to.destination.person, to.in_group) for role, to in posted))


async def _concerned(work: Work, complaint: Complaint) -> list[int]:
    """The persons of the case: its households, and everybody whom the registry has over its place."""
    place = complaint.place
    departments = [f"{place.district}/{department}" for department in Department]
    staff = await people.everybody_over(work, [*place.scopes, *departments])
    watching = await people.watchers(work, place.project)
    homes = [h.person for h in await work.households(complaint.id) if h.active]
    return sorted({p for p in (*staff, *watching, *homes, complaint.assignee) if p is not None})


async def _named(
    work: Work, complaint: Complaint, found: Iterable[tuple[RecipientRole, int | None, bool]]
) -> tuple[Told, ...]:
    told: dict[tuple[str, str], Told] = {}
    for recipient, person, in_group in found:
        if recipient in (R.HOUSEHOLD, R.HOUSEHOLDS):
            one = Told(recipient=R.HOUSEHOLDS)
        elif in_group:
            one = Told(recipient=recipient if recipient is R.CITY_GROUP else R.BUREAU_GROUP)
        else:
            held = await _appointment(work, complaint, person)
            one = Told(recipient=recipient, role=held.role.value if held else "", name=held.name if held else "")
        told.setdefault((one.role or one.recipient.value, one.name), one)
    return tuple(told.values())


# --- who has done it --------------------------------------------------------------------------------------------


async def signers(work: Work, complaint: Complaint, persons: Iterable[int | None]) -> dict[int, Signer]:
    """How each of these people of staff signs, by today's registry; who has left office, as it last had them."""
    found: dict[int, Signer] = {}
    for person in dict.fromkeys(persons):
        held = await _appointment(work, complaint, person)
        if person is not None and held is not None:
            found[person] = Signer(role=held.role.value, name=held.name, office=_office(work, held))
    return found


def _office(work: Work, held: Appointment) -> Text | None:
    department = held.scope.partition("/")[2]
    if held.role is not Role.DEPARTMENT_OFFICER or department not in set(Department):
        return None
    return work.rules.catalogue.departments[Department(department)]


async def _appointment(work: Work, complaint: Complaint, person: int | None) -> Appointment | None:
    """In which appointment somebody stands to the case: the one in use, else any, else the last one held."""
    known = await people.by_id(work, person)
    if known is None:
        return None
    held = (await people.actor(work, known)).appointments
    here = [a for a in held if relations(Actor(person=person, appointments=(a,)), complaint)]
    return next(iter((*here, *held)), None) or await people.last_appointment(work, known.id)


# --- whom nobody can tell ---------------------------------------------------------------------------------------


async def company_reach(work: Work, complaint: Complaint) -> tuple[Reach, ...]:
    """Whether the manager and the head can be told here, by registry and chats."""
    scopes = {R.MANAGER: complaint.place.project, R.COMPANY_HEAD: complaint.place.company}
    return tuple([await _reach(work, which, roles, scopes[which]) for which, roles in OF_MANAGER])


async def _reach(work: Work, which: RecipientRole, roles: Iterable[Role], scope: str) -> Reach:
    held = [a for role in roles for a in await people.holders(work, role, scope)]
    blocked = False
    for one in held:
        private = await destinations.of_person(work, one.person) if one.person is not None else None
        if private is not None and private.reachable:
            return Reach(recipient=which, name=one.name)
        blocked = blocked or private is not None
    why = OutOfReach.BLOCKED if blocked else OutOfReach.NEVER_JOINED if held else OutOfReach.UNNAMED
    return Reach(recipient=which, name=held[0].name if held else "", why=why)
