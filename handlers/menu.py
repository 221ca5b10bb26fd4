"""The menu: home, help, language, the notice board, and leaving any dialogue."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command

from complaints.model.people import Role
from handlers.company import resolution
from handlers.framework import waiting_words
from handlers.framework.acts import on_buttons
from handlers.framework.aiogram_adapters import command, form_tap, words
from handlers.framework.context import Context
from handlers.framework.filters import Where
from handlers.resident import drafts, filing, homes, tracking
from storage.queries import figures
from storage.repositories import cases, people, places
from views import welcome as views
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.pack_terms import promise
from views.framework.translator import LANGUAGES, translator
from views.framework.ways_out import AS_IT_IS, CANCEL_LABELS
from views.resident import filing as filing_views


async def report(context: Context, _: str = "") -> None:
    """「反映问题」 or /report."""
    if context.person.home is None:
        context.say(views.both_ways(context.t))
        return
    await context.over()
    await filing.start(context)


async def home(context: Context, _: str = "") -> None:
    """「我的小区」: the notice board."""
    where = context.person.home
    project = await places.project(context.work, where.project) if where else None
    if project is None:
        context.say(views.both_ways(context.t))
        return
    company = await places.company(context.work, project.company)
    district = await places.district(context.work, project.district)
    if company is None or district is None:
        return
    managers = await people.holders(context.work, Role.PROJECT_MANAGER, project.code)
    pack = await context.work.pack_of(district.code)
    local = context.now.astimezone(ZoneInfo(pack.timezone))
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = await figures.since(context.work, "project", [project.code], month)
    manager = managers[0] if managers else None
    context.say(views.board(context.t, project, company, district, manager, promise(context.t, pack), counted))
    await homes.offer(context)


async def help_(context: Context, _: str = "") -> None:
    context.say(views.help_(context.t, context.who))


async def language(context: Context, _: str = "") -> None:
    """「中文/English」: the other one of the two."""
    other = next(code for code in LANGUAGES if code != context.person.language)
    people.put(context.work, replace(context.person, language=other))
    context.say(views.language_changed(translator(other), staff=context.who.is_staff))


async def cancel(context: Context, _: str = "") -> None:
    """/cancel leaves any dialogue and forgets the draft."""
    begun = await drafts.load(context) is not None or await waiting_words.all_of(context)
    busy = await context.state.get_state() is not None or begun
    await _leave(context)
    await waiting_words.keep(context, ())
    context.say(filing_views.cancelled(context.t) if busy else filing_views.nothing_to_cancel(context.t))


async def _leave(context: Context) -> None:
    await context.over()
    await drafts.keep(context, None)


async def cancel_tapped(context: Context, tap: FormTapped) -> None:
    """「取消」 under a question takes the question back, also one that waits for no words."""
    state = await context.state.get_state()
    if tap.arg == AS_IT_IS:
        await context.over()
        context.show(filing_views.left(context.t))
        return
    if tap.case:
        await waiting_words.drop(context, tap.case)
    elif state is None or state.startswith("Filing:"):
        await _leave(context)
    else:
        await _leave_question(context)
    context.show(filing_views.cancelled(context.t))


async def cancel_said(context: Context) -> None:
    """「取消」 in words means the button: it is part of no problem, and of no answer."""
    state = await context.state.get_state()
    if state is None or state.startswith("Filing:"):
        await cancel(context)
        return
    await _leave_question(context)
    context.say(filing_views.left(context.t))


async def _leave_question(context: Context) -> None:
    """A draft that is no part of this question stays."""
    await resolution.forget(context)
    await context.over()


async def back_to_case(context: Context, tap: CaseTapped) -> None:
    """「返回」 under the first question about a case: the question goes, and the card stands below."""
    complaint = await context.case(tap.case)
    await _leave_question(context)
    context.take_back()
    await tracking.show_card(context, complaint)


async def my_cases(context: Context, _: str = "") -> None:
    """Also of somebody who only follows a case of the family."""
    await context.state.set_state(None)
    if context.person.home is None and not await cases.of_person(context.work, context.person.id):
        context.say(views.both_ways(context.t))
        return
    await tracking.mine(context)


def router() -> Router:
    made = Router(name="menu")
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
            made.message.register(words(handler), Where(F.text.in_(views.labels(name))))
    made.message.register(words(cancel_said), Where(F.text.strip().in_(CANCEL_LABELS)), Where(~F.reply_to_message))
    on_buttons(made, {"back": back_to_case})
    made.callback_query.register(form_tap(cancel_tapped), FormTapped.filter(F.step == "cancel"))
    return made
