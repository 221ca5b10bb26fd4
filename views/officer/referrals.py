"""Screens about a case that waits for the bureau, is referred, planned or penalised."""

from complaints.case_view import CaseView
from complaints.model.events import Expired, Filed, Nudged, PlanSubmitted
from complaints.model.roles import COMPANY_RECIPIENTS
from views.company.card_buttons import way_in
from views.company.contacts import street_buttons
from views.framework import alarm, office_buttons, parts, terms, told
from views.framework.formats import moment_from, span
from views.framework.notice_views import notice
from views.framework.screen import Lines, Screen
from views.framework.translator import Html, Translator
from views.resident.card import follow_buttons


def _told(t: Translator, view: CaseView, mark: str, *more: str) -> Screen:
    """To the resident."""
    out = Lines()(parts.title(mark), parts.quote(view.event_words), parts.about(t, view), *more)
    return Screen(str(out), follow_buttons(t, view))


# --- the bureau -------------------------------------------------------------------------------------------------


def _incoming(t: Translator, view: CaseView) -> Lines:
    waits = [view.case.clock(s, "running") for s in ("assign", "triage_danger", "triage")]
    out = parts.head(t, view, _what_is_asked(t, view))
    out(*alarm.lines(t, view))
    for clock in waits:
        out(str(parts.deadline(t, view, clock)) if clock is not None else "")
    if told.was_told(view, *COMPANY_RECIPIENTS):
        return out(t("{company} has a copy.", company=view.company.name))
    return out(t("{company}: nobody who could read it has joined here.", company=view.company.name))


def _what_is_asked(t: Translator, view: CaseView) -> str:
    """What the buttons below it are for: of a dangerous case no more than that it is one."""
    if view.case.danger:
        return t("Dangerous · new case")
    if view.case.waits_for_bureau:
        return t("New case: please see whose it is")
    return t("New case: please name who is responsible")


@notice("bureau.incoming")
def incoming(t: Translator, view: CaseView) -> Screen:
    return Screen(str(_incoming(t, view)), office_buttons.incoming(t, view))


@notice("bureau.incoming_private")
def incoming_private(t: Translator, view: CaseView) -> Screen:
    """The same with the resident's words, to whoever is first responsible in the bureau."""
    return Screen(str(_incoming(t, view)(parts.quote(view.said(view.case.words)))), office_buttons.incoming(t, view))


@notice("bureau.accept")
def accept(t: Translator, view: CaseView) -> Screen:
    """Said to be the bureau's duty (62号 一(三))."""
    out = parts.head(t, view, t("Said to be the housing bureau's duty"))
    return Screen(str(out(t("Please accept it or send it back."))), office_buttons.accept_buttons(t, view))


@notice("bureau.accept_private")
def accept_private(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, t("Said to be the housing bureau's duty"))(parts.quote(view.event_words))
    return Screen(str(out(t("Please accept it or send it back."))), office_buttons.accept_buttons(t, view))


@notice("bureau.coordinate")
def coordinate(t: Translator, view: CaseView) -> Screen:
    """What the handler holds to be neither the property service's nor the bureau's: the bureau settles whose it is."""
    out = parts.head(t, view, t("Said to be another department's: please settle whose it is"))
    return Screen(str(out(_whose(t, view))), office_buttons.act_buttons(t, view))


def _whose(t: Translator, view: CaseView) -> Html:
    """Whom the handler names, as that."""
    who, department = told.signed(t, view, view.actor, masked=False), t.of(view.department_label)
    return t("{handler} holds it to be the matter of: {department}", handler=who, department=department)


@notice("bureau.coordinate_private")
def coordinate_private(t: Translator, view: CaseView) -> Screen:
    """To the grid leader (62号 一(三) 微网实格)."""
    out = parts.head(t, view, t("In your grid: a case said to be another department's"))(parts.quote(view.event_words))
    out(_whose(t, view))
    out(t("Please help the resident find the way. You get this as grid leader."))
    who = told.signed(t, view, view.actor, masked=False)
    phone = view.project.phone or view.company.phone
    if phone:
        return Screen(str(out(t("How to reach the resident, ask {handler}: {phone}", handler=who, phone=phone))))
    return Screen(str(out(t("How to reach the resident, ask {handler}.", handler=who))))


@notice("bureau.taken_in")
def taken_in_bureau(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("{department} has accepted the case", department=t.of(view.department_label)))


@notice("bureau.returned")
def returned(t: Translator, view: CaseView) -> Screen:
    return Screen(
        str(parts.head(t, view, t("Sent back: please refer it anew or accept it"))), office_buttons.incoming(t, view)
    )


@notice("bureau.returned_private")
def returned_private(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, t("Sent back: please refer it anew or accept it"))(parts.quote(view.event_words))
    return Screen(str(out), office_buttons.incoming(t, view))


@notice("bureau.unsolvable")
def unsolvable_bureau(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("Can't be solved soon: a plan is owed"))


@notice("bureau.planned")
def planned_bureau(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("A plan until {until}", until=moment_from(t, view.of(PlanSubmitted).until, view.now)))


@notice("bureau.plan_progressed")
def plan_progressed(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("The month's progress has been told"))


@notice("bureau.plan_words")
def plan_words(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, t("The month's progress"))(
        parts.quote(view.event_words), parts.clause(t, view, "progress")
    )
    return Screen(str(out))


@notice("bureau.preliminary")
def preliminary_bureau(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("A preliminary result has been given"))


@notice("bureau.penalised")
def penalised_bureau(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("A penalty has been decided"))


@notice("bureau.lead", "bureau.verified", "bureau.penalty_opened", "bureau.penalty_extended")
def penalty_step_bureau(t: Translator, view: CaseView) -> Screen:
    out = parts.head(t, view, parts.penalty_step(t, view, told.actor(t, view)))
    return Screen(str(out(*parts.penalty_due(t, view))), silent=True)


# --- departments and the street ---------------------------------------------------------------------------------


@notice("department.referred_here")
def referred_here(t: Translator, view: CaseView) -> Screen:
    """With its reason, 「接收」 and 「退回」; a danger first of all, and where it is."""
    mark = t("Referred to you by the {district} housing bureau", district=view.district.name)
    out = Lines()(*alarm.headed(t, view, mark), t("Number {number}", number=parts.number(view.case)))
    out(parts.about(t, view), alarm.where(t, view))
    out(parts.quote(view.event_words), parts.quote(view.said(view.case.words)))
    if (clock := view.main_clock) is not None:
        out(str(parts.deadline(t, view, clock)))
    phone = view.project.phone if view.case.danger else ""
    out(t("Project's work phone: {phone}", phone=phone) if phone else "")
    why = t("This comes to you because the {role} can't be reached here.", role=terms.role(t, view.instead_of or ""))
    return Screen(str(out(why if view.instead_of else "")), way_in(t, view) if view.reader_acts else ())


@notice("department.nudge")
def nudge(t: Translator, view: CaseView) -> Screen:
    event = view.of(Nudged)
    out = parts.head(t, view, t("Reminder: {stage}", stage=t.of(view.pack.stage(event.stage).name)))
    out(t("Due {due}, {left} left", due=moment_from(t, event.due, view.now), left=span(t, event.due - view.now)))
    return Screen(str(out(parts.clause(t, view, event.stage))), way_in(t, view) if view.reader_acts else ())


@notice("department.expired")
def expired(t: Translator, view: CaseView) -> Screen:
    """To the office that owed it, with what it can still do."""
    event = view.of(Expired)
    stage = t.of(view.pack.stage(event.stage).name)
    out = parts.head(t, view, t("Overdue: {stage} was due {due}", stage=stage, due=moment_from(t, event.due, view.now)))
    out(t("You can still do it; it is recorded as late."), parts.expiry_clause(t, view, event))
    out(told.offices_line(t, view))
    acts = way_in(t, view) if view.reader_acts else street_buttons(t, view)
    return Screen(str(out), acts)


@notice("street.copy")
def copy(t: Translator, view: CaseView) -> Screen:
    if isinstance(view.event, Filed):
        return parts.noted(t, view, t("Copy: a new case in your street"))
    mark = t("Copy: referred to {department}", department=t.of(view.department_label))
    return parts.noted(t, view, mark)


# --- the resident -----------------------------------------------------------------------------------------------


@notice("resident.taken_in")
def taken_in(t: Translator, view: CaseView) -> Screen:
    clock = view.main_clock
    due = parts.resolved_by(t, view, clock) if clock else ()
    return _told(t, view, t("{department} handles your case", department=t.of(view.department_label)), *due)


@notice("resident.unsolvable")
def unsolvable(t: Translator, view: CaseView) -> Screen:
    clock = view.case.clock("plan", "running")
    due = (
        (t("A dated plan is owed by {due}.", due=moment_from(t, clock.due, view.now)), *parts.basis(t, view, clock))
        if clock
        else ()
    )
    return _told(t, view, t("Your case can't be solved soon"), *due)


@notice("resident.planned")
def planned(t: Translator, view: CaseView) -> Screen:
    until = moment_from(t, view.of(PlanSubmitted).until, view.now)
    monthly = t("Until then you read every month how far it is.")
    return _told(
        t, view, t("There is a plan: done by {until}", until=until), monthly, parts.clause(t, view, "progress")
    )


@notice("resident.penalised")
def penalised(t: Translator, view: CaseView) -> Screen:
    return _told(t, view, t("{department} has decided on a penalty", department=told.actor(t, view)))
