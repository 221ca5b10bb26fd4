"""Accounts that have lost a duty of the registry to somebody else, until they and their head have been told."""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, literal, select, update

from complaints.model.people import COMPANY_ROLES, HEADS, Appointment, Role
from storage.db.civil_time import today
from storage.db.unit_of_work import UnitOfWork
from storage.repositories import people, places
from storage.repositories.people import TermRow, as_appointment
from storage.tables import DISPLACEMENT, PROJECT, DisplacementRow

CLAIMED = "claimed"  # another account has shown that the telephone number is its own
RENAMED = "renamed"  # the registry calls the holder by another name
UNTOLD = select(DISPLACEMENT).where(DISPLACEMENT.c.told.is_(False)).order_by(DISPLACEMENT.c.id)
NEWEST = select(func.max(DISPLACEMENT.c.id).label("id"))
LOST = (
    select(
        DISPLACEMENT.c.id, DISPLACEMENT.c.role, DISPLACEMENT.c.scope, DISPLACEMENT.c.person, DISPLACEMENT.c.since,
        DISPLACEMENT.c.until, literal("").label("name"), literal("").label("phone"), PROJECT.c.company,
    )
    .outerjoin(PROJECT, PROJECT.c.code == DISPLACEMENT.c.scope)
    .where(DISPLACEMENT.c.person == bindparam("person"))
    .order_by(DISPLACEMENT.c.id)
)  # fmt: skip


def add(work: UnitOfWork, held: Appointment, why: str) -> None:
    """The holder's term ended yesterday, by the day of the work."""
    until = today(work.now) - timedelta(days=1)
    work.queue_write(DISPLACEMENT.insert(), entry(held.person, held.role.value, held.scope, held.since, until, why))


def entry(person: int | None, role: str, scope: str, since: Any, until: Any, why: str) -> dict[str, Any]:
    return {
        "person": person, "role": role, "scope": scope, "since": since, "until": until, "why": why, "told": False,
    }  # fmt: skip


async def untold(work: UnitOfWork) -> list[DisplacementRow]:
    return list(await work.rows_of(DisplacementRow, UNTOLD))


def told(work: UnitOfWork, displacement: int) -> None:
    mine = update(DISPLACEMENT).where(DISPLACEMENT.c.id == displacement, DISPLACEMENT.c.told.is_(False))
    work.queue_write(mine.values(told=True), expect_rows=True)


async def newest(work: UnitOfWork) -> int:
    row = await work.first(NEWEST)
    return (row.id or 0) if row else 0


async def lost_by(work: UnitOfWork, person: int) -> list[Appointment]:
    """The terms that the person has lost so, ended."""
    return list(map(as_appointment, await work.rows_of(TermRow, LOST, person=person)))


async def superiors(work: UnitOfWork, role: Role, scope: str) -> list[Appointment]:
    """Who is to know that an account has lost the duty: the company's head, a district's section head, the city."""
    found: list[Appointment] = []
    for above, over in await _above(work, role, scope):
        found += await people.holders(work, above, over)
    return found


async def _above(work: UnitOfWork, role: Role, scope: str) -> list[tuple[Role, str]]:
    if role in HEADS:
        districts = {p.district for p in await places.projects_of(work, (scope,))}
        heads = [(Role.COMPANY_HEAD, scope)]
        return heads if role is Role.HEAD_DELEGATE else [(Role.SECTION_HEAD, d) for d in sorted(districts)]
    if (project := await places.project(work, scope)) is not None:
        company = [(Role.COMPANY_HEAD, project.company)]
        return company if role in (*COMPANY_ROLES, Role.STEWARD) else [(Role.SECTION_HEAD, project.district)]
    district = await places.district(work, scope.partition("/")[0])
    if district is None:
        return [(role, scope)]
    city = [(Role.CITY_OFFICER, district.city)]
    return city if role is Role.SECTION_HEAD else [(Role.SECTION_HEAD, district.code)]
