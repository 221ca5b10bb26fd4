"""A resident puts a case together: say it, tap it, send it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.errors import WordsTooLong
from complaints.model.people import Home
from complaints.policy.catalogue import Kind, is_unsaid
from complaints.text.address_parser import where_is
from complaints.text.safety_advice import SafetyAdvice, safety_advice
from complaints.text.sanitizing import one_line
from complaints.usecases.statements import Said
from handlers.framework import heard_messages, questions, waiting_words
from handlers.framework.aiogram_adapters import form_tap, words
from handlers.framework.context import Context
from handlers.framework.states import Filing
from handlers.framework.waiting_words import Waiting
from handlers.resident import drafts, file_on_behalf, further_problems, submission, unsaid_matter
from handlers.resident.drafts import FilingDraft
from storage.repositories import cases, places
from views.framework.callbacks import NUMBER, FormTapped
from views.framework.screen import Screen
from views.framework.shelves import opened
from views.refusals import old_button
from views.resident import danger as danger_views
from views.resident import filing as views
from views.welcome import both_ways

LONGEST_PLACE = 60  # characters
JUST_NOW = timedelta(minutes=10)  # in which a second tap on 「有危险」 means the case that has gone out
WAYS = ("phone", "bot", "anonymous")


async def start(context: Context) -> None:
    """「反映问题」: a draft is offered again."""
    form = await drafts.load(context)
    if form and (form.text or form.media):
        context.say(views.draft_waiting(context.t, form.text))
        return
    await anew(context)


async def anew(context: Context) -> None:
    await drafts.keep(context, FilingDraft())  # 「有危险」 needs no word
    await context.state.set_state(Filing.words)
    context.show(views.ask_words(context.t))


async def begin(context: Context, said: Said) -> None:
    """Words, voice or photos that begin a case, or add to one that was begun and left."""
    draft = await drafts.load(context)
    begun = draft is not None and draft.is_begun and draft.behalf is None
    await propose(context, (draft if draft and begun else FilingDraft()).with_words(said))


async def begin_with(context: Context, waiting: Waiting | None) -> None:
    """「新问题」: what waits under that question begins a case, once no other draft is open."""
    draft = await drafts.load(context)
    if draft is not None and draft.is_begun:
        context.say(views.draft_first(context.t, draft.text) if waiting else views.draft_waiting(context.t, draft.text))
    elif waiting is None:
        await anew(context)
    else:
        await waiting_words.taken(context, waiting)
        await begin(context, waiting.said)


async def propose(context: Context, form: FilingDraft) -> None:
    """Up to three likely matters; where nothing is likely the six groups."""
    await drafts.keep(context, form)
    await context.state.set_state(Filing.matter)
    catalogue = context.work.rules.catalogue
    dangerous = drafts.sounds_dangerous(context, form)
    likely = catalogue.suggest(form.text)
    if likely:
        screen = views.choose_matter(context.t, likely, dangerous=dangerous)
    else:
        screen = views.choose_group(context.t, catalogue, dangerous=dangerous)
    await questions.ask(context, views.album_grew(context.t, screen, form.media) if form.media else screen)


async def first_words(context: Context) -> None:
    """The words that 「反映问题」 asked for, or more of them at any later step."""
    context = await file_on_behalf.client(context)
    form = await drafts.load(context) or FilingDraft()
    state = await context.state.get_state()
    said = context.said()
    await heard_messages.note(context)
    if state == Filing.new_words.state:
        changed = replace(form, text=said.text or form.text, media=tuple(said.media) or form.media)
        await submission.summarise(context, changed)
    elif state == Filing.new_place.state:
        building, _ = where_is(said.text, "")
        where = one_line(said.text)
        if len(where) > LONGEST_PLACE:
            raise WordsTooLong(limit=LONGEST_PLACE)
        placed = replace(form, building=building or form.building, where=where or form.where)
        await submission.summarise(context, placed.with_words(replace(said, text="")))
    elif state == Filing.summary.state:
        await submission.summarise(context, form.with_words(said))
    else:
        await propose(context, form.with_words(said))


# --- taps -------------------------------------------------------------------------------------------------------

Step = Callable[[Context, FilingDraft, str], Awaitable[None]]


async def form_tapped(context: Context, tap: FormTapped) -> None:
    """A button of the form; one whose draft is gone says so."""
    context = await file_on_behalf.client(context)
    form = await drafts.load(context)
    if form is None and tap.step == "danger" and tap.arg != "no":
        await _danger_anew(context)
    elif form is None:
        if tap.step in ("anew", "resume"):
            await anew(context)
        else:
            context.show(views.expired_form(context.t))
    else:
        await STEPS[tap.step](context, form, tap.arg)


async def _resume(context: Context, form: FilingDraft, arg: str) -> None:
    if not form.matter:
        await propose(context, form)
    else:
        await after_matter(context, form)


async def _anew(context: Context, form: FilingDraft, arg: str) -> None:
    await anew(context)


async def _groups(context: Context, form: FilingDraft, arg: str) -> None:
    await context.state.set_state(Filing.matter)
    context.show(views.choose_group(context.t, context.work.rules.catalogue))


async def _group(context: Context, form: FilingDraft, arg: str) -> None:
    catalogue = context.work.rules.catalogue
    group, page = opened(catalogue, arg)
    context.show(views.choose_in_group(context.t, group, catalogue.of_group(group.id), page))


async def _matter(context: Context, form: FilingDraft, arg: str) -> None:
    if not (context.work.rules.catalogue.offers(arg) or is_unsaid(arg)):
        context.say(old_button(context.t))  # a matter that the catalogue has no more
        return
    await after_matter(context, form.about(context.work.rules.catalogue.get(arg)))


async def after_matter(context: Context, form: FilingDraft) -> None:
    """Danger, where matter or words suggest it; else what is alike."""
    if form.danger is None and drafts.must_ask_danger(context, form):
        await drafts.keep(context, form)
        await context.state.set_state(Filing.danger)
        context.show(danger_views.ask(context.t))
        return
    await submission.look_alike(context, form)


async def _danger(context: Context, form: FilingDraft, arg: str) -> None:
    """「有危险」 sends the case at once, even from an unfinished draft; the numbers to call come first."""
    if arg == "no":
        await submission.look_alike(context, replace(form, danger=False))
        return
    if context.person.home is None:
        await drafts.keep(context, form)
        context.show(danger_views.numbers(context.t, None, None, safety_advice(form.text, form.matter)))
        context.say(both_ways(context.t))
        return
    form = drafts.in_danger(context, form)
    complaint = await submission.filed(context, form)
    if complaint is None:
        return
    numbers = await _numbers(context, context.person.home, safety_advice(form.text, form.matter))
    if is_unsaid(complaint.matter) and context.registrar is None:
        numbers = unsaid_matter.asked_below(context, complaint, numbers)
    await submission.done(context, numbers)
    if numbers.buttons:
        await unsaid_matter.await_words(context, complaint)


async def _danger_anew(context: Context) -> None:
    """「有危险」 without a draft: a second tap on what has just gone out, or danger that nothing was said of."""
    mine = await cases.of_person(context.work, context.person.id, alive=True)
    just_now = next((c for c in mine if c.danger and context.now - c.filed_at <= JUST_NOW), None)
    if just_now is not None and context.person.home is not None:
        words = await context.work.said(just_now.words)
        advice = safety_advice(words.text if words else "", just_now.matter)
        context.say(await _numbers(context, context.person.home, advice))
    else:
        await _danger(context, FilingDraft(), "now")


async def _numbers(context: Context, home: Home, advice: SafetyAdvice) -> Screen:
    """Whom to call there, with a case that has gone out."""
    project = await places.project(context.work, home.project)
    district = await places.district(context.work, project.district) if project else None
    return danger_views.numbers(context.t, project, district, advice, sent=True)


async def further(context: Context, tap: FormTapped) -> None:
    """Another problem of the same message, as if it had been said alone."""
    draft = await drafts.load(context)
    if draft is not None and draft.is_begun:
        context.say(views.draft_waiting(context.t, draft.text))
        return
    form = await further_problems.begun(context, tap.arg)
    if form is None:
        context.say(old_button(context.t))
        return
    await after_matter(context, form)


async def _different(context: Context, form: FilingDraft, arg: str) -> None:
    await submission.summarise(context, form)


async def _submit(context: Context, form: FilingDraft, arg: str) -> None:
    await submission.submit(context, form, views.submitted(context.t))


async def _change(context: Context, form: FilingDraft, arg: str) -> None:
    context.show(views.change_what(context.t))


async def _change_words(context: Context, form: FilingDraft, arg: str) -> None:
    await context.state.set_state(Filing.new_words)
    context.show(views.ask_new_words(context.t))


async def _change_place(context: Context, form: FilingDraft, arg: str) -> None:
    await context.state.set_state(Filing.new_place)
    context.show(views.ask_new_place(context.t))


async def _contact(context: Context, form: FilingDraft, arg: str) -> None:
    """How to be reached; the choice that stands already would change nothing on the screen."""
    if arg not in WAYS or arg == form.way:
        return
    joins = await context.state.get_state() == Filing.alike.state
    await (submission.look_alike if joins else submission.summarise)(context, replace(form, contact=arg))


async def _kind(context: Context, form: FilingDraft, arg: str) -> None:
    await submission.summarise(context, replace(form, kind=Kind(arg).value if arg in set(Kind) else form.kind))


async def _back(context: Context, form: FilingDraft, arg: str) -> None:
    if arg == "groups":
        await _groups(context, form, "")
    elif arg == "summary":
        await submission.summarise(context, form)
    else:
        await propose(context, replace(form, matter="", danger=None))


STEPS: dict[str, Step] = {
    "resume": _resume,
    "anew": _anew,
    "groups": _groups,
    "group": _group,
    "matter": _matter,
    "danger": _danger,
    "me_too": submission.me_too,
    "different": _different,
    "submit": _submit,
    "change": _change,
    "change_words": _change_words,
    "change_place": _change_place,
    "contact": _contact,
    "kind": _kind,
    "back": _back,
}


def router() -> Router:
    """Words and taps of the form."""
    made = Router(name="filing")
    plain = set(STEPS) - {"me_too"}
    made.callback_query.register(form_tap(form_tapped), FormTapped.filter(F.step.in_(plain)))
    made.callback_query.register(form_tap(form_tapped), FormTapped.filter((F.step == "me_too") & F.arg.regexp(NUMBER)))
    made.callback_query.register(form_tap(further), FormTapped.filter(F.step == "further"))
    made.callback_query.register(form_tap(further_problems.enough), FormTapped.filter(F.step == "enough"))
    made.message.register(words(first_words), StateFilter(*Filing.__all_states__))
    return made
