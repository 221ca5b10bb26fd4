"""Screens of a danger in a filing: whether there is one, and whom to call."""

from complaints.model.people import District, Project
from complaints.text.safety_advice import SafetyAdvice
from views.framework import alarm
from views.framework.act_labels import label
from views.framework.callbacks import form
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator
from views.framework.ways_out import cancel
from views.resident.filing import back


def ask(t: Translator) -> Screen:
    text = t(
        "Is somebody hurt or trapped right now, or is there a danger of electric shock, gas, fire or falling objects?"
    )
    taps = [
        Button(label(t, "in_danger"), form("danger", "yes")),
        Button(t.p("button", "No"), form("danger", "no")),
    ]
    return Screen(text, rows(taps, [back(t, "matter"), cancel(t)]))


def numbers(
    t: Translator, project: Project | None, district: District | None, advice: SafetyAdvice, *, sent: bool = False
) -> Screen:
    """The numbers to call come first; `sent`: the case has gone out."""
    out = Lines()(*alarm.numbers(t, project, district))
    out(t("Your case is on its way.") if sent else "")
    return Screen(str(out(alarm.advice(t, advice))))
