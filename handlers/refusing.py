"""A refusal is answered with one clear sentence; a press that no longer fits, with the case as it is now."""

from typing import Any

from complaints.errors import NotFound, NotYours, Refusal, TooLate
from handlers.talk import Talk
from views import casecard, household, refusals
from views.screen import Screen


async def refuse(talk: Talk, refusal: Refusal, complaint_id: int | None) -> None:
    """Say why nothing was changed. In a group it is a toast where there was a press."""
    screen = refusals.refused(talk.t, refusal)
    if not talk.private and talk.callback is not None:
        talk.toast(_plain(screen), alert=True)
        return
    if isinstance(refusal, (TooLate, NotYours)) and complaint_id is not None and talk.private:
        screen = await _as_it_is_now(talk, screen, complaint_id)
    talk.toast()
    talk.say(screen, about=complaint_id or 0)


async def _as_it_is_now(talk: Talk, screen: Screen, complaint_id: int) -> Screen:
    try:
        complaint = await talk.case(complaint_id)
    except NotFound:
        return screen
    dossier = await talk.dossier(complaint)
    view: Any = household.card if dossier.household is not None else casecard.card
    card = view(talk.t, dossier)
    return Screen(f"{screen.text}\n\n{card.text}", card.buttons)


def _plain(screen: Screen) -> str:
    return screen.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
