"""The menu around the errands: home, help, language, the notice board, and leaving any dialogue."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command

from complaints.model.people import Role
from handlers.framework.aiogram_adapters import command, form_tap, words
from handlers.framework.context import Talk
from handlers.resident import drafts, filing, homes, tracking
from storage.queries import figures
from storage.repositories import cases, people, places
from views import welcome as views
from views.framework.callbacks import FormTapped
from views.framework.pack_terms import promise
from views.framework.translator import LANGUAGES, translator
from views.resident import filing as filing_views


async def report(talk: Talk, _: str = "") -> None:
    """「反映问题」 or /report."""
    if talk.person.home is None:
        talk.say(views.both_ways(talk.t))
        return
    await talk.over()
    await filing.start(talk)


async def home(talk: Talk, _: str = "") -> None:
    """「我的小区」: the notice board."""
    where = talk.person.home
    project = await places.project(talk.work, where.project) if where else None
    if project is None:
        talk.say(views.both_ways(talk.t))
        return
    company = await places.company(talk.work, project.company)
    district = await places.district(talk.work, project.district)
    if company is None or district is None:
        return
    managers = await people.holders(talk.work, Role.PROJECT_MANAGER, project.code)
    pack = await talk.work.pack_of(district.code)
    local = talk.now.astimezone(ZoneInfo(pack.timezone))
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = await figures.since(talk.work, "project", [project.code], month)
    manager = managers[0] if managers else None
    talk.say(views.board(talk.t, project, company, district, manager, promise(talk.t, pack), counted))
    await homes.offer(talk)


async def help_(talk: Talk, _: str = "") -> None:
    talk.say(views.help_(talk.t, talk.who))


async def language(talk: Talk, _: str = "") -> None:
    """「中文/English」: the other one of the two."""
    other = next(code for code in LANGUAGES if code != talk.person.language)
    people.put(talk.work, replace(talk.person, language=other))
    talk.say(views.language_changed(translator(other), staff=talk.who.is_staff))


async def cancel(talk: Talk, _: str = "") -> None:
    """/cancel leaves any dialogue and forgets the draft."""
    busy = await talk.state.get_state() is not None or await drafts.load(talk) is not None
    await _leave(talk)
    talk.say(filing_views.cancelled(talk.t) if busy else filing_views.nothing_to_cancel(talk.t))


async def _leave(talk: Talk) -> None:
    await talk.over()
    await drafts.keep(talk, None)
    await talk.state.update_data(loose=None)


async def cancel_tapped(talk: Talk, tap: FormTapped) -> None:
    """「取消」 under a question takes the question back, also one that waits for no words."""
    state = await talk.state.get_state()
    if state is None or state.startswith("Filing:"):
        await _leave(talk)
    else:  # a draft that is no part of this question stays
        await talk.over()
    talk.show(filing_views.cancelled(talk.t))


async def my_cases(talk: Talk, _: str = "") -> None:
    """Also of somebody who only follows a case of the family."""
    await talk.state.set_state(None)
    if talk.person.home is None and not await cases.of_person(talk.work, talk.person.id):
        talk.say(views.both_ways(talk.t))
        return
    await tracking.mine(talk)


def router() -> Router:
    made = Router(name="home")
    for name, handler in {
        "report": report,
        "mine": my_cases,
        "home": home,
        "help": help_,
        "language": language,
        "cancel": cancel,
    }.items():
        made.message.register(command(handler), Command(name))
        if name in views.MENU:
            made.message.register(words(handler), F.text.in_(views.labels(name)))
    made.callback_query.register(form_tap(cancel_tapped), FormTapped.filter(F.step == "cancel"))
    return made
