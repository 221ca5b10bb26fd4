"""A refusal is answered with one clear sentence; a press that no longer fits, with the case as it is now."""

from typing import Any

from complaints.errors import Forwarded, NotFound, NotYours, Refusal, TooLate
from handlers.framework.context import Talk
from storage.repositories import ledger
from views import refusals
from views.company import card as company_card
from views.framework.screen import Screen
from views.officer import notices
from views.resident import card as resident_card


async def refuse(talk: Talk, refusal: Refusal, complaint_id: int | None) -> None:
    """Say why nothing was changed. In a group it is a toast where there was a press."""
    screen = refusals.refused(talk.t, refusal)
    hidden = isinstance(refusal, (NotFound, NotYours, Forwarded))
    if hidden and (complaint_id is not None or talk.callback is not None):
        await _put_on_record(talk, refusal, complaint_id or 0)
    if not talk.private and talk.callback is not None:
        talk.toast(notices.only_officers(talk.t) if hidden else _plain(screen), alert=True)
        return
    if isinstance(refusal, (TooLate, NotYours)) and complaint_id is not None and talk.private:
        screen = await _as_it_is_now(talk, screen, complaint_id)
    talk.toast()
    talk.say(screen, about=0 if isinstance(refusal, NotFound) else complaint_id or 0)


async def _put_on_record(talk: Talk, refusal: Refusal, complaint_id: int) -> None:
    pressed = (talk.callback.data or "").split(":") if talk.callback else []
    refused = {"why": refusal.fact, "complaint": complaint_id, "verb": "".join(pressed[1:2])[:32]}
    await ledger.note(talk.work, ledger.OUTSIDE, "Refused", refused, talk.person.id, talk.now)


async def _as_it_is_now(talk: Talk, screen: Screen, complaint_id: int) -> Screen:
    try:
        complaint = await talk.case(complaint_id)
    except NotFound:
        return screen
    dossier = await talk.dossier(complaint)
    view: Any = resident_card.card if dossier.household is not None else company_card.card
    card = view(talk.t, dossier)
    return Screen(f"{screen.text}\n\n{card.text}", card.buttons)


def _plain(screen: Screen) -> str:
    return screen.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
