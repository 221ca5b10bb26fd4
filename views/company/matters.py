"""Screens by which whoever handles a case says which matter it is."""

from collections.abc import Sequence

from complaints.case_view import CaseView
from complaints.policy.catalogue import Catalogue, Group, Matter
from views.framework import shelves, ways_out
from views.framework.screen import Screen, rows
from views.framework.shelves import Steps
from views.framework.translator import Translator


def _steps(case: int) -> Steps:
    return Steps(opens="matter_shelf", chooses="matter_is", case=case)


def ask(t: Translator, view: CaseView, catalogue: Catalogue, likely: Sequence[Matter]) -> Screen:
    """What the words are likely about, and the shelves."""
    steps = _steps(view.case.id)
    text = t("It stands as: {matter}. What is it about?", matter=t.of(view.matter.label))
    chosen = [shelves.chosen(t, m, steps) for m in likely]
    return Screen(text, rows(chosen, *shelves.groups(t, catalogue, steps), ways_out.both(t, view)))


def ask_in_group(t: Translator, case: int, group: Group, matters: Sequence[Matter], page: int) -> Screen:
    back = ways_out.back(t, "matter_shelf", about=case)
    *pages, rest = shelves.shelf(t, group, matters, page, _steps(case))
    return Screen(shelves.question(t, group), rows(*pages, [*rest, back, ways_out.cancel(t)]))
