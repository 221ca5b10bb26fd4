"""What does the bot say right after somebody has done something? One line, and how it goes on."""

from complaints.case_view import Dossier
from complaints.model.complaint import State
from views.framework import parts, terms
from views.framework.formats import moment
from views.framework.screen import Lines, Screen
from views.framework.translator import Translator
from views.resident.card import follow_buttons


def _done(t: Translator, d: Dossier, *said: str) -> Screen:
    return Screen(str(Lines()(*said, parts.about(t, d))))


def added(t: Translator, d: Dossier) -> Screen:
    return Screen(str(Lines()(t("Added; the handler reads it now."), parts.about(t, d))), follow_buttons(t, d))


def nothing_to_add(t: Translator) -> Screen:
    return Screen(t("There is no open case to add to. Just write what is wrong."))


def urged(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Urged: the manager and the company's head have been told. You can urge again tomorrow."))


def withdrawn(t: Translator, d: Dossier) -> Screen:
    if d.case.state is State.WITHDRAWN:
        return _done(t, d, t("Withdrawn. Everybody concerned has been told."))
    return _done(t, d, t("You have left the case; it goes on for the other households."))


def agreed(t: Translator, d: Dossier) -> Screen:
    until = moment(t, d.case.agreed_until) if d.case.agreed_until else "—"
    return _done(t, d, t("Agreed. The date {until} is binding now.", until=until))


def countered(t: Translator, d: Dossier) -> Screen:
    until = moment(t, d.case.proposal.until) if d.case.proposal else "—"
    return _done(t, d, t("Your date {until} has been proposed to the handler.", until=until))


def refused(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("The handler has been told and must propose another date."))


def rated(t: Translator, d: Dossier, level: str) -> Screen:
    return _done(t, d, t("Thank you. Your rating: {level}", level=level))


def explained(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Thank you, the handler and the company's head read it."))


def closing_answered(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Thank you, the handler knows."))


# --- staff ------------------------------------------------------------------------------------------------------


def sent(t: Translator, d: Dossier) -> Screen:
    if not d.case.households:
        return _done(t, d, t("Noted in the case. Nobody of it can be told any more."))
    return _done(t, d, t("Sent to the resident."))


def sent_late(t: Translator, d: Dossier) -> Screen:
    """A manager whose time ran out."""
    return _done(t, d, t("Sent to the resident. The clock runs on: the company's head handles the case now."))


def sorted_as(t: Translator, d: Dossier) -> Screen:
    c = d.case
    clock = d.main_clock
    due = (t("To be resolved by {due}", due=moment(t, clock.due)), *parts.basis(t, d, clock)) if clock else ()
    return _done(t, d, t("Sorted as: {disposition}", disposition=terms.disposition(t, d.pack, c.disposition)), *due)


def proposed(t: Translator, d: Dossier) -> Screen:
    until = moment(t, d.case.proposal.until) if d.case.proposal else "—"
    return _done(t, d, t("Proposed to the resident: {until}. You are told what they say.", until=until))


def resolved(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Result submitted. The resident rates it now."))


def closing_asked(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("The resident has been asked. The result is kept as a draft."))


def acknowledged(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Noted, the resident knows that you are on the way. Please write what you find there."))


def visited(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Noted: looked at on site. The resident has been told."))


def taken_over(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("The case is yours now. Please reply to it in words: that is the response."))


def assigned(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Named: {name}. They have been told.", name=d.handler_name))


def signed(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Signed for. The bureau has been told."))


def reported(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Reported. The bureau has been told."))


def review_asked(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("The bureau has been asked to review the rating."))


def committed(t: Translator, d: Dossier) -> Screen:
    until = moment(t, d.case.agreed_until) if d.case.agreed_until else "—"
    return _done(t, d, t("Promised: {until}. The resident has been told.", until=until))


def noted(t: Translator, d: Dossier, what: str) -> Screen:
    return _done(t, d, t("Noted: {what}. Everybody concerned has been told.", what=what))


def bureau_done(t: Translator, d: Dossier, act: str) -> Screen:
    return _done(t, d, t("Done: {act}. Everybody concerned has been told.", act=act))


def order_worded(t: Translator, d: Dossier) -> Screen:
    return _done(t, d, t("Added to the order."))
