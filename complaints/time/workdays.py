"""Working days and working time, and which years have been announced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

NOTICE_MONTH = 11  # notices come out between late October and early December
FIRST_YEAR, LAST_YEAR = 2004, 2100  # as far as the notices reach back, and the estimates ahead


class DayKind(StrEnum):
    """Why a day counts or doesn't: the State Council's notice moves days both ways."""

    WORKING = "working"
    MAKE_UP = "make_up"  # 调休上班: a Saturday or Sunday that is worked
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # a statutory day, or one exchanged for a make-up day

    @property
    def is_working(self) -> bool:
        return self in (DayKind.WORKING, DayKind.MAKE_UP)


@dataclass(frozen=True)
class Workdays:
    """The working days of the country, by the State Council's yearly notices.

    `overlay` (day: is it worked?) is what an operator has loaded and wins over everything. `noticed` are
    years whose whole notice is in the overlay: no day of theirs is provisional any more. `sources` name the
    documents that days of the overlay were taken from.
    """

    overlay: Mapping[date, bool] = field(default_factory=dict)
    noticed: frozenset[int] = frozenset()
    sources: Mapping[date, str] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        """Beyond the notices an estimate: statutory days and weekends. Before 2004: weekends."""
        worked = self.overlay.get(day)
        if worked is None:
            official = _official()
            return official.kind(day) if day.year <= official.last else _estimate(day)
        if not worked:
            return DayKind.HOLIDAY
        return DayKind.MAKE_UP if _is_weekend(day) else DayKind.WORKING

    def is_working(self, day: date) -> bool:
        return self.kind(day).is_working

    def is_provisional(self, day: date) -> bool:
        """Whether a coming notice may change this day: its year has none, or the next year's is due."""
        if day in self.overlay:
            return False
        moved_by_the_next = (day.month, day.day) >= (12, 26)
        return self.lacks(day.year) or (moved_by_the_next and self.lacks(day.year + 1))

    def notice_of(self, day: date) -> int:
        """The year whose notice may move a provisional day."""
        return day.year if self.lacks(day.year) else day.year + 1

    def awaited(self, today: date) -> tuple[int, ...]:
        """Years whose notice somebody should load by now: this one's, and from 1 November on the next one's."""
        years = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
        return tuple(year for year in years if self.lacks(year))

    def sources_of(self, first: date, last: date) -> tuple[str, ...]:
        """The documents in the overlay that settle days from `first` to `last`, each once, in the order of days."""
        named = (self.sources[day] for day in sorted(self.sources) if first <= day <= last)
        return tuple(dict.fromkeys(named))

    def lacks(self, year: int) -> bool:
        """Whether nobody has announced the year's working days yet, as far as is known here."""
        return year > _official().last and year not in self.noticed


def unannounced(overlay: Mapping[date, bool], year: int) -> tuple[date, ...]:
    """The days that keep an overlay from being the year's whole notice: empty where it is one.

    A notice says of every statutory holiday when it is taken. So it is whole as soon as each of them that falls on
    Monday to Friday is a holiday of the overlay; those on weekends are days of rest whether they are named or not.
    """
    days = _statutory(year, in_lieu=False)
    return tuple(sorted(day for day in days if not _is_weekend(day) and overlay.get(day, True)))


def announced(overlay: Mapping[date, bool]) -> frozenset[int]:
    """The years whose whole notice the overlay holds."""
    return frozenset(year for year in {day.year for day in overlay} if not unannounced(overlay, year))


@dataclass(frozen=True)
class WorkingTime:
    """The hours of business: half-open spans of a day, ascending, on working days."""

    spans: tuple[tuple[time, time], ...]
    timezone: ZoneInfo
    workdays: Workdays = field(default_factory=Workdays)

    def covers(self, at: datetime) -> bool:
        """09:00:00 is in, 18:00:00 is out."""
        local = aware(at).astimezone(self.timezone)
        return self.in_span(local.time()) and self.workdays.is_working(local.date())

    def in_span(self, at: time) -> bool:
        return any(start <= at < end for start, end in self.spans)

    def day(self, at: datetime) -> date:
        """The day of an instant, where the case is."""
        return aware(at).astimezone(self.timezone).date()

    def closes(self, day: date) -> datetime:
        """Close of business, in UTC: 《民法典》 203, where there are hours of business."""
        return datetime.combine(day, self.spans[-1][1], self.timezone).astimezone(UTC)

    def ends(self, day: date) -> datetime:
        """24:00 of the day, in UTC: 《民法典》 203."""
        return datetime.combine(day + timedelta(days=1), time(), self.timezone).astimezone(UTC)


@dataclass(frozen=True)
class _Official:
    """What the notices so far have said, gathered by `chinese_calendar`."""

    holidays: frozenset[date]
    make_up: frozenset[date]
    last: int

    def kind(self, day: date) -> DayKind:
        if day in self.make_up:
            return DayKind.MAKE_UP
        if day in self.holidays:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if _is_weekend(day) else DayKind.WORKING


@cache
def _official() -> _Official:
    from chinese_calendar import constants  # slow to import, and few commands need it

    rest, make_up = frozenset(constants.holidays), frozenset(constants.workdays)
    return _Official(rest, make_up, max(day.year for day in rest))


def _estimate(day: date) -> DayKind:
    if day in _statutory(day.year):
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if _is_weekend(day) else DayKind.WORKING


@cache
def _statutory(year: int, *, in_lieu: bool = True) -> frozenset[date]:
    """The holidays that the law knows of, with an estimate of the days given in lieu of those on weekends."""
    from holidays import country_holidays  # slow to import, and few commands need it

    return frozenset(country_holidays("CN", years=[year], observed=in_lieu))


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def aware(at: datetime) -> datetime:
    """ValueError for a naive instant: nobody knows when that was."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} says no time zone")
    return at
