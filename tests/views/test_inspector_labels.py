"""Is there a label for every state that a row behind a case can have?"""

import re

import pytest
from sqlmodel import SQLModel

from storage.tables.cases import TimerRow
from storage.tables.handling import OutboxRow
from views.framework.translator import LANGUAGES, translator
from views.operator import inspector_labels


def allowed(table: type[SQLModel]) -> list[str]:
    """What the check of the column `state` lets in."""
    [check] = [str(each.sqltext) for each in table.__table__.constraints if str(each.name).endswith("state")]
    return re.findall(r"'(\w+)'", check)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [*allowed(OutboxRow), "unknown"])
def test_every_state_of_a_message_has_its_label(state, language):
    assert inspector_labels.message_state(translator(language), state)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", allowed(TimerRow))
def test_every_state_of_a_timer_has_its_label(state, language):
    assert inspector_labels.timer_state(translator(language), state)
