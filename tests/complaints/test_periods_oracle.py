"""Does an oracle that shares no line with the code agree, and is order kept?"""

import calendar
import random
from datetime import UTC, datetime, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st
from test_periods import CN, HOURS, RESPOND, length

from complaints.periods import (
    Period,
    Step,
    Unit,
    What,
    due,
)

# An oracle: shares no line with the code, goes minute by minute and day by day, in local wall-clock time.


def oracle(start, written):
    if written == "4h/8h":
        worked = chinese_calendar.is_workday(start.date()) and 9 <= start.hour < 18
        return oracle(start, "240min" if worked else "480min")
    count = int("".join(c for c in written if c.isdigit()))
    unit = "".join(c for c in written if c.isalpha())
    if unit == "min":
        for _ in range(count):
            start += timedelta(minutes=1)
        return start
    day = _months(start.date(), count) if unit == "mo" else _days(start.date(), count, unit)
    if unit == "cd":
        return datetime(day.year, day.month, day.day) + timedelta(1)
    while not chinese_calendar.is_workday(day):
        day += timedelta(1)
    return datetime(day.year, day.month, day.day, 18)


def _days(day, count, unit):
    while count:
        day += timedelta(1)
        count -= unit != "wd" or chinese_calendar.is_workday(day)
    return day


def _months(first, count):
    day = first
    for _ in range(count):
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1]) + timedelta(1)
    return max(d for number in range(28, 32) if (d := _try(day, min(number, first.day))))


def _try(day, number):
    try:
        return day.replace(day=number)
    except ValueError:
        return None


def test_a_brute_force_oracle_agrees():
    chance = random.Random(62)
    first, span = datetime(2004, 1, 1), int(timedelta(days=365 * 22).total_seconds())
    for _ in range(600):
        start = first + timedelta(seconds=chance.randrange(span))
        written = chance.choice(["4h/8h", "{}min", "{}d", "{}wd", "{}cd", "{}mo"]).format(chance.randint(1, 12))
        found = due(start.replace(tzinfo=CN), length(written), HOURS)
        assert found.at.astimezone(CN).replace(tzinfo=None) == oracle(start, written), (start, written)


INSTANTS = st.datetimes(datetime(2004, 1, 1), datetime(2100, 12, 31, 23, 59), timezones=st.just(UTC))
PERIODS = st.builds(Period, st.integers(1, 40), st.sampled_from(Unit)) | st.just(RESPOND)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, INSTANTS, PERIODS)
def test_a_later_event_is_never_due_earlier_within_a_window(one, other, period):
    earlier, later = (due(start, period, HOURS) for start in sorted((one, other)))
    assert earlier.window != later.window or earlier.at <= later.at


@settings(max_examples=150, deadline=None)
@given(INSTANTS, PERIODS)
def test_every_instant_has_an_answer_after_it(start, period):
    found = due(start, period, HOURS)
    assert found.at > start
    assert found.steps[0] == Step(What.FILED, {"at": start})
