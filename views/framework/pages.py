"""A long list of choices, a few at a time."""

from collections.abc import Sequence
from typing import TypeVar

from views.framework.callbacks import menu
from views.framework.screen import Button
from views.framework.translator import Translator

Item = TypeVar("Item")
AT_ONCE = 8  # choices, so that with the way on and two or three ways out they stand in four rows


def cut(listed: Sequence[Item], page: int, size: int) -> tuple[Sequence[Item], int]:
    """What stands on a page, and the number of the next one; after the last page the first comes again."""
    return listed[page * size :][:size], page + 1 if listed[(page + 1) * size :] else 0


def page_of(t: Translator, choices: Sequence[Button], page: int, to: str) -> list[Button]:
    """A page of them, and the way to the next one; the first where there is no such page any more."""
    if len(choices) <= AT_ONCE:
        return list(choices)
    here, following = cut(choices, page, AT_ONCE)
    return [*(here or choices[:AT_ONCE]), Button(t.p("button", "More ▸"), menu(to, str(following)))]
