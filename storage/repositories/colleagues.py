"""Colleagues of a person who have joined and could stand in."""

from collections.abc import Iterable

from complaints.model.people import COMPANY_ROLES, HEADS, Actor, Appointment, Role
from storage.db.unit_of_work import UnitOfWork
from storage.repositories import people, places

STAND_INS = (Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)
ON_SITE = (Role.DUTY_PERSON, Role.DEPUTY_MANAGER, Role.PROJECT_MANAGER, Role.STEWARD)
OFFICES = (
    Role.DISTRICT_OFFICER, Role.SECTION_HEAD, Role.CITY_OFFICER, Role.STREET_OFFICER, Role.COMMUNITY_WORKER,
    Role.DEPARTMENT_OFFICER,
)  # fmt: skip


async def of(work: UnitOfWork, person: int, who: Actor) -> list[Appointment]:
    """Everybody of the same company, or of the same office; each once, without the person."""
    found: list[Appointment] = []
    for company in await _companies(work, who):
        found += await managers(work, company, "")
        found += [a for role in HEADS for a in await people.holders(work, role, company)]
    for held in who.appointments:
        if held.role in OFFICES:
            for role in OFFICES:
                found += await people.holders(work, role, held.scope)
    return _joined(found, without=person)


async def managers(work: UnitOfWork, company: str, first: str, without: int | None = None) -> list[Appointment]:
    """Managers and deputies of a company's projects, those of the project `first` before all others."""
    projects = await places.projects_of(work, (company,))
    scopes = sorted((p.code for p in projects), key=lambda code: code != first)
    found = [a for scope in scopes for role in STAND_INS for a in await people.holders(work, role, scope)]
    return _joined(found, without)


async def handlers(work: UnitOfWork, company: str, first: str, without: int | None = None) -> list[Appointment]:
    """Who can be named to handle a case: the head's registered delegate before the managers."""
    delegates = await people.holders(work, Role.HEAD_DELEGATE, company)
    return _joined([*delegates, *await managers(work, company, first)], without)


async def at(work: UnitOfWork, project: str) -> list[Appointment]:
    """Everybody of a project who has joined."""
    return _joined([a for role in ON_SITE for a in await people.holders(work, role, project)])


async def _companies(work: UnitOfWork, who: Actor) -> list[str]:
    """The companies for which somebody works, at whichever project."""
    scopes = [a.scope for a in who.appointments if a.role in COMPANY_ROLES]
    found = [(await places.project(work, scope), scope) for scope in scopes]
    return list(dict.fromkeys(project.company if project else scope for project, scope in found))


def _joined(found: Iterable[Appointment], without: int | None = None) -> list[Appointment]:
    named: dict[int, Appointment] = {}
    for held in found:
        if held.person is not None and held.person != without:
            named.setdefault(held.person, held)
    return list(named.values())
