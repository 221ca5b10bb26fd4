"""The parser of dates, from Wednesday, 18 November 2026, 10:00 in China."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from complaints.errors import DateUnclear
from complaints.policy.pack import load_packs
from complaints.text.date_parser import read_date
from complaints.time.workdays import Workdays

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=CHINA)
HOURS = load_packs()["chengdu"].hours(Workdays())


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        # the day alone: until the close of business
        ("今天", (11, 18, 18, 0)),
        ("明天", (11, 19, 18, 0)),
        ("明日", (11, 19, 18, 0)),
        ("后天", (11, 20, 18, 0)),
        ("大后天", (11, 21, 18, 0)),
        ("tomorrow", (11, 19, 18, 0)),
        ("11月25日", (11, 25, 18, 0)),
        ("11-25", (11, 25, 18, 0)),
        ("11/25", (11, 25, 18, 0)),
        ("2026-11-25", (11, 25, 18, 0)),
        ("2026年11月25日", (11, 25, 18, 0)),
        # weekdays: the next one, today included
        ("周五", (11, 20, 18, 0)),
        ("星期五", (11, 20, 18, 0)),
        ("周三", (11, 18, 18, 0)),
        ("周一", (11, 23, 18, 0)),
        ("下周五", (11, 27, 18, 0)),
        ("周日", (11, 22, 18, 0)),
        ("friday", (11, 20, 18, 0)),
        ("by Monday", (11, 23, 18, 0)),
        # lengths
        ("3天", (11, 21, 18, 0)),
        ("3天内", (11, 21, 18, 0)),
        ("3日内", (11, 21, 18, 0)),
        ("2周", (12, 2, 18, 0)),
        ("5小时", (11, 18, 15, 0)),
        ("3 days", (11, 21, 18, 0)),
        ("2 hours", (11, 18, 12, 0)),
        # with a time of day
        ("11-25 18:00", (11, 25, 18, 0)),
        ("11-25 12：30", (11, 25, 12, 30)),
        ("11月25日 9点", (11, 25, 9, 0)),
        ("11月25日18:00前", (11, 25, 18, 0)),
        ("明天 18:00", (11, 19, 18, 0)),
        ("明天下午3点", (11, 19, 15, 0)),
        ("下午3点", (11, 18, 15, 0)),
        ("晚上8点", (11, 18, 20, 0)),
        ("9:00", (11, 19, 9, 0)),  # past today, so tomorrow
        ("周五 12:00", (11, 20, 12, 0)),
        ("3天后 9:00", (11, 21, 9, 0)),
        ("  明天  ", (11, 19, 18, 0)),
    ],
)
def test_what_people_mean(words, meant):
    assert read_date(words, NOW, HOURS) == datetime(2026, *meant, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("10-09 18:00", (10, 9, 18, 0)), ("10月9日", (10, 9, 18, 0)), ("1月2日", (1, 2, 18, 0))],
)
def test_a_day_that_is_past_this_year_is_next_years(words, meant):
    assert read_date(words, NOW, HOURS) == datetime(2027, *meant, tzinfo=CHINA)


@pytest.mark.parametrize(
    "words",
    ["", "尽快", "看情况", "soon", "2月30日", "13月1日", "11-31", "2026-02-30", "明天 25:00", "25:00", "11月25日 9:75"],
)
def test_what_is_no_date_is_unclear(words):
    with pytest.raises(DateUnclear):
        read_date(words, NOW, HOURS)
