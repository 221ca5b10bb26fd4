"""Buttons that only ask for words; the right to press them is judged before, in `tap_authorization`."""

from collections.abc import Awaitable, Callable

from complaints.case_view import CaseView
from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from handlers.framework.context import Context
from views.framework.callbacks import CaseTapped
from views.framework.screen import Screen
from views.framework.translator import Translator


def always(complaint: Complaint) -> bool:
    return True


def asks_words(
    state: object,
    view: Callable[[Translator, CaseView], Screen],
    fits: Callable[[Complaint], bool] = always,
    *,
    any_round: bool = False,
) -> Callable[[Context, CaseTapped], Awaitable[None]]:
    """Wait in this state for words about the case, while it `fits`; TooLate otherwise, or for an earlier round."""

    async def ask(context: Context, tap: CaseTapped) -> None:
        complaint = await context.case(tap.case) if any_round else await context.tapped_case(tap)
        if not fits(complaint):
            raise TooLate(state=complaint.state)
        await context.asks(state, case=complaint.id)
        context.say(view(context.t, await context.case_view(complaint)), about=complaint.id)

    return ask
