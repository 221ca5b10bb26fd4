"""A scene in few lines: who says what to whom, each message by its first line, once however many read it."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from simulator.world.transcript import WAYS, WEEKDAYS, Entry, columns, wrapped

WIDTH = 88
SAID = ("said", "tapped")


def digest(entries: Iterable[Entry], tz: tzinfo, bot: str) -> str:
    """One line for each message and tap, in order; edits of what stands there already are left out."""
    lines: list[str] = []
    day = ""
    for first, places in _told(entries):
        at = first.at.astimezone(tz)
        today = f"{at:%Y-%m-%d} 周{WEEKDAYS[at.weekday()]}"
        if today != day:
            lines.append(f"━━ {today}")
            day = today
        lines.append(_line(first, places, at, bot))
    return "\n".join(lines)


def _told(entries: Iterable[Entry]) -> list[tuple[Entry, list[str]]]:
    """What is said, with everywhere that it is said in a row."""
    told: list[tuple[Entry, list[str]]] = []
    for entry in entries:
        if entry.act not in SAID or (entry.act == "said" and not (entry.text or entry.media)):
            continue
        again = next((t for t in told[-8:] if _same(t[0], entry)), None)
        if again is not None:
            again[1].append(entry.where)
        else:
            told.append((entry, [entry.where]))
    return told


def _same(one: Entry, other: Entry) -> bool:
    return one.from_bot and other.from_bot and (one.act, one.at, _gist(one)) == (other.act, other.at, _gist(other))


def _line(entry: Entry, places: list[str], at: datetime, bot: str) -> str:
    if entry.act == "tapped":
        what, who = f"[ {entry.text} ]", entry.who
    else:
        what = _gist(entry)
        who = f"{bot} → {'、'.join(dict.fromkeys(places))}" if entry.from_bot else entry.who
        if not entry.private and not entry.from_bot:
            who = f"{entry.who}（{entry.where}）"
    head = f"{at:%H:%M}  {who}："
    [shown, *more] = wrapped(what, max(20, WIDTH - columns(head) - 1))
    return f"{head}{shown}{'…' if more else ''}"


def _gist(entry: Entry) -> str:
    first, *_ = entry.text.splitlines() or [""]
    media = "、".join(dict.fromkeys(WAYS.get(kind, kind) for kind in entry.media))
    return f"〔{media}〕{first}" if media else first
