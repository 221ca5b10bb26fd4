"""Answers to refusals: one clear sentence, and with an outdated button the case as it is now."""

from typing import Any

from complaints.errors import Forwarded, NotFound, NotYours, Refusal, TooLate
from handlers.framework.context import Context
from storage.repositories import ledger
from views import refusals
from views.company import card as company_card
from views.framework.screen import Screen
from views.officer import notices
from views.resident import card as resident_card


async def refuse(context: Context, refusal: Refusal, complaint_id: int | None) -> None:
    """Say why nothing was changed. In a group it is a toast where there was a press."""
    screen = refusals.refused(context.t, refusal)
    hidden = isinstance(refusal, (NotFound, NotYours, Forwarded))
    if hidden and (complaint_id is not None or context.callback is not None):
        await _put_on_record(context, refusal, complaint_id or 0)
    if not context.private and context.callback is not None:
        context.toast(notices.only_officers(context.t) if hidden else _plain(screen), alert=True)
        return
    if isinstance(refusal, (TooLate, NotYours)) and complaint_id is not None and context.private:
        screen = await _as_it_is_now(context, screen, complaint_id)
    context.toast()
    known = (
        complaint_id is not None and not isinstance(refusal, NotFound) and await context.work.complaint(complaint_id)
    )
    context.say(screen, about=complaint_id if known else None)


async def _put_on_record(context: Context, refusal: Refusal, complaint_id: int) -> None:
    pressed = (context.callback.data or "").split(":") if context.callback else []
    refused = {"why": refusal.fact, "complaint": complaint_id, "verb": "".join(pressed[1:2])[:32]}
    await ledger.note(context.work, ledger.OUTSIDE, "Refused", refused, context.person.id, context.now)


async def _as_it_is_now(context: Context, screen: Screen, complaint_id: int) -> Screen:
    try:
        complaint = await context.case(complaint_id)
    except NotFound:
        return screen
    case_view = await context.case_view(complaint)
    view: Any = resident_card.card if case_view.household is not None else company_card.card
    card = view(context.t, case_view)
    return Screen(f"{screen.text}\n\n{card.text}", card.buttons)


def _plain(screen: Screen) -> str:
    return screen.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
