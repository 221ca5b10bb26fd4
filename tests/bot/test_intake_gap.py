"""The intake gap: since when something may wait at the messenger that is not stored."""

import pytest

from bot.clock import StillClock
from bot.intake.intake_gap import AT_MOST, IntakeGap
from demo.sample_city import MORNING


@pytest.fixture
def clock():
    return StillClock(MORNING)


@pytest.fixture
def gap(clock):
    return IntakeGap(clock)


def test_deadlines_wait_at_most_ten_minutes_where_the_messenger_answers(clock, gap):
    gap.begin()
    clock.wait(AT_MOST - 1)
    assert not gap.is_caught_up()
    clock.wait(2)
    assert gap.is_caught_up()


@pytest.mark.parametrize("cut_off", [True, False])
def test_after_a_standstill_the_messenger_is_asked_before_any_deadline_strikes(clock, gap, cut_off):
    """Also where it had been out of reach for long, or deadlines had been let strike without it."""
    gap.begin(cut_off=cut_off)
    clock.wait(AT_MOST + 1)
    gap.slept()
    assert not gap.is_caught_up()
    assert gap.roused.is_set()
    gap.end()
    assert gap.is_caught_up()


def test_what_cut_it_off_once_does_not_count_later(clock, gap):
    gap.begin(cut_off=True)
    gap.end()
    gap.slept()
    clock.wait(AT_MOST + 1)
    assert gap.is_caught_up()
