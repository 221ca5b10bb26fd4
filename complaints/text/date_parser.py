"""The parser of dates as people write them: 明天 18:00, 10月9日, 3天, 10-09 18:00."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from complaints.errors import DateUnclear
from complaints.time.workdays import WorkingTime

RELATIVE = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
WEEKDAYS = "一二三四五六日"
ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK = re.compile(r"(\d{1,2})\s*[:：点时]\s*(\d{1,2})?")
FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
SHORT = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d*\s*[:：点时])")
SPAN = re.compile(r"(\d{1,3})\s*(?:个)?\s*(天|日内|days?|小时|hours?|h|周|星期|weeks?)", re.IGNORECASE)
BETWEEN = re.compile(r"到|至|—|–|~|～|\bto\b|\buntil\b| - ")
WEEKDAY = re.compile(r"(下)?(?:周|星期|礼拜)([一二三四五六日天])")


def read_date(words: str, now: datetime, hours: WorkingTime) -> datetime:
    """The instant meant, seen from `now`; without a time of day the close of business. DateUnclear otherwise."""
    local = now.astimezone(hours.timezone)
    words = words.strip().lower()
    at = _clock(words)
    day = _day(words, local.date())
    if day is None and (span := SPAN.search(words)) is not None:
        return _after(local, span, at, hours)
    if day is None and at is not None:
        day = local.date() if datetime.combine(local.date(), at, hours.timezone) > local else _next(local)
    if day is None:
        raise DateUnclear
    return datetime.combine(day, at, hours.timezone) if at is not None else hours.closes(day)


def read_span(words: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when: two dates with 到, 至, – or "to" between them; one alone is the end, from `now`.

    Without a time of day the first begins its day and the last ends it. DateUnclear otherwise.
    """
    first, last = (part.strip() for part in ("", *BETWEEN.split(words.strip().lower(), maxsplit=1))[-2:])
    local = now.astimezone(zone)
    since = _edge(first, local, time.min) if first else local
    return since, _edge(last, local, time.max)


def _edge(words: str, local: datetime, otherwise: time) -> datetime:
    day, at = _day(words, local.date()), _clock(words)
    if day is None and at is None:
        raise DateUnclear
    return datetime.combine(day or local.date(), at or otherwise, local.tzinfo)


def _next(local: datetime) -> date:
    return local.date() + timedelta(days=1)


def _clock(words: str) -> time | None:
    found = CLOCK.search(words)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if ("下午" in words or "晚" in words or "pm" in words) and hour < 12:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        raise DateUnclear from None


def _day(words: str, today: date) -> date | None:
    for word in sorted(RELATIVE, key=len, reverse=True):
        if word in words:
            return today + timedelta(days=RELATIVE[word])
    if (found := FULL.search(words)) is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := SHORT.search(words)) is not None:
        month, day = int(found[1]), int(found[2])
        this_year = _date(today.year, month, day)
        return this_year if this_year >= today else _date(today.year + 1, month, day)
    return _weekday(words, today)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateUnclear from None


def _weekday(words: str, today: date) -> date | None:
    if (found := WEEKDAY.search(words)) is not None:
        wanted = WEEKDAYS.index(found[2].replace("天", "日"))
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=wanted + (7 if found[1] else 0))
        return day if day >= today else day + timedelta(days=7)
    named = next((n for n, name in enumerate(ENGLISH_DAYS) if re.search(rf"\b{name}", words)), None)
    return None if named is None else today + timedelta(days=(named - today.weekday()) % 7)


def _after(local: datetime, span: re.Match[str], at: time | None, hours: WorkingTime) -> datetime:
    count, unit = int(span[1]), span[2]
    if unit.startswith(("小时", "h")):
        return local + timedelta(hours=count)
    day = local.date() + timedelta(days=count * (7 if unit.startswith(("周", "星期", "week")) else 1))
    return datetime.combine(day, at, hours.timezone) if at is not None else hours.closes(day)
