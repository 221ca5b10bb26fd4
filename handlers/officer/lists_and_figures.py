"""Lists and figures: /todo, /company, /today, /overdue, /project NAME."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command

from complaints.errors import NotYours
from complaints.lifecycle.permissions import Relation, relations
from complaints.lifecycle.worklist import waits_for_bureau, waits_for_office
from complaints.model.complaint import Complaint
from complaints.model.people import HEADS, OFFICE_ROLES, Role
from complaints.policy.pack_schema import CountsIn
from handlers.framework.aiogram_adapters import command, menu_tap
from handlers.framework.context import Context
from handlers.officer import case_search
from handlers.resident.tracking import matter_label
from storage.queries import figures, overdue_cases
from storage.repositories import cases, places
from storage.repositories.people import CIVIL
from views.framework.callbacks import NUMBER, MenuTapped
from views.framework.formats import moment_from
from views.framework.screen import Screen
from views.officer import lists
from views.welcome import both_ways

PAGE = 6
OFFICERS = (Role.DISTRICT_OFFICER, Role.SECTION_HEAD)
SUPERVISORS = (*OFFICERS, Role.CITY_OFFICER, Role.INSPECTOR)
OFFICES = (*OFFICE_ROLES, Role.DUTY_DESK)
READERS = (*SUPERVISORS, *OFFICES)  # of the figures that a bound group may ask for


async def todo(context: Context, text: str = "") -> None:
    """What is open; with a number that one case."""
    if case_search.number_in(text):
        await case_search.find(context, text)
    else:
        await _todo(context, 0)


async def todo_page(context: Context, tap: MenuTapped) -> None:
    await _todo(context, int(tap.arg))


async def _todo(context: Context, page: int) -> None:
    """Open cases that the person handles, or (officers) that wait for the bureau; by time left."""
    if not context.who.is_staff:
        context.say(both_ways(context.t) if context.person.home is None else lists.todo(context.t, [], 0, PAGE, []))
        return
    named = await open_cases(context)
    dues = [_due(context, c) for c, _ in named]
    said = [moment_from(context.t, due, context.now) if due else "" for due in dues]
    context.show(lists.todo(context.t, named, page, PAGE, said))


async def open_cases(context: Context) -> list[tuple[Complaint, str]]:
    """Open cases that wait for the person, the most urgent first, each with what it is about."""
    found = [(_due(context, c), c) for c in await _mine(context)]
    found.sort(key=lambda one: one[0].timestamp() if one[0] else float("inf"))  # those without a clock come last
    return [(c, matter_label(context, c.matter)) for _, c in found]


def _due(context: Context, complaint: Complaint) -> datetime | None:
    counting = context.work.rules.packs[complaint.pack].counting(complaint.running, CountsIn.TODO)
    return counting[0].due if counting else None


async def _mine(context: Context) -> list[Complaint]:
    projects = context.who.acting_as.scopes(Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER, Role.DUTY_PERSON)
    by_column = {
        "project": projects,
        "company": context.who.acting_as.scopes(*HEADS),
        "district": context.who.acting_as.scopes(*OFFICERS),
    }
    found: dict[int, Complaint] = {}
    for column, scopes in by_column.items():
        for c in await cases.within(context.work, column, scopes) if scopes else []:
            if column != "district" or waits_for_bureau(c):
                found[c.id] = c
    mine = [c for c in found.values() if relations(context.who, c) & {Relation.COMPANY, Relation.OFFICER}]
    return mine + [c for c in await _referred(context) if c.id not in found]


async def _referred(context: Context) -> list[Complaint]:
    """What waits for a department, a street or a community."""
    scopes = context.who.acting_as.scopes(Role.DEPARTMENT_OFFICER, Role.STREET_OFFICER, Role.COMMUNITY_WORKER)
    districts = {scope.partition("/")[0] for scope in scopes}
    found = await cases.within(context.work, "district", sorted(districts)) if districts else []
    return [c for c in found if waits_for_office(relations(context.who, c), c)]


async def company(context: Context, _: str = "") -> None:
    await _company(context, only_overdue=False)


async def company_tapped(context: Context, tap: MenuTapped) -> None:
    """「只看超时」."""
    await _company(context, only_overdue=tap.arg == "late")


async def _company(context: Context, *, only_overdue: bool) -> None:
    companies = context.who.acting_as.scopes(*HEADS)
    if not companies:
        raise NotYours
    counted = await figures.now(context.work, "company", companies)
    none = {"open": 0, "overdue": 0, "rated": 0}
    named = [(p.name, counted.get(p.code, none)) for p in await places.projects_of(context.work, companies)]
    named.sort(key=lambda item: (-item[1]["overdue"], -item[1]["open"]))
    context.show(lists.company(context.t, named, only_overdue=only_overdue))


async def _area(context: Context, *also: Role) -> tuple[str, str, str]:
    """The column, scope and name of the area whose numbers may be shown: a bound group's, or the person's own."""
    if not context.private and not await _of_the_area(context):
        raise NotYours
    held = context.who.acting_as.scopes(*SUPERVISORS, *also) if context.private else (context.destination.scope,)
    if not held or not held[0]:
        raise NotYours
    scope = held[0]
    if (district := await places.district(context.work, scope)) is not None:
        return "district", scope, district.name
    project = await places.project(context.work, scope) if also else None
    return ("project", project.code, project.name) if project else ("city", scope, scope)


async def _of_the_area(context: Context) -> bool:
    """Whether whoever asks in a bound group holds an office there today: a group keeps members who left office."""
    areas = {held.scope.partition("/")[0] for held in context.who.appointments if held.role in READERS}
    found = await places.districts_of(context.work, areas, areas)
    return context.destination.scope in {*areas, *(d.code for d in found), *(d.city for d in found)}


async def today(context: Context, _: str = "") -> None:
    """Also for a community's owners' committee, whose numbers hold no case."""
    column, scope, name = await _area(context, Role.OWNERS_COMMITTEE)
    midnight = context.now.astimezone(CIVIL).replace(hour=0, minute=0, second=0, microsecond=0)
    counted = await figures.since(context.work, column, [scope], midnight)
    streets = await figures.open_by_street(context.work, column, scope)
    context.say(lists.today(context.t, name, counted, streets))


async def overdue(context: Context, _: str = "") -> None:
    context.say(await _overdue(context, 0))


async def overdue_page(context: Context, tap: MenuTapped) -> None:
    """In place of the page before; 「全部超时」 of the morning report asks for the first as a message of its own."""
    if tap.arg == lists.ALL:
        context.say(await _overdue(context, 0))
    else:
        context.show(await _overdue(context, int(tap.arg)))


async def _overdue(context: Context, page: int) -> Screen:
    column, scope, _ = await _area(context)
    found = await overdue_cases.page_of(context.work, column, scope, page)
    return lists.overdue(context.t, found)


async def project(context: Context, name: str) -> None:
    column, scope, _name = await _area(context)
    district, city = (scope, None) if column == "district" else (None, scope)
    found = await places.search(context.work, name, district, city) if name else []
    if not found:
        context.say(lists.which_project(context.t))
        return
    first = found[0]
    above = await places.company(context.work, first.company)
    counted = await figures.now(context.work, "project", [first.code])
    none = {"open": 0, "overdue": 0, "rated": 0}
    here = await cases.within(context.work, "project", [first.code], is_open=False) if context.private else []
    named = [(c, matter_label(context, c.matter)) for c in sorted(here, key=lambda c: not c.is_open)]
    company = above.name if above else "—"
    context.say(lists.project(context.t, first.name, company, counted.get(first.code, none), named))


def private_router() -> Router:
    made = group_router()
    made.message.register(command(todo), Command("todo"))
    made.message.register(command(company), Command("company"))
    made.callback_query.register(menu_tap(todo_page), MenuTapped.filter((F.to == "todo") & F.arg.regexp(NUMBER)))
    made.callback_query.register(menu_tap(company_tapped), MenuTapped.filter(F.to == "company"))
    return made


def group_router() -> Router:
    made = Router(name="lists_and_figures")
    made.message.register(command(today), Command("today"))
    made.message.register(command(overdue), Command("overdue"))
    pages = MenuTapped.filter((F.to == "overdue") & (F.arg.regexp(NUMBER) | (F.arg == lists.ALL)))
    made.callback_query.register(menu_tap(overdue_page), pages)
    made.message.register(command(project), Command("project"))
    return made
