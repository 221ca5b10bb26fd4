"""Who takes up the roles that the registry has for a telephone number, and how many have done so."""

from collections.abc import Callable

from sqlalchemy import func, or_, select, update

from complaints.model.people import Appointment, Person
from storage.db.civil_time import today
from storage.db.unit_of_work import UnitOfWork
from storage.repositories.people import HELD, TermRow, as_appointment
from storage.tables import APPOINTMENT, PERSON


async def held_by_others(work: UnitOfWork, person: Person, phone: str) -> list[Appointment]:
    """What the registry has for this phone, and another account has taken up."""
    others = (APPOINTMENT.c.person.in_(select(PERSON.c.id)), APPOINTMENT.c.person != person.id)
    found = await work.rows_of(TermRow, HELD.where(APPOINTMENT.c.phone == phone, *others), day=today(work.now))
    return list(map(as_appointment, found))


async def claim_roles(
    work: UnitOfWork,
    person: Person,
    phone: str,
    only: Callable[[Appointment], bool] = lambda held: True,
    *,
    verified: bool = False,
) -> tuple[Appointment, ...]:
    """Give the person the roles that the registry has for this phone (digits only) and that nobody holds yet.

    With a `verified` number also those of an account that took them up before: the number's owner has another one now.
    """
    free = () if verified else (or_(APPOINTMENT.c.person.is_(None), APPOINTMENT.c.person == person.id),)
    found = await work.rows_of(TermRow, HELD.where(APPOINTMENT.c.phone == phone, *free), day=today(work.now))
    rows = [r for r in found if only(as_appointment(r))]
    if rows:
        mine = update(APPOINTMENT).where(APPOINTMENT.c.id.in_([r.id for r in rows]))
        work.queue_write(mine.values(person=person.id))
        fresh = tuple(as_appointment(r) for r in rows if r.person != person.id)
        work.cache["claimed roles", person.id] = fresh
    return tuple(map(as_appointment, rows))


async def count_roles(work: UnitOfWork) -> tuple[int, int]:
    """How many appointments there are, and how many of their people have joined."""
    row = await work.first(select(func.count().label("every"), func.count(APPOINTMENT.c.person).label("joined")))
    return (row.every, row.joined) if row else (0, 0)
