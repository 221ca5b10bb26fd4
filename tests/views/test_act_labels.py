"""Is there a word for everything that the register of acts knows: buttons, events and notices?"""

import re
from collections import Counter
from pathlib import Path

import pytest

from complaints.lifecycle.acts import ACTS, RIGHT_OF
from complaints.lifecycle.moves import MOVES
from complaints.model.events import EVENTS
from complaints.notifications import rules
from views.framework import act_labels
from views.framework.translator import LANGUAGES, translator
from views.notices import VIEWS

# Buttons that say something of their own: a sort, a reason, a level, a date, somebody's name.
SAY_THEIR_OWN = {"act", "sort", "why", "rate", "order", "assign", "named", "menu", "name"}
BUTTONS = {*RIGHT_OF, *(act.verb for act in ACTS.values() if act.reason is not None)} - SAY_THEIR_OWN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_an_act_has_its_label(language):
    t = translator(language)
    assert all(act_labels.label(t, button) for button in BUTTONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_has_its_words(language):
    t = translator(language)
    assert [name for name in EVENTS if act_labels.happened(t, name) == name] == []


@pytest.mark.parametrize(
    "kind",
    sorted({*rules.EXPIRED_FOR.values(), *rules.NUDGED_AS.values(), *rules.MOVED_AS.values(), rules.UNREACHABLE,
            *(notice.kind for notice in rules.FILED),
            *(notice.kind for found in MOVES.values() for notice in found.move.tells)}),
)  # fmt: skip
def test_every_notice_has_its_view(kind):
    assert kind in VIEWS


ROOT = Path(__file__).parents[2]
SAID = re.compile(r'\.p\(\s*"(?:button|event|act)",\s*"([^"]+)"')


def test_a_label_of_an_act_is_typed_once_and_in_no_handler():
    mine = set(SAID.findall((ROOT / "views" / "framework" / "act_labels.py").read_text(encoding="utf-8")))
    typed = Counter(
        label for file in (ROOT / "views").rglob("*.py") for label in SAID.findall(file.read_text(encoding="utf-8"))
    )
    assert [label for label in mine if typed[label] > 1] == []
    assert [
        file.name for file in (ROOT / "handlers").rglob("*.py") if SAID.search(file.read_text(encoding="utf-8"))
    ] == []
