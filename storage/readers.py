"""Which chat does a reader of a notice have, and who is next in line where none can be reached?"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from complaints.complaint import Complaint, Handler
from complaints.people import Role
from complaints.promises import Reader
from storage import cases, destinations, people
from storage.destinations import Destination
from storage.notebook import Notebook

NEXT_IN_LINE = {
    Reader.ASSIGNEE: Reader.COMPANY_HEAD,
    Reader.MANAGER: Reader.COMPANY_HEAD,
    Reader.DUTY: Reader.COMPANY_HEAD,
    Reader.COMPANY_HEAD: Reader.BUREAU_GROUP,
}
GROUPS = {Reader.BUREAU_GROUP, Reader.CITY_GROUP}


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """`instead_of` names the reader who could not be reached, where this one stands in."""

    destination: Destination
    complainant: int | None = None
    instead_of: Reader | None = None

    @property
    def in_group(self) -> bool:
        return self.destination.kind == "group"


async def recipients(
    work: Notebook, reader: Reader, complaint: Complaint, complainant: int | None = None
) -> list[Recipient]:
    """Everyone whom a notice for this reader reaches today; for the company's people, the next in line."""
    if reader in (Reader.HOUSEHOLD, Reader.HOUSEHOLDS):
        return [r async for r in _households(work, complaint, complainant)]
    if reader is Reader.HANDLER:
        return await _handlers(work, complaint)
    found = [Recipient(destination=d) for d in await _direct(work, reader, complaint)]
    after = NEXT_IN_LINE.get(reader)
    if found or after is None:
        return found
    stand_ins = await recipients(work, after, complaint)
    return [replace(r, instead_of=r.instead_of or reader) for r in stand_ins]


async def _handlers(work: Notebook, complaint: Complaint) -> list[Recipient]:
    if complaint.assignee is not None:
        return await recipients(work, Reader.ASSIGNEE, complaint)
    if complaint.handler is Handler.MANAGER:
        return await recipients(work, Reader.MANAGER, complaint)
    if complaint.handler is Handler.COMPANY:
        return await recipients(work, Reader.COMPANY_HEAD, complaint)
    return await recipients(work, Reader.SECTION_HEAD, complaint)


async def _households(work: Notebook, complaint: Complaint, only: int | None) -> AsyncIterator[Recipient]:
    for household in await cases.households(work, complaint.id):
        if household.active and only in (None, household.id):
            private = await destinations.of_person(work, household.person)
            if private is not None and private.reachable:
                yield Recipient(destination=private, complainant=household.id)


async def _direct(work: Notebook, reader: Reader, complaint: Complaint) -> list[Destination]:
    place = complaint.place
    match reader:
        case Reader.ASSIGNEE:
            return await _privates(work, [complaint.assignee])
        case Reader.MANAGER:
            named = await _privates(work, [complaint.assignee]) if complaint.handler is Handler.MANAGER else []
            return named or await _first_joined(work, place.project, Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)
        case Reader.DUTY:
            return await _first_joined(work, place.project, Role.DUTY_PERSON, Role.DEPUTY_MANAGER)
        case Reader.COMPANY_HEAD:
            return await _first_joined(work, place.company, Role.COMPANY_HEAD)
        case Reader.BUREAU_GROUP:
            return await _group(work, place.district)
        case Reader.CITY_GROUP:
            return await _group(work, place.city)
        case Reader.SECTION_HEAD | Reader.BUREAU_DUTY:
            officers = await _first_joined(work, place.district, Role.SECTION_HEAD, Role.DISTRICT_OFFICER)
            return officers[:1] if not await people.holders(work, Role.SECTION_HEAD, [place.district]) else officers
        case Reader.STREET:
            return await _first_joined(work, place.street_scope, Role.STREET_OFFICER)
        case Reader.GRID_LEADER:
            return await _first_joined(work, place.project, Role.GRID_LEADER)
        case Reader.DEPARTMENT:
            return await _first_joined(work, f"{place.district}/{complaint.department}", Role.DEPARTMENT_OFFICER)
        case _:
            return []


async def _group(work: Notebook, scope: str) -> list[Destination]:
    group = await destinations.group_of(work, scope)
    return [group] if group else []


async def _privates(work: Notebook, persons: list[int | None]) -> list[Destination]:
    found = [await destinations.of_person(work, p) for p in persons if p is not None]
    return [d for d in found if d is not None and d.reachable]


async def _first_joined(work: Notebook, scope: str, *roles: Role) -> list[Destination]:
    """Everyone of the first role who can be reached; failing that, of the next role."""
    for role in roles:
        holders = await people.holders(work, role, [scope])
        if found := await _privates(work, [h.person for h in holders]):
            return found
    return []
