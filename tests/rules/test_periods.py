"""Deadlines, as the Civil Code counts them: a commented table, an oracle written apart, and properties."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from complaints.time.periods import (
    Period,
    Step,
    Unit,
    What,
    Windows,
    WorkingTime,
    considerate,
    due,
    end_of_business,
    is_silent,
    point,
)
from complaints.time.workdays import Workdays

CN = ZoneInfo("Asia/Shanghai")
HOURS = WorkingTime(((time(9), time(18)),), CN, Workdays())
TWO_SPANS = WorkingTime(((time(9), time(12)), (time(13, 30), time(17, 30))), CN, Workdays())
RESPOND = Windows(Period.parse("4h"), Period.parse("8h"))


def local(written):
    return datetime.fromisoformat(written).replace(tzinfo=CN)


def length(written):
    return RESPOND if written == "4h/8h" else Period.parse(written)


TABLE = [
    # two windows: the moment of filing alone decides
    ("2026-09-30 17:30:00", "4h/8h", "2026-09-30 21:30:00"),  # in working time, through the evening
    ("2026-09-30 08:59:59", "4h/8h", "2026-09-30 16:59:59"),  # a second too early
    ("2026-09-30 09:00:00", "4h/8h", "2026-09-30 13:00:00"),  # 09:00:00 is in
    ("2026-09-30 17:59:59", "4h/8h", "2026-09-30 21:59:59"),  # still in
    ("2026-09-30 18:00:00", "4h/8h", "2026-10-01 02:00:00"),  # 18:00:00 is out; into the holiday
    ("2026-10-01 10:00:00", "4h/8h", "2026-10-01 18:00:00"),  # National Day is no working time
    ("2026-10-10 10:00:00", "4h/8h", "2026-10-10 14:00:00"),  # a make-up Saturday is
    ("2026-10-17 10:00:00", "4h/8h", "2026-10-17 18:00:00"),  # an ordinary Saturday isn't
    ("2026-12-31 23:00:00", "4h/8h", "2027-01-01 07:00:00"),
    # seconds, minutes, hours: from the moment itself
    ("2026-10-01 23:59:55", "10s", "2026-10-02 00:00:05"),
    ("2026-10-01 23:50:00", "30min", "2026-10-02 00:20:00"),
    ("2026-10-01 23:50:00", "3h", "2026-10-02 02:50:00"),
    # working days: the first day isn't counted, rest days neither
    ("2026-09-30 00:00:00", "1wd", "2026-10-08 18:00:00"),  # eve of National Day
    ("2026-09-30 23:59:59", "2wd", "2026-10-09 18:00:00"),
    ("2026-10-08 10:00:00", "2wd", "2026-10-10 18:00:00"),  # the make-up Saturday counts
    ("2026-10-09 10:00:00", "2wd", "2026-10-12 18:00:00"),  # Saturday worked, Sunday not
    ("2026-10-03 10:00:00", "1wd", "2026-10-08 18:00:00"),  # from within a holiday
    ("2026-02-13 10:00:00", "2wd", "2026-02-24 18:00:00"),  # across the Spring Festival
    ("2026-12-31 10:00:00", "2wd", "2027-01-05 18:00:00"),  # estimated
    # days: counted through, the last rolls to a working day
    ("2026-09-24 10:00:00", "7d", "2026-10-08 18:00:00"),  # ends on National Day
    ("2026-09-21 10:00:00", "7d", "2026-09-28 18:00:00"),
    ("2026-10-03 10:00:00", "7d", "2026-10-10 18:00:00"),  # a make-up Saturday needs no rolling
    ("2026-10-10 10:00:00", "7d", "2026-10-19 18:00:00"),  # an ordinary one does
    ("2026-06-01 10:00:00", "90d", "2026-08-31 18:00:00"),  # from a Sunday to the Monday
    # running days: nothing rolls, 24:00 ends them
    ("2026-10-01 10:00:00", "3cd", "2026-10-05 00:00:00"),
    ("2026-12-30 10:00:00", "3cd", "2027-01-03 00:00:00"),
    # months: the same day number, or the month's last; then rolled
    ("2026-01-31 10:00:00", "1mo", "2026-02-28 18:00:00"),  # no 31st; a make-up Saturday
    ("2024-01-31 10:00:00", "1mo", "2024-02-29 18:00:00"),  # a leap year's Thursday
    ("2024-02-29 10:00:00", "1mo", "2024-03-29 18:00:00"),  # the same number, not the last day
    ("2024-02-29 10:00:00", "12mo", "2025-02-28 18:00:00"),  # no 29th
    ("2025-12-15 10:00:00", "1mo", "2026-01-15 18:00:00"),  # over the year's end
    ("2026-09-01 10:00:00", "1mo", "2026-10-08 18:00:00"),  # ends on National Day
    ("2026-11-30 10:00:00", "1mo", "2026-12-30 18:00:00"),
]


@pytest.mark.parametrize(("start", "period", "at"), TABLE)
def test_a_period_ends_when_the_code_says(start, period, at):
    found = due(local(start), length(period), HOURS)
    assert found.at == local(at)
    assert found.at.tzinfo is UTC
    assert found.start == local(start)


@pytest.mark.parametrize(
    ("start", "period", "at"),
    [
        ("2026-09-28 12:00:00", "4h/8h", "2026-09-28 20:00:00"),  # noon is no working time here
        ("2026-09-28 13:30:00", "4h/8h", "2026-09-28 17:30:00"),
        ("2026-09-28 10:00:00", "1wd", "2026-09-29 17:30:00"),  # the last span's end closes business
    ],
)
def test_a_day_may_have_several_spans(start, period, at):
    assert due(local(start), length(period), TWO_SPANS).at == local(at)


@pytest.mark.parametrize(
    ("start", "period", "provisional"),
    [
        ("2026-12-31 10:00", "2wd", True),
        ("2026-12-24 10:00", "1wd", False),  # the 25th is certain
        ("2026-12-25 10:00", "1wd", True),  # the 28th may yet be exchanged
        ("2026-12-01 10:00", "7d", False),
        ("2026-12-25 10:00", "7d", True),
        ("2026-12-31 10:00", "4h", False),  # hours ask for no calendar
        ("2026-12-31 10:00", "3cd", False),  # nor do running days
        ("2026-12-31 10:00", "4h/8h", True),  # is it a working day at all?
        ("2026-12-31 20:00", "4h/8h", False),  # whatever day it is, business is over
    ],
)
def test_a_deadline_is_provisional_where_it_rests_on_days_that_can_move(start, period, provisional):
    found = due(local(start), length(period), HOURS)
    assert found.provisional is provisional
    assert (found.steps[-1].what is What.PROVISIONAL) is provisional


def test_a_loaded_notice_moves_a_provisional_deadline_and_makes_it_certain():
    notice = Workdays({date(2027, 1, 4): False}, noticed=frozenset({2027}))
    found = due(local("2026-12-31 10:00"), Period.parse("2wd"), WorkingTime(HOURS.spans, CN, notice))
    assert found.at == local("2027-01-06 18:00")
    assert not found.provisional


def test_the_sum_says_which_days_count():
    found = due(local("2026-10-09 10:00"), Period.parse("2wd"), HOURS)
    assert found.steps == (
        Step(What.FILED, {"at": local("2026-10-09 10:00")}),
        Step(What.FIRST_DAY_NOT_COUNTED, {"day": date(2026, 10, 9)}),
        Step(What.COUNTS_DAY, {"day": date(2026, 10, 10), "number": 1, "kind": "make_up"}),
        Step(What.SKIPS_DAY, {"day": date(2026, 10, 11), "kind": "weekend"}),
        Step(What.COUNTS_DAY, {"day": date(2026, 10, 12), "number": 2, "kind": "working"}),
        Step(What.CLOSES, {"day": date(2026, 10, 12), "at": local("2026-10-12 18:00")}),
    )


@pytest.mark.parametrize(
    ("start", "period", "window", "whats"),
    [
        ("2026-09-30 17:30", "4h/8h", "working", "filed in_working_time adds"),
        ("2026-09-30 18:00", "4h/8h", "off", "filed outside_working_time adds"),
        ("2026-09-30 17:30", "4h", None, "filed adds"),
        ("2026-10-10 10:00", "7d", None, "filed first_day_not_counted adds rolls closes"),
        ("2026-10-10 10:00", "3cd", None, "filed first_day_not_counted adds midnight"),
        ("2026-01-31 10:00", "1mo", None, "filed first_day_not_counted adds month_short closes"),
    ],
)
def test_the_sum_has_a_line_for_each_step(start, period, window, whats):
    found = due(local(start), length(period), HOURS)
    assert found.window == window
    assert " ".join(step.what for step in found.steps) == whats


@pytest.mark.parametrize("written", ["10s", "30min", "4h", "7d", "2wd", "3cd", "1mo", "9999d"])
def test_a_period_is_written_as_it_is_read(written):
    assert str(Period.parse(written)) == written


@pytest.mark.parametrize(
    "written", ["", "4", "h", "0h", "-1d", "4 h", "4H", "1.5h", "10000d", "4hours", "２wd", "4h\n"]
)
def test_anything_else_is_no_period(written):
    with pytest.raises(ValueError, match="is no period"):
        Period.parse(written)


def test_days_are_told_from_hours():
    assert {unit.value for unit in Unit if Period(1, unit).by_days} == {"d", "wd", "cd", "mo"}


NAIVE = datetime(2026, 9, 30, 10)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: due(NAIVE, RESPOND, HOURS),
        lambda: due(NAIVE, Period.parse("2wd"), HOURS),
        lambda: HOURS.covers(NAIVE),
        lambda: end_of_business(NAIVE, HOURS),
        lambda: point(NAIVE, local("2026-09-30"), 0.5),
        lambda: point(local("2026-09-30"), NAIVE, 0.5),
        lambda: considerate(NAIVE, (time(8), time(21)), CN),
        lambda: is_silent(NAIVE, (time(22), time(7)), CN),
    ],
)
def test_a_naive_instant_is_refused(ask):
    with pytest.raises(ValueError, match="says no time zone"):
        ask()


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-09-30 09:00", "2026-09-30 18:00"),
        ("2026-09-30 06:00", "2026-09-30 18:00"),
        ("2026-09-30 17:59", "2026-09-30 18:00"),
        ("2026-09-30 18:00", "2026-10-08 18:00"),  # over for today, and the holiday follows
        ("2026-10-10 12:00", "2026-10-10 18:00"),  # a make-up Saturday
    ],
)
def test_end_of_business_is_todays_or_the_next_working_days(now, closes):
    assert end_of_business(local(now), HOURS) == local(closes)


def test_a_point_is_a_fraction_of_the_time():
    at = point(local("2026-09-30 10:00"), local("2026-09-30 14:00"), 0.75)
    assert (at, at.tzinfo) == (local("2026-09-30 13:00"), UTC)


@pytest.mark.parametrize(
    ("at", "moved"),
    [
        ("2026-09-30 07:59", "2026-09-30 08:00"),
        ("2026-09-30 08:00", "2026-09-30 08:00"),
        ("2026-09-30 20:59", "2026-09-30 20:59"),
        ("2026-09-30 21:00", "2026-10-01 08:00"),
        ("2026-12-31 23:59", "2027-01-01 08:00"),
    ],
)
def test_considerate_hours_move_to_the_morning(at, moved):
    assert considerate(local(at), (time(8), time(21)), CN) == local(moved)


@pytest.mark.parametrize(
    ("at", "silent"), [("21:59", False), ("22:00", True), ("03:00", True), ("06:59", True), ("07:00", False)]
)
def test_the_silent_hours_cross_midnight(at, silent):
    assert is_silent(local(f"2026-09-30 {at}"), (time(22), time(7)), CN) is silent


def test_silent_hours_may_also_lie_within_a_day():
    assert is_silent(local("2026-09-30 13:00"), (time(12), time(14)), CN)
    assert not is_silent(local("2026-09-30 14:00"), (time(12), time(14)), CN)
