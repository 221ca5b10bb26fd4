"""An instance before the ledger's end: unnoticed, told, or refused, by how much it is."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import SystemClock
from bot.ops.clock_check import AheadOfUs, assert_not_behind_ledger

AT = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return SystemClock(AT.timestamp, lambda: 50.0)


@pytest.mark.parametrize("ahead", [None, -3600, 0])
def test_a_clock_that_is_right_is_left_alone(clock, ahead):
    assert_not_behind_ledger(clock, None if ahead is None else AT + timedelta(seconds=ahead))
    assert clock.now() == AT


@pytest.mark.parametrize(("ahead", "told"), [(1, []), (5, []), (6, [6]), (3600, [3600])])
def test_up_to_an_hour_it_begins_where_the_ledger_ends(clock, ahead, told):
    with capture_logs() as logs:
        assert_not_behind_ledger(clock, AT + timedelta(seconds=ahead))
    assert clock.now() == AT + timedelta(seconds=ahead)
    assert [entry["seconds"] for entry in logs] == told


def test_beyond_an_hour_it_refuses_and_says_why(clock):
    with pytest.raises(AheadOfUs, match=r"2026-04-02 09:00:00 \(Beijing time\).*: set the machine's clock"):
        assert_not_behind_ledger(clock, AT + timedelta(days=1))
    assert clock.now() == AT
