"""What is read about first contact, a date given, a preliminary result, and what the street does?"""

from complaints.case_view import Dossier
from complaints.model.events import Committed
from views.company.card import with_card
from views.framework import parts
from views.framework.formats import moment
from views.framework.parts import tap
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator
from views.resident.card import follow_buttons


def called(t: Translator, d: Dossier) -> Screen:
    """A call that is on record reads the resident, who knows best whether there was one."""
    out = Lines()(parts.title(t("{handler} has noted a phone call with you", handler=parts.handler(t, d))))
    out(parts.about(t, d), t("If nobody has called you, just reply to this message."))
    return Screen(str(out), follow_buttons(t, d))


def committed(t: Translator, d: Dossier) -> Screen:
    """The date that the contact gave (浦建委物管〔2023〕55号 三(一))."""
    until = moment(t, d.of(Committed).until)
    out = Lines()(parts.title(t("{handler} promises: done by {until}", handler=parts.handler(t, d), until=until)))
    out(parts.quote(d.event_words), parts.about(t, d), parts.clause(t, d, "resolve"))
    out(t("If it isn't done by then, the company's head and the bureau are told at once."))
    return Screen(str(out), follow_buttons(t, d))


def preliminary(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t("Preliminary result")), parts.quote(d.event_words), parts.about(t, d))
    if (clock := d.main_clock) is not None:
        out(t("To be resolved by {due}", due=moment(t, clock.due)), *parts.basis(t, d, clock))
    return Screen(str(out(t("Reply to this message and it reaches the handler."))), follow_buttons(t, d))


def street_contacted(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t("The {street} office has taken up your case", street=d.case.place.street)))
    out(parts.quote(d.event_words), parts.about(t, d))
    return Screen(str(out(t("If it isn't so, just reply to this message."))), follow_buttons(t, d))


# --- the company ------------------------------------------------------------------------------------------------


def manager_street_contacted(t: Translator, d: Dossier) -> Screen:
    return with_card(t, d, t("The street office has spoken to the resident"), parts.quote(d.event_words))


def contact_failed(t: Translator, d: Dossier) -> Screen:
    mark = t("The resident couldn't be reached: the street office contacts them now")
    return with_card(t, d, mark, parts.clause(t, d, "recover_street"))


# --- the street -------------------------------------------------------------------------------------------------


def street_buttons(t: Translator, d: Dossier) -> tuple[tuple[Button, ...], ...]:
    """While the street has to call: the number, where the resident allows calls, and the word that it is done."""
    if "recover_street" not in d.case.unmet:
        return ()
    return rows(
        [
            parts.phone_button(t, d),
            tap(d, t.p("button", "Resident contacted"), "street_contact"),
        ]
    )


def recover(t: Translator, d: Dossier) -> Screen:
    """The street contacts the dissatisfied itself (浦建委物管〔2023〕55号 三(二))."""
    out = Lines()(parts.title(t("Dissatisfied: please contact the resident yourself")))
    out(t("Number {number}", number=parts.number(d.case)), parts.about(t, d, room=True))
    out(parts.quote(d.said(d.case.words)))
    if (clock := d.case.clock("recover_street", "running")) is not None:
        out(str(parts.deadline(t, d, clock)))
    out(t("You get this as street officer: the manager could not win the resident over."))
    return Screen(str(out), street_buttons(t, d))


def street_nudge(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t("Reminder: the resident still waits for the street office")))
    out(t("Number {number}", number=parts.number(d.case)), parts.about(t, d))
    if (clock := d.case.clock("recover_street", "running")) is not None:
        out(str(parts.deadline(t, d, clock)))
    return Screen(str(out), street_buttons(t, d))
