"""What is read about a case that waits for the bureau, is referred, planned, penalised, signed off and struck off?"""

from complaints.case_view import Dossier
from complaints.model.complaint import Handler
from complaints.model.events import Nudged, PlanSubmitted
from views.framework import office_buttons, parts, terms
from views.framework.formats import moment, span
from views.framework.parts import tap
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Translator
from views.resident.card import follow_buttons


def _told(t: Translator, d: Dossier, mark: str, *more: str) -> Screen:
    """To the resident."""
    out = Lines()(parts.title(mark), parts.quote(d.event_words), parts.about(t, d), *more)
    return Screen(str(out), follow_buttons(t, d))


def _noted(t: Translator, d: Dossier, mark: str) -> Screen:
    """To a group, which reads no words of anybody."""
    return Screen(str(parts.head(t, d, mark)), silent=True)


# --- the bureau -------------------------------------------------------------------------------------------------


def _incoming(t: Translator, d: Dossier) -> Lines:
    waits = [d.case.clock(s, "running") for s in ("assign", "triage_danger", "triage")]
    out = parts.head(t, d, t("Dangerous · new case") if d.case.danger else t("New case: please see whose it is"))
    for clock in waits:
        out(str(parts.deadline(t, d, clock)) if clock is not None else "")
    return out(t("{company} has a copy.", company=d.company.name))


def incoming(t: Translator, d: Dossier) -> Screen:
    return Screen(str(_incoming(t, d)), office_buttons.incoming(t, d))


def incoming_private(t: Translator, d: Dossier) -> Screen:
    """The same with the resident's words, to whoever is first responsible in the bureau."""
    return Screen(str(_incoming(t, d)(parts.quote(d.said(d.case.words)))), office_buttons.incoming(t, d))


def accept(t: Translator, d: Dossier) -> Screen:
    """Said to be the bureau's duty (62号 一(三))."""
    out = parts.head(t, d, t("Said to be the housing bureau's duty"))
    return Screen(str(out(t("Please accept it or send it back."))), office_buttons.accept_buttons(t, d))


def accept_private(t: Translator, d: Dossier) -> Screen:
    out = parts.head(t, d, t("Said to be the housing bureau's duty"))(parts.quote(d.event_words))
    return Screen(str(out(t("Please accept it or send it back."))), office_buttons.accept_buttons(t, d))


def coordinate(t: Translator, d: Dossier) -> Screen:
    """Neither the property service's nor the bureau's: the bureau owns the coordination."""
    out = parts.head(t, d, t("Other department: please coordinate"))
    label = t.of(d.department_label)
    return Screen(str(out(t("Responsible: {department}", department=label))), office_buttons.act_buttons(t, d))


def coordinate_private(t: Translator, d: Dossier) -> Screen:
    """To the grid leader (62号 一(三) 微网实格)."""
    out = parts.head(t, d, t("In your grid: a case for another department"))(parts.quote(d.event_words))
    out(t("Responsible: {department}", department=t.of(d.department_label)))
    return Screen(str(out(t("Please help the resident find the way. You get this as grid leader."))))


def taken_in_bureau(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("{department} has accepted the case", department=t.of(d.department_label)))


def returned(t: Translator, d: Dossier) -> Screen:
    return Screen(
        str(parts.head(t, d, t("Sent back: please refer it anew or accept it"))), office_buttons.incoming(t, d)
    )


def returned_private(t: Translator, d: Dossier) -> Screen:
    out = parts.head(t, d, t("Sent back: please refer it anew or accept it"))(parts.quote(d.event_words))
    return Screen(str(out), office_buttons.incoming(t, d))


def unsolvable_bureau(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("Can't be solved soon: a plan is owed"))


def planned_bureau(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("A plan until {until}", until=moment(t, d.of(PlanSubmitted).until)))


def plan_progressed(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("The month's progress has been told"))


def plan_words(t: Translator, d: Dossier) -> Screen:
    out = parts.head(t, d, t("The month's progress"))(parts.quote(d.event_words), parts.clause(t, d, "progress"))
    return Screen(str(out))


def preliminary_bureau(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("A preliminary result has been given"))


def penalised_bureau(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("A penalty has been decided"))


# --- departments and the street ---------------------------------------------------------------------------------


def referred_here(t: Translator, d: Dossier) -> Screen:
    """With its reason, 「接收」 and 「退回」."""
    mark = t("Referred to you by the {district} housing bureau", district=d.district.name)
    out = parts.head(t, d, mark)(parts.quote(d.event_words), parts.quote(d.said(d.case.words)))
    if (clock := d.main_clock) is not None:
        out(str(parts.deadline(t, d, clock)))
    why = t("This comes to you because the {role} can't be reached here.", role=terms.role(t, d.instead_of or ""))
    return Screen(str(out(why if d.instead_of else "")), office_buttons.buttons(t, d) if d.reader_acts else ())


def nudge(t: Translator, d: Dossier) -> Screen:
    event = d.of(Nudged)
    out = parts.head(t, d, t("Reminder: {stage}", stage=t.of(d.pack.stage(event.stage).name)))
    out(t("Due {due}, {left} left", due=moment(t, event.due), left=span(t, event.due - d.now)))
    return Screen(str(out(parts.clause(t, d, event.stage))), office_buttons.buttons(t, d) if d.reader_acts else ())


def danger(t: Translator, d: Dossier) -> Screen:
    """At once to street, department and the government's duty desk (《物业服务企业投诉举报处理流程》 二)."""
    out = parts.head(t, d, t("Danger in a community of your area"))(parts.quote(d.said(d.case.words)))
    out(t("Project's work phone: {phone}", phone=d.project.phone) if d.project.phone else "")
    return Screen(str(out(t("The housing bureau coordinates."), parts.clause(t, d, "triage"))))


def copy(t: Translator, d: Dossier) -> Screen:
    mark = t("Copy: referred to {department}", department=t.of(d.department_label))
    return Screen(str(parts.head(t, d, mark)), silent=True)


# --- the resident -----------------------------------------------------------------------------------------------


def taken_in(t: Translator, d: Dossier) -> Screen:
    clock = d.main_clock
    due = (t("To be resolved by {due}", due=moment(t, clock.due)), *parts.basis(t, d, clock)) if clock else ()
    return _told(t, d, t("{department} handles your case", department=t.of(d.department_label)), *due)


def unsolvable(t: Translator, d: Dossier) -> Screen:
    clock = d.case.clock("plan", "running")
    due = (t("A dated plan is owed by {due}.", due=moment(t, clock.due)), *parts.basis(t, d, clock)) if clock else ()
    return _told(t, d, t("Your case can't be solved soon"), *due)


def planned(t: Translator, d: Dossier) -> Screen:
    until = moment(t, d.of(PlanSubmitted).until)
    monthly = t("Until then you read every month how far it is.")
    return _told(t, d, t("There is a plan: done by {until}", until=until), monthly, parts.clause(t, d, "progress"))


def penalised(t: Translator, d: Dossier) -> Screen:
    return _told(t, d, t("{department} has decided on a penalty", department=t.of(d.department_label)))


# --- signing off ------------------------------------------------------------------------------------------------


def _to_sign(t: Translator, d: Dossier) -> Lines:
    rule = d.pack.sign_off
    out = parts.head(t, d, t("Resolved: please sign it off"))
    return out(t("Basis: {clause}", clause=str(rule.clause)) if rule else "")


def sign_off_street(t: Translator, d: Dossier) -> Screen:
    """To the street, or the community that the street has asked to."""
    out = _to_sign(t, d)(parts.quote(d.said(d.case.result)))
    return Screen(str(out), rows([tap(d, t.p("button", "Sign off"), "sign_street")]))


def sign_off_bureau(t: Translator, d: Dossier) -> Screen:
    taps = [tap(d, t.p("button", "Sign off"), "sign_bureau"), tap(d, t.p("button", "Details"), "details")]
    return Screen(str(_to_sign(t, d)), rows(taps))


def signed_off(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("Signed off by: {sides}", sides=_sides(t, d)))


def _sides(t: Translator, d: Dossier) -> str:
    names = {"street": t.p("signer", "street or community"), "bureau": t.p("signer", "housing bureau")}
    return str(parts.joined(t(", "), (names[side] for side in d.case.signed_off)))


def strike_off(t: Translator, d: Dossier) -> Screen:
    """To the city's group: 市级审核后销号."""
    out = parts.head(t, d, t("Please verify the closing and strike it off"))
    if d.case.handler is Handler.DEPARTMENT:
        out(t("Handled by: {department}", department=t.of(d.department_label)))
    out(t("Signed off by: {sides}", sides=_sides(t, d)) if d.case.signed_off else "")
    rule = d.pack.sign_off
    out(t("Basis: {clause}", clause=str(rule.clause)) if rule else "")
    return Screen(str(out), rows([tap(d, t.p("button", "Strike off"), "strike_off")]))


def struck_off(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t("The city bureau has verified the closing and struck the case off")))
    return Screen(str(out(parts.about(t, d))))


def struck_off_bureau(t: Translator, d: Dossier) -> Screen:
    return _noted(t, d, t("Struck off by the city bureau"))
