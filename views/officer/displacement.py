"""What is said of a duty that has changed hands: to the account that has lost it, and to whoever stands above."""

from complaints.model.people import Role
from views.framework import terms
from views.framework.screen import Lines, Screen
from views.framework.translator import Html, Translator


def you_are_displaced(t: Translator, role: Role, scope: str, *, renamed: bool) -> Screen:
    out = Lines()(
        t("<b>You are not the {role} of {scope} here any more.</b>", role=terms.role(t, role.value), scope=scope)
    )
    out(_why(t, renamed=renamed))
    if renamed:
        out(t("If it is you all the same, send /start and share your phone number once more."))
    else:
        out(t("If that is not right, please call your company or the district housing bureau."))
    return Screen(str(out))


def has_changed_hands(t: Translator, role: Role, scope: str, *, renamed: bool) -> Screen:
    """To the company's head, or the officer above."""
    out = Lines()(
        t("<b>The account of the {role} of {scope} has changed.</b>", role=terms.role(t, role.value), scope=scope)
    )
    out(t("Whoever had it before has no rights there any more."))
    out(_why(t, renamed=renamed), t("If you don't know of this, please have the registry checked."))
    return Screen(str(out))


def _why(t: Translator, *, renamed: bool) -> Html:
    if renamed:
        return t("The registry names somebody else, who joins by sharing the registered phone number.")
    return t("Another account has shown that the registered phone number is its own.")
