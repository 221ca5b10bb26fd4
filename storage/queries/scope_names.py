"""The scopes of appointments in words: a community's, company's or district's name."""

from collections.abc import Callable

from complaints.model.people import Appointment, Role
from complaints.policy.catalogue import Department
from complaints.policy.data_files import Text
from storage.repositories import places
from storage.work import Work

OF_PROJECT = (
    Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER, Role.DUTY_PERSON, Role.GRID_LEADER, Role.STEWARD, Role.OWNERS_COMMITTEE,
)  # fmt: skip


async def scope_name(work: Work, appointment: Appointment, of: Callable[[Text], str]) -> str:
    """`of` takes the label of something that carries its names itself, in the reader's language."""
    scope = appointment.scope
    match appointment.role:
        case role if role in OF_PROJECT:
            found = await places.project(work, scope)
            return found.name if found else scope
        case Role.COMPANY_HEAD | Role.HEAD_DELEGATE:
            return getattr(await places.company(work, scope), "name", scope)
    head, _, rest = scope.partition("/")
    above = await places.district(work, head)
    if appointment.role is Role.DEPARTMENT_OFFICER and rest in set(Department):
        label = of(work.rules.catalogue.departments[Department(rest)])
        return f"{above.name if above else head}{' ' if label.isascii() else ''}{label}"
    return " ".join(p for p in ((above.name if above else head), rest.replace("/", " ")) if p)
