"""Answers to refusals: one clear sentence, and with an outdated button the case as it is now."""

from dataclasses import replace

from complaints.errors import Forwarded, NotFound, NotYours, Refusal, TooLate
from handlers.framework.context import Context
from storage.repositories import ledger
from views import notices, refusals
from views.framework.screen import Screen
from views.officer.notices import only_officers


async def refuse(context: Context, refusal: Refusal, complaint_id: int | None) -> None:
    """Say why nothing was changed. In a group it is a toast where there was a press."""
    screen = refusals.refused(context.t, refusal)
    hidden = isinstance(refusal, (NotFound, NotYours, Forwarded))
    if hidden and (complaint_id is not None or context.callback is not None):
        await _put_on_record(context, refusal, complaint_id or 0)
    if not context.private and context.callback is not None:
        context.toast(only_officers(context.t) if hidden else _plain(screen), alert=True)
        return
    kind = "reply"
    if isinstance(refusal, (TooLate, NotYours)) and complaint_id is not None and context.private:
        why = refusals.stands_now(context.t) if isinstance(refusal, TooLate) else screen.text
        screen, kind = await _as_it_is_now(context, screen, why, complaint_id)
    context.toast()
    known = (
        complaint_id is not None and not isinstance(refusal, NotFound) and await context.work.complaint(complaint_id)
    )
    context.say(screen, about=complaint_id if known else None, kind=kind)


async def _put_on_record(context: Context, refusal: Refusal, complaint_id: int) -> None:
    pressed = (context.callback.data or "").split(":") if context.callback else []
    refused = {"why": refusal.fact, "complaint": complaint_id, "verb": "".join(pressed[1:2])[:32]}
    await ledger.note(context.work, ledger.OUTSIDE, "Refused", refused, context.person.id, context.now)


async def _as_it_is_now(context: Context, screen: Screen, why: str, complaint_id: int) -> tuple[Screen, str]:
    """Why, and below it the live card; with the kind of the message. The screen alone where nobody may see the case."""
    try:
        complaint = await context.case(complaint_id)
    except NotFound:
        return screen, "reply"
    case_view = await context.case_view(complaint)
    kind = "resident.card" if case_view.household is not None else "manager.filed"
    card = notices.live(context.t, kind, case_view)
    return replace(card, text=f"{why}\n\n{card.text}"), kind


def _plain(screen: Screen) -> str:
    return screen.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
