"""Periods and their ends, as 《民法典》 200-204 count them, with the sum kept line by line.

The Code is written for civil matters, so people are told 参照, never 依据.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from complaints.time.workdays import Workdays, aware
from complaints.time.workdays import WorkingTime as WorkingTime  # what a period is counted in


class Unit(StrEnum):
    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"  # the last day rolls to a working day
    WORKING_DAYS = "wd"
    RUNNING_DAYS = "cd"  # nothing rolls, the last day ends at 24:00
    MONTHS = "mo"


_CONTINUOUS = {
    Unit.SECONDS: timedelta(seconds=1),
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
}
_DAY = timedelta(days=1)
_WRITTEN = re.compile(r"([1-9][0-9]{0,3})(s|min|h|d|wd|cd|mo)")


@dataclass(frozen=True)
class Period:
    """A length of time as packs write it: "10s", "30min", "4h", "7d", "2wd", "3cd", "1mo"."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, written: str) -> "Period":
        """ValueError unless it is a whole number from 1 to 9999 and a unit."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(f'"{written}" is no period: write 1 to 9999 and one of {", ".join(Unit)}, like "4h"')
        return cls(int(found[1]), Unit(found[2]))

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def by_days(self) -> bool:
        """Counted in days, so that its nudges keep to considerate hours."""
        return self.unit not in _CONTINUOUS


@dataclass(frozen=True)
class Windows:
    """Two lengths, chosen by the moment of filing alone (成住建发〔2023〕62号 一(二))."""

    working: Period
    off: Period


class What(StrEnum):
    """The lines of a sum, each with the facts that its sentence needs."""

    FILED = "filed"  # at
    IN_WORKING_TIME = "in_working_time"  # day, period
    OUTSIDE_WORKING_TIME = "outside_working_time"  # day, kind, period
    ADDS = "adds"  # period, and at (an instant) or day (the last day)
    FIRST_DAY_NOT_COUNTED = "first_day_not_counted"  # day
    COUNTS_DAY = "counts_day"  # day, number, kind
    SKIPS_DAY = "skips_day"  # day, kind
    MONTH_SHORT = "month_short"  # day, wanted (the missing day number)
    ROLLS = "rolls"  # day, to, kind (of the day rolled from)
    CLOSES = "closes"  # day, at
    MIDNIGHT = "midnight"  # day, at
    KEPT = "kept"  # at: as people were told, though the calendar of today says otherwise
    PROVISIONAL = "provisional"  # day (the first that may change), year (whose notice may change it)


@dataclass(frozen=True)
class Step:
    """A line of the sum. Days are dates, instants aware and UTC, periods and kinds of day as written."""

    what: What
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Due:
    """`at` is the last instant that is on time. `provisional`: a coming notice may move it."""

    start: datetime
    at: datetime
    period: Period
    window: Literal["working", "off"] | None
    provisional: bool
    steps: tuple[Step, ...]


class _Part(NamedTuple):
    """Lines of a sum, and the days whose kind decided them."""

    steps: list[Step]
    asked: list[date]


def due(start: datetime, period: Period | Windows, hours: WorkingTime) -> Due:
    """When the period that starts at this instant ends. ValueError for a naive instant.

    《民法典》 201 (the first day isn't counted; hours run from the moment itself), 202, 203.
    """
    start = aware(start).astimezone(UTC)
    parts = [_Part([Step(What.FILED, {"at": start})], [])]
    window: Literal["working", "off"] | None = None
    if isinstance(period, Windows):
        window = "working" if hours.covers(start) else "off"
        period = period.working if window == "working" else period.off
        parts.append(_window(start, period, hours))
    at, part = _days_from(start, period, hours) if period.by_days else _run_from(start, period)
    parts.append(part)
    asked = {day for each in parts for day in each.asked}
    uncertain = min(filter(hours.workdays.is_provisional, asked), default=None)
    if uncertain is not None:
        year = hours.workdays.notice_of(uncertain)
        parts.append(_Part([Step(What.PROVISIONAL, {"day": uncertain, "year": year})], []))
    steps = tuple(step for each in parts for step in each.steps)
    return Due(start, at, period, window, uncertain is not None, steps)


def _window(start: datetime, period: Period, hours: WorkingTime) -> _Part:
    day, kind = hours.day(start), hours.workdays.kind(hours.day(start))
    what = What.IN_WORKING_TIME if hours.covers(start) else What.OUTSIDE_WORKING_TIME
    # Outside the hours of business the day's kind decides nothing, and its uncertainty doesn't matter.
    asked = [day] if hours.in_span(start.astimezone(hours.timezone).time()) else []
    return _Part([Step(what, {"day": day, "kind": str(kind), "period": str(period)})], asked)


def _run_from(start: datetime, period: Period) -> tuple[datetime, _Part]:
    at = start + period.count * _CONTINUOUS[period.unit]
    return at, _Part([Step(What.ADDS, {"period": str(period), "at": at})], [])


def _days_from(start: datetime, period: Period, hours: WorkingTime) -> tuple[datetime, _Part]:
    first = hours.day(start)
    part = _Part([Step(What.FIRST_DAY_NOT_COUNTED, {"day": first})], [])
    if period.unit is Unit.WORKING_DAYS:
        last = _count(first, period.count, hours.workdays, part)
    else:
        last = _later(first, period, part)
        if period.unit is not Unit.RUNNING_DAYS:
            last = _roll(last, hours.workdays, part)
    at, what = hours.closes(last), What.CLOSES
    if period.unit is Unit.RUNNING_DAYS:
        at, what = hours.ends(last), What.MIDNIGHT
    part.steps.append(Step(what, {"day": last, "at": at}))
    return at, part


def _count(day: date, count: int, workdays: Workdays, part: _Part) -> date:
    number = 0
    while number < count:
        day += _DAY
        part.asked.append(day)
        kind = workdays.kind(day)
        if kind.is_working:
            number += 1
            part.steps.append(Step(What.COUNTS_DAY, {"day": day, "number": number, "kind": str(kind)}))
        else:
            part.steps.append(Step(What.SKIPS_DAY, {"day": day, "kind": str(kind)}))
    return day


def _later(first: date, period: Period, part: _Part) -> date:
    if period.unit is not Unit.MONTHS:
        last = first + period.count * _DAY
        part.steps.append(Step(What.ADDS, {"period": str(period), "day": last}))
        return last
    year, month = divmod(first.year * 12 + first.month - 1 + period.count, 12)
    length = calendar.monthrange(year, month + 1)[1]
    last = date(year, month + 1, min(first.day, length))
    part.steps.append(Step(What.ADDS, {"period": str(period), "day": last}))
    if first.day > length:
        part.steps.append(Step(What.MONTH_SHORT, {"day": last, "wanted": first.day}))
    return last


def _roll(last: date, workdays: Workdays, part: _Part) -> date:
    to = last
    part.asked.append(to)
    while not workdays.is_working(to):
        to += _DAY
        part.asked.append(to)
    if to != last:
        part.steps.append(Step(What.ROLLS, {"day": last, "to": to, "kind": str(workdays.kind(last))}))
    return to


def end_of_business(now: datetime, hours: WorkingTime) -> datetime:
    """「下班前」: the close of today's business, once that is past the next working day's. In UTC."""
    day = hours.day(now)
    while not hours.workdays.is_working(day) or hours.closes(day) <= now:
        day += _DAY
    return hours.closes(day)


def point(start: datetime, due: datetime, fraction: float) -> datetime:
    """The instant at which this fraction of the time from start to due has passed. In UTC."""
    start = aware(start).astimezone(UTC)
    return start + (aware(due) - start) * fraction


def considerate(at: datetime, hours: tuple[time, time], tz: ZoneInfo) -> datetime:
    """The instant itself within the hours, else their next beginning; their end is outside. In UTC."""
    local = aware(at).astimezone(tz)
    opens, ends = hours
    if opens <= local.time() < ends:
        return at.astimezone(UTC)
    day = local.date() if local.time() < opens else local.date() + _DAY
    return datetime.combine(day, opens, tz).astimezone(UTC)


def is_silent(at: datetime, hours: tuple[time, time], tz: ZoneInfo) -> bool:
    """Whether the instant is within the hours, which may cross midnight; their end is outside."""
    now = aware(at).astimezone(tz).time()
    start, end = hours
    return start <= now < end if start <= end else now >= start or now < end
