"""The chats of a notice's recipients, and who is next in line where none can be reached."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, or_, select

from complaints.lifecycle.permissions import Relation, relations
from complaints.model.complaint import CaseOwner, Complaint
from complaints.model.party import Party
from complaints.model.people import HEADS, Actor, Role
from complaints.model.roles import OF_OFFICES
from complaints.notifications.danger import ALARMS
from complaints.policy.pack_schema import RecipientRole
from storage.db.unit_of_work import UnitOfWork
from storage.repositories import cases, destinations, followers, people
from storage.repositories.destinations import Destination
from storage.tables import DESTINATION, SENT_MESSAGE

NEXT_IN_LINE = {
    RecipientRole.ASSIGNEE: RecipientRole.COMPANY_HEAD,
    RecipientRole.MANAGER: RecipientRole.COMPANY_HEAD,
    RecipientRole.DUTY: RecipientRole.COMPANY_HEAD,
    RecipientRole.COMPANY_HEAD: RecipientRole.BUREAU_GROUP,
    RecipientRole.BUREAU_GROUP: RecipientRole.SECTION_HEAD,
    RecipientRole.DEPARTMENT: RecipientRole.SECTION_HEAD,
}
HAD_THE_ALARM = (
    select(DESTINATION.c.person)
    .join(SENT_MESSAGE, SENT_MESSAGE.c.destination == DESTINATION.c.id)
    .where(
        SENT_MESSAGE.c.complaint == bindparam("of_case"),
        or_(*(SENT_MESSAGE.c.kind.startswith(kind, autoescape=True) for kind in ALARMS)),
        DESTINATION.c.kind == "private",
    )
    .distinct()
    .order_by(DESTINATION.c.person)
)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """`instead_of` is the recipient who couldn't be reached, where this one stands in; `deputising` for a colleague."""

    destination: Destination
    household: int | None = None
    instead_of: RecipientRole | None = None
    deputising: RecipientRole | None = None

    @property
    def in_group(self) -> bool:
        return self.destination.kind == "group"


async def recipients(
    work: UnitOfWork,
    reader: RecipientRole,
    complaint: Complaint,
    household: int | None = None,
    party: Party | None = None,
) -> list[Recipient]:
    """Everyone whom a notice for this recipient role reaches today; for the company's people, the next in line.

    The department, street or community of a `party` is looked up in its own scope, whatever the case says.
    """
    await people.look_up(work, complaint.place.scopes)
    if reader in (RecipientRole.HOUSEHOLD, RecipientRole.HOUSEHOLDS):
        return [r async for r in _households(work, complaint, household)]
    if reader is RecipientRole.HANDLER:
        return await _handlers(work, complaint)
    found = [Recipient(destination=d) for d in await _direct(work, reader, complaint, party)]
    if not found and reader is RecipientRole.RESOLVER:
        return await _handlers(work, complaint)
    after = NEXT_IN_LINE.get(reader)
    if found and reader is RecipientRole.MANAGER and await _manager_missed(work, complaint, found):
        return [replace(r, deputising=reader) for r in found]
    if found or after is None:
        return found
    stand_ins = await recipients(work, after, complaint)
    return [replace(r, instead_of=r.instead_of or reader) for r in stand_ins]


async def _handlers(work: UnitOfWork, complaint: Complaint) -> list[Recipient]:
    if await _named(work, complaint):
        return await recipients(work, RecipientRole.ASSIGNEE, complaint)
    if complaint.handler is CaseOwner.MANAGER:
        return await recipients(work, RecipientRole.MANAGER, complaint)
    if complaint.handler is CaseOwner.COMPANY:
        return await recipients(work, RecipientRole.COMPANY_HEAD, complaint)
    if complaint.handler is CaseOwner.DEPARTMENT:
        return await recipients(work, RecipientRole.DEPARTMENT, complaint)
    return await recipients(work, RecipientRole.SECTION_HEAD, complaint)


async def _households(work: UnitOfWork, complaint: Complaint, only: int | None) -> AsyncIterator[Recipient]:
    for household in await cases.households(work, complaint.id):
        if household.active and only in (None, household.id):
            for private in await _privates(work, [household.person]):
                yield Recipient(destination=private, household=household.id)
    if only is None:
        for person, household_id in await followers.of_case(work, complaint.id):
            for private in await _privates(work, [person]):
                yield Recipient(destination=private, household=household_id)


# A recipient's roles in the registry, in the order in which they are tried, and the scope of the case's place.
ROLES: dict[RecipientRole, tuple[tuple[Role, ...], Callable[[Complaint], str]]] = {
    RecipientRole.DUTY: ((Role.DUTY_PERSON, Role.DEPUTY_MANAGER), lambda c: c.place.project),
    RecipientRole.COMPANY_HEAD: (HEADS, lambda c: c.place.company),
    RecipientRole.STREET: ((Role.STREET_OFFICER,), lambda c: c.place.street_scope),
    RecipientRole.COMMITTEE: ((Role.OWNERS_COMMITTEE,), lambda c: c.place.project),
    RecipientRole.GRID_LEADER: ((Role.GRID_LEADER,), lambda c: c.place.project),
    RecipientRole.COMMUNITY: ((Role.COMMUNITY_WORKER,), lambda c: f"{c.place.street_scope}/{c.place.community}"),
    RecipientRole.DEPARTMENT: ((Role.DEPARTMENT_OFFICER,), lambda c: f"{c.place.district}/{c.department}"),
    RecipientRole.DUTY_DESK: ((Role.DUTY_DESK,), lambda c: c.place.district),
}
# Two of the twelve departments are offices of the place (《物业服务企业投诉举报处理流程》 二(十一), 二(十二)).
OFFICES = {"street": RecipientRole.STREET, "community": RecipientRole.COMMUNITY, "housing": RecipientRole.SECTION_HEAD}


async def _direct(
    work: UnitOfWork, reader: RecipientRole, complaint: Complaint, party: Party | None
) -> list[Destination]:
    place = complaint.place
    if reader is RecipientRole.DEPARTMENT:
        reader = OFFICES.get(complaint.department, reader)
    if reader is RecipientRole.DUTY and (watch := await _on_watch(work, place.project)):
        return watch
    if reader in ROLES:
        roles, scope_of = ROLES[reader]
        owes = party is not None and party.role in OF_OFFICES and reader.value == party.role.value
        return await _first_joined(work, party.scope if party and owes else scope_of(complaint), *roles)
    if reader in BY_NAME:
        return await _privates(work, await BY_NAME[reader](work, complaint))
    match reader:
        case RecipientRole.MANAGER:
            named = (
                await _privates(work, await _named(work, complaint)) if complaint.handler is CaseOwner.MANAGER else []
            )
            found = named or await _first_joined(work, place.project, Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)
            return list({d.id: d for d in (*found, *await _on_watch(work, place.project))}.values())
        case RecipientRole.BUREAU_GROUP:
            return await _group(work, place.district)
        case RecipientRole.CITY_GROUP:
            return await _group(work, place.city)
        case _:
            return await _section_head(work, place.district)


async def _on_watch(work: UnitOfWork, project: str) -> list[Destination]:
    """Whoever answers for the project now by the rota."""
    return await _privates(work, [*await people.watchers(work, project)])


async def _named(work: UnitOfWork, complaint: Complaint) -> list[int | None]:
    """The handler by name, while the registry has that person in office."""
    if complaint.assignee is None:
        return []
    held = await people.appointments_of(work, complaint.assignee)
    acts = Relation.HANDLER in relations(Actor(person=complaint.assignee, appointments=held), complaint)
    return [complaint.assignee] if acts else []


async def _resolver(work: UnitOfWork, complaint: Complaint) -> list[int | None]:
    """Whoever has written the result, while the registry has that person in office here."""
    result = await cases.said(work, complaint.result)
    if result is None or result.person is None:
        return []
    held = await people.appointments_of(work, result.person)
    return [result.person] if relations(Actor(person=result.person, appointments=held), complaint) else []


async def _called_out(work: UnitOfWork, complaint: Complaint) -> list[int | None]:
    """Whoever has had the alarm, by the messages that were sent."""
    return [row.person for row in await work.rows(HAD_THE_ALARM, of_case=complaint.id)]


# Whoever has had a part in the case by name, whatever the registry has them as.
BY_NAME: dict[RecipientRole, Callable[[UnitOfWork, Complaint], Awaitable[list[int | None]]]] = {
    RecipientRole.ASSIGNEE: _named,
    RecipientRole.RESOLVER: _resolver,
    RecipientRole.CALLED_OUT: _called_out,
}


async def _manager_missed(work: UnitOfWork, complaint: Complaint, found: list[Recipient]) -> bool:
    """Whether there is a manager, and only the deputy can be reached."""
    reached = {r.destination.person for r in found}
    managers = await people.holders(work, Role.PROJECT_MANAGER, complaint.place.project)
    return bool(managers) and not reached & {complaint.assignee, *(m.person for m in managers)}


async def _section_head(work: UnitOfWork, district: str) -> list[Destination]:
    """Where the registry names no section head, the first of the district's officers stands for him."""
    heads = await _first_joined(work, district, Role.SECTION_HEAD)
    return heads or (await _first_joined(work, district, Role.DISTRICT_OFFICER))[:1]


async def _group(work: UnitOfWork, scope: str) -> list[Destination]:
    group = await destinations.group_of(work, scope)
    return [group] if group else []


async def _privates(work: UnitOfWork, persons: list[int | None]) -> list[Destination]:
    found = [await destinations.of_person(work, p) for p in persons if p is not None]
    return [d for d in found if d is not None and d.reachable]


async def _first_joined(work: UnitOfWork, scope: str, *roles: Role) -> list[Destination]:
    """Everyone of the first role who can be reached; failing that, of the next role."""
    for role in roles:
        holders = await people.holders(work, role, scope)
        if found := await _privates(work, [h.person for h in holders]):
            return found
    return []
