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
    [
        ("师傅1.5小时到，20号下午5点前修好", (11, 20, 17, 0)),
        ("请今天晚上八点前恢复电梯，并逐户告知", (11, 18, 20, 0)),
        ("师傅三点到，明天中午前修好", (11, 19, 12, 0)),
        ("明天，下午3点前修好", (11, 19, 15, 0)),
        ("3号楼明天修好", (11, 19, 18, 0)),
        ("3楼水管漏，周五换", (11, 20, 18, 0)),
        ("漏点明天修好", (11, 19, 18, 0)),
        ("等配件，大概一周", (11, 25, 18, 0)),
        # numerals and parts of the day
        ("下午五点", (11, 18, 17, 0)),
        ("今天下午5点半", (11, 18, 17, 30)),
        ("下午四点一刻", (11, 18, 16, 15)),
        ("晚上8点20", (11, 18, 20, 20)),
        ("十一月二十五号上午十点半", (11, 25, 10, 30)),
        ("明早十点", (11, 19, 10, 0)),
        ("明早八点", (11, 19, 8, 0)),
        ("明早", (11, 19, 9, 0)),
        ("后天上午", (11, 20, 12, 0)),
        ("明天中午", (11, 19, 12, 0)),
        ("下午", (11, 18, 18, 0)),
        ("今晚", (11, 19, 0, 0)),
        ("今晚12点", (11, 19, 0, 0)),
        ("明天24点", (11, 20, 0, 0)),
        ("大后天下午2:30", (11, 21, 14, 30)),
        ("下周三下午两点", (11, 25, 14, 0)),
        ("明天8点", (11, 19, 8, 0)),
        ("今天下班前", (11, 18, 18, 0)),
        # lengths
        ("1.5小时", (11, 18, 11, 30)),
        ("半小时", (11, 18, 10, 30)),
        ("两个半小时", (11, 18, 12, 30)),
        ("一刻钟", (11, 18, 10, 15)),
        ("24小时内", (11, 19, 10, 0)),
        ("两天内", (11, 20, 18, 0)),
        ("三天", (11, 21, 18, 0)),
        ("一周内", (11, 25, 18, 0)),
        ("一个星期", (11, 25, 18, 0)),
        ("5个工作日", (11, 25, 18, 0)),
        ("三个工作日内", (11, 23, 18, 0)),
        ("1个月", (12, 18, 18, 0)),
        ("半个月", (12, 3, 18, 0)),
        # days of the month
        ("30号", (11, 30, 18, 0)),
        ("20号下午5点", (11, 20, 17, 0)),
        ("5号", (12, 5, 18, 0)),
        ("下个月5号", (12, 5, 18, 0)),
        ("月底前", (11, 30, 18, 0)),
        ("12月底", (12, 31, 18, 0)),
        ("11.25前", (11, 25, 18, 0)),
        # as the bot writes it
        ("11月20日(周五) 17:00" , (11, 20, 17, 0)),
        # English
        ("tomorrow 3pm", (11, 19, 15, 0)),
        ("by Friday 5pm", (11, 20, 17, 0)),
        ("within 24 hours", (11, 19, 10, 0)),
        ("5 working days", (11, 25, 18, 0)),
        ("tonight", (11, 19, 0, 0)),
    ],
)  # fmt: skip
def test_what_people_say(words, meant):
    assert read_date(words, NOW, HOURS) == datetime(2026, *meant, tzinfo=CHINA)


def test_months_roll_to_a_working_day():
    assert read_date("三个月", NOW, HOURS) == datetime(2027, 2, 18, 18, tzinfo=CHINA)
    assert read_date("1个月", NOW.replace(day=19), HOURS) == datetime(2026, 12, 21, 18, tzinfo=CHINA)


def test_a_day_that_is_past_is_next_years_only_where_that_is_near():
    assert read_date("1月2日", NOW, HOURS) == datetime(2027, 1, 2, 18, tzinfo=CHINA)
    for words in ("10-09 18:00", "10月9日", "11月17日"):
        with pytest.raises(DateUnclear):
            read_date(words, NOW, HOURS)


@pytest.mark.parametrize(
    "words",
    [
        "5点前", "8点", "明天3点", "八点二十", "晚上1点",  # morning or afternoon?
        "两三天", "三五天", "过几天", "一两天", "半天", "3.5天", "第3天", "周末", "下下周一", "本周一", "next friday",
        "明天上午9点到10点",
        "今天先看，后天换", "配件5天到，到了第二天装", "元旦前", "1.5修好", "6月31号", "31号", "年前",
        "月初", "傍晚", "一百二十天", "凌晨",
    ],
)  # fmt: skip
def test_what_may_mean_two_times_is_asked_about(words):
    with pytest.raises(DateUnclear):
        read_date(words, NOW, HOURS)


@pytest.mark.parametrize(
    "words",
    ["", "尽快", "看情况", "soon", "2月30日", "13月1日", "11-31", "2026-02-30", "明天 25:00", "25:00", "11月25日 9:75"],
)
def test_what_is_no_date_is_unclear(words):
    with pytest.raises(DateUnclear):
        read_date(words, NOW, HOURS)
