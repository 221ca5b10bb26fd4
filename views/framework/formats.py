"""Formats of instants and lengths of time."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from views.framework.translator import Html, Translator

CIVIL = ZoneInfo("Asia/Shanghai")
DAY_PATTERNS = {"zh": "M月d日(EEE)", "en": "EEE d MMM"}
DATED = {"zh": "y年M月d日(EEE)", "en": "EEE d MMM y"}
SHORT_PATTERNS = {"zh": "M月d日HH:mm", "en": "d MMM HH:mm"}
LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


def moment(t: Translator, at: datetime, zone: ZoneInfo = CIVIL, *, dated: bool = False) -> str:
    """10月9日(周五) 18:00; an instant on the stroke of midnight reads as 24:00 of the day before."""
    local = at.astimezone(zone)
    if local.time() == time():
        return f"{day(t, at - timedelta(seconds=1), zone, dated=dated)} 24:00"
    return f"{day(t, at, zone, dated=dated)} {local:%H:%M}"


def moment_from(t: Translator, at: datetime, now: datetime) -> str:
    """As it reads at `now`: with the year where it isn't the same one."""
    return moment(t, at, dated=at.astimezone(CIVIL).year != now.astimezone(CIVIL).year)


def day(t: Translator, at: datetime, zone: ZoneInfo = CIVIL, *, dated: bool = False) -> str:
    """10月9日(周五), or 2026年10月9日(周五) where it is `dated`."""
    pattern = (DATED if dated else DAY_PATTERNS)[t.language]
    return format_datetime(at.astimezone(zone), pattern, locale=LOCALES[t.language])


def day_and_time(t: Translator, at: datetime) -> str:
    """11月18日10:00, where a day of the week would be too long."""
    local = at.astimezone(CIVIL)
    return format_datetime(local, SHORT_PATTERNS[t.language], locale=LOCALES[t.language])


def span(t: Translator, length: timedelta) -> Html:
    """The two largest units of a length, rounded down to minutes: 1小时20分, 2天3小时."""
    minutes = max(0, int(length.total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _two(t.n("{count} day", "{count} days", days), t.n("{count} h", "{count} h", hours) if hours else "")
    if hours:
        return _two(t.n("{count} h", "{count} h", hours), t.n("{count} min", "{count} min", minutes) if minutes else "")
    if minutes:
        return t.n("{count} min", "{count} min", minutes)
    return t("less than a minute")


def _two(large: Html, small: str) -> Html:
    return Html(f"{large} {small}".strip() if large.isascii() else f"{large}{small}")
