"""The last handlers: replies to a case, free words, old buttons, and whatever no other handler took."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from complaints.errors import KindUnusable, NotFound, NotYours
from complaints.lifecycle.permissions import Relation, relations
from complaints.text.safety_advice import safety_advice
from handlers.company import answers
from handlers.framework import heard_messages, questions, waiting_words
from handlers.framework.aiogram_adapters import form_tap, words
from handlers.framework.context import Context
from handlers.framework.filters import Where
from handlers.officer import case_search, lists_and_figures
from handlers.resident import danger_words, drafts, filing, small_talk, tracking
from storage.repositories import cases
from views import confirmations, refusals
from views import welcome as joining_views
from views.company import prompts
from views.framework.callbacks import NUMBER, FormTapped
from views.resident import danger as danger_views
from views.resident import filing as filing_views

OFFERED = 8  # cases under one question
STAFF_RELATIONS = {Relation.COMPANY, Relation.OFFICER, Relation.DEPARTMENT}


async def replied(message: Message, context: Context) -> None:
    """A reply to any message of a case: a household's words reach the handler, the handler's reach them."""
    complaint_id = await context.replied_case()
    if complaint_id is None:
        if context.person.home is not None and not context.who.is_staff:
            await unprompted_message(context)
        else:
            context.say(refusals.unknown_message(context.t))
        return
    household = await context.household(complaint_id)
    complaint = await context.work.complaint(complaint_id)
    if complaint is None:
        raise NotFound
    found = relations(context.who, complaint, household)
    as_staff = bool(found & STAFF_RELATIONS) and not await context.replied_as_household()
    if Relation.HOUSEHOLD in found and not as_staff:
        await _household_replied(context, complaint_id, alive=complaint.is_alive)
    elif Relation.FAMILY in found:
        raise NotYours(follows=True)
    elif found:
        await answers.reply(context, complaint_id, context.said())
    else:  # somebody who has left the case: the words begin another one
        await unprompted_message(context)


async def _household_replied(context: Context, complaint_id: int, *, alive: bool) -> None:
    if alive:
        await tracking.add(context, complaint_id, context.said())
    else:
        await filing.begin(context, context.said())


async def unprompted_message(context: Context) -> None:
    """Words outside any dialogue: a resident's begin a case, or belong to an open one; staff see what is open."""
    if context.who.is_staff and not _as_resident(context):
        await _staff_wrote(context)
        return
    said = context.said()
    if context.person.home is None:
        await _before_joining(context)
        return
    draft = await drafts.load(context)
    for_another = draft is not None and draft.behalf is not None and draft.is_begun
    if not for_another and await danger_words.taken(context, said):
        return
    if await small_talk.answered(context):
        return
    if for_another or await cases.of_person(context.work, context.person.id, alive=True):
        await waiting_words.add(context, lambda w: filing_views.or_more(context.t, w.first, w.count))
        return
    await heard_messages.note(context)
    await filing.begin(context, said)


async def _staff_wrote(context: Context) -> None:
    """A number is answered with the case of that number; other words wait until it is clear for which case they are."""
    text = context.message.text or ""
    if case_search.number_in(text):
        await case_search.find(context, text)
        return
    mine = await lists_and_figures.open_cases(context)
    context.said()  # or it is refused for what it is
    if not mine:
        context.say(refusals.for_nobody(context.t))
        await lists_and_figures.todo(context)
    else:
        await waiting_words.add(context, lambda w: prompts.whose_answer(context.t, mine[:OFFERED], w.first, w.count))


async def reply_tapped(context: Context, tap: FormTapped) -> None:
    """A handler's words go to the case that was tapped."""
    waiting = await waiting_words.find(context, tap.case)
    if waiting is None:
        context.show(confirmations.nothing_waits(context.t))
        return
    await answers.reply(context, int(tap.arg), waiting.said)
    await waiting_words.taken(context, waiting)


def _as_resident(context: Context) -> bool:
    """Whether staff who live here speak for themselves: they do, unless they have chosen an appointment by `/role`."""
    return context.person.home is not None and context.who.acting_as is context.who


async def _before_joining(context: Context) -> None:
    """Nothing that a resident sends first is lost: it waits as a draft until the way in is done."""
    draft = (await drafts.load(context) or drafts.FilingDraft()).with_words(context.said())
    await drafts.keep(context, draft)
    await heard_messages.note(context)
    if context.work.rules.sounds_dangerous(context.said().text):
        advice = safety_advice(context.said().text)
        context.say(danger_views.numbers(context.t, None, None, advice))
    await questions.ask(context, joining_views.both_ways(context.t, kept=True))


async def fresh(context: Context, tap: FormTapped) -> None:
    """「新问题」 with the words that were sent already."""
    await filing.begin_with(context, await waiting_words.find(context, tap.case))


async def old_button(query: CallbackQuery, context: Context) -> None:
    context.toast()
    if context.private:
        context.say(refusals.old_button(context.t))


async def old_form(context: Context, tap: FormTapped) -> None:
    """A step of a form that is over."""
    context.show(filing_views.expired_form(context.t))


async def unusable(message: Message, context: Context) -> None:
    raise KindUnusable


async def elsewhere(message: Message, context: Context) -> bool:
    """A reply to a message of another case than the one that the dialogue is about: it means that case."""
    replied_to = await context.replied_case()
    about = (await context.state.get_data()).get("about") or {}
    return replied_to is not None and replied_to != about.get("case")


def replies() -> Router:
    """Comes before the dialogues, and leaves them as they are."""
    made = Router(name="replies")
    made.message.register(replied, Where(F.reply_to_message), elsewhere)
    return made


def router() -> Router:
    made = Router(name="fallback")
    usable = Where(F.text | F.photo | F.voice | F.video | F.document | F.location | F.audio | F.video_note)
    made.message.register(replied, Where(F.reply_to_message), usable)
    made.message.register(words(unprompted_message), usable)
    made.message.register(unusable)
    made.callback_query.register(form_tap(fresh), FormTapped.filter(F.step == "fresh"))
    made.callback_query.register(form_tap(reply_tapped), FormTapped.filter((F.step == "reply") & F.arg.regexp(NUMBER)))
    made.callback_query.register(form_tap(old_form), FormTapped.filter())
    made.callback_query.register(old_button)
    return made
