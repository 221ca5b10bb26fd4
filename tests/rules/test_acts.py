"""The register of acts is whole: every right, event and button once, and the states of both sides the same."""

from collections import Counter

import pytest

from complaints.lifecycle.acts import ACTS, RIGHT_OF, happenings
from complaints.lifecycle.moves import MOVES
from complaints.lifecycle.permissions import RIGHTS
from complaints.model.notice import Audience


@pytest.mark.parametrize("act", [act for act in ACTS.values() if act.events], ids=lambda act: act.verb)
def test_an_act_can_be_done_whenever_its_events_can_happen(act):
    assert {MOVES[event].states for event in act.events} == {RIGHTS[act.right].states} == {act.states}


def test_every_event_has_one_entry():
    entries = [move.event for act in ACTS.values() for move in act.moves] + [m.event for _, m in happenings.MOVES]
    assert [event for event, count in Counter(entries).items() if count > 1] == []


def test_every_button_leads_to_one_right():
    buttons = Counter(button for act in ACTS.values() for button in act.buttons)
    assert [button for button, count in buttons.items() if count > 1] == []
    assert set(RIGHT_OF.values()) <= set(RIGHTS)


def test_acts_under_one_right_are_for_the_same_people_in_the_same_states():
    for act in ACTS.values():
        assert (act.by, act.states) == (RIGHTS[act.right].who, RIGHTS[act.right].states)


def test_every_notice_is_written_for_somebody():
    for found in MOVES.values():
        assert all(notice.audience in Audience for notice in found.move.tells)
