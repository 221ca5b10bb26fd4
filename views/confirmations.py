"""Confirmations: one line right after an act, who is told of it by the outbox, and how it goes on."""

from collections.abc import Callable
from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model.complaint import State
from views.company import card_buttons
from views.framework import alarm, parties, parts, terms, told
from views.framework.act_labels import label
from views.framework.formats import moment_from
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Translator
from views.resident.card import follow_buttons

RESOLVING = ("resolve_general", "resolve_major")
View = Callable[[Translator, CaseView], Screen]


def _done(t: Translator, view: CaseView, *said: str) -> Screen:
    return Screen(str(Lines()(*said, parts.about(t, view))))


def _told(t: Translator, view: CaseView, *said: str) -> Screen:
    """To staff: what was done, and who is told of it."""
    return _done(t, view, *said, told.line(t, view))


def _heard(t: Translator, view: CaseView, *said: str) -> Screen:
    """The same to a resident, who reads no full names; until a danger is confirmed, whom to call comes first."""
    if view.alarm is None:
        return _done(t, view, *said, told.line(t, view, masked=True))
    out = Lines()(*alarm.numbers_here(t, view))
    out(*said, told.line(t, view, masked=True) if view.told else "", *alarm.lines(t, view, to_resident=True))
    return Screen(str(out(parts.about(t, view))), follow_buttons(t, view, danger=True))


def added(t: Translator, view: CaseView) -> Screen:
    """Where the case was dangerous before, whoever adds to it may say that it is again."""
    said = t("Added, and sent out as danger at once.") if _just_raised(view) else t("Added.")
    again = t("If there is danger now, tap “In danger”.") if view.case.danger and view.alarm is None else ""
    return replace(_heard(t, view, said, again), buttons=follow_buttons(t, view, danger=True))


def _just_raised(view: CaseView) -> bool:
    return view.case.raised_at == view.now


def in_danger(t: Translator, view: CaseView) -> Screen:
    """「有危险」 on the card: the alarm goes from now on, or has gone all the time."""
    return _heard(t, view, t("Sent out as danger at once.") if _just_raised(view) else t("The alarm goes already."))


def no_danger(t: Translator, view: CaseView) -> Screen:
    return _heard(t, view, t("Good that nobody is in danger. Everybody who was alarmed is told."))


def nothing_waits(t: Translator) -> Screen:
    """A question whose words have found their place, or were dropped."""
    return Screen(t("These words wait no more: they were passed on, or dropped. Just write what is wrong."))


def urged(t: Translator, view: CaseView) -> Screen:
    return _heard(t, view, t("Urged. You can urge again tomorrow."))


def withdrawn(t: Translator, view: CaseView) -> Screen:
    if view.case.state is State.WITHDRAWN:
        return _heard(t, view, t("Withdrawn."))
    return _done(t, view, t("You have left the case; it goes on for the other households."))


def agreed(t: Translator, view: CaseView) -> Screen:
    until = moment_from(t, view.case.agreed_until, view.now) if view.case.agreed_until else "—"
    return _heard(t, view, t("Agreed. The date {until} is binding now.", until=until))


def countered(t: Translator, view: CaseView) -> Screen:
    until = moment_from(t, view.case.proposal.until, view.now) if view.case.proposal else "—"
    return _heard(t, view, t("You propose: {until}.", until=until))


def _why(t: Translator) -> str:
    return t("If you like, just write why; photos and voice are fine too.")


def refused(t: Translator, view: CaseView) -> Screen:
    return _heard(t, view, t("Not agreed; another date has to be proposed."))


def refused_by_household(t: Translator, view: CaseView) -> Screen:
    return _heard(t, view, t("Not agreed; another date has to be proposed."), _why(t))


def not_done(t: Translator, view: CaseView) -> Screen:
    return _heard(t, view, t("Thank you for the answer."), _why(t))


def rated(t: Translator, view: CaseView, level: str) -> Screen:
    return _done(t, view, t("Thank you. Your rating: {level}", level=level))


def explained(t: Translator, view: CaseView) -> Screen:
    return _heard(t, view, t("Thank you for saying why."))


def closing_answered(t: Translator, view: CaseView) -> Screen:
    return _heard(t, view, t("Thank you for the answer."))


# --- staff ------------------------------------------------------------------------------------------------------


def sent(t: Translator, view: CaseView) -> Screen:
    if not view.case.households:
        return _done(t, view, t("Noted in the case. Nobody of it can be told any more."))
    return _done(t, view, told.unread(t, view) or t("Sent to the resident."))


def sent_late(t: Translator, view: CaseView) -> Screen:
    """A manager whose time ran out."""
    runs_on = t("The clock runs on: the company's head handles the case now.")
    return _done(t, view, told.unread(t, view) or t("Sent to the resident."), runs_on)


def sorted_as(t: Translator, view: CaseView) -> Screen:
    sorting = t("Sorted as: {disposition}", disposition=terms.disposition(t, view.pack, view.case.disposition))
    return _told(t, view, sorting, *_due_then(t, view))


def _due_then(t: Translator, view: CaseView) -> tuple[str, ...]:
    """By when it is to be resolved; or what else is due then, and from whom."""
    clock = view.main_clock
    if clock is None:
        return ()
    if clock.stage in RESOLVING:
        return parts.resolved_by(t, view, clock)
    return (str(parts.deadline(t, view, clock)), t("Owed by: {who}", who=parties.called(t, view, clock.debtor)))


def proposed(t: Translator, view: CaseView) -> Screen:
    until = moment_from(t, view.case.proposal.until, view.now) if view.case.proposal else "—"
    return _told(t, view, t("You propose: {until}.", until=until), t("You are told what the resident says."))


def resolved(t: Translator, view: CaseView) -> Screen:
    rates = t("The resident rates it now.") if told.households_were_told(view) else ""
    return _told(t, view, t("Result submitted."), rates)


def closing_asked(t: Translator, view: CaseView) -> Screen:
    asked = told.unread(t, view) or t("The resident has been asked.")
    return _done(t, view, asked, t("The result is kept as a draft."))


def acknowledged(t: Translator, view: CaseView) -> Screen:
    said = _told(t, view, t("Noted: you are on your way. Once there, reply to this message with what you find."))
    return replace(said, buttons=card_buttons.way_in(t, view))


def visited(t: Translator, view: CaseView) -> Screen:
    return _told(t, view, t("Noted: looked at on site."), t("Photos or words that you send now go with it."))


def seen(t: Translator, view: CaseView) -> Screen:
    return _done(t, view, told.unread(t, view) or t("Sent to the resident."))


def matter_corrected(t: Translator, view: CaseView) -> Screen:
    return _told(t, view, t("Noted: it is about {matter}.", matter=t.of(view.matter.label)))


def taken_over(t: Translator, view: CaseView) -> Screen:
    said = _told(t, view, t("The case is yours now. Please reply to it in words: that is the response."))
    return replace(said, buttons=card_buttons.way_in(t, view))


def assigned(t: Translator, view: CaseView) -> Screen:
    return _told(t, view, t("Named: {name}", name=view.handler_name))


def signed(t: Translator, view: CaseView) -> Screen:
    """With what the order asks for next, in place of its own buttons."""
    return replace(_told(t, view, t("Signed for.")), buttons=rows([parts.act_button(t, view, "report_done")]))


def reported(t: Translator, view: CaseView) -> Screen:
    return _told(t, view, t("Reported."))


def review_asked(t: Translator, view: CaseView) -> Screen:
    return _told(t, view, t("You have asked for a review of the rating."))


def committed(t: Translator, view: CaseView) -> Screen:
    until = moment_from(t, view.case.agreed_until, view.now) if view.case.agreed_until else "—"
    return _told(t, view, t("Promised: {until}", until=until))


def noted(button: str) -> View:
    """An act by its button."""
    return lambda t, view: _told(t, view, t("Noted: {what}", what=label(t, button)))


def found(t: Translator, view: CaseView) -> Screen:
    """「属实」, 「部分属实」 or 「不属实」."""
    which = view.case.finding
    return _told(t, view, t("Confirmed: {finding}", finding=terms.finding(t, which) if which else ""))


def unreached(t: Translator, view: CaseView) -> Screen:
    """「联系不上」: once isn't enough for the street to step in."""
    if "recover" not in view.case.unmet:
        return noted("unreached")(t, view)
    more = t("The attempt is on record. Please try again at another time of day: morning, afternoon or evening.")
    return _told(t, view, more)


def noted_with_buttons(button: str) -> View:
    """The same, and the way on."""
    said = noted(button)
    return lambda t, view: replace(said(t, view), buttons=card_buttons.way_in(t, view))


def referred(t: Translator, view: CaseView) -> Screen:
    return _told(t, view, t("Referred to: {department}", department=t.of(view.department_label)))
