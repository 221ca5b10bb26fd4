"""`/unreachable`: whom the bot can't reach in a district or company, where to call them, and a link for them."""

from aiogram import F, Router
from aiogram.filters import Command

from complaints.errors import NotYours
from complaints.model.people import HEADS, OFFICER_ROLES, Actor, Appointment, OfficeKind, Role
from complaints.policy.catalogue import Department
from handlers.framework.aiogram_adapters import command, menu_tap
from handlers.framework.context import Context
from storage.queries import unreachable_staff
from storage.queries.unreachable_staff import Area, Missed
from storage.repositories import invitations, ledger, places
from storage.repositories.invitations import InvitationKind
from storage.work import Work
from views.framework.callbacks import NUMBER, MenuTapped
from views.officer import invitations as inviting
from views.officer import unreachable_staff as views

PAGE = 4
INVITERS = (*HEADS, *OFFICER_ROLES)


async def unreachable(context: Context, _: str = "") -> None:
    await _page(context, 0)


async def page(context: Context, tap: MenuTapped) -> None:
    await _page(context, int(tap.arg))


async def _page(context: Context, number: int) -> None:
    name, area = await _area(context.work, context.who.acting_as)
    skip = min(number, 100_000) * PAGE
    count, missed = await unreachable_staff.missed(context.work, area, skip, PAGE)
    entries = [await _entry(context, found) for found in missed]
    context.show(views.unreachable(context.t, name, count, entries, number, PAGE, invites=_invites(context)))


async def _area(work: Work, who: Actor) -> tuple[str, Area]:
    """An officer's districts, a city officer's or inspector's city, a head's companies; each with its name."""
    codes = who.scopes(Role.DISTRICT_OFFICER, Role.SECTION_HEAD, Role.INSPECTOR)
    found = await places.districts_of(work, codes, who.scopes(Role.CITY_OFFICER, Role.INSPECTOR))
    if found:
        name = found[0].name if len(found) == 1 else found[0].city
        return name, Area(districts=tuple(d.code for d in found))
    companies = who.scopes(*HEADS)
    if not companies:
        raise NotYours
    first = await places.company(work, companies[0])
    return (first.name if first else companies[0]), Area(companies=companies)


def _invites(context: Context) -> bool:
    return context.who.acting_as.has(*INVITERS)


async def invitable(work: Work, who: Actor, role: int) -> Missed | None:
    """That line of the registry, if nobody has taken it up and this actor may let somebody in there today."""
    if not who.has(*INVITERS):
        raise NotYours
    _, area = await _area(work, who)
    return await unreachable_staff.one_of(work, area, role)


async def link_for(context: Context, tap: MenuTapped) -> None:
    """A link for somebody who never joined, to be passed on."""
    found = await invitable(context.work, context.who, int(tap.arg))
    if found is None:
        context.say(views.joined_meanwhile(context.t))
        return
    code = invitations.offer_link(context.work, InvitationKind.STAFF, context.person.id, appointment=found.id)
    await ledger.note(context.work, ledger.OUTSIDE, "Invited", {"role": found.id}, context.person.id, context.now)
    where, _ = await _place(context, found.appointment)
    context.say(inviting.staff_link(context.t, found.appointment, where, context.link(f"i_{code}")))


async def _entry(context: Context, missed: Missed) -> views.Entry:
    where, phone = await _place(context, missed.appointment)
    a = missed.appointment
    return views.Entry(
        id=missed.id,
        name=a.name,
        role=a.role.value,
        where=where,
        phone=phone,
        blocked=missed.blocked,
        open=missed.open,
    )


async def _place(context: Context, a: Appointment) -> tuple[str, str]:
    """Where somebody works, and the office's telephone number."""
    if a.role in HEADS:
        company = await places.company(context.work, a.scope)
        return (company.name, company.phone) if company else (a.scope, "")
    if a.role in unreachable_staff.OF_PROJECT:
        project = await places.project(context.work, a.scope)
        above = await places.company(context.work, project.company) if project else None
        return (project.name, project.phone or (above.phone if above else "")) if project else (a.scope, "")
    return await _office(context, a)


async def _office(context: Context, a: Appointment) -> tuple[str, str]:
    code, _, rest = a.scope.partition("/")
    district = await places.district(context.work, code)
    if district is None or not rest:
        return (district.name, district.phone) if district else (a.scope, "")
    kinds = {Role.STREET_OFFICER: OfficeKind.STREET, Role.COMMUNITY_WORKER: OfficeKind.COMMUNITY}
    office = await places.office(context.work, code, kinds.get(a.role, OfficeKind.DEPARTMENT), rest)
    named = context.work.rules.catalogue.departments[Department(rest)] if rest in set(Department) else None
    return (context.t.of(named) if named else rest), (office.phone if office else "")


def router() -> Router:
    made = Router(name="unreachable_staff")
    made.message.register(command(unreachable), Command("unreachable", "invite"))
    link = MenuTapped.filter((F.to == "invite") & F.arg.regexp(NUMBER))
    made.callback_query.register(menu_tap(link_for), link)
    pages = MenuTapped.filter((F.to == "unreachable") & F.arg.regexp(NUMBER))
    made.callback_query.register(menu_tap(page), pages)
    return made
