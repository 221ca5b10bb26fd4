"""What no errand claimed: replies to a case, free words, old buttons, things that say nothing."""

from dataclasses import asdict

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from complaints.errors import KindUnusable, NotFound, NotYours
from complaints.lifecycle.permissions import Standing, standings
from complaints.model.people import File
from complaints.usecases.answers import Said
from handlers.company import answers
from handlers.framework.aiogram_adapters import form_tap, words
from handlers.framework.context import Talk
from handlers.framework.states import Following
from handlers.officer import lists_and_figures
from handlers.resident import drafts, filing, tracking
from storage.repositories import cases
from views import refusals
from views import welcome as joining_views
from views.framework.callbacks import FormTapped
from views.resident import filing as filing_views

STAFF_STANDINGS = {Standing.COMPANY, Standing.OFFICER, Standing.DEPARTMENT}


async def replied(message: Message, talk: Talk) -> None:
    """A reply to any message of a case: a household's words reach the handler, the handler's reach them."""
    complaint_id = await talk.replied_case()
    if complaint_id is None:
        if talk.person.home is not None and not talk.who.is_staff:
            await loose(talk)
        else:
            talk.say(refusals.unknown_message(talk.t))
        return
    household = await talk.household(complaint_id)
    complaint = await talk.work.complaint(complaint_id)
    if complaint is None:
        raise NotFound
    found = standings(talk.who, complaint, household)
    as_staff = bool(found & STAFF_STANDINGS) and not await talk.replied_as_household()
    if Standing.HOUSEHOLD in found and not as_staff:
        await _household_replied(talk, complaint_id, alive=complaint.is_alive)
    elif Standing.FAMILY in found:
        raise NotYours(follows=True)
    elif found:
        await answers.reply(talk, complaint_id)
    else:  # somebody who has left the case: the words begin another one
        await loose(talk)


async def _household_replied(talk: Talk, complaint_id: int, *, alive: bool) -> None:
    if alive:
        await tracking.add(talk, complaint_id, talk.said())
    else:
        await filing.begin(talk, talk.said())


async def loose(talk: Talk) -> None:
    """Words outside any dialogue: a resident's begin a case, or belong to an open one; staff see what is open."""
    if talk.who.is_staff and not _as_resident(talk):
        await lists_and_figures.todo(talk)
        return
    said = talk.said()
    if talk.person.home is None:
        await _before_joining(talk)
        return
    if await cases.of_person(talk.work, talk.person.id, alive=True):
        kept = {"text": said.text, "media": [asdict(f) for f in said.media]}
        await talk.state.update_data(loose=kept)
        await talk.state.set_state(Following.adding)
        talk.say(filing_views.or_more(talk.t))
        return
    await filing.begin(talk, said)


def _as_resident(talk: Talk) -> bool:
    """Whether staff who live here speak for themselves: they do, unless they have chosen a duty by `/role`."""
    return talk.person.home is not None and talk.who.hat is talk.who


async def _before_joining(talk: Talk) -> None:
    """Nothing that a resident sends first is lost: it waits as a draft until the way in is done."""
    sketch = (await drafts.load(talk) or drafts.Sketch()).with_words(talk.said())
    await drafts.keep(talk, sketch)
    talk.say(joining_views.both_ways(talk.t))


async def fresh(talk: Talk, tap: FormTapped) -> None:
    """「新问题」 with the words that were sent already."""
    kept = (await talk.state.get_data()).get("loose")
    await talk.state.update_data(loose=None)
    if not kept:
        await filing.anew(talk)
        return
    await filing.begin(talk, Said(text=kept["text"], media=tuple(File(**f) for f in kept["media"])))


async def old_button(query: CallbackQuery, talk: Talk) -> None:
    talk.toast()
    if talk.private:
        talk.say(refusals.old_button(talk.t))


async def old_form(talk: Talk, tap: FormTapped) -> None:
    """A step of a form that is over."""
    talk.show(filing_views.expired_form(talk.t))


async def unusable(message: Message, talk: Talk) -> None:
    raise KindUnusable


async def elsewhere(message: Message, talk: Talk) -> bool:
    """A reply to a message of another case than the one that the dialogue is about: it means that case."""
    replied_to = await talk.replied_case()
    about = (await talk.state.get_data()).get("about") or {}
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
    made.message.register(words(loose), usable)
    made.message.register(unusable)
    made.callback_query.register(form_tap(fresh), FormTapped.filter(F.step == "fresh"))
    made.callback_query.register(form_tap(old_form), FormTapped.filter())
    made.callback_query.register(old_button)
    return made
