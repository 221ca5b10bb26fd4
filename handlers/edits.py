"""A message that was edited: what still waits is taken in its newest form."""

from dataclasses import replace
from typing import Any

from aiogram import Router

from complaints.errors import WordsTooLong
from complaints.text.sanitizing import units
from complaints.usecases.statements import Said
from handlers.company import resolution
from handlers.framework import heard_messages, waiting_words
from handlers.framework.aiogram_adapters import words
from handlers.framework.context import LONGEST, Context
from handlers.framework.heard_messages import Heard
from handlers.framework.states import Filing
from handlers.resident import danger_words, drafts, filing, submission
from views import refusals


async def edited(context: Context) -> None:
    """The words are changed wherever they wait; what has been passed on stays, which is said."""
    before = await heard_messages.find(context, context.message.message_id)
    now = context.said()
    if before is None:  # it was passed on, given back, or answered something else
        await _unknown(context, now)
        return
    if now.text == before.text and [f.file_id for f in now.media] == list(before.files):
        return
    if await _dangerous_now(context, before, now):
        return
    found = [await change(context, before, now) for change in (_waiting, _draft, _result)]
    if any(found):
        await heard_messages.note(context)
    elif before.told_of != now.text:
        known = before.text or before.files
        context.say(refusals.edited_too_late(context.t) if known else refusals.edit_not_taken(context.t))
        await heard_messages.told(context, before, now.text)


async def _unknown(context: Context, now: Said) -> None:
    """Words of danger reach the case; of others their author is told that they reach nobody."""
    if await danger_words.are_in(context.message, context):
        await danger_words.add(context)
    elif context.private and now.text and not now.text.startswith("/"):
        context.say(refusals.edit_not_taken(context.t))
        await heard_messages.told(context, Heard(id=context.message.message_id), now.text)


async def _dangerous_now(context: Context, before: Heard, now: Said) -> bool:
    """The newer form says that there is danger, which the older didn't: it waits for nothing any more."""
    heard = context.work.rules.raises_alarm
    if heard(before.text) or not heard(now.text):
        return False
    if await _draft(context, before, now) and (draft := await drafts.load(context)) is not None:
        await filing.propose(context, draft)
    elif await _waiting(context, before, now):
        waiting = next(one for one in await waiting_words.all_of(context) if now.text in one.text)
        if await danger_words.taken(context, waiting.said):
            await waiting_words.taken(context, waiting)
    elif not await danger_words.taken(context, now):
        return False
    await heard_messages.note(context)
    return True


def _changed(text: str, media: Any, before: Heard, now: Said) -> Said | None:
    """The words and files with the newest form of that message in them; None where it isn't among them."""
    kinds = {f.file_id: f for f in now.media}
    kept = [f for f in media if f.file_id not in before.files or f.file_id in kinds]
    there = len(kept) < len(media) or any(f.file_id in before.files for f in media)
    lines = f"\n{text}\n"
    if before.text and f"\n{before.text}\n" in lines:
        lines = lines.replace(f"\n{before.text}\n", f"\n{now.text}\n", 1)
    elif there and now.text and not before.text:
        lines = f"{lines}{now.text}\n"
    elif not there:
        return None
    known = {f.file_id for f in kept}
    media = (*kept, *(f for f in now.media if f.file_id not in known))
    said = Said(text=lines.strip("\n"), media=tuple(media))
    if units(said.text) > LONGEST:
        raise WordsTooLong(limit=LONGEST)
    return said


async def _waiting(context: Context, before: Heard, now: Said) -> bool:
    all_ = await waiting_words.all_of(context)
    for n, one in enumerate(all_):
        said = _changed(one.text, one.media, before, now)
        if said is not None:
            all_[n] = replace(one, text=said.text, media=tuple(said.media))
            await waiting_words.keep(context, all_)
            return True
    return False


async def _draft(context: Context, before: Heard, now: Said) -> bool:
    draft = await drafts.load(context)
    said = _changed(draft.text, draft.media, before, now) if draft is not None else None
    if draft is None or said is None:
        return False
    changed = replace(draft, text=said.text, media=tuple(said.media))
    await drafts.keep(context, changed)
    if context.person.home is not None and await context.state.get_state() == Filing.summary.state:
        await submission.summarise(context, changed)
    return True


async def _result(context: Context, before: Heard, now: Said) -> bool:
    """The result of a case that was looked at, or kept as a draft."""
    for case, kept in (await resolution.results(context)).items():
        had = resolution.said_in(kept)
        said = _changed(had.text, had.media, before, now)
        if said is not None:
            await resolution.change(context, int(case), said)
            return True
    return False


def router() -> Router:
    made = Router(name="edits")
    made.edited_message.register(words(edited))
    return made
