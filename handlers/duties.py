"""In which duty does somebody speak, who stands in meanwhile, and who answers at night? /role, /away, /duty."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from aiogram import F, Router
from aiogram.filters import Command, StateFilter

from complaints.errors import DatePast, DateTooFar, DateUnclear, NotYours
from complaints.model.people import COMPANY_ROLES, HEADS, OFFICER_ROLES, Appointment, Role, work_together
from complaints.text.date_parser import read_span
from handlers.framework.aiogram_adapters import command, menu_tap, words
from handlers.framework.context import Talk
from handlers.framework.states import Duties
from handlers.resident.sign_up import scope_name
from storage.db.civil_time import CIVIL, today
from storage.registry.sheets import as_date
from storage.repositories import colleagues, duties, ledger, people, places
from views.company import duties as views
from views.framework.callbacks import MenuTapped
from views.welcome import both_ways

MAY_BE_AWAY = (*COMPANY_ROLES, *OFFICER_ROLES, Role.STREET_OFFICER, Role.COMMUNITY_WORKER, Role.DEPARTMENT_OFFICER)
MORNING, EVENING = time(9), time(18)
AWAY_DAYS = (1, 3, 7, 14)
LONGEST_AWAY = timedelta(days=366)


# --- /role --------------------------------------------------------------------------------------------------------


async def role(talk: Talk, _: str = "") -> None:
    """Every duty of today, to choose one; all of them together is possible, too."""
    if not talk.who.is_staff:
        talk.say(both_ways(talk.t))
        return
    named = [(a, await scope_name(talk, a), mark(a)) for a in talk.who.appointments]
    talk.say(views.duties(talk.t, named, talk.person.acting, at_home=talk.person.home is not None))


def mark(held: Appointment) -> str:
    """A duty on a button: a scope may be longer than a button can carry."""
    return sha256(held.key.encode()).hexdigest()[:12]


async def role_chosen(talk: Talk, tap: MenuTapped) -> None:
    held = next((a for a in talk.who.appointments if mark(a) == tap.arg), None)
    acting = held.key if held else tap.arg if tap.arg in views.NO_DUTY else ""
    people.put(talk.work, replace(talk.person, acting=acting))
    talk.show(views.chosen(talk.t, held, await scope_name(talk, held) if held else "", acting))


# --- /away --------------------------------------------------------------------------------------------------------


async def away(talk: Talk, _: str = "") -> None:
    """Who stands in now, and whom to name."""
    if not talk.who.has(*MAY_BE_AWAY):
        raise NotYours
    planned = await duties.planned(talk.work, talk.person.id)
    names = {a.deputy: await _name(talk, a.deputy) for a in planned}
    found = await colleagues.of(talk.work, talk.person.id, talk.who)
    talk.say(views.away(talk.t, [(names[a.deputy], a.since, a.until) for a in planned], found))


async def _name(talk: Talk, person: int) -> str:
    held = await people.appointments_of(talk.work, person)
    return held[0].name if held else ""


async def deputy_chosen(talk: Talk, tap: MenuTapped) -> None:
    chosen = await _colleague(talk, tap.arg)
    await talk.state.set_state(Duties.away)
    await talk.state.update_data(deputy=chosen.person)
    talk.show(views.away_until(talk.t, chosen.name, [today(talk.now) + timedelta(days=n) for n in AWAY_DAYS]))


async def _colleague(talk: Talk, person: str) -> Appointment:
    found = await colleagues.of(talk.work, talk.person.id, talk.who)
    chosen = next((a for a in found if str(a.person) == person), None)
    if chosen is None:
        raise NotYours
    return chosen


async def away_tapped(talk: Talk, tap: MenuTapped) -> None:
    last = as_date(tap.arg)
    if last is None:
        raise DateUnclear
    await _leave(talk, today(talk.now), last)


async def away_in_words(talk: Talk) -> None:
    """From and until in words: 11-20 到 11-25; one day alone is the last."""
    since, until = read_span(talk.said().text, talk.now, CIVIL)
    await _leave(talk, today(since), today(until))


async def _leave(talk: Talk, since: date, until: date) -> None:
    """The duties in which the deputy is a colleague go over; taken-on ones don't go any further."""
    if until < since:
        raise DateUnclear
    if until < today(talk.now):
        raise DatePast
    if until - today(talk.now) > LONGEST_AWAY:
        raise DateTooFar
    deputy = await _colleague(talk, str((await talk.state.get_data()).get("deputy")))
    theirs = await people.appointments_of(talk.work, deputy.person or 0)
    for held in await people.appointments_of(talk.work, talk.person.id):
        if held.role in MAY_BE_AWAY and any(work_together(held, a) for a in theirs):
            duties.leave(talk.work, talk.person.id, deputy.person or 0, held.role, held.scope, since, until)
    note = {"deputy": deputy.person, "since": since.isoformat(), "until": until.isoformat()}
    await ledger.note(talk.work, ledger.OUTSIDE, "WentAway", note, talk.person.id, talk.now)
    await talk.over()
    talk.show(views.deputy_named(talk.t, deputy.name, since, until))
    await talk.tell(deputy.person, lambda t: views.you_stand_in(t, talk.who.name, since, until))


async def back(talk: Talk, tap: MenuTapped) -> None:
    """「我回来了」; whoever stood in is told."""
    for deputy in {a.deputy for a in await duties.planned(talk.work, talk.person.id)}:
        await talk.tell(deputy, lambda t: views.stands_in_no_more(t, talk.who.name))
    duties.come_back(talk.work, talk.person.id)
    await ledger.note(talk.work, ledger.OUTSIDE, "CameBack", {}, talk.person.id, talk.now)
    talk.show(views.back(talk.t))


# --- /duty --------------------------------------------------------------------------------------------------------


async def duty(talk: Talk, _: str = "") -> None:
    """Who answers outside working time: the project first, where there are several."""
    mine = await _projects(talk)
    if not mine:
        raise NotYours
    if len(mine) == 1:
        await _rota(talk, mine[0][0])
    else:
        talk.say(views.which_project(talk.t, mine))


async def _projects(talk: Talk) -> list[tuple[str, str]]:
    """Code and name of the projects whose rota is the person's to write."""
    companies = await places.projects_of(talk.work, talk.who.scopes(*HEADS))
    managed = [await places.project(talk.work, c) for c in talk.who.scopes(Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)]
    found = {p.code: p.name for p in (*companies, *managed) if p is not None}
    return list(found.items())


async def project_chosen(talk: Talk, tap: MenuTapped) -> None:
    await _rota(talk, await _own_project(talk, tap.arg))


async def _own_project(talk: Talk, code: str) -> str:
    if code not in dict(await _projects(talk)):
        raise NotYours
    return code


async def _rota(talk: Talk, project: str) -> None:
    await talk.state.update_data(rota=project)
    named = [(await _name(talk, w.person), w) for w in await duties.rota(talk.work, project)]
    found = await colleagues.at(talk.work, project)
    name = dict(await _projects(talk))[project]
    talk.show(views.rota(talk.t, name, named, found))


async def watch_chosen(talk: Talk, tap: MenuTapped) -> None:
    """Somebody of the project: from when until when?"""
    project = await _own_project(talk, (await talk.state.get_data()).get("rota", ""))
    chosen = next((a for a in await colleagues.at(talk.work, project) if str(a.person) == tap.arg), None)
    if chosen is None:
        raise NotYours
    await talk.state.set_state(Duties.watch)
    await talk.state.update_data(watcher=chosen.person)
    talk.show(views.watch_when(talk.t, chosen.name))


async def watch_tapped(talk: Talk, tap: MenuTapped) -> None:
    """Tonight, or seven nights from tonight."""
    local = talk.now.astimezone(CIVIL)
    first = local.date() - timedelta(days=1) if local.time() < MORNING else local.date()  # still last night
    nights = [first + timedelta(days=n) for n in range({"tonight": 1, "week": 7}[tap.arg])]
    await _post(talk, [(max(local, _at(night, EVENING)), _at(night + timedelta(days=1), MORNING)) for night in nights])


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CIVIL)


async def watch_in_words(talk: Talk) -> None:
    """From and until in words: 11-20 18:00 到 11-21 09:00."""
    since, until = read_span(talk.said().text, talk.now, CIVIL)
    if until <= since:
        raise DateUnclear
    if until <= talk.now:
        raise DatePast
    if until - talk.now > LONGEST_AWAY:
        raise DateTooFar
    await _post(talk, [(since, until)])


async def _post(talk: Talk, spans: list[tuple[datetime, datetime]]) -> None:
    data = await talk.state.get_data()
    project, watcher = await _own_project(talk, data.get("rota", "")), int(data.get("watcher") or 0)
    await duties.post(talk.work, project, watcher, spans)
    since, until = spans[0][0], spans[-1][1]
    note = {"project": project, "person": watcher, "since": since.isoformat(), "until": until.isoformat()}
    await ledger.note(talk.work, ledger.OUTSIDE, "WatchPosted", note, talk.person.id, talk.now)
    await talk.over()
    name = dict(await _projects(talk))[project]
    nights = len(spans)
    talk.show(views.posted(talk.t, await _name(talk, watcher), since, until, nights))
    await talk.tell(watcher, lambda t: views.you_watch(t, name, since, until, nights))


async def relieve(talk: Talk, tap: MenuTapped) -> None:
    project = await _own_project(talk, (await talk.state.get_data()).get("rota", ""))
    duties.relieve(talk.work, project)
    await ledger.note(talk.work, ledger.OUTSIDE, "Relieved", {"project": project}, talk.person.id, talk.now)
    talk.show(views.relieved(talk.t))


def router() -> Router:
    made = Router(name="duties")
    for name, handler in {"role": role, "away": away, "duty": duty}.items():
        made.message.register(command(handler), Command(name))
    for to, tapped in {
        "role": role_chosen,
        "deputy": deputy_chosen,
        "back": back,
        "rota": project_chosen,
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
