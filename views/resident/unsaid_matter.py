"""Screens that ask what a case is about which went out in danger before anybody had said it."""

from collections.abc import Sequence

from complaints.case_view import CaseView
from complaints.policy.catalogue import Catalogue, Group, Matter
from views.framework import parts
from views.framework.callbacks import form
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator

Rows = tuple[tuple[Button, ...], ...]


def ask(t: Translator, catalogue: Catalogue, complaint: int) -> Screen:
    """Afterwards, for it has gone out already."""
    text = t("Once you are safe: what is it? Tap, write or speak; whoever helps you reads it at once.")
    return Screen(text, _groups(t, catalogue, complaint))


def groups(t: Translator, catalogue: Catalogue, complaint: int) -> Screen:
    return Screen(t("What kind of problem is it?"), _groups(t, catalogue, complaint))


def _groups(t: Translator, catalogue: Catalogue, complaint: int) -> Rows:
    taps = [Button(f"{g.picture} {t.of(g.label)}", form("what_group", g.id, complaint)) for g in catalogue.groups]
    return rows(taps[:3], taps[3:])


def in_group(t: Translator, group: Group, matters: Sequence[Matter], complaint: int) -> Screen:
    taps = [_matter(t, m, complaint) for m in matters]
    grid = [taps[n : n + 2] for n in range(0, len(taps), 2)]
    text = t("{picture} {group}: which of these?", picture=group.picture, group=t.of(group.label))
    return Screen(text, rows(*grid, [Button(t.p("button", "Back"), form("what_groups", about=complaint))]))


def which(t: Translator, likely: Sequence[Matter], complaint: int) -> Screen:
    """The words have been passed on; what they are likely about."""
    out = Lines()(t("Passed on."), t("What is it about? Tap the one that fits."))
    other = Button(t.p("button", "Other kinds"), form("what_groups", about=complaint))
    return Screen(str(out), rows(*([_matter(t, m, complaint)] for m in likely), [other]))


def _matter(t: Translator, matter: Matter, complaint: int) -> Button:
    return Button(t.of(matter.label), form("what", matter.id, complaint))


def named(t: Translator, view: CaseView) -> Screen:
    return Screen(str(Lines()(t("Thank you, whoever helps knows it now."), parts.about(t, view))))
