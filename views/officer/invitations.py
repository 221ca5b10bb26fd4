"""Screens about one-time invitation links."""

from complaints.model.people import Appointment
from views.framework import terms
from views.framework.screen import Lines, Screen
from views.framework.translator import Translator
from views.resident import privacy


def staff_link(t: Translator, held: Appointment, scope: str, link: str) -> Screen:
    out = Lines()(
        t(
            "For {name}, {role} of {scope}. Please pass on this link, to nobody else:",
            name=held.name,
            role=terms.role(t, held.role.value),
            scope=scope,
        )
    )
    return Screen(str(out(link, t("It works once, for 72 hours."))))


def link_was_used(t: Translator, held: Appointment, scope: str, by: str) -> Screen:
    """`by` is the name of the account, as it calls itself."""
    out = Lines()(
        t(
            "Your link for {name}, {role} of {scope}, was used by the account 「{by}」.",
            name=held.name,
            role=terms.role(t, held.role.value),
            scope=scope,
            by=by,
        )
    )
    out(t("If that is somebody else, {name} gets it back by sharing the registered phone number.", name=held.name))
    return Screen(str(out))


def family_link(t: Translator, link: str) -> Screen:
    out = Lines()(t("Pass on this link to somebody of your family. They see how the case goes, and change nothing:"))
    return Screen(str(out(link, t("It works once, for 72 hours."))))


def own_link(t: Translator) -> Screen:
    return Screen(t("This link is for somebody else: please pass it on."))


def no_such_link(t: Translator) -> Screen:
    return Screen(t("This link has been used, has run out, or never was one. Please ask for a new one."))


def too_many(t: Translator) -> Screen:
    return Screen(t("Too many wrong links. Please try again in an hour, with a fresh link."))


def follows_already(t: Translator) -> Screen:
    return Screen(t("You see this case already: /mine"))


def following(t: Translator) -> Screen:
    """With the notice: somebody who only follows never passes the way in where residents read it."""
    out = Lines()(t("You follow this case of your family from now on. What happens to it is told here."))
    return Screen(str(out.gap()(privacy.in_short(t))))


def unfollowed(t: Translator) -> Screen:
    return Screen(t("You don't follow this case any more."))
