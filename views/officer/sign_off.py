"""Screens about the closing of a case: who signs it off, and that it is struck off."""

from complaints.case_view import CaseView
from complaints.model import events as e
from complaints.model.roles import RecipientRole
from views.framework import alarm, parts
from views.framework.notice_views import notice
from views.framework.parts import act_button
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Translator


def _to_sign(t: Translator, view: CaseView) -> Lines:
    rule = view.pack.sign_off
    out = parts.head(t, view, t("Resolved: please sign it off"))(alarm.over(t, view), parts.proposed_finding(t, view))
    return out(parts.cited(t, rule.clause) if rule else "")


@notice("street.sign_off")
def sign_off_street(t: Translator, view: CaseView) -> Screen:
    """To the street, or the community that the street has asked to."""
    out = _to_sign(t, view)(parts.quote(view.said(view.case.result)))
    by_street = view.recipient is not RecipientRole.COMMUNITY
    entrust = act_button(t, view, "entrust") if by_street and e.SignOffEntrusted.name not in view.case.acts else None
    out("" if by_street else t("The street has entrusted you with the signature."))
    return Screen(str(out), rows([act_button(t, view, "sign_street"), entrust], parts.finding_buttons(t, view)))


@notice("bureau.entrusted")
def entrusted(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("The street has entrusted its community with the signature"))


@notice("bureau.sign_off")
def sign_off_bureau(t: Translator, view: CaseView) -> Screen:
    taps = [act_button(t, view, "sign_bureau"), act_button(t, view, "details")]
    return Screen(str(_to_sign(t, view)), rows(taps, parts.finding_buttons(t, view)))


@notice("bureau.signed_off")
def signed_off(t: Translator, view: CaseView) -> Screen:
    return parts.noted(t, view, t("Signed off by: {sides}", sides=_sides(t, view)))


def _sides(t: Translator, view: CaseView) -> str:
    names = {"street": t.p("signer", "street or community"), "bureau": t.p("signer", "housing bureau")}
    return str(parts.joined(t(", "), (names[side] for side in view.case.signed_off)))


@notice("bureau.strike_off")
def strike_off(t: Translator, view: CaseView) -> Screen:
    """To the city's group: 市级审核后销号."""
    if view.case.signs_alone:
        return Screen(str(_to_record(t, view)), rows([act_button(t, view, "strike_off")]))
    out = parts.head(t, view, t("Please verify the closing and strike it off"))
    out(t("Signed off by: {sides}", sides=_sides(t, view)) if view.case.signed_off else "")
    rule = view.pack.sign_off
    out(parts.cited(t, rule.clause) if rule else "")
    return Screen(str(out), rows([act_button(t, view, "strike_off")]))


def _to_record(t: Translator, view: CaseView) -> Lines:
    """对转办至其他部门办理的，由市级相关部门审核后销号: the housing bureau's city group only puts it on record."""
    department = t.of(view.department_label)
    out = parts.head(t, view, t("Closed by: {department}", department=department))
    out(t("Its own city level verifies and strikes off. Once it has, please put the number of its document on record."))
    return out(parts.cited(t, view.pack.demand("struck_off_elsewhere")))


@notice("resident.struck_off")
def struck_off(t: Translator, view: CaseView) -> Screen:
    event, department = view.of(e.StruckOff), t.of(view.department_label)
    by_bureau = t("The city bureau has verified the closing and struck the case off")
    by_other = t(
        "The city level of {department} has verified the closing: the case is struck off", department=department
    )
    out = Lines()(parts.title(by_other if event.document else by_bureau), parts.about(t, view))
    return Screen(str(out(t("Document: {document}", document=event.document) if event.document else "")))


@notice("bureau.struck_off")
def struck_off_bureau(t: Translator, view: CaseView) -> Screen:
    document = view.of(e.StruckOff).document
    if document:
        return parts.noted(t, view, t("Struck off by the department's city level: {document}", document=document))
    return parts.noted(t, view, t("Struck off by the city bureau"))
