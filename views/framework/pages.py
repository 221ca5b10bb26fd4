"""A long list of choices, a few at a time."""

from collections.abc import Sequence

from views.framework.callbacks import menu
from views.framework.screen import Button
from views.framework.translator import Translator

AT_ONCE = 8  # choices, so that with the way on and two or three ways out they stand in four rows


def page_of(t: Translator, choices: Sequence[Button], page: int, to: str) -> list[Button]:
    """A page of them, and the way to the next one; after the last page the first comes again."""
    if len(choices) <= AT_ONCE:
        return list(choices)
    here = choices[page * AT_ONCE :][:AT_ONCE] or choices[:AT_ONCE]
    following = page + 1 if choices[(page + 1) * AT_ONCE :] else 0
    return [*here, Button(t.p("button", "More ▸"), menu(to, str(following)))]
