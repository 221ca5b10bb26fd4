"""Dates in words as they are written, brought into one form: digits for numerals, one name for each part of a day."""

import re
import unicodedata

UNITS = r"点|时(?!间|候)|分|刻|号|日|月|天|周|个|小时|钟头|星期|礼拜|工作日|半"
NUMERAL = re.compile(rf"(?<![周期拜])[零〇一二两三四五六七八九十百]+(?={UNITS})")
MINUTES = re.compile(r"(?<=\d点)(?:过|零)?([一二三四五六七八九十]+)(?!刻)")
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
WHOLE = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?")
SAME = (
    (re.compile(r"今儿|今日|当[天日]"), "今天"),
    (re.compile(r"明儿|明日"), "明天"),
    (re.compile(r"([今明当])早上?|([今明])晨"), r"\1\2天早上"),
    (re.compile(r"([今明当])(?:晚上?|夜)"), r"\1天晚上"),
    (re.compile(r"当天"), "今天"),
    (re.compile(r"一早|大清早|清早|清晨|早晨|早间"), "早上"),
    (re.compile(r"午后"), "下午"),
    (re.compile(r"晚间|夜里|夜间|深夜|(?<=\d天)晚(?!上)|(?<=[今明后])天晚(?!上)"), "晚上"),
    (re.compile(r"\btonight\b"), "today evening"),
    (re.compile(r"\bnoon\b"), "12:00"),
    (re.compile(r"\ba (?=week|month|day)|\ban (?=hour)|\bone (?=week|month|day|hour)"), "1 "),
    (re.compile(r"(\d+)个?半(?:小时|钟头)"), r"\1.5小时"),
    (re.compile(r"(?<!\d)半个?(?:小时|钟头)"), "0.5小时"),
    (re.compile(r"(?<!\d个)(?<!\d)半个月"), "15天"),
)


def plain(words: str) -> str:
    """The words in lower case, signs of full width in half width, numerals before a unit as digits."""
    text = unicodedata.normalize("NFKC", words).strip().lower()
    text = MINUTES.sub(lambda m: _number(m[1]), NUMERAL.sub(lambda m: _number(m[0]), text))
    for found, one in SAME:
        text = found.sub(one, text)
    return text


def _number(numeral: str) -> str:
    """Digits; 几 for what is no single number, as in 两三天."""
    if (tens := WHOLE.fullmatch(numeral)) is not None:
        return str(10 * DIGITS.get(tens[1] or "一", 1) + DIGITS.get(tens[2] or "零", 0))
    return str(DIGITS[numeral]) if numeral in DIGITS else "几"
