"""Notices of clocks and alarms that everybody concerned gets: an outage, what is overdue, what was done late."""

from collections.abc import Callable

from complaints.case_view import CaseView
from complaints.model.events import Expired, MetLate, Nudged, RenewalDecided, Withdrawn
from complaints.model.notice import Audience
from complaints.model.party import Party
from complaints.model.roles import GROUP_RECIPIENTS, RecipientRole
from views.company.card import with_card
from views.company.card_buttons import way_in
from views.company.contacts import street_buttons
from views.framework import alarm, office_buttons, parties, parts
from views.framework.act_labels import happened
from views.framework.formats import moment_from, span
from views.framework.notice_views import View, notice
from views.framework.parts import act_button
from views.framework.screen import Button, Screen, rows
from views.framework.translator import Html, Translator
from views.officer.notices import owed_by_reader, own_step
from views.resident.card import follow_buttons

Buttons = tuple[tuple[Button, ...], ...]
Said = tuple[Html, tuple[str, ...]]  # the title, and the lines below it


def _bureau(t: Translator, view: CaseView) -> Buttons:
    return office_buttons.act_buttons(t, view) if view.case.is_open else ()


def _office(t: Translator, view: CaseView) -> Buttons:
    return way_in(t, view) if view.reader_acts and view.case.is_open else ()


BUTTONS: dict[Audience, Callable[[Translator, CaseView], Buttons]] = {
    Audience.RESIDENT: follow_buttons,
    Audience.BUREAU: _bureau,
    Audience.DEPARTMENT: _office,
    Audience.STREET: lambda t, view: street_buttons(t, view) or _office(t, view),
}


def to_all(what: str, *audiences: Audience) -> Callable[[Callable[[Translator, CaseView, Audience], Said]], None]:
    """The same words to each of these audiences: to the company with its card, to everybody else with their buttons."""

    def each(says: Callable[[Translator, CaseView, Audience], Said]) -> None:
        for audience in audiences:
            notice(f"{audience.value}.{what}")(_view(says, audience))

    return each


def _view(says: Callable[[Translator, CaseView, Audience], Said], audience: Audience) -> View:
    def view_of(t: Translator, view: CaseView) -> Screen:
        title, lines = says(t, view, audience)
        if audience is Audience.COMPANY:
            return with_card(t, view, title, *lines)
        return Screen(str(parts.head(t, view, title)(*lines)), BUTTONS[audience](t, view))

    return view_of


def _stage(t: Translator, view: CaseView, stage: str) -> str:
    return t.of(view.pack.stage(stage).name)


def _who(t: Translator, view: CaseView, debtor: Party | None, stage: str, audience: Audience) -> Html:
    owes = debtor or view.case.party(view.pack.stage(stage).owner)
    return parties.called(t, view, owes, to_resident=audience is Audience.RESIDENT)


@to_all("outage", *Audience)
def outage(t: Translator, view: CaseView, audience: Audience) -> Said:
    """The time is up, and nobody is to blame: our own system took it."""
    event = view.of(Expired)
    if event.outage is None or event.until is None:
        raise TypeError("this notice speaks of an outage")
    return (
        t("{stage}: the time is put off, because our system was down", stage=_stage(t, view, event.stage)),
        (
            t(
                "From {began} to {ended} it could not receive or send. That is counted against nobody.",
                began=moment_from(t, event.outage.began, view.now),
                ended=moment_from(t, event.outage.ended, view.now),
            ),
            t(
                "It was due {due}; {who} now has until {until}.",
                due=moment_from(t, event.due, view.now),
                until=moment_from(t, event.until, view.now),
                who=_who(t, view, event.debtor, event.stage, audience),
            ),
        ),
    )


@to_all("still_overdue", Audience.COMPANY, Audience.BUREAU, Audience.DEPARTMENT, Audience.STREET)
def still_overdue(t: Translator, view: CaseView, audience: Audience) -> Said:
    """Again and again, until what has expired is done."""
    event = view.of(Nudged)
    return (
        t("Still not done: {stage}", stage=_stage(t, view, event.stage)),
        (
            parts.overdue_by(t, view, event.due),
            own_step(t, view)
            if audience is Audience.BUREAU and owed_by_reader(view, event.debtor, event.stage)
            else t("Owed by: {who}", who=_who(t, view, event.debtor, event.stage, audience)),
            parts.clause(t, view, event.stage),
        ),
    )


@to_all("met_late", Audience.COMPANY, Audience.BUREAU, Audience.DEPARTMENT, Audience.STREET)
def met_late(t: Translator, view: CaseView, audience: Audience) -> Said:
    """To everybody who was told that it had expired."""
    event = view.of(MetLate)
    late = span(t, (view.at or view.now) - event.due)
    return (
        t("Done late: {stage}", stage=_stage(t, view, event.stage)),
        (
            t("{what}, {late} after it was due", what=happened(t, event.through), late=late),
            t("Owed by: {who}", who=_who(t, view, event.debtor, event.stage, audience)),
        ),
    )


@to_all("in_hand", Audience.COMPANY, Audience.BUREAU, Audience.DEPARTMENT, Audience.STREET)
def in_hand(t: Translator, view: CaseView, audience: Audience) -> Said:
    """To everybody who was told of the danger: somebody has it in hand."""
    title = t("Follow-up report: the danger is in hand") if _at_desk(view) else t("The danger is in hand")
    return title, (_by_whom(t, view), _staffs_words(view), _how_late(t, view))


def _by_whom(t: Translator, view: CaseView) -> Html:
    """What has been done, and by whom where the event says so."""
    name = view.names.get(getattr(view.event, "by", None) or 0, "")
    what = happened(t, view.event.name) if view.event else ""
    return t("{what} by {name}", what=what, name=name) if name else Html(what)


def _staffs_words(view: CaseView) -> str:
    """What whoever has acted writes of it; a group reads no words of anybody."""
    by_household = view.event is None or view.event.household is not None
    return "" if by_household or view.recipient in GROUP_RECIPIENTS else parts.quote(view.event_words)


def _at_desk(view: CaseView) -> bool:
    """Whether the government's duty desk reads it, which counts its reports."""
    return view.recipient is RecipientRole.DUTY_DESK


def _how_late(t: Translator, view: CaseView) -> str:
    """That it was confirmed after its time, which counts all the same."""
    clock = next((c for c in reversed(view.case.clocks) if view.stage(c).alarm), None)
    if clock is None or clock.settled != "met":
        return ""
    return t("{late} after it was due", late=span(t, (view.at or view.now) - clock.due))


@to_all("danger_raised", Audience.COMPANY, Audience.BUREAU, Audience.DEPARTMENT, Audience.STREET)
def danger_raised(t: Translator, view: CaseView, audience: Audience) -> Said:
    """Said of a case that was open already; a group reads no words of anybody."""
    words = () if audience is Audience.BUREAU else (parts.speaker(t, view), parts.quote(view.event_words))
    phone = t("Project's work phone: {phone}", phone=view.project.phone) if view.project.phone else ""
    title = t("First report: danger in an open case") if _at_desk(view) else t("Danger: the resident has just said so")
    where = alarm.where(t, view, room=audience is not Audience.BUREAU)
    company = audience is Audience.COMPANY
    return title, ("" if company else where, *words, *alarm.lines(t, view), "" if company else phone)


@to_all("danger_denied", Audience.COMPANY, Audience.BUREAU, Audience.DEPARTMENT, Audience.STREET)
def danger_denied(t: Translator, view: CaseView, audience: Audience) -> Said:
    """To everybody who was alarmed by what was said later."""
    title = t("Final report: no danger after all") if _at_desk(view) else t("No danger after all: end of the alarm")
    return title, (t("The resident says that it was a misunderstanding. The case itself goes on."),)


@to_all("matter_named", Audience.RESIDENT, Audience.COMPANY, Audience.BUREAU, Audience.STREET)
def matter_named(t: Translator, view: CaseView, audience: Audience) -> Said:
    """It went out before anybody had said what it is."""
    return t("Now it is known what it is: {matter}", matter=t.of(view.matter.label)), ()


@to_all("danger_over", Audience.COMPANY, Audience.BUREAU, Audience.DEPARTMENT, Audience.STREET)
def danger_over(t: Translator, view: CaseView, audience: Audience) -> Said:
    """To everybody who was told of the danger: the case has ended, and with which words."""
    withdrawn = isinstance(view.event, Withdrawn)
    sure = alarm.make_sure(t, view, of_company=audience is Audience.COMPANY) if withdrawn else ""
    title = t("Final report: the danger is over") if _at_desk(view) else t("The danger: end of the alarm")
    return title, (_by_whom(t, view), _staffs_words(view), sure)


@notice("bureau.renewal_asked")
def renewal_asked(t: Translator, view: CaseView) -> Screen:
    """To the section head, who decides."""
    out = parts.head(t, view, t("Another period is asked: {stage}", stage=_stage(t, view, view.case.renewal or "plan")))
    out(parts.quote(view.event_words))
    out(t("It had its period once. Another one needs your consent."))
    taps = [act_button(t, view, "renew_yes"), act_button(t, view, "renew_no"), act_button(t, view, "details")]
    return Screen(str(out), rows(taps))


@to_all("renewal_decided", Audience.RESIDENT, Audience.COMPANY, Audience.BUREAU)
def renewal_decided(t: Translator, view: CaseView, audience: Audience) -> Said:
    event = view.of(RenewalDecided)
    stage = _stage(t, view, event.stage)
    clock = view.case.clock(event.stage, "running")
    if event.granted and clock is not None:
        return t("Another period is granted: {stage}", stage=stage), (
            t("New time: {due}", due=moment_from(t, clock.due, view.now)),
        )
    return t("No other period is granted: {stage}", stage=stage), (t("What is owed is still owed."),)
