"""Confirmations: one line right after an act, and how it goes on."""

from collections.abc import Callable
from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model.complaint import State
from views.company import card
from views.framework import parts, terms
from views.framework.act_labels import label
from views.framework.formats import moment
from views.framework.screen import Lines, Screen
from views.framework.translator import Translator
from views.resident.card import follow_buttons

View = Callable[[Translator, CaseView], Screen]


def _done(t: Translator, view: CaseView, *said: str) -> Screen:
    return Screen(str(Lines()(*said, parts.about(t, view))))


def added(t: Translator, view: CaseView) -> Screen:
    return Screen(str(Lines()(t("Added; the handler reads it now."), parts.about(t, view))), follow_buttons(t, view))


def nothing_to_add(t: Translator) -> Screen:
    return Screen(t("There is no open case to add to. Just write what is wrong."))


def urged(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Urged: the manager and the company's head have been told. You can urge again tomorrow."))


def withdrawn(t: Translator, view: CaseView) -> Screen:
    if view.case.state is State.WITHDRAWN:
        return _done(t, view, t("Withdrawn. Everybody concerned has been told."))
    return _done(t, view, t("You have left the case; it goes on for the other households."))


def agreed(t: Translator, view: CaseView) -> Screen:
    until = moment(t, view.case.agreed_until) if view.case.agreed_until else "—"
    return _done(t, view, t("Agreed. The date {until} is binding now.", until=until))


def countered(t: Translator, view: CaseView) -> Screen:
    until = moment(t, view.case.proposal.until) if view.case.proposal else "—"
    return _done(t, view, t("Your date {until} has been proposed to the handler.", until=until))


def refused(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("The handler has been told and must propose another date."))


def rated(t: Translator, view: CaseView, level: str) -> Screen:
    return _done(t, view, t("Thank you. Your rating: {level}", level=level))


def explained(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Thank you, the handler and the company's head read it."))


def closing_answered(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Thank you, the handler knows."))


# --- staff ------------------------------------------------------------------------------------------------------


def sent(t: Translator, view: CaseView) -> Screen:
    if not view.case.households:
        return _done(t, view, t("Noted in the case. Nobody of it can be told any more."))
    return _done(t, view, t("Sent to the resident."))


def sent_late(t: Translator, view: CaseView) -> Screen:
    """A manager whose time ran out."""
    return _done(t, view, t("Sent to the resident. The clock runs on: the company's head handles the case now."))


def sorted_as(t: Translator, view: CaseView) -> Screen:
    c = view.case
    clock = view.main_clock
    due = (t("To be resolved by {due}", due=moment(t, clock.due)), *parts.basis(t, view, clock)) if clock else ()
    return _done(
        t, view, t("Sorted as: {disposition}", disposition=terms.disposition(t, view.pack, c.disposition)), *due
    )


def proposed(t: Translator, view: CaseView) -> Screen:
    until = moment(t, view.case.proposal.until) if view.case.proposal else "—"
    return _done(t, view, t("Proposed to the resident: {until}. You are told what they say.", until=until))


def resolved(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Result submitted. The resident rates it now."))


def closing_asked(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("The resident has been asked. The result is kept as a draft."))


def acknowledged(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Noted, the resident knows that you are on the way. Please write what you find there."))


def visited(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Noted: looked at on site. The resident has been told."))


def taken_over(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("The case is yours now. Please reply to it in words: that is the response."))


def assigned(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Named: {name}. They have been told.", name=view.handler_name))


def signed(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Signed for. The bureau has been told."))


def reported(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Reported. The bureau has been told."))


def review_asked(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("The bureau has been asked to review the rating."))


def committed(t: Translator, view: CaseView) -> Screen:
    until = moment(t, view.case.agreed_until) if view.case.agreed_until else "—"
    return _done(t, view, t("Promised: {until}. The resident has been told.", until=until))


def noted(button: str) -> View:
    """An act by its button; everybody concerned has been told."""
    return lambda t, view: _done(t, view, t("Noted: {what}. Everybody concerned has been told.", what=label(t, button)))


def noted_with_buttons(button: str) -> View:
    """The same, and what can be done with the case next."""
    said = noted(button)
    return lambda t, view: replace(said(t, view), buttons=card.buttons(t, view))


def bureau_done(button: str) -> View:
    return lambda t, view: _done(t, view, t("Done: {act}. Everybody concerned has been told.", act=label(t, button)))


def order_worded(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, t("Added to the order."))
