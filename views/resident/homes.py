"""Screens for a resident with several homes."""

from collections.abc import Sequence
from html import unescape

from views.framework import ways_out
from views.framework.callbacks import menu
from views.framework.screen import Button, Lines, Screen, laid
from views.framework.translator import Translator


def homes(t: Translator, here: str, others: Sequence[tuple[int, str]]) -> Screen:
    out = Lines()(t("Your home here: {home}", home=here))
    out(t("What you write is about this home. You can change it:"))
    taps = [
        Button(unescape(t("Change to {home}", home=name))[:60], menu("move", str(number)))
        for number, name in others[:6]
    ]
    moved_out = Button(t.p("button", "I don't live here any more"), menu("leave_home"))
    return Screen(str(out), laid([*taps, moved_out], ways_out.leave(t)))


def moved(t: Translator, home: str) -> Screen:
    return Screen(t("From now on it is about {home}. Just write what is wrong.", home=home))


def left(t: Translator, home: str) -> Screen:
    return Screen(t("Done. Your home is {home} now; open cases of the other one go on.", home=home))


def no_such_home(t: Translator) -> Screen:
    return Screen(t("I know no other home of yours. Scan the code of one to add it."))
