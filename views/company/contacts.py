"""Screens about first contact, a given date, a preliminary result, and contact by the street."""

from complaints.case_view import CaseView
from complaints.model.events import Committed, Redelivered, ReportedBeyond
from complaints.model.roles import RecipientRole
from views.company.card import with_card
from views.framework import parts, terms, told
from views.framework.case_names import named
from views.framework.formats import moment_from
from views.framework.notice_views import notice
from views.framework.parts import act_button
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator
from views.resident.card import follow_buttons
from views.resident.deadlines import deadline


@notice("resident.called")
def called(t: Translator, view: CaseView) -> Screen:
    """A call that is on record reads the resident, who knows best whether there was one."""
    out = Lines()(parts.title(t("{handler} has noted a phone call with you", handler=told.actor(t, view))))
    out(parts.about(t, view), t("If nobody has called you, just reply to this message."))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.committed")
def committed(t: Translator, view: CaseView) -> Screen:
    """The date that the contact gave (浦建委物管〔2023〕55号 三(一))."""
    until = moment_from(t, view.of(Committed).until, view.now)
    out = Lines()(parts.title(t("{handler} promises: done by {until}", handler=told.actor(t, view), until=until)))
    out(parts.quote(view.event_words), parts.about(t, view), parts.clause(t, view, "resolve"))
    out(t("If it isn't done by then, the company's head and the bureau are told at once."))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.preliminary")
def preliminary(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("Preliminary result, from {handler}", handler=told.actor(t, view))))
    out(parts.quote(view.event_words), parts.about(t, view))
    if (clock := view.main_clock) is not None:
        out(*parts.resolved_by(t, view, clock))
    return Screen(str(out(t("Reply to this message and it reaches the handler."))), follow_buttons(t, view))


@notice("resident.street_contacted")
def street_contacted(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("The {street} office has taken up your case", street=view.case.place.street)))
    out(parts.quote(view.event_words), parts.about(t, view))
    return Screen(str(out(t("If it isn't so, just reply to this message."))), follow_buttons(t, view))


@notice("resident.street_next")
def street_next(t: Translator, view: CaseView) -> Screen:
    """It is the street's turn to contact the household, why, and by when (浦建委物管〔2023〕55号 三(二), 三(四))."""
    street = view.case.place.street
    if isinstance(view.event, Redelivered):
        mark = t("The hotline has delivered your case again: the {street} office contacts you", street=street)
    else:
        who = told.actor(t, view)
        mark = t("{handler} hasn't reached you: the {street} office contacts you next", handler=who, street=street)
    out = Lines()(parts.title(mark), parts.about(t, view))
    if (clock := view.case.clock("recover_street", "running")) is not None:
        out(str(deadline(t, view, clock)))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.beyond")
def beyond(t: Translator, view: CaseView) -> Screen:
    """What the company claims, as its claim (浦建委物管〔2023〕55号 三(一))."""
    to = terms.beyond(t)[view.of(ReportedBeyond).to]
    out = Lines()(parts.title(t("The property service holds this to be beyond it and has reported it to: {to}", to=to)))
    out(parts.quote(view.event_words), parts.about(t, view), t("Your case stays open until it is settled."))
    return Screen(str(out(parts.cited(t, view.pack.demand("beyond")))), follow_buttons(t, view))


@notice("street.beyond")
def beyond_to_street(t: Translator, view: CaseView) -> Screen:
    """To whom it is reported; the owners' committee reads nobody's words."""
    out = parts.head(t, view, t("The property service says that this is beyond it: please help to settle it"))
    out("" if view.recipient is RecipientRole.COMMITTEE else parts.quote(view.event_words))
    return Screen(str(out(parts.cited(t, view.pack.demand("beyond")))))


@notice("bureau.beyond")
def beyond_to_bureau(t: Translator, view: CaseView) -> Screen:
    to = terms.beyond(t)[view.of(ReportedBeyond).to]
    mark = t("The property service says that it is beyond it, and has reported it to: {to}", to=to)
    return parts.noted(t, view, mark)


# --- the company ------------------------------------------------------------------------------------------------


@notice("manager.preliminary")
def manager_preliminary(t: Translator, view: CaseView) -> Screen:
    """To whoever handles it: what the bureau has told the resident in the company's place."""
    mark = t("Preliminary result, from {handler}", handler=told.actor(t, view))
    left = str(parts.deadline(t, view, clock)) if (clock := view.main_clock) else ""
    return with_card(t, view, mark, parts.quote(view.event_words), left)


@notice("manager.street_contacted")
def manager_street_contacted(t: Translator, view: CaseView) -> Screen:
    return with_card(t, view, t("The street office has spoken to the resident"), parts.quote(view.event_words))


@notice("manager.contact_failed")
def contact_failed(t: Translator, view: CaseView) -> Screen:
    mark = t("The resident couldn't be reached: the street office contacts them next")
    if not told.was_told(view, RecipientRole.STREET):
        unheard = t("Nobody of the street office has joined here: please call it.")
        return with_card(t, view, mark, unheard, parts.clause(t, view, "recover_street"))
    return with_card(t, view, mark, parts.clause(t, view, "recover_street"))


# --- the street -------------------------------------------------------------------------------------------------


def street_buttons(t: Translator, view: CaseView) -> tuple[tuple[Button, ...], ...]:
    """While the street has to call: the number, where the resident allows calls, and the word that it is done."""
    if "recover_street" not in view.case.unmet:
        return ()
    return rows(
        [
            parts.phone_button(t, view),
            act_button(t, view, "street_contact"),
        ]
    )


@notice("street.recover")
def recover(t: Translator, view: CaseView) -> Screen:
    """The street contacts the dissatisfied itself (浦建委物管〔2023〕55号 三(二))."""
    out = Lines()(parts.title(t("Dissatisfied: please contact the resident yourself")))
    out(named(t, view, room=True))
    out(parts.quote(view.said(view.case.words)))
    if (clock := view.case.clock("recover_street", "running")) is not None:
        out(str(parts.deadline(t, view, clock)))
    out(
        t("You get this as street officer: the hotline has delivered the case again.")
        if isinstance(view.event, Redelivered)
        else t("You get this as street officer: the manager has not reached the resident, or not won them over.")
    )
    return Screen(str(out), street_buttons(t, view))


@notice("street.nudge")
def street_nudge(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("Reminder: the resident still waits for the street office")))
    out(named(t, view))
    if (clock := view.case.clock("recover_street", "running")) is not None:
        out(str(parts.deadline(t, view, clock)))
    return Screen(str(out), street_buttons(t, view))
