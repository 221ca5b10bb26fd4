"""A tap on a message that another has ended just before: it changes nothing, and unsays nothing that stands there."""

from functools import partial
from typing import Any

from aiogram.types import CallbackQuery, TelegramObject

from handlers.framework.aiogram_adapters import Next, completed
from handlers.framework.context import Context
from views import refusals
from views.framework.callbacks import FormTapped

ENDED = "ended"  # the last message that was ended here, by what, and what it offers since, kept with the dialogue
DANGER = FormTapped(step="danger").pack().split(":")[:2]  # it may always be said again


async def passed_over(go_on: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
    """aiogram's outer middleware for presses; in groups many press the same button, and none of them twice."""
    context: Context = data["context"]
    if not context.private:
        return await go_on(event, data)
    if isinstance(event, CallbackQuery) and await _comes_too_late(context, event.data or ""):
        context.toast(refusals.in_effect(context.t))
        return None
    before = await context.state.get_state()
    return await completed(go_on, event, data, partial(_note, context, before))


async def _comes_too_late(context: Context, tapped: str) -> bool:
    """A step of a form that the message doesn't offer any more; a case's other buttons show how the case is now."""
    ended, step = await _ended(context), tapped.split(":")[:2]
    if ended["message"] != context.tapped_message or tapped in ended["offers"] or step == DANGER:
        return False
    return _of_form(tapped) or tapped == ended["by"]


def _of_form(tapped: str) -> bool:
    return tapped.partition(":")[0] == FormTapped.__prefix__


async def _note(context: Context, before: str | None) -> None:
    """What this tap has ended; a message that a form goes on with, or in which a case's menu opens, is none of it."""
    tapped, state = context.tapped_message, await context.state.get_state()
    closed = context.shown_in_place and not context.offered_in_place
    by = (context.callback.data if context.callback is not None else "") or ""
    over = state is None and (before is not None or (context.shown_in_place and _of_form(by)))
    if tapped is not None and (closed or over):
        ended = {"message": tapped, "by": by, "offers": list(context.offered_in_place)}
        await context.state.update_data({ENDED: ended})
    elif context.shown_in_place and (await _ended(context))["message"] == tapped:
        await context.state.update_data({ENDED: None})


async def _ended(context: Context) -> dict[str, Any]:
    return (await context.state.get_data()).get(ENDED) or {"message": 0, "by": "", "offers": []}
