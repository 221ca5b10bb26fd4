"""The scopes of appointments in words: a community's, company's or district's name."""

from typing import Protocol

from complaints.model.people import Appointment, Role
from complaints.policy.catalogue import Department
from complaints.policy.data_files import Text
from storage.repositories import places
from storage.work import Work

OF_PROJECT = (
    Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER, Role.DUTY_PERSON, Role.GRID_LEADER, Role.STEWARD, Role.OWNERS_COMMITTEE,
)  # fmt: skip


class Reader(Protocol):
    """In whose language it is said: `of` takes the label of something that carries its names itself."""

    language: str

    def of(self, text: Text) -> str: ...


async def scope_name(work: Work, appointment: Appointment, reader: Reader) -> str:
    """Chinese writes places one after the other, 武侯区浆洗街街道; who reads English has a space between them."""
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
        rest = reader.of(work.rules.catalogue.departments[Department(rest)])
    between = "" if reader.language == "zh" else " "
    return between.join(part for part in (above.name if above else head, *rest.split("/")) if part)
