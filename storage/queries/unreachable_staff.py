"""Staff of an area whom the bot can't reach, and how many open cases wait for them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, and_, case, false, func, or_, select

from complaints.model.complaint import OPEN
from complaints.model.people import COMPANY_ROLES, HEADS, OFFICE_ROLES, Appointment, Role
from storage.db.typed_rows import AnySelect
from storage.db.unit_of_work import UnitOfWork
from storage.repositories.people import IN_OFFICE, TermRow, as_appointment, today
from storage.tables import APPOINTMENT, COMPLAINT, DESTINATION, PROJECT

OF_COMPANY = tuple(role for role in COMPANY_ROLES if role not in HEADS)
OF_PROJECT = (*OF_COMPANY, Role.GRID_LEADER)
OF_DISTRICT = (Role.DISTRICT_OFFICER, Role.SECTION_HEAD, Role.DUTY_DESK)
PRIVATE = and_(DESTINATION.c.person == APPOINTMENT.c.person, DESTINATION.c.kind == "private")


@dataclass(frozen=True, kw_only=True)
class Area:
    """Codes of districts with all that is in them, or of companies with their projects."""

    districts: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Somebody who can't be reached: `blocked`, else never started; `open` cases of the project or company.

    `id` is that of the registry's line.
    """

    id: int
    appointment: Appointment
    blocked: bool
    open: int


async def missed(work: UnitOfWork, area: Area, skip: int, limit: int) -> tuple[int, list[Missed]]:
    """How many there are, and some of them: those with the most open cases first."""
    found = _missed(area)
    day = today(work.now)
    row = await work.first(select(func.count()).select_from(found.subquery()), day=day)
    order = (found.selected_columns.open.desc(), APPOINTMENT.c.scope, APPOINTMENT.c.role, APPOINTMENT.c.id)
    rows = await work.rows_of(MissedRow, found.order_by(*order).offset(skip).limit(limit), day=day)
    return (row[0] if row else 0), [_one(r) for r in rows]


async def one_of(work: UnitOfWork, area: Area, role: int) -> Missed | None:
    """That line of the registry, if it belongs to the area and nobody has taken it up."""
    theirs = _missed(area).where(APPOINTMENT.c.id == role, APPOINTMENT.c.person.is_(None))
    row = await work.first_of(MissedRow, theirs, day=today(work.now))
    return _one(row) if row else None


class MissedRow(TermRow):
    """A line of the registry with whoever's private chat, and how many open cases wait there."""

    chat: int | None
    open: int


def _one(r: MissedRow) -> Missed:
    return Missed(id=r.id, appointment=as_appointment(r), blocked=r.chat is not None, open=r.open)


def _missed(area: Area) -> AnySelect:
    by_project, by_company = _open_cases("project", area), _open_cases("company", area)
    waiting = case(
        (APPOINTMENT.c.role.in_(HEADS), func.coalesce(by_company.c.open, 0)),
        else_=func.coalesce(by_project.c.open, 0),
    )
    return (
        select(APPOINTMENT, PROJECT.c.company, DESTINATION.c.id.label("chat"), waiting.label("open"))
        .outerjoin(PROJECT, PROJECT.c.code == APPOINTMENT.c.scope)
        .outerjoin(DESTINATION, PRIVATE)
        .outerjoin(by_project, by_project.c.scope == APPOINTMENT.c.scope)
        .outerjoin(by_company, by_company.c.scope == APPOINTMENT.c.scope)
        .where(IN_OFFICE, or_(DESTINATION.c.id.is_(None), ~DESTINATION.c.reachable), _within(area))
    )


def _within(area: Area) -> ColumnElement[bool]:
    """Who is notified of the area's cases."""
    districts = area.districts
    here = PROJECT.c.district.in_(districts)
    below = [APPOINTMENT.c.scope.startswith(f"{code}/", autoescape=True) for code in districts]
    theirs = select(PROJECT.c.code).where(PROJECT.c.company.in_(area.companies))
    return or_(
        and_(APPOINTMENT.c.role.in_(OF_COMPANY), APPOINTMENT.c.scope.in_(theirs)),
        and_(APPOINTMENT.c.role.in_(HEADS), APPOINTMENT.c.scope.in_(area.companies)),
        and_(APPOINTMENT.c.role.in_(OF_PROJECT), APPOINTMENT.c.scope.in_(select(PROJECT.c.code).where(here))),
        and_(APPOINTMENT.c.role.in_(HEADS), APPOINTMENT.c.scope.in_(select(PROJECT.c.company).where(here))),
        and_(APPOINTMENT.c.role.in_(OF_DISTRICT), APPOINTMENT.c.scope.in_(districts)),
        and_(APPOINTMENT.c.role.in_(OFFICE_ROLES), or_(false(), *below)),
    )


def _open_cases(column: str, area: Area) -> Subquery:
    counted = select(COMPLAINT.c[column].label("scope"), func.count().label("open"))
    here = or_(COMPLAINT.c.district.in_(area.districts), COMPLAINT.c.company.in_(area.companies))
    return (
        counted.where(here, COMPLAINT.c.state.in_(sorted(OPEN)))
        .group_by(COMPLAINT.c[column])
        .subquery(f"open_of_{column}")
    )
