"""The question about a case that stands in a private chat: once it is answered, or another is asked, its buttons go."""

from functools import partial
from typing import Any, NamedTuple

from aiogram.types import TelegramObject

from handlers.framework.aiogram_adapters import Next, completed
from handlers.framework.context import Context
from handlers.framework.states import Resolving
from storage.messaging import questions, spent_messages

OPEN = "open_question"  # its key in the outbox, kept with the dialogue
LASTING = {Resolving.check.state}  # a draft of a result, which is kept beside others


class Dialogue(NamedTuple):
    """What it waits for, and the question that stands."""

    state: str | None
    about: dict[str, Any] | None
    question: str


async def followed(go_on: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
    """aiogram's outer middleware: whatever the handlers do with a dialogue, no answered question keeps its buttons."""
    context: Context = data["context"]
    before = await _dialogue(context)
    return await completed(go_on, event, data, partial(_follow, context, before))


async def _dialogue(context: Context) -> Dialogue:
    data = await context.state.get_data()
    return Dialogue(await context.state.get_state(), data.get("about"), data.get(OPEN) or "")


async def _follow(context: Context, before: Dialogue) -> None:
    now = await _dialogue(context)
    asked = context.question if context.question_of_case or "case" in (now.about or {}) else ""
    stands = before.question
    if stands and await _is_over(context, before, now):
        await _spend(context, stands)
        stands = ""
    if (asked or stands) != before.question:
        await context.state.update_data({OPEN: asked or stands})


async def _spend(context: Context, question: str) -> None:
    """Its buttons go from where it stands, or never arrive."""
    message = await questions.message_of(context.work, question)
    if message is not None:
        spent_messages.spend(context.work, context.destination.id, message)
    elif await questions.on_its_way(context.work, question):
        spent_messages.spend_on_its_way(context.work, question)


async def _is_over(context: Context, before: Dialogue, now: Dialogue) -> bool:
    """A tap on the question itself has answered it, unless it reads otherwise now."""
    tapped = context.tapped_message
    if tapped is not None and tapped == await questions.message_of(context.work, before.question):
        return not context.shown_in_place
    if context.question == before.question or before.state in LASTING:
        return False  # a newer form of it, or one whose buttons work whatever else is asked
    return bool(context.question) or (before.state, before.about) != (now.state, now.about)
