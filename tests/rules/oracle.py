"""A second opinion on deadlines: brute force that shares no line and no idea with the code.

It lives in naive wall-clock time of China. A calendar is one byte a day, working time one byte a minute; periods are
walked day by day and minute by minute.
"""

import calendar
from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar
from holidays import country_holidays

FIRST, LAST = date(2004, 1, 1), date(2109, 12, 31)
EPOCH = datetime(2004, 1, 1)
DAYS = (LAST - FIRST).days + 1
OFFICIAL_UNTIL = date(2026, 12, 31)


@cache
def worked_days(*overlay):
    """One byte a day: is it worked? `overlay` are (day, worked) of an operator's."""
    estimated = country_holidays("CN", years=range(OFFICIAL_UNTIL.year + 1, 2101))
    table = bytearray()
    day = FIRST
    while day <= LAST:
        if day <= OFFICIAL_UNTIL:
            table.append(chinese_calendar.is_workday(day))
        else:
            table.append(day.strftime("%a") not in ("Sat", "Sun") and day not in estimated)
        day += timedelta(1)
    for exchanged, worked in overlay:
        table[(exchanged - FIRST).days] = worked
    return bytes(table)


@cache
def business_minutes(*spans):
    """One byte a minute of a day: is it within ((from, until), …), written like "09:00"?"""
    table = bytearray(24 * 60)
    for minute in range(24 * 60):
        clock = f"{minute // 60:02}:{minute % 60:02}"
        table[minute] = any(begin <= clock < end for begin, end in spans)
    return bytes(table)


def due(start, written, worked, minutes):
    """(instant, window) of "4h/8h", "90min", "2wd", "7d", "3cd" or "1mo" after a naive start."""
    if "/" in written:
        working, off = written.split("/")
        inside = worked[(start.date() - FIRST).days] and minutes[start.hour * 60 + start.minute]
        return due(start, working if inside else off, worked, minutes)[0], "working" if inside else "off"
    count = int("".join(c for c in written if c.isdigit()))
    unit = "".join(c for c in written if c.isalpha())
    if unit in ("s", "min", "h"):
        return _walk(start, count * {"s": 1, "min": 60, "h": 3600}[unit]), None
    first = (start.date() - FIRST).days
    last = _month(start.date(), count) if unit == "mo" else _day(first, count, unit, worked)
    if unit == "cd":
        return EPOCH + timedelta(last + 1), None
    while not worked[last]:
        last += 1
    return EPOCH + timedelta(last, minutes=minutes.rindex(1) + 1), None


def _walk(start, seconds):
    """Minute by minute, and the rest at once."""
    at, rest = start, seconds
    while rest >= 60:
        at += MINUTE
        rest -= 60
    return at + timedelta(seconds=rest)


MINUTE = timedelta(minutes=1)


def _day(day, count, unit, worked):
    while count:
        day += 1
        if unit != "wd" or worked[day]:
            count -= 1
    return day


def _month(first, count):
    year, month = first.year, first.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    wanted = first.day
    while wanted > len([d for week in calendar.monthcalendar(year, month) for d in week if d]):
        wanted -= 1
    return (date(year, month, wanted) - FIRST).days
