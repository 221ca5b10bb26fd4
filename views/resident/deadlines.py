"""A deadline as a resident reads it: who must do what until when, and who is held to what comes next."""

from complaints.case_view import CaseView
from complaints.model.clock import Clock
from views.framework import alarm, parties, parts
from views.framework.formats import moment_from, span
from views.framework.screen import Lines
from views.framework.translator import Translator


def deadline(t: Translator, view: CaseView, clock: Clock) -> Lines:
    """With time left or overdue, and the clause; stages without a task are called by their name."""
    task = view.stage(clock).task
    if task is None:
        whose = parties.owed_by(t, view, clock, to_resident=True)
        return parts.deadline(t, view, clock)(whose)
    facts = {
        "who": parties.called(t, view, clock.debtor, to_resident=True),
        "task": t.of(task),
        "due": moment_from(t, clock.due, view.now),
    }
    if view.now <= clock.due:
        line = t("{who} must {task} by {due}, {left} left", left=span(t, clock.due - view.now), **facts)
    else:
        line = t("{who} had to {task} by {due}, overdue by {by}", by=span(t, view.now - clock.due), **facts)
    return Lines()(*parts.promised(t, view, clock, line))


def next_step(t: Translator, view: CaseView, *, besides: str = "") -> list[str]:
    """Who must do what next, and until when, `besides` a stage; what an office does beside the case doesn't count."""
    steps = (clock for clock in view.awaited if clock.stage != besides and not view.stage(clock).outlives)
    clock = next(steps, None)
    return str(deadline(t, view, clock)).splitlines() if clock is not None else []


def after_lapse(t: Translator, view: CaseView, lapsed: Clock | None) -> list[str]:
    """Who still owes what has lapsed, where it is owed, and what comes next; a danger that runs is what comes next."""
    still = []
    if lapsed is not None and lapsed.is_owed:
        who = parties.called(t, view, lapsed.debtor, to_resident=True)
        still = [t("Still owed by {who}; it is recorded as late.", who=who)]
    if view.alarm is not None and view.alarm.is_running:
        return [*still, *alarm.lines(t, view, to_resident=True)]
    return [*still, *next_step(t, view)]
