"""「返回」 and 「取消」, with which every question ends."""

from complaints.case_view import CaseView
from views.framework.callbacks import form, menu
from views.framework.parts import tap
from views.framework.screen import Button, Screen
from views.framework.translator import LANGUAGES, Translator, translator

AS_IT_IS = "as_it_is"  # carried by 「取消」 of a question without which all stays as it is
CANCEL_LABELS = frozenset(translator(language).p("button", "Cancel") for language in LANGUAGES)
CANCELS = ("f:cancel:", "c:back:")
EARLIER = "earlier"  # the step of a form that asks what was asked before


def cancel(t: Translator, about: int = 0) -> Button:
    """「取消」: what was begun isn't sent; `about` names the words that wait under the question."""
    return Button(t.p("button", "Cancel"), form("cancel", about=about))


def leave(t: Translator) -> Button:
    """「取消」 where nothing was begun, and what has gone out stays out."""
    return Button(t.p("button", "Cancel"), form("cancel", AS_IT_IS))


def back(t: Translator, step: str, arg: str = "", about: int = 0) -> Button:
    """「返回」 to a step of the form."""
    return Button(t.p("button", "Back"), form(step, arg, about))


def back_to_menu(t: Translator, to: str, arg: str = "") -> Button:
    """「返回」 to what belongs to no case."""
    return Button(t.p("button", "Back"), menu(to, arg))


def back_to_case(t: Translator, view: CaseView) -> Button:
    """「返回」 to the card: the question goes, and nothing is sent."""
    return tap(view, t.p("button", "Back"), "back")


def earlier(t: Translator, view: CaseView) -> Button:
    """「返回」 to the question before this one of the same dialogue."""
    return back(t, EARLIER, about=view.case.id)


def ends(screen: Screen) -> bool:
    """Whether it is a question: 「取消」 stands under it, or 「返回」 to the card."""
    return any(b.data.startswith(CANCELS) for row in screen.buttons for b in row)


def both(t: Translator, view: CaseView) -> list[Button]:
    """Under the first question about a case."""
    return [back_to_case(t, view), cancel(t)]
