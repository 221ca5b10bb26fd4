"""The transcript: everything in order of happening, as a messenger would show it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Literal

Act = Literal["said", "edited", "tapped", "toast", "service", "deleted"]
WEEKDAYS = "一二三四五六日"
WAYS = {"photo": "照片", "voice": "语音", "video": "视频", "document": "文件", "sticker": "贴纸"} | {
    "location": "位置",
    "contact": "名片",
}


@dataclass
class Entry:
    """One thing that happened. A tap's text is the button's label; an album is one entry of several media."""

    at: datetime
    where: str
    who: str
    text: str
    buttons: list[list[str]] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    edited: bool = False
    act: Act = "said"
    from_bot: bool = False
    private: bool = True
    album: str | None = None


def render(entries: Iterable[Entry], tz: tzinfo, width: int = 88) -> str:
    """The entries as text for a terminal of so many columns, in the time of `tz`."""
    lines: list[str] = []
    day = where = ""
    for entry in entries:
        at = entry.at.astimezone(tz)
        today = f"{at:%Y-%m-%d} 周{WEEKDAYS[at.weekday()]}"
        if today != day:
            lines += ["", f"━━ {today} {'━' * (width - 4 - columns(today))}"]
        if (today, entry.where) != (day, where):
            lines += ["", _rule(entry.where, width)]
        day, where = today, entry.where
        lines += _entry(entry, f"{at:%H:%M:%S}", width)
    return "\n".join(lines).strip("\n") + "\n"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters and pictures take two."""
    return sum(_column(character) for character in text)


def _column(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _rule(where: str, width: int) -> str:
    return f"── {where} {'─' * max(3, width - 4 - columns(where))}"


def _entry(entry: Entry, time: str, width: int) -> list[str]:
    margin = " " * 12
    lines = []
    if entry.media:
        lines.append(_media(entry.media))
    for line in entry.text.splitlines():
        lines += wrapped(line, width - len(margin))
    if entry.act == "tapped":
        lines = [f"▸ [ {entry.text} ]"]
    elif entry.act == "toast":
        lines = [f"（{entry.text}）"]
    elif entry.act == "deleted":
        lines = ["（消息已删除）"]
    lines += ["  ".join(f"[ {label} ]" for label in row) for row in entry.buttons]
    mark = " ✎" if entry.edited else ""
    return [f"{time}  {entry.who}{mark}", *(f"{margin}{line}".rstrip() for line in lines)]


def _media(kinds: list[str]) -> str:
    counted = {kind: kinds.count(kind) for kind in kinds}
    return " ".join(f"〔{WAYS.get(kind, kind)}{f' ×{n}' if n > 1 else ''}〕" for kind, n in counted.items())


def wrapped(line: str, width: int) -> list[str]:
    """The line broken into pieces of at most so many columns; between words where they have spaces."""
    pieces, piece, taken = [], "", 0
    for character in line:
        if taken + _column(character) > width:
            head, space, tail = piece.rpartition(" ")
            keep = bool(space) and character.isascii() and columns(head) >= width // 2
            pieces.append(head if keep else piece)
            piece = tail if keep else ""
            taken = columns(piece)
        piece += character
        taken += _column(character)
    return [*pieces, piece]
