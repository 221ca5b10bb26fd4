"""A card's buttons in at most four rows: a first screen, and menus that open on the same message, with 「返回」."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

from complaints.case_view import CaseView
from views.framework.parts import tap
from views.framework.screen import MOST_IN_ROW, MOST_ROWS, Button, Buttons, laid, present
from views.framework.translator import Translator

Row = Sequence[Button | None]


class Menu(StrEnum):
    """What opens on the card; a button carries it."""

    SORT = "sort"
    CONTACT = "contact"
    MORE = "more"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be done with a case now: `due` at once; in answer; then by how likely it is, row by row; and the rest.

    `menus` open beside the answer. What finds no room on the first screen stands under 「更多 ▸」 with the rest.
    """

    due: Row = ()
    answer: Row = ()
    likely: Sequence[Row] = ()
    menus: Mapping[Menu, Row] = field(default_factory=dict)
    rest: Row = ()


def drawn(t: Translator, view: CaseView, choices: Choices, opened: Menu | None = None) -> Buttons:
    """The first screen, or the menu that was opened while there is anything in it."""
    first, more = _first(t, view, choices)
    menus = {**choices.menus, Menu.MORE: more if len(more) > 1 else []}
    inside = present(menus.get(opened, ())) if opened is not None else []
    return laid(inside, back(t, view)) if inside else first


def _first(t: Translator, view: CaseView, choices: Choices) -> tuple[Buttons, list[Button]]:
    """The first screen, and what has found no room there."""
    top = [row for row in (present(choices.due),) if row]
    likely = [row for row in map(present, choices.likely) if row]
    opens = [_opens(t, view, menu) for menu, inside in choices.menus.items() if present(inside)]
    answer = present(choices.answer)
    talk = [row for row in (answer, opens) if row]
    if len(talk) > 1 and len(top) + len(talk) + len(likely) > MOST_ROWS:
        talk = [answer + opens]
    shown = likely[: MOST_ROWS - len(top) - len(talk)]
    there = {*chain(*top, *talk, *shown), *chain(*map(present, choices.menus.values()))}
    more = [button for button in (*chain(*likely), *present(choices.rest)) if button not in there]
    screen = [*top, *talk, *shown]
    if more:
        last = more[0] if len(more) == 1 else _opens(t, view, Menu.MORE)
        if screen and (len(screen) == MOST_ROWS or len(screen[-1]) < MOST_IN_ROW - 1) and shown:
            screen[-1] = [*screen[-1], last]
        else:
            screen.append([last])
    return tuple(map(tuple, screen)), more


def _opens(t: Translator, view: CaseView, menu: Menu) -> Button:
    labels = {
        Menu.SORT: t.p("button", "Sort ▸"),
        Menu.CONTACT: t.p("button", "Contact ▸"),
        Menu.MORE: t.p("button", "More ▸"),
    }
    return tap(view, labels[menu], "menu", menu.value)


def back(t: Translator, view: CaseView) -> Button:
    """「返回」, to the first screen."""
    return tap(view, t.p("button", "Back"), "menu")
