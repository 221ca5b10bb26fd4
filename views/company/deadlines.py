"""Notices of a deadline to the project manager and the company's head: reminders, expiries, unanswered danger."""

from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model.events import (
    Expired,
    Nudged,
)
from complaints.model.roles import RecipientRole
from views.company.card import with_card
from views.company.card_buttons import awaits_handler, handover
from views.framework import alarm, parts, told
from views.framework.act_labels import label
from views.framework.formats import moment_from, span
from views.framework.notice_views import notice
from views.framework.screen import Screen
from views.framework.translator import Translator


@notice("manager.nudge")
def nudge(t: Translator, view: CaseView) -> Screen:
    """第1次, 第2次, 最后一次: time left, and the way to the card."""
    event = view.of(Nudged)
    stage = view.pack.stage(event.stage)
    which = int(event.point.removeprefix("nudge"))
    last = which == len(stage.nudges)
    mark = t("Last reminder") if last else t("Reminder no. {which}", which=which)
    left = t(
        "{stage} due {due}, {left} left",
        stage=t.of(stage.name),
        due=moment_from(t, event.due, view.now),
        left=span(t, event.due - view.now),
    )
    return with_card(t, view, mark, left, parts.clause(t, view, event.stage), _consequence(t, view, event))


def _consequence(t: Translator, view: CaseView, event: Nudged) -> str:
    """Who has it, and who is told of it, when its time is up, as the pack says and as far as they can be told."""
    last = view.pack.stage(event.stage).last_expiry
    offices = told.offices(t, view, (one for one in last.tell if one not in view.out_of_reach))
    if last.handler is None:
        return t("After that these are alerted: {offices}", offices=offices) if offices else ""
    if view.recipient is RecipientRole.COMPANY_HEAD:
        return (
            t("After that you must handle it, and these are alerted: {offices}", offices=offices)
            if offices
            else t("After that you must handle it.")
        )
    return (
        t("After that the company's head must handle it, and these are alerted: {offices}", offices=offices)
        if offices
        else t("After that the company's head must handle it.")
    )


def _expiry(t: Translator, view: CaseView) -> tuple[str, str]:
    event = view.of(Expired)
    stage = t.of(view.pack.stage(event.stage).name)
    late = t("This notice is late because our own system was down.") if event.delayed else ""
    return t("Overdue: {stage} was due {due}", stage=stage, due=moment_from(t, event.due, view.now)), late


@notice("manager.expired")
def expired(t: Translator, view: CaseView) -> Screen:
    """To the manager whose time ran out."""
    event = view.of(Expired)
    mark, late = _expiry(t, view)
    return with_card(
        t, view, mark,
        t("Your company's head now handles the case."), told.offices_line(t, view),
        t("Your words still reach the resident, but the clock runs on."),
        parts.expiry_clause(t, view, event), late,
    )  # fmt: skip


@notice("manager.expired_head")
def expired_head(t: Translator, view: CaseView) -> Screen:
    """To the head: the case is his now, or his company's time ran out again."""
    mark, late = _expiry(t, view)
    event = view.of(Expired)
    who = t("The case is with you now.") if event.to_company else ""
    clock = view.main_clock
    screen = with_card(
        t, view, mark, who, parts.quote(view.said(view.case.words)),
        str(parts.deadline(t, view, clock)) if clock else "",
        told.offices_line(t, view), late, _who_shall(t, view),
    )  # fmt: skip
    return replace(screen, buttons=handover(t, view))


def _who_shall(t: Translator, view: CaseView) -> str:
    """What the two buttons below do."""
    if not awaits_handler(view):
        return ""
    return t(
        "“{mine}”: you see to it yourself. “{other}”: somebody of your company does.",
        mine=label(t, "take_over"), other=label(t, "name_handler"),
    )  # fmt: skip


@notice("manager.unanswered_danger")
def unanswered_danger(t: Translator, view: CaseView) -> Screen:
    """Before the time is up, and once it is; then it says who has been told."""
    event = view.of(Expired)
    words = parts.quote(view.said(view.case.danger_words) or view.said(view.case.words))
    due = moment_from(t, event.due, view.now)
    if not event.final:
        please = t("Please confirm and go there at once.")
        offices = alarm.told_next(t, view, view.alarm) if view.alarm is not None else ""
        climbs = t("At {due} these are alerted: {offices}", due=due, offices=offices) if offices else ""
        return with_card(t, view, t("Danger: nobody has confirmed yet"), words, please, climbs)
    return with_card(
        t, view, t("Danger not confirmed"), words, t("Please confirm and go there at once."), told.offices_line(t, view)
    )
