"""Answers to thanks and to "broken again"."""

from complaints.model.complaint import Complaint
from views.framework import parts
from views.framework.callbacks import form
from views.framework.formats import day
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator


def thanked(t: Translator) -> Screen:
    return Screen(t("You're welcome. If anything else comes up, just tell me."))


def again(t: Translator, former: Complaint, matter: str, words: str, first: int) -> Screen:
    """The case that was closed last, and what would be sent of it once more."""
    closed = day(t, former.closed_at) if former.closed_at is not None else "—"
    out = Lines()(t("Is it this again? {matter}, closed on {day}", matter=matter, day=closed), parts.quote(words))
    same = Button(t.p("button", "The same problem: handle it again"), form("again", str(former.id), first))
    return Screen(str(out), rows([same], [Button(t.p("button", "New problem"), form("fresh", about=first))]))
