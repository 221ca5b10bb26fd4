"""Danger to street, department and the government's duty desk, which counts its reports and goes nowhere itself."""

from complaints.case_view import CaseView
from complaints.model.events import Expired
from complaints.model.roles import RecipientRole
from views.framework import alarm, parts, terms
from views.framework.notice_views import notice
from views.framework.screen import Screen
from views.framework.translator import Translator
from views.officer.notices import expired_lines


@notice("department.danger")
def danger(t: Translator, view: CaseView) -> Screen:
    """At once (《物业服务企业投诉举报处理流程》 二)."""
    desk = view.recipient is RecipientRole.DUTY_DESK
    mark = t("First report: danger in your area") if desk else t("Danger in a community of your area")
    out = parts.head(t, view, mark)(
        alarm.where(t, view), parts.quote(view.said(view.case.words)), *alarm.lines(t, view)
    )
    out(t("Project's work phone: {phone}", phone=view.project.phone) if view.project.phone else "")
    return Screen(str(out(t("Now with: {handler}", handler=parts.handler(t, view)), parts.clause(t, view, "triage"))))


@notice("bureau.expired_desk")
def expired_desk(t: Translator, view: CaseView) -> Screen:
    """To the duty desk, which directs the emergency services."""
    out = expired_lines(t, view, view.of(Expired))(alarm.where(t, view))
    out(t("Please have the emergency services sent where they are needed. The end is reported to you here."))
    return Screen(str(out(t("You get this as {role}.", role=terms.role(t, "duty_desk")))))
