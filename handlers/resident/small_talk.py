"""Thanks, "when will it be done?" and "broken again" outside any dialogue: answered, and nothing else is asked."""

from datetime import timedelta

from aiogram import F, Router

from complaints.model.complaint import Complaint, State
from complaints.text.small_talk import SmallTalk, small_talk
from complaints.usecases.statements import Said
from handlers.framework import waiting_words
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.context import Context
from handlers.resident import drafts, filing, submission, tracking
from handlers.resident.drafts import FilingDraft
from handlers.resident.tracking import matter_label
from storage.repositories import cases
from views.confirmations import nothing_waits
from views.framework.callbacks import NUMBER, FormTapped
from views.resident import filing as filing_views
from views.resident import small_talk as views

LATELY = timedelta(days=90)  # ours: for so long the same thing may be broken "again"


def heard_in(said: Said) -> SmallTalk | None:
    """What was said, where nothing was sent with it."""
    return None if said.media else small_talk(said.text)


async def answered(context: Context) -> bool:
    """Whether what was just said was small talk, and has its answer."""
    kind = heard_in(context.said())
    if kind is SmallTalk.THANKS:
        context.say(views.thanked(context.t))
        return True
    if kind is None or await _is_filing(context):
        return False
    alive = await cases.of_person(context.work, context.person.id, alive=True)
    if kind is SmallTalk.WHEN and alive:
        await (tracking.show_card(context, alive[0]) if len(alive) == 1 else tracking.mine(context))
        return True
    former = await _former(context) if kind is SmallTalk.AGAIN and not alive else None
    if former is None:
        return False
    words = await context.work.said(former.words)
    label, text = matter_label(context, former.matter), words.text if words else ""
    await waiting_words.add(context, lambda w: views.again(context.t, former, label, text, w.first))
    return True


async def _is_filing(context: Context) -> bool:
    draft = await drafts.load(context)
    return draft is not None and draft.is_begun


async def _former(context: Context) -> Complaint | None:
    """The newest case of this household that was closed lately, in the community where it lives."""
    home = context.person.home
    for one in await cases.of_person(context.work, context.person.id):
        lately = one.closed_at is not None and context.now - one.closed_at < LATELY
        here = home is not None and one.place.project == home.project
        if lately and here and one.state is State.CLOSED and await context.household(one.id) is not None:
            return one
    return None


async def again(context: Context, tap: FormTapped) -> None:
    """「还是这个问题，重新办理」: the same matter, words and files once more, at once where nothing has to be asked."""
    waiting = await waiting_words.find(context, tap.case)
    if waiting is None:
        context.show(nothing_waits(context.t))
        return
    former = await context.case(int(tap.arg))
    mine = await context.household(former.id)
    await waiting_words.taken(context, waiting)
    words = await context.work.said(former.words)
    form = FilingDraft(contact=mine.contact if mine else "", building=former.building).with_words(waiting.said)
    if words is not None:
        form = form.with_words(Said(text=words.text, media=words.media))
    form = form.about(context.work.rules.catalogue.get(former.matter))
    if drafts.must_ask_danger(context, form):
        await filing.after_matter(context, form)
    else:
        await submission.submit(context, form, filing_views.submitted(context.t))


def router() -> Router:
    made = Router(name="small talk")
    made.callback_query.register(form_tap(again), FormTapped.filter((F.step == "again") & F.arg.regexp(NUMBER)))
    return made
