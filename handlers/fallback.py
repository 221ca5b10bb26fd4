"""The last handlers: replies to a case, free words, old buttons, and whatever no other handler took."""

from dataclasses import asdict

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from complaints.errors import KindUnusable, NotFound, NotYours
from complaints.lifecycle.permissions import Relation, relations
from complaints.model.people import File
from complaints.usecases.statements import Said
from handlers.company import answers
from handlers.framework.aiogram_adapters import form_tap, words
from handlers.framework.context import Context
from handlers.framework.states import Following
from handlers.officer import case_search, lists_and_figures
from handlers.resident import drafts, filing, tracking
from storage.repositories import cases
from views import refusals
from views import welcome as joining_views
from views.framework.callbacks import FormTapped
from views.resident import filing as filing_views

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
        await answers.reply(context, complaint_id)
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
    if await cases.of_person(context.work, context.person.id, alive=True):
        kept = {"text": said.text, "media": [asdict(f) for f in said.media]}
        await context.state.update_data(loose=kept)
        await context.state.set_state(Following.adding)
        context.say(filing_views.or_more(context.t))
        return
    await filing.begin(context, said)


async def _staff_wrote(context: Context) -> None:
    """A number is answered with the case of that number, whatever command stands before it."""
    text = context.message.text or ""
    if case_search.number_in(text):
        await case_search.find(context, text)
    else:
        await lists_and_figures.todo(context)


def _as_resident(context: Context) -> bool:
    """Whether staff who live here speak for themselves: they do, unless they have chosen an appointment by `/role`."""
    return context.person.home is not None and context.who.acting_as is context.who


async def _before_joining(context: Context) -> None:
    """Nothing that a resident sends first is lost: it waits as a draft until the way in is done."""
    draft = (await drafts.load(context) or drafts.FilingDraft()).with_words(context.said())
    await drafts.keep(context, draft)
    context.say(joining_views.both_ways(context.t))


async def fresh(context: Context, tap: FormTapped) -> None:
    """「新问题」 with the words that were sent already."""
    kept = (await context.state.get_data()).get("loose")
    await context.state.update_data(loose=None)
    if not kept:
        await filing.anew(context)
        return
    await filing.begin(context, Said(text=kept["text"], media=tuple(File(**f) for f in kept["media"])))


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
    made.message.register(replied, F.reply_to_message, elsewhere)
    return made


def router() -> Router:
    made = Router(name="fallback")
    usable = F.text | F.photo | F.voice | F.video | F.document | F.location | F.audio | F.video_note
    made.message.register(replied, F.reply_to_message, usable)
    made.message.register(words(unprompted_message), usable)
    made.message.register(unusable)
    made.callback_query.register(form_tap(fresh), FormTapped.filter(F.step == "fresh"))
    made.callback_query.register(form_tap(old_form), FormTapped.filter())
    made.callback_query.register(old_button)
    return made
