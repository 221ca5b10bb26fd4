"""Notices to a case's households of how it ends: the result, the rating, the closing, and that it is open again."""

from complaints.case_view import CaseView
from complaints.model.events import (
    ClosingKind,
    FindingConfirmed,
    Level,
    Reopened,
    Resolved,
)
from views.framework import parts, terms, told
from views.framework.act_labels import label
from views.framework.formats import moment_from
from views.framework.notice_views import notice
from views.framework.parts import act_button, tap
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Translator
from views.resident.card import follow_buttons, rating_buttons
from views.resident.deadlines import deadline, next_step


@notice("resident.closing_asked")
def closing_asked(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(label(t, "ask_closing")))
    out(parts.quote(view.event_words), parts.about(t, view))
    buttons = rows(
        [
            act_button(t, view, "may_close"),
            act_button(t, view, "not_done"),
        ]
    )
    return Screen(str(out), buttons)


@notice("resident.resolved")
def resolved(t: Translator, view: CaseView) -> Screen:
    """The result and the survey: one tap counts at once."""
    event = view.of(Resolved)
    kind = {
        ClosingKind.SOLVED: t.p("closing", "really solved"),
        ClosingKind.EXPLAINED: t.p("closing", "explained"),
    }[event.closing]
    out = Lines()(parts.title(t("Resolved ({kind})", kind=kind)), parts.quote(view.event_words), parts.about(t, view))
    out(parts.proposed_finding(t, view))
    out.gap()(t("How do you find the result? One tap is enough; dissatisfied opens the case again."))
    return Screen(str(out), rating_buttons(t, view))


@notice("resident.finding")
def finding(t: Translator, view: CaseView) -> Screen:
    found = terms.finding(t, view.of(FindingConfirmed).finding)
    mark = t("{office} has found what you report to be {finding}", office=told.actor(t, view), finding=found)
    return Screen(str(Lines()(parts.title(mark), parts.about(t, view))), silent=True)


@notice("resident.survey_reminder")
def survey_reminder(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("How did it turn out?")), parts.about(t, view))
    out(parts.quote(view.said(view.case.result)))
    if (clock := view.case.clock("survey", "running")) is not None:
        out(t("Without an answer the case closes by itself on {due}.", due=moment_from(t, clock.due, view.now)))
    return Screen(str(out), rating_buttons(t, view))


@notice("resident.closed_silently")
def closed_silently(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("The case has been closed without a rating")), parts.about(t, view))
    return Screen(str(out(t("If the problem comes back, just write to me again."))))


@notice("resident.reopened")
def reopened(t: Translator, view: CaseView) -> Screen:
    """「重新办理」: the case is open again, for whom, who contacts the household by when, and what else is due."""
    out = Lines()(parts.title(t("Reopened: your case is being handled again")), parts.about(t, view))
    whose = view.event.complainant if isinstance(view.event, Reopened) else None
    by_another = view.household is not None and whose not in (None, view.household.id)
    out(t("Another household says that it isn't settled.") if by_another else "")
    contacts = [clock for clock in view.awaited if view.stage(clock).of_contact]
    if not contacts:
        asked = t("{handler} has been asked to contact you.", handler=parts.handler(t, view))
        out("" if by_another else asked)
        return Screen(str(out(*next_step(t, view))), follow_buttons(t, view))
    out(*(str(deadline(t, view, clock)) for clock in view.awaited if view.stage(clock).task is not None))
    return Screen(str(out), follow_buttons(t, view))


def why_dissatisfied(t: Translator, view: CaseView) -> Screen:
    """In place of the four levels, once the tap has counted; that it is open again is told by its own notice."""
    rated = t("Your rating: {level}", level=terms.level(t, Level.DISSATISFIED))
    out = Lines()(parts.title(rated), parts.about(t, view))
    out(t("We are sorry. What was wrong? Tap, or just write; photos and voice are fine too."))
    taps = [tap(view, label, "why", reason) for reason, label in terms.reasons(t).items()]
    return Screen(str(out), rows(taps[:2], taps[2:4], taps[4:]))
