"""Screens that ask what a case is about which was filed before anybody had said it."""

from collections.abc import Sequence

from complaints.case_view import CaseView
from complaints.policy.catalogue import Catalogue, Group, Matter
from views.framework import alarm, parts, shelves, ways_out
from views.framework.callbacks import form
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.shelves import Steps
from views.framework.translator import Translator

Rows = tuple[tuple[Button, ...], ...]


def ask(t: Translator, catalogue: Catalogue, complaint: int) -> Screen:
    """Afterwards, for it has gone out already."""
    text = t("Once you are safe: what is it? Tap, write or speak; whoever helps you reads it at once.")
    return Screen(text, _groups(t, catalogue, complaint))


def numbers(t: Translator, view: CaseView) -> str:
    """Whom to call first."""
    return str(Lines()(*alarm.numbers_here(t, view)))


def groups(t: Translator, catalogue: Catalogue, complaint: int) -> Screen:
    return Screen(t("What kind of problem is it?"), _groups(t, catalogue, complaint))


def _groups(t: Translator, catalogue: Catalogue, complaint: int) -> Rows:
    return rows(*shelves.groups(t, catalogue, _steps(complaint)), [ways_out.leave(t)])


def _steps(complaint: int) -> Steps:
    return Steps(opens="what_group", chooses="what", case=complaint)


def in_group(t: Translator, group: Group, matters: Sequence[Matter], page: int, complaint: int) -> Screen:
    back = ways_out.back(t, "what_groups", about=complaint)
    *pages, rest = shelves.shelf(t, group, matters, page, _steps(complaint))
    return Screen(shelves.question(t, group), rows(*pages, [*rest, back, ways_out.leave(t)]))


def which(t: Translator, likely: Sequence[Matter], complaint: int) -> Screen:
    """The words have been passed on; what they are likely about."""
    out = Lines()(t("Passed on."), t("What is it about? Tap the one that fits."))
    other = Button(t.p("button", "Other kinds"), form("what_groups", about=complaint))
    return Screen(
        str(out), rows(*([shelves.chosen(t, m, _steps(complaint))] for m in likely), [other, ways_out.leave(t)])
    )


def named(t: Translator, view: CaseView) -> Screen:
    return Screen(str(Lines()(t("Thank you, whoever helps knows it now."), parts.about(t, view))))
