"""`/role`, `/away` and `/duty`: in which appointment somebody acts, who stands in, who is on call at night."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from aiogram import F, Router
from aiogram.filters import Command, StateFilter

from complaints.errors import DatePast, DateTooFar, DateUnclear, NotYours
from complaints.model.people import COMPANY_ROLES, HEADS, OFFICE_ROLES, OFFICER_ROLES, Appointment, Role, same_employer
from complaints.text.date_parser import read_span
from handlers.framework.aiogram_adapters import command, menu_tap, words
from handlers.framework.context import Context
from handlers.framework.states import Duties
from handlers.resident.sign_up import scope_name
from storage.db.civil_time import CIVIL, today
from storage.registry.sheets import as_date
from storage.repositories import colleagues, duties, ledger, people, places
from views.company import duties as views
from views.framework.callbacks import PAGE, MenuTapped
from views.welcome import both_ways

MAY_BE_AWAY = (*COMPANY_ROLES, *OFFICER_ROLES, *OFFICE_ROLES)
MORNING, EVENING = time(9), time(18)
AWAY_DAYS = (1, 3, 7, 14)
LONGEST_AWAY = timedelta(days=366)


# --- /role --------------------------------------------------------------------------------------------------------


def _page(tap: MenuTapped) -> int:
    """Which page of a list a button leads to; a plain way back leads to the first."""
    return int(tap.arg) if re.match(PAGE, tap.arg) else 0


async def role(context: Context, _: str = "", page: int = 0) -> None:
    """Every appointment of today, to choose one; all of them together is possible, too."""
    if not context.who.is_staff:
        context.say(both_ways(context.t))
        return
    named = [(a, await scope_name(context, a), mark(a)) for a in context.who.appointments]
    context.show(views.duties(context.t, named, context.person.acting, page, at_home=context.person.home is not None))


async def roles_page(context: Context, tap: MenuTapped) -> None:
    await role(context, page=_page(tap))


def mark(held: Appointment) -> str:
    """An appointment on a button: a scope may be longer than a button can carry."""
    return sha256(held.key.encode()).hexdigest()[:12]


async def role_chosen(context: Context, tap: MenuTapped) -> None:
    held = next((a for a in context.who.appointments if mark(a) == tap.arg), None)
    acting = held.key if held else tap.arg if tap.arg in views.NO_DUTY else ""
    people.put(context.work, replace(context.person, acting=acting))
    context.show(views.chosen(context.t, held, await scope_name(context, held) if held else "", acting))


# --- /away --------------------------------------------------------------------------------------------------------


async def away(context: Context, _: str = "", page: int = 0) -> None:
    """Who stands in now, and whom to name."""
    if not context.who.has(*MAY_BE_AWAY):
        raise NotYours
    planned = await duties.planned(context.work, context.person.id)
    names = {a.deputy: await _name(context, a.deputy) for a in planned}
    found = await colleagues.of(context.work, context.person.id, context.who)
    context.show(views.away(context.t, [(names[a.deputy], a.since, a.until) for a in planned], found, page))


async def away_again(context: Context, tap: MenuTapped) -> None:
    """「返回」 from the day to the deputy, or another page of those who could be."""
    await context.over()
    await away(context, page=_page(tap))


async def _name(context: Context, person: int) -> str:
    held = await people.appointments_of(context.work, person)
    return held[0].name if held else ""


async def deputy_chosen(context: Context, tap: MenuTapped) -> None:
    chosen = await _colleague(context, tap.arg)
    await context.state.set_state(Duties.away)
    await context.state.update_data(deputy=chosen.person)
    context.show(views.away_until(context.t, chosen.name, [today(context.now) + timedelta(days=n) for n in AWAY_DAYS]))


async def _colleague(context: Context, person: str) -> Appointment:
    found = await colleagues.of(context.work, context.person.id, context.who)
    chosen = next((a for a in found if str(a.person) == person), None)
    if chosen is None:
        raise NotYours
    return chosen


async def away_tapped(context: Context, tap: MenuTapped) -> None:
    last = as_date(tap.arg)
    if last is None:
        raise DateUnclear
    await _leave(context, today(context.now), last)


async def away_in_words(context: Context) -> None:
    """From and until in words: 11-20 到 11-25; one day alone is the last."""
    since, until = read_span(context.said().text, context.now, CIVIL)
    await _leave(context, today(since), today(until))


async def _leave(context: Context, since: date, until: date) -> None:
    """The appointments in which the deputy is a colleague pass to the deputy; those held as a deputy don't."""
    if until < since:
        raise DateUnclear
    if until < today(context.now):
        raise DatePast
    if until - today(context.now) > LONGEST_AWAY:
        raise DateTooFar
    deputy = await _colleague(context, str((await context.state.get_data()).get("deputy")))
    theirs = await people.appointments_of(context.work, deputy.person or 0)
    for held in await people.appointments_of(context.work, context.person.id):
        if held.role in MAY_BE_AWAY and any(same_employer(held, a) for a in theirs):
            duties.leave(context.work, context.person.id, deputy.person or 0, held.role, held.scope, since, until)
    note = {"deputy": deputy.person, "since": since.isoformat(), "until": until.isoformat()}
    await ledger.note(context.work, ledger.OUTSIDE, "WentAway", note, context.person.id, context.now)
    await context.over()
    context.show(views.deputy_named(context.t, deputy.name, since, until))
    await context.tell(deputy.person, lambda t: views.you_stand_in(t, context.who.name, since, until))


async def back(context: Context, tap: MenuTapped) -> None:
    """「我回来了」; the deputy is notified."""
    for deputy in {a.deputy for a in await duties.planned(context.work, context.person.id)}:
        await context.tell(deputy, lambda t: views.stands_in_no_more(t, context.who.name))
    duties.come_back(context.work, context.person.id)
    await ledger.note(context.work, ledger.OUTSIDE, "CameBack", {}, context.person.id, context.now)
    context.show(views.back(context.t))


# --- /duty --------------------------------------------------------------------------------------------------------


async def duty(context: Context, _: str = "", page: int = 0) -> None:
    """Who answers outside working time: the project first, where there are several."""
    mine = await _projects(context)
    if not mine:
        raise NotYours
    if len(mine) == 1:
        await _rota(context, mine[0][0])
    else:
        context.show(views.which_project(context.t, mine, page))


async def duty_again(context: Context, tap: MenuTapped) -> None:
    """「返回」 from one project's rota to the projects, or another page of them."""
    await duty(context, page=_page(tap))


async def _projects(context: Context) -> list[tuple[str, str]]:
    """Code and name of the projects whose rota is the person's to write."""
    companies = await places.projects_of(context.work, context.who.scopes(*HEADS))
    managed = [
        await places.project(context.work, c) for c in context.who.scopes(Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)
    ]
    found = {p.code: p.name for p in (*companies, *managed) if p is not None}
    return list(found.items())


async def project_chosen(context: Context, tap: MenuTapped) -> None:
    """A project; none is named by 「返回」 from the hours to the people."""
    await context.over()
    await _rota(context, await _own_project(context, tap.arg or (await context.state.get_data()).get("rota", "")))


async def _own_project(context: Context, code: str) -> str:
    if code not in dict(await _projects(context)):
        raise NotYours
    return code


async def rota_page(context: Context, tap: MenuTapped) -> None:
    """Another page of the people of the project that was chosen."""
    await _rota(context, await _own_project(context, (await context.state.get_data()).get("rota", "")), _page(tap))


async def _rota(context: Context, project: str, page: int = 0) -> None:
    await context.state.update_data(rota=project)
    named = [(await _name(context, w.person), w) for w in await duties.rota(context.work, project)]
    found = await colleagues.at(context.work, project)
    mine = dict(await _projects(context))
    context.show(views.rota(context.t, mine[project], named, found, page, several=len(mine) > 1))


async def watch_chosen(context: Context, tap: MenuTapped) -> None:
    """Somebody of the project: from when until when?"""
    project = await _own_project(context, (await context.state.get_data()).get("rota", ""))
    chosen = next((a for a in await colleagues.at(context.work, project) if str(a.person) == tap.arg), None)
    if chosen is None:
        raise NotYours
    await context.state.set_state(Duties.watch)
    await context.state.update_data(watcher=chosen.person)
    context.show(views.watch_when(context.t, chosen.name))


async def watch_tapped(context: Context, tap: MenuTapped) -> None:
    """Tonight, or seven nights from tonight."""
    local = context.now.astimezone(CIVIL)
    first = local.date() - timedelta(days=1) if local.time() < MORNING else local.date()  # still last night
    nights = [first + timedelta(days=n) for n in range({"tonight": 1, "week": 7}[tap.arg])]
    await _post(
        context, [(max(local, _at(night, EVENING)), _at(night + timedelta(days=1), MORNING)) for night in nights]
    )


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CIVIL)


async def watch_in_words(context: Context) -> None:
    """From and until in words: 11-20 18:00 到 11-21 09:00."""
    since, until = read_span(context.said().text, context.now, CIVIL)
    if until <= since:
        raise DateUnclear
    if until <= context.now:
        raise DatePast
    if until - context.now > LONGEST_AWAY:
        raise DateTooFar
    await _post(context, [(since, until)])


async def _post(context: Context, spans: list[tuple[datetime, datetime]]) -> None:
    data = await context.state.get_data()
    project, watcher = await _own_project(context, data.get("rota", "")), int(data.get("watcher") or 0)
    await duties.post(context.work, project, watcher, spans)
    since, until = spans[0][0], spans[-1][1]
    note = {"project": project, "person": watcher, "since": since.isoformat(), "until": until.isoformat()}
    await ledger.note(context.work, ledger.OUTSIDE, "WatchPosted", note, context.person.id, context.now)
    await context.over()
    name = dict(await _projects(context))[project]
    nights = len(spans)
    context.show(views.posted(context.t, await _name(context, watcher), since, until, nights))
    await context.tell(watcher, lambda t: views.you_watch(t, name, since, until, nights))


async def relieve(context: Context, tap: MenuTapped) -> None:
    project = await _own_project(context, (await context.state.get_data()).get("rota", ""))
    duties.relieve(context.work, project)
    await ledger.note(context.work, ledger.OUTSIDE, "Relieved", {"project": project}, context.person.id, context.now)
    context.show(views.relieved(context.t))


def router() -> Router:
    made = Router(name="duties")
    for name, handler in {"role": role, "away": away, "duty": duty}.items():
        made.message.register(command(handler), Command(name))
    for to, tapped in {
        "role": role_chosen,
        "roles": roles_page,
        "deputy": deputy_chosen,
        "back": back,
        "away": away_again,
        "duty": duty_again,
        "rota": project_chosen,
        "rota_page": rota_page,
        "watcher": watch_chosen,
        "relieve": relieve,
    }.items():
        made.callback_query.register(menu_tap(tapped), MenuTapped.filter(F.to == to))
    day = (F.to == "away_until") & F.arg.regexp(r"^\d{4}-\d{2}-\d{2}$")
    made.callback_query.register(menu_tap(away_tapped), MenuTapped.filter(day), StateFilter(Duties.away))
    night = (F.to == "watch") & F.arg.in_({"tonight", "week"})
    made.callback_query.register(menu_tap(watch_tapped), MenuTapped.filter(night), StateFilter(Duties.watch))
    made.message.register(words(away_in_words), StateFilter(Duties.away))
    made.message.register(words(watch_in_words), StateFilter(Duties.watch))
    return made
