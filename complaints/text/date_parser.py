"""The parser of dates as people say them: 明早八点, 三天内, 20号下午5点前, 5个工作日. What is in doubt is refused.

A part of a day without an hour ends it: 早上 when business opens, 上午 and 中午 at 12:00, 下午 when it closes, 晚上 at
24:00.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from complaints.errors import DateUnclear
from complaints.text.date_words import plain
from complaints.text.named_days import (
    coming_weekday,
    named_weekday,
    next_of_number,
    next_of_year,
    numbered,
    of_month,
)
from complaints.time.periods import Period, due
from complaints.time.workdays import WorkingTime

ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RELATIVE = {"大后天": 3, "后天": 2, "明天": 1, "今天": 0, "tomorrow": 1, "today": 0}

BETWEEN = re.compile(r"到|至|—|–|~|～|\bto\b|\buntil\b| - ")
CLAUSE = re.compile(r"[,，。;；、!\n]+")
AROUND = re.compile(r"by|before|until|[\W_前之以内后在于]")  # what stands around a time and says nothing
FINISHED = re.compile(r"前|修好|完成|办结|弄好|装好|换好|恢复|搞定|解决|处理好|\bby\b|done|fixed|finish")
LENGTH = re.compile(
    r"(?<!第)(?<![\d.])(?P<n>\d{1,3}(?:\.\d)?)\s*(?P<unit>个?工作日|working days?|business days?|"
    r"分钟|minutes?|min\b|刻钟|个?小时|个?钟头|hours?|h\b|"
    r"天(?!花|台|线|井|然|气|桥|窗|棚)|日(?=内|之内|以内|后)|days?|周(?!边|围|转)|个?星期|个?礼拜|weeks?|个月|months?)(?:之内|以内|内|之后|以后|后)?"
)
FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})[日号]?(?!\d)")
MONTH_DAY = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:[-/]\s*(\d{1,2})(?!\d|\s*[:点])|月\s*(\d{1,2})[日号]?(?!\d)|\.(\d{2})(?=$|[日号前\s之以]))"
)
OF_MONTH = re.compile(
    r"(下个?|本|这个?|当)月(?:的)?\s*(?:(\d{1,2})[日号]?|底)|(?<!\d)(\d{1,2})月底|(?<![下本这个当])月底|(年底)"
)
WEEKDAY = re.compile(r"(?<!下)(下|本|这)?(?:周|星期|礼拜)([一二三四五六日天])")
ENGLISH_WEEKDAY = re.compile(rf"(?<!next )\b({'|'.join(ENGLISH_DAYS)})[a-z]*")
DAY = re.compile(
    r"(?<![\d.])(\d{1,2})[号日](?!楼|院|门|线|机|梯|车|桶|栋|幢|单元|井|泵|电梯|库|岗|厅|店|铺|房|室|灯|杆)"
)
NAMED_DAY = re.compile("|".join(RELATIVE))
CLOCK = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?::\s*(\d{1,2})|[点时](?!间|候)(?:钟|整)?\s*(?:(半|[13]刻)|(\d{1,2})分?)?)\s*(am|pm)?"
)
ENGLISH_CLOCK = re.compile(r"\b(\d{1,2})()()()\s*(am|pm)\b")
PART = re.compile(r"凌晨|早上|上午|中午|下午|傍晚|晚上|下班|morning|afternoon|evening")
# What speaks of a time and was not read.
UNREAD = re.compile(
    r"[\d几多]\s*(?:点|时(?!间|候)|天(?!花|台|线|井)|周(?!边|围)|个?月|个?星期|个?礼拜|个?工作日|年|刻)|\d\s*个?(?:小时|钟头|分钟)|"
    r"[上中下]午|凌晨|傍晚|晚上|半天|夜|月[初中]|[上中下]旬|周末|[下本这]周|星期|礼拜|年[前初中底]|天黑|天亮|\d\s*:|\bnext\b|\d+号前|\d\s*[-/.]\s*\d"
)


@dataclass
class _Said:
    """What was found in the words."""

    days: list[date] = field(default_factory=list)
    lengths: list[re.Match[str]] = field(default_factory=list)
    clocks: list[tuple[int, int, str, bool]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    rest: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.days or self.lengths or self.clocks or self.parts)

    @property
    def is_one(self) -> bool:
        """One time is meant, and nothing that speaks of a time is left."""
        one = len(set(self.days)) + len(self.lengths) <= 1 and len(self.clocks) <= 1 and len(set(self.parts)) <= 1
        return one and not UNREAD.search(self.rest)


def read_date(words: str, now: datetime, hours: WorkingTime) -> datetime:
    """The one instant that is meant, seen from `now`; without a time of day the close of business.

    DateUnclear where none is named, several are, or an hour could be one of the morning and of the evening. Of several
    clauses the one counts that says by when something is finished.
    """
    text, local = plain(words), now.astimezone(hours.timezone)
    whole = _find(text, local.date())
    read = [(clause, _find(clause, local.date())) for clause in CLAUSE.split(text)]
    timed = [(clause, said) for clause, said in read if not said.nothing or UNREAD.search(said.rest)]
    ending = [said for clause, said in timed if FINISHED.search(clause)]
    if len(timed) > 1 and len(ending) == 1 and (ending[0].days or ending[0].lengths):
        whole = ending[0]
    if not whole.is_one:
        raise DateUnclear
    return _instant(whole, local, hours)


def says_more(words: str, now: datetime, hours: WorkingTime) -> bool:
    """Whether anything but a time is said."""
    return bool(AROUND.sub("", _find(plain(words), now.astimezone(hours.timezone).date()).rest))


def read_span(words: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when: two dates with 到, 至, – or "to" between them; one alone is the end, from `now`.

    Without a time of day the first begins its day and the last ends it. DateUnclear otherwise.
    """
    first, last = (part.strip() for part in ("", *BETWEEN.split(plain(words), maxsplit=1))[-2:])
    local = now.astimezone(zone)
    since = _edge(first, local, time.min) if first else local
    return since, _edge(last, local, time.max)


def _edge(words: str, local: datetime, otherwise: time) -> datetime:
    said = _find(words, local.date())
    if not said.is_one or said.lengths or not (said.days or said.clocks):
        raise DateUnclear
    day = said.days[0] if said.days else local.date()
    if said.clocks:
        return _at(day, said, local)
    return datetime.combine(day, otherwise, local.tzinfo)


def _find(text: str, today: date) -> _Said:
    """All that speaks of a time; what was read is taken out, so that nothing is read twice."""
    said = _Said()

    def take(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        nonlocal text
        found = list(pattern.finditer(text))
        text = pattern.sub(" ", text)
        return iter(found)

    said.days += [numbered(int(m[1]), int(m[2]), int(m[3])) for m in take(FULL)]
    said.lengths += take(LENGTH)
    said.days += [next_of_year(int(m[1]), int(m[2] or m[3] or m[4]), today) for m in take(MONTH_DAY)]
    said.days += [of_month(m, today) for m in take(OF_MONTH)]
    said.days += [named_weekday(m, today) for m in take(WEEKDAY)]
    said.days += [coming_weekday(ENGLISH_DAYS.index(m[1]), today) for m in take(ENGLISH_WEEKDAY)]
    for pattern in (CLOCK, ENGLISH_CLOCK):
        said.clocks += [_hour(m) for m in take(pattern)]
    said.days += [next_of_number(int(m[1]), today) for m in take(DAY)]
    said.days += [today + timedelta(days=RELATIVE[m[0]]) for m in take(NAMED_DAY)]
    said.parts += [m[0] for m in take(PART)]
    said.rest = text
    return said


# --- the time of day --------------------------------------------------------------------------------------------


def _hour(found: re.Match[str]) -> tuple[int, int, str, bool]:
    """Hour, minute, am or pm, and whether it is written by the clock of 24 hours."""
    fraction = {"半": 30, "1刻": 15, "3刻": 45}
    minute = fraction[found[3]] if found[3] else int(found[2] or found[4] or 0)
    return int(found[1]), minute, found[5] or "", found[2] is not None


def _instant(said: _Said, local: datetime, hours: WorkingTime) -> datetime:
    if said.nothing:
        raise DateUnclear
    if said.lengths and (after := _after(said, local, hours)) is not None:
        return after
    day = said.days[0] if said.days else local.date()
    if said.lengths:
        day = local.date() + timedelta(days=_days(said.lengths[0]))
    if not said.clocks:
        return _ends(day, said.parts, hours)
    at = _at(day, said, local)
    if at > local or said.days or said.lengths or said.parts:
        return at
    return at + timedelta(days=1)


def _after(said: _Said, local: datetime, hours: WorkingTime) -> datetime | None:
    """The end of a length; None for one in days, which may name a time of day as well."""
    count, unit = float(said.lengths[0]["n"]), said.lengths[0]["unit"].removeprefix("个")
    of_clock = {"小时": 60, "钟头": 60, "h": 60, "分": 1, "m": 1, "刻": 15}
    minutes = next((of_clock[u] for u in of_clock if unit.startswith(u) and not unit.startswith("month")), None)
    whole = minutes is None and not unit.startswith(("天", "日", "day", "周", "星期", "礼拜", "week"))
    if (minutes or whole) and (said.clocks or said.parts):
        raise DateUnclear
    if minutes is not None:
        return local + timedelta(minutes=minutes * count)
    if count != int(count) or not count:
        raise DateUnclear
    if whole:
        named = "mo" if unit.startswith(("月", "month")) else "wd"
        return due(local, Period.parse(f"{int(count)}{named}"), hours).at.astimezone(hours.timezone)
    return None


def _days(found: re.Match[str]) -> int:
    weeks = found["unit"].removeprefix("个").startswith(("周", "星期", "礼拜", "week"))
    return int(float(found["n"])) * (7 if weeks else 1)


def _ends(day: date, parts: list[str], hours: WorkingTime) -> datetime:
    """When the part of the day ends; the close of business where none is named."""
    part = parts[0] if parts else "下班"
    if part in ("凌晨", "傍晚"):
        raise DateUnclear
    if part in ("晚上", "evening"):
        return hours.ends(day)
    if part in ("下午", "下班", "afternoon"):
        return hours.closes(day)
    at = hours.spans[0][0] if part == "早上" else time(12)
    return datetime.combine(day, at, hours.timezone)


def _at(day: date, said: _Said, local: datetime) -> datetime:
    """The hour on the day; DateUnclear where it may be one of the morning as well as of the afternoon."""
    hour, minute, half, by_24 = said.clocks[0]
    part = said.parts[0] if said.parts else {"am": "上午", "pm": "下午"}.get(half, "")
    hour = _of_day(hour, part, surely=by_24 or bool(said.days and hour >= 8) or hour >= 12 or not hour)
    if hour == 24 and not minute:
        day, hour = day + timedelta(days=1), 0
    try:
        return datetime.combine(day, time(hour, minute), local.tzinfo)
    except ValueError:
        raise DateUnclear from None


def _of_day(hour: int, part: str, *, surely: bool) -> int:
    """The hour by the clock of 24 hours."""
    if hour > 12:
        fits = part in ("", "下午", "下班", "afternoon") or (part in ("傍晚", "晚上", "evening") and hour >= 17)
    elif part in ("下午", "afternoon", "傍晚"):
        fits, hour = True, hour % 12 + 12
    elif part in ("晚上", "evening"):
        fits, hour = hour >= 5, hour + 12
    elif part == "中午":
        fits, hour = hour in (11, 12, 1, 2), hour if hour > 2 else hour + 12
    elif part == "凌晨":
        fits = hour < 7
    elif part in ("早上", "上午", "morning"):
        fits = 5 <= hour <= 12
    else:
        fits = surely and part == ""
    if not fits:
        raise DateUnclear
    return hour
