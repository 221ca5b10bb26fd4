"""Who has spoken to us, and which roles does the registry give them today?"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select, update

from complaints.people import Actor, Appointment, Home, Person, Role
from storage.notebook import Notebook, asked_once
from storage.tables import ComplainantRow, PersonRow, RoleRow

COMPLAINANT = ComplainantRow.__table__  # type: ignore[attr-defined]
PERSON = PersonRow.__table__  # type: ignore[attr-defined]
ROLE = RoleRow.__table__  # type: ignore[attr-defined]
CIVIL = ZoneInfo("Asia/Shanghai")
BY_USER = select(PERSON).where(PERSON.c.user == bindparam("user"))
BY_ID = select(PERSON).where(PERSON.c.id == bindparam("person"))


def today(at: datetime) -> date:
    """The civil day by which registry dates count."""
    return at.astimezone(CIVIL).date()


def _person(r: Any) -> Person:
    home = Home(project=r.project, building=r.building, room=r.room) if r.project else None
    return Person(
        id=r.id,
        user=r.user,
        name=r.name,
        language=r.language,
        phone=r.phone,
        consented_at=r.consented_at,
        home=home,
    )


async def by_user(work: Notebook, user: int) -> Person | None:
    key = ("user", user)
    if key not in work.cache:
        row = await work.first(BY_USER, user=user)
        work.cache[key] = _person(row) if row else None
    found: Person | None = work.cache[key]
    return found


async def by_id(work: Notebook, person: int | None) -> Person | None:
    if person is None:
        return None
    if (put_now := work.cache.get(("person", person))) is not None:
        found: Person = put_now
        return found
    return await _stored(work, person)


@asked_once
async def _stored(work: Notebook, person: int) -> Person | None:
    row = await work.first(BY_ID, person=person)
    return _person(row) if row else None


async def by_phone(work: Notebook, phone: str) -> Person | None:
    """Whoever has shared this number, or was registered with it by somebody else; those who joined come first."""
    row = await work.first(select(PERSON).where(PERSON.c.phone == phone).order_by(PERSON.c.user.desc()).limit(1))
    return _person(row) if row else None


def adopt(work: Notebook, person: Person, phone: str) -> None:
    """What others have filed for this verified number is the person's own from now on."""
    theirs = select(PERSON.c.id).where(PERSON.c.phone == phone, PERSON.c.user < 0)
    work.write(update(COMPLAINANT).where(COMPLAINANT.c.person.in_(theirs)).values(person=person.id))
    work.write(update(PERSON).where(PERSON.c.phone == phone, PERSON.c.user < 0).values(phone=""))


def put(work: Notebook, person: Person) -> None:
    home = person.home or Home(project="")
    values = {
        "name": person.name,
        "language": person.language,
        "phone": person.phone,
        "consented_at": person.consented_at,
        "project": home.project,
        "building": home.building,
        "room": home.room,
    }
    fresh = work.insert(PERSON).values(id=person.id, user=person.user, **values)
    work.write(fresh.on_conflict_do_update(index_elements=["id"], set_=values))
    work.cache["user", person.user] = person
    work.cache["person", person.id] = person


def _appointment(r: Any) -> Appointment:
    return Appointment(
        role=Role(r.role),
        scope=r.scope,
        name=r.name,
        phone=r.phone,
        since=r.since,
        until=r.until,
        person=r.person,
    )


HELD = (
    select(ROLE)
    .where(ROLE.c.since <= bindparam("day"), or_(ROLE.c.until.is_(None), ROLE.c.until >= bindparam("day")))
    .order_by(ROLE.c.id)
)
HELD_BY = HELD.where(ROLE.c.person == bindparam("person"))
HELD_OVER = HELD.where(ROLE.c.role == bindparam("role"), ROLE.c.scope == bindparam("scope"))


async def appointments_of(work: Notebook, person: int) -> tuple[Appointment, ...]:
    return (*await _held_by(work, person), *work.cache.get(("claimed roles", person), ()))


@asked_once
async def _held_by(work: Notebook, person: int) -> tuple[Appointment, ...]:
    return tuple(map(_appointment, await work.rows(HELD_BY, person=person, day=today(work.now))))


@asked_once
async def holders(work: Notebook, role: Role, scope: str) -> tuple[Appointment, ...]:
    """Who holds the role over the scope today, in the registry's order."""
    rows = await work.rows(HELD_OVER, role=role.value, scope=scope, day=today(work.now))
    return tuple(map(_appointment, rows))


async def actor(work: Notebook, person: Person) -> Actor:
    appointments = await appointments_of(work, person.id)
    name = appointments[0].name if appointments else person.name
    return Actor(person=person.id, name=name, appointments=appointments)


async def claim_roles(work: Notebook, person: Person, phone: str) -> tuple[Appointment, ...]:
    """Give the person the roles that the registry has for this phone (digits only) and that nobody holds yet."""
    free = (ROLE.c.phone == phone, or_(ROLE.c.person.is_(None), ROLE.c.person == person.id))
    rows = await work.rows(HELD.where(*free), day=today(work.now))
    if rows:
        mine = update(ROLE).where(ROLE.c.id.in_([r.id for r in rows]))
        work.write(mine.values(person=person.id))
        fresh = tuple(_appointment(r) for r in rows if r.person is None)
        work.cache["claimed roles", person.id] = fresh
    return tuple(map(_appointment, rows))


async def count_roles(work: Notebook) -> tuple[int, int]:
    """How many appointments there are, and how many of their people have joined."""
    row = await work.first(select(func.count().label("every"), func.count(ROLE.c.person).label("joined")))
    return (row.every, row.joined) if row else (0, 0)
