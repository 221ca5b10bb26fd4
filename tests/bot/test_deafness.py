"""Since when may something wait at the messenger that nobody has heard?"""

import pytest

from bot.clock import StillClock
from bot.intake.intake_gap import AT_MOST, Deafness
from demo.sample_city import MORNING


@pytest.fixture
def clock():
    return StillClock(MORNING)


@pytest.fixture
def deaf(clock):
    return Deafness(clock)


def test_deadlines_wait_at_most_ten_minutes_where_the_messenger_answers(clock, deaf):
    deaf.begin()
    clock.wait(AT_MOST - 1)
    assert not deaf.hears()
    clock.wait(2)
    assert deaf.hears()


@pytest.mark.parametrize("cut_off", [True, False])
def test_after_a_standstill_the_messenger_is_asked_before_any_deadline_strikes(clock, deaf, cut_off):
    """Also where it had been out of reach for long, or deadlines had been let strike without it."""
    deaf.begin(cut_off=cut_off)
    clock.wait(AT_MOST + 1)
    deaf.slept()
    assert not deaf.hears()
    assert deaf.roused.is_set()
    deaf.end()
    assert deaf.hears()


def test_what_cut_it_off_once_does_not_count_later(clock, deaf):
    deaf.begin(cut_off=True)
    deaf.end()
    deaf.slept()
    clock.wait(AT_MOST + 1)
    assert deaf.hears()
