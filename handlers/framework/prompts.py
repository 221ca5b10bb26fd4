"""Buttons that only ask for words. The right to it has been judged before (`tap_authorization`)."""

from collections.abc import Awaitable, Callable

from complaints.case_view import Dossier
from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from handlers.framework.context import Talk
from views.framework.callbacks import CaseTapped
from views.framework.screen import Screen
from views.framework.translator import Translator


def always(complaint: Complaint) -> bool:
    return True


def asks_words(
    state: object,
    view: Callable[[Translator, Dossier], Screen],
    fits: Callable[[Complaint], bool] = always,
    *,
    any_round: bool = False,
) -> Callable[[Talk, CaseTapped], Awaitable[None]]:
    """Wait in this state for words about the case, while it `fits`; TooLate otherwise, or for an earlier round."""

    async def ask(talk: Talk, tap: CaseTapped) -> None:
        complaint = await talk.case(tap.case) if any_round else await talk.tapped_case(tap)
        if not fits(complaint):
            raise TooLate(state=complaint.state)
        await talk.asks(state, case=complaint.id)
        talk.say(view(talk.t, await talk.dossier(complaint)), about=complaint.id)

    return ask
