"""People who have written to the bot, with the roles that the registry gives them today."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import and_, bindparam, or_, select, update

from complaints.model.people import Actor, Appointment, Home, Person, Role, same_employer
from storage.db.civil_time import CIVIL as CIVIL
from storage.db.civil_time import today as today
from storage.db.shared_reads import Topic, answers, shared
from storage.db.unit_of_work import UnitOfWork, memoised
from storage.repositories import cases, destinations, duties, places
from storage.tables import ABSENCE, APPOINTMENT, HOUSEHOLD, PERSON, PROJECT, PersonRow

BY_USER = select(PERSON).where(PERSON.c.user == bindparam("user"))
BY_PHONE = select(PERSON).where(PERSON.c.phone == bindparam("phone")).order_by(PERSON.c.user.desc()).limit(1)
BY_ID = select(PERSON).where(PERSON.c.id == bindparam("person"))


def _person(r: PersonRow) -> Person:
    home = Home(project=r.project, building=r.building, room=r.room) if r.project else None
    return Person(
        id=r.id,
        user=r.user,
        name=r.name,
        language=r.language,
        phone=r.phone,
        consented_at=r.consented_at,
        home=home,
        acting=r.acting,
    )


async def by_user(work: UnitOfWork, user: int) -> Person | None:
    key = ("user", user)
    if key not in work.cache:
        work.cache[key] = await _of_user(work, user)
    found: Person | None = work.cache[key]
    return found


@shared(Topic.PEOPLE)
async def _of_user(work: UnitOfWork, user: int) -> Person | None:
    row = await work.first_of(PersonRow, BY_USER, user=user)
    return _person(row) if row else None


async def by_id(work: UnitOfWork, person: int | None) -> Person | None:
    if person is None:
        return None
    if (put_now := work.cache.get(("person", person))) is not None:
        found: Person = put_now
        return found
    return await _stored(work, person)


@shared(Topic.PEOPLE)
async def _stored(work: UnitOfWork, person: int) -> Person | None:
    row = await work.first_of(PersonRow, BY_ID, person=person)
    return _person(row) if row else None


async def by_phone(work: UnitOfWork, phone: str) -> Person | None:
    """Whoever has shared this number, or was registered with it by somebody else; those who joined come first."""
    row = await work.first_of(PersonRow, BY_PHONE, phone=phone)
    return _person(row) if row else None


async def phones(work: UnitOfWork, persons: Iterable[int | None]) -> list[str]:
    """The numbers of those who have shared one."""
    found = [await by_id(work, person) for person in persons]
    return [p.phone for p in found if p is not None and p.phone]


async def adopt(work: UnitOfWork, person: Person, phone: str) -> None:
    """What others have filed for this verified number is the person's own from now on, and so is the number."""
    before = (PERSON.c.phone == phone, PERSON.c.user >= 0, PERSON.c.id != person.id)
    work.queue_write(update(PERSON).where(*before).values(phone=""))
    theirs = select(PERSON.c.id).where(PERSON.c.phone == phone, PERSON.c.user < 0)
    await cases.change_households(work, HOUSEHOLD.c.person.in_(theirs), person=person.id)
    work.queue_write(update(PERSON).where(PERSON.c.phone == phone, PERSON.c.user < 0).values(phone=""))


def put(work: UnitOfWork, person: Person) -> None:
    home = person.home or Home(project="")
    values = {
        "name": person.name,
        "language": person.language,
        "phone": person.phone,
        "consented_at": person.consented_at,
        "project": home.project,
        "building": home.building,
        "room": home.room,
        "acting": person.acting,
    }
    fresh = work.insert(PERSON).values(id=person.id, user=person.user, **values)
    work.queue_write(fresh.on_conflict_do_update(index_elements=["id"], set_=values))
    work.cache["user", person.user] = person
    work.cache["person", person.id] = person


class TermRow:
    """A line of the registry with the company of the project that it is about."""

    id: int
    role: str
    scope: str
    name: str
    phone: str
    since: date
    until: date | None
    person: int | None
    company: str | None


class DeputisedRow(TermRow):
    """The same with the deputy of today."""

    deputy: int | None


def as_appointment(r: TermRow) -> Appointment:
    return Appointment(
        role=Role(r.role),
        scope=r.scope,
        name=r.name,
        phone=r.phone,
        since=r.since,
        until=r.until,
        person=r.person,
        company=r.company or "",
    )


TERMS = (
    select(APPOINTMENT, PROJECT.c.company)
    .outerjoin(PROJECT, PROJECT.c.code == APPOINTMENT.c.scope)
    .order_by(APPOINTMENT.c.id)
)
NAMES = select(APPOINTMENT.c.person, APPOINTMENT.c.name).where(
    APPOINTMENT.c.person.in_(bindparam("persons", expanding=True)), APPOINTMENT.c.name != ""
)
TERMS_OF = TERMS.where(APPOINTMENT.c.person == bindparam("person"))
IN_OFFICE = and_(
    APPOINTMENT.c.since <= bindparam("day"), or_(APPOINTMENT.c.until.is_(None), APPOINTMENT.c.until >= bindparam("day"))
)
HELD = TERMS.where(IN_OFFICE)
HELD_BY = HELD.where(APPOINTMENT.c.person == bindparam("person"))
# Everybody of some scopes, each with the deputy of today.
DEPUTISED = and_(
    ABSENCE.c.role == APPOINTMENT.c.role,
    ABSENCE.c.scope == APPOINTMENT.c.scope,
    ABSENCE.c.person == APPOINTMENT.c.person,
    ABSENCE.c.since <= bindparam("day"),
    ABSENCE.c.until >= bindparam("day"),
)
HELD_OVER = (
    HELD.where(APPOINTMENT.c.scope.in_(bindparam("scopes", expanding=True)))
    .outerjoin(ABSENCE, DEPUTISED)
    .add_columns(ABSENCE.c.deputy)
    .order_by(ABSENCE.c.id)
)


async def appointments_of(work: UnitOfWork, person: int) -> tuple[Appointment, ...]:
    return (*await _held_by(work, person, today(work.now)), *work.cache.get(("claimed roles", person), ()))


@shared(Topic.REGISTRY)
async def _held_by(work: UnitOfWork, person: int, day: date) -> tuple[Appointment, ...]:
    return tuple(map(as_appointment, await work.rows_of(TermRow, HELD_BY, person=person, day=day)))


@shared(Topic.REGISTRY)
async def names(work: UnitOfWork, persons: tuple[int, ...]) -> dict[int, str]:
    """By which names the registry has these people, whether or not they are still in office."""
    return {row.person: row.name for row in await work.rows(NAMES, persons=persons)}


@shared(Topic.REGISTRY)
async def last_appointment(work: UnitOfWork, person: int) -> Appointment | None:
    """The newest line of the registry that ever was the person's."""
    held = [as_appointment(r) for r in await work.rows_of(TermRow, TERMS_OF, person=person)]
    return max(held, key=lambda a: a.since, default=None)


Held = dict[Role, dict[int, tuple[Appointment, int | None]]]  # by role and line of the registry, with the deputy


@memoised
async def holders(work: UnitOfWork, role: Role, scope: str) -> tuple[Appointment, ...]:
    """Who holds the role over the scope today, in the registry's order; a deputy in place of whoever is away."""
    (held,) = await _held_over(work, (scope,))
    return tuple([await _or_deputy(work, one, deputy) for one, deputy in held.get(role, {}).values()])


async def look_up(work: UnitOfWork, scopes: Iterable[str]) -> None:
    """Ask once for everybody who holds anything over these scopes, since mostly several of them are asked for."""
    await _held_over(work, tuple(scopes))


async def _held_over(work: UnitOfWork, scopes: Sequence[str]) -> list[Held]:
    known, day = await answers(work, Topic.REGISTRY), today(work.now)
    unknown = [scope for scope in scopes if ("held over", scope, day) not in known]
    if unknown:
        found: dict[str, Held] = {scope: defaultdict(dict) for scope in unknown}
        for row in await work.rows_of(DeputisedRow, HELD_OVER, scopes=unknown, day=day):
            found[row.scope][Role(row.role)][row.id] = (as_appointment(row), row.deputy)
        known |= {("held over", scope, day): held for scope, held in found.items()}
    return [known["held over", scope, day] for scope in scopes]


async def everybody_over(work: UnitOfWork, scopes: Sequence[str]) -> set[int]:
    """Whoever holds anything over these scopes today, and their deputies."""
    lines = [line for held in await _held_over(work, scopes) for of_role in held.values() for line in of_role.values()]
    return {person for held, deputy in lines for person in (held.person, deputy) if person is not None}


async def _or_deputy(work: UnitOfWork, held: Appointment, deputy: int | None) -> Appointment:
    """The same appointment in the deputy's hands, while that is a colleague who is there and can be reached."""
    if deputy is None or await duties.is_away(work, deputy):
        return held
    private = await destinations.of_person(work, deputy)
    own = [a for a in await appointments_of(work, deputy) if same_employer(a, held)]
    there = own and private is not None and private.reachable
    return replace(held, person=deputy, name=own[0].name, phone=own[0].phone) if there else held


async def actor(work: UnitOfWork, person: Person) -> Actor:
    """The person with every appointment of today, own ones first; the one chosen by `/role` before all others."""
    own = await appointments_of(work, person.id)
    held = (*own, *await _taken_on(work, person, own)) if own else ()
    chosen = tuple(sorted(held, key=lambda a: a.key != person.acting))
    name = held[0].name if held else person.name
    return Actor(person=person.id, name=name, appointments=chosen, acting=person.acting)


async def _taken_on(work: UnitOfWork, person: Person, own: tuple[Appointment, ...]) -> list[Appointment]:
    """Appointments of colleagues that are in the person's hands now: as a deputy, or by the rota."""
    held = [await on_site(work, w.project, own[0]) for w in await duties.watching(work, person.id)]
    for absence in await duties.deputised(work, person.id):
        held += [a for a in await appointments_of(work, absence.person) if a.key == f"{absence.role}@{absence.scope}"]
    mine = {a.key for a in own}
    taken = [a for a in held if a.key not in mine and any(same_employer(a, b) for b in own)]
    return [replace(a, person=person.id, name=own[0].name, phone=own[0].phone) for a in taken]


async def on_site(work: UnitOfWork, project: str, who: Appointment) -> Appointment:
    """The appointment of the person who is on call there."""
    found = await places.project(work, project)
    return replace(who, role=Role.DUTY_PERSON, scope=project, company=found.company if found else "")


async def watchers(work: UnitOfWork, project: str) -> list[int]:
    """Who answers for the project now by the rota, and works for its company today."""
    found = []
    for watch in await duties.on_watch(work, project):
        own = await appointments_of(work, watch.person)
        here = await on_site(work, project, own[0]) if own else None
        if here is not None and any(same_employer(a, here) for a in own):
            found.append(watch.person)
    return found
