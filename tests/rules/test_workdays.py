"""Working days, and which years are announced."""

import subprocess
import sys
from datetime import date

import chinese_calendar
import pytest

from complaints.time.workdays import DayKind, Workdays, announced, unannounced

CALENDAR = Workdays()


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 30), DayKind.WORKING),  # a Wednesday, the eve of National Day
        (date(2026, 10, 1), DayKind.HOLIDAY),  # National Day
        (date(2026, 10, 7), DayKind.HOLIDAY),  # an exchanged Wednesday
        (date(2026, 10, 10), DayKind.MAKE_UP),  # the Saturday worked for it
        (date(2026, 9, 20), DayKind.MAKE_UP),  # and the Sunday
        (date(2026, 2, 14), DayKind.MAKE_UP),  # before the Spring Festival
        (date(2026, 2, 23), DayKind.HOLIDAY),  # its last day, a Monday
        (date(2026, 10, 17), DayKind.WEEKEND),  # a Saturday like any other
        (date(2024, 2, 9), DayKind.WORKING),  # Spring Festival's eve of 2024 was none by the notice
        (date(2003, 10, 1), DayKind.WORKING),  # no notice is kept from before 2004: weekends only
        (date(2003, 10, 4), DayKind.WEEKEND),
        (date(2027, 1, 1), DayKind.HOLIDAY),  # known by law
        (date(2027, 1, 2), DayKind.WEEKEND),
        (date(2027, 10, 8), DayKind.WORKING),  # a notice may exchange it, the law doesn't
        (date(2100, 10, 1), DayKind.HOLIDAY),
        (date(2101, 10, 3), DayKind.WORKING),  # beyond every estimate
    ],
)
def test_the_notices_are_followed_and_then_the_law(day, kind):
    assert CALENDAR.kind(day) is kind
    assert CALENDAR.is_working(day) is (kind in {DayKind.WORKING, DayKind.MAKE_UP})


@pytest.mark.parametrize(
    ("day", "provisional"),
    [
        (date(2003, 5, 1), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), True),  # the notice for 2027 can still move it
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2090, 6, 1), True),
    ],
)
def test_days_that_a_coming_notice_can_move_are_provisional(day, provisional):
    assert CALENDAR.is_provisional(day) is provisional


def test_the_overlay_wins_and_is_certain():
    calendar = Workdays({date(2026, 10, 1): True, date(2027, 1, 4): False, date(2027, 1, 9): True})
    assert calendar.kind(date(2026, 10, 1)) is DayKind.WORKING
    assert calendar.kind(date(2027, 1, 4)) is DayKind.HOLIDAY
    assert calendar.kind(date(2027, 1, 9)) is DayKind.MAKE_UP
    assert not calendar.is_provisional(date(2027, 1, 4))
    assert calendar.is_provisional(date(2027, 1, 5))


def test_a_loaded_notice_makes_its_whole_year_certain_and_the_days_before_it():
    calendar = Workdays({date(2027, 1, 4): False}, noticed=frozenset({2027}))
    assert not calendar.is_provisional(date(2026, 12, 31))
    assert not calendar.is_provisional(date(2027, 6, 1))
    assert calendar.is_provisional(date(2027, 12, 26))
    assert calendar.is_provisional(date(2028, 1, 1))


@pytest.mark.parametrize(
    ("today", "noticed", "awaited"),
    [
        (date(2026, 10, 31), set(), ()),
        (date(2026, 11, 1), set(), (2027,)),  # from 1 November on the next year's is missed
        (date(2026, 12, 31), set(), (2027,)),
        (date(2026, 12, 31), {2027}, ()),
        (date(2027, 3, 1), set(), (2027,)),  # and then this year's
        (date(2027, 11, 1), set(), (2027, 2028)),
        (date(2027, 11, 1), {2027}, (2028,)),
    ],
)
def test_a_missing_notice_is_asked_for(today, noticed, awaited):
    assert Workdays(noticed=frozenset(noticed)).awaited(today) == awaited


NEEDED = [  # the statutory holidays of 2027 on Monday to Friday
    *(date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 8), date(2027, 4, 5)),
    *(date(2027, 6, 9), date(2027, 9, 15), date(2027, 10, 1)),
]


def test_a_notice_is_whole_once_it_speaks_of_every_statutory_holiday():
    whole = dict.fromkeys(NEEDED, False)
    assert announced(whole | {date(2026, 12, 28): False}) == {2026 + 1}
    for day in NEEDED:
        assert unannounced(whole | {day: True}, 2027) == (day,)
        assert not announced({d: rests for d, rests in whole.items() if d != day})


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_notice_so_far_is_whole_by_that_measure(year):
    rest = {day: False for day in chinese_calendar.constants.holidays if day.year == year}
    assert unannounced(rest, year) == ()


def test_the_source_of_a_day_is_remembered():
    calendar = Workdays(sources={date(2027, 1, 4): "二", date(2026, 12, 31): "一", date(2027, 1, 1): "二"})
    assert calendar.sources_of(date(2026, 12, 31), date(2027, 1, 4)) == ("一", "二")
    assert calendar.sources_of(date(2027, 1, 2), date(2027, 1, 3)) == ()


def test_a_year_between_two_notices_stays_provisional():
    assert Workdays(noticed=frozenset({2028})).is_provisional(date(2027, 6, 1))


def test_the_slow_libraries_are_imported_only_when_a_day_is_asked_for():
    code = "import sys, complaints.policy.pack; print({'holidays', 'chinese_calendar'} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
