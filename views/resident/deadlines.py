"""A deadline as a resident reads it: who must do what until when, where the pack says so in plain words."""

from complaints.case_view import CaseView
from complaints.model.clock import Clock
from views.framework import parties, parts
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
