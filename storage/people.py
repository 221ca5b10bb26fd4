"""Who has spoken to us, and which roles does the registry give them today?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select, update

from complaints.people import Actor, Appointment, Home, Person, Role
from storage.notebook import Notebook
from storage.tables import ComplainantRow, PersonRow, RoleRow

COMPLAINANT = ComplainantRow.__table__  # type: ignore[attr-defined]
PERSON = PersonRow.__table__  # type: ignore[attr-defined]
ROLE = RoleRow.__table__  # type: ignore[attr-defined]
CIVIL = ZoneInfo("Asia/Shanghai")


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
        row = await work.first(select(PERSON).where(PERSON.c.user == user))
        work.cache[key] = _person(row) if row else None
    found: Person | None = work.cache[key]
    return found


async def by_id(work: Notebook, person: int | None) -> Person | None:
    if person is None:
        return None
    if (put_now := work.cache.get(("person", person))) is not None:
        found: Person = put_now
        return found
    row = await work.first(select(PERSON).where(PERSON.c.id == person))
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


def _holding(day: date) -> tuple[Any, ...]:
    return (ROLE.c.since <= day, or_(ROLE.c.until.is_(None), ROLE.c.until >= day))


async def appointments_of(work: Notebook, person: int) -> tuple[Appointment, ...]:
    query = select(ROLE).where(ROLE.c.person == person, *_holding(today(work.now))).order_by(ROLE.c.id)
    rows = await work.rows(query)
    return (*map(_appointment, rows), *work.cache.get(("claimed roles", person), ()))


async def holders(work: Notebook, role: Role, scopes: Iterable[str]) -> tuple[Appointment, ...]:
    """Who holds the role over one of the scopes today, in the registry's order."""
    query = select(ROLE).where(ROLE.c.role == role.value, ROLE.c.scope.in_(list(scopes)))
    return tuple(map(_appointment, await work.rows(query.where(*_holding(today(work.now))).order_by(ROLE.c.id))))


async def actor(work: Notebook, person: Person) -> Actor:
    appointments = await appointments_of(work, person.id)
    name = appointments[0].name if appointments else person.name
    return Actor(person=person.id, name=name, appointments=appointments)


async def claim_roles(work: Notebook, person: Person, phone: str) -> tuple[Appointment, ...]:
    """Give the person the roles that the registry has for this phone (digits only) and that nobody holds yet."""
    free = (ROLE.c.phone == phone, or_(ROLE.c.person.is_(None), ROLE.c.person == person.id))
    rows = await work.rows(select(ROLE).where(*free, *_holding(today(work.now))).order_by(ROLE.c.id))
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
