"""Which day is meant by a date, a number, a weekday or the end of a month, seen from today; DateUnclear otherwise."""

import re
from calendar import monthrange
from datetime import date, timedelta

from complaints.errors import DateUnclear

FAR = timedelta(days=183)  # a day of the year that is past is next year's only this far ahead
WEEKDAYS = "一二三四五六日"


def numbered(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateUnclear from None


def next_of_year(month: int, day: int, today: date) -> date:
    found = numbered(today.year, month, day)
    if found >= today:
        return found
    found = numbered(today.year + 1, month, day)
    if found - today > FAR:
        raise DateUnclear
    return found


def of_month(found: re.Match[str], today: date) -> date:
    """20号 of this or the next month, or the last day of one (月底), or of the year."""
    if found[4]:
        return date(today.year, 12, 31)
    if found[3]:
        month = int(found[3])
        last = _last_day(today.year if month >= today.month else today.year + 1, month)
        return next_of_year(month, last.day, today)
    later = (found[1] or "").startswith("下")
    year, month = (today.year + today.month // 12, today.month % 12 + 1) if later else (today.year, today.month)
    return numbered(year, month, int(found[2])) if found[2] else _last_day(year, month)


def _last_day(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise DateUnclear
    return date(year, month, monthrange(year, month)[1])


def next_of_number(day: int, today: date) -> date:
    """The next day of that number."""
    if not 1 <= day <= 31:
        raise DateUnclear
    year, month = today.year, today.month
    if day < today.day:
        year, month = (year + month // 12, month % 12 + 1)
    return numbered(year, month, day)


def named_weekday(found: re.Match[str], today: date) -> date:
    wanted = WEEKDAYS.index(found[2].replace("天", "日"))
    if found[1] is None:
        return coming_weekday(wanted, today)
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=wanted + (7 if found[1] == "下" else 0))
    if day < today:
        raise DateUnclear
    return day


def coming_weekday(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)
