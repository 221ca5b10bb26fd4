"""A pack's periods and stages in words."""

from complaints.policy.pack import Pack
from complaints.policy.pack_schema import Stage
from complaints.time.periods import Period, Unit, Windows
from views.framework.translator import Translator


def period(t: Translator, written: str) -> str:
    """A pack's period in words: 4h → 4小时."""
    count = int("".join(c for c in written if c.isdigit()))
    unit = written.lstrip("0123456789")
    names = {
        "s": lambda: t.n("{count} second", "{count} seconds", count),
        "min": lambda: t.n("{count} minute", "{count} minutes", count),
        "h": lambda: t.n("{count} hour", "{count} hours", count),
        "d": lambda: t.n("{count} day (rolling to a working day)", "{count} days (rolling to a working day)", count),
        "wd": lambda: t.n("{count} working day", "{count} working days", count),
        "cd": lambda: t.n("{count} running day", "{count} running days", count),
        "mo": lambda: t.n("{count} month", "{count} months", count),
    }
    return names[unit]()


def length(t: Translator, pack: Pack, stage: str) -> str:
    """The days of a stage as a label says them; empty where it isn't in the pack, or ends on an agreed date."""
    found = pack.stage(stage).period if pack.has(stage) else None
    if not isinstance(found, Period):
        return ""
    return t.n("{count} day", "{count} days", found.count) if found.unit is Unit.DAYS else period(t, str(found))


def promise(t: Translator, pack: Pack) -> str:
    """What the pack holds the company to, in a line: the response, and what is resolved within days."""
    told = ("respond", "contact", "assign", "preliminary", "resolve", "resolve_general")
    said = [_promised(t, stage) for stage in pack.stages if stage.id in told]
    return t("; ").join(line for line in said if line)


def _promised(t: Translator, stage: Stage) -> str:
    length, name = stage.period, t.of(stage.name)
    if isinstance(length, Windows):
        working, off = period(t, str(length.working)), period(t, str(length.off))
        return t("{stage} within {working} in working time, {off} outside it", stage=name, working=working, off=off)
    if isinstance(length, str):
        return ""
    if length.unit is Unit.DAYS:
        days = t.n("{count} day", "{count} days", length.count)
        return t("{stage} within {days} (rolling to a working day)", stage=name, days=days)
    return t("{stage} within {period}", stage=name, period=period(t, str(length)))
