"""The clocks that an event starts and stops, as the pack says; nothing here knows a stage by name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from complaints.model import events as e
from complaints.model.clock import Clock, HasClocks
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import Stage, Trigger
from complaints.time import periods
from complaints.time.workdays import WorkingTime

ENDS_ALL = (e.Withdrawn, e.Closed, e.CheckClosed)
C = TypeVar("C", bound=HasClocks)


@dataclass(frozen=True, kw_only=True)
class Timer:
    """A point of a running stage at which something is to happen; `due_at` is an aware UTC instant.

    `provisional`: its clock rests on days that nobody has announced yet.
    """

    stage: str
    round: int
    point: str
    due_at: datetime
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What one event did to the clocks of its case. `moved` are clocks counted anew, with the points still to come."""

    started: tuple[Clock, ...] = ()
    ended: tuple[Clock, ...] = ()
    timers: tuple[Timer, ...] = ()
    moved: tuple[tuple[Clock, tuple[Timer, ...]], ...] = ()


def matches(trigger: Trigger, event: e.Event) -> bool:
    """Does this event, with the facts that the trigger asks for, pull it?"""
    if event.name != trigger.event:
        return False
    return all(getattr(event, key, None) == value for key, value in trigger.where.items())


def _pulls(triggers: tuple[Trigger, ...], event: e.Event) -> bool:
    return any(matches(t, event) for t in triggers)


def _verdict(stage: Stage, clock: Clock, event: e.Event) -> str | None:
    """How the event ends that running clock: met, void, expired, or not at all (None)."""
    if isinstance(event, ENDS_ALL) and not stage.outlives:
        return "void"
    if isinstance(event, e.Expired) and event.stage == stage.id and event.final:
        return "expired"
    if isinstance(event, e.Reopened) and clock.round < event.round and not stage.outlives:
        return "void"
    if _pulls(stage.met_by, event):
        return "met"
    return "void" if _pulls(stage.void_by, event) else None


def _starts(stage: Stage, case: HasClocks, event: e.Event) -> bool:
    if _dates(stage, event):  # a date agreed or ordered anew replaces the last one
        return True
    if case.clock(stage.id, "running") is not None or not _pulls(stage.starts, event):
        return False
    if stage.danger is not None and getattr(case, "danger", False) is not stage.danger:
        return False
    last = case.clock(stage.id)
    if stage.again or last is None or last.round != case.round:
        return True
    return last.state == "void" or (last.state in ("met", "expired") and isinstance(event, (e.Expired, e.SentBack)))


def _dates(stage: Stage, event: e.Event) -> bool:
    """Whether the event gives the stage a date of its own."""
    return _pulls(stage.starts if isinstance(stage.period, str) else stage.dated_by, event)


def _clock(stage: Stage, case: HasClocks, event: e.Event, at: datetime, hours: WorkingTime) -> Clock:
    until: Any = getattr(event, "until", None)
    if isinstance(stage.period, str) or _dates(stage, event):
        return Clock(stage=stage.id, round=case.round, started=at, due=until, dated=True)
    last = case.clock(stage.id)
    if isinstance(event, e.Classified) and last is not None and last.round == case.round:
        if not last.provisional:
            return replace(last, state="running")  # classified to and fro: the first start stays
        at = last.started  # and is counted anew where a notice may have come meanwhile
    due = periods.due(_begun(stage, case, at), stage.period, hours)
    return Clock(
        stage=stage.id,
        round=case.round,
        started=due.start,
        due=due.at,
        provisional=due.provisional,
        window=due.window,
    )


def _begun(stage: Stage, case: HasClocks, at: datetime) -> datetime:
    """A late start is counted from when the anchor stage was due, every start from when the stage `since` started."""
    other = case.clock(stage.anchor or stage.since or "")
    if other is None or other.round != case.round:
        return at
    return min(at, other.due) if stage.anchor else other.started


def timers(pack: Pack, clock: Clock, hours: WorkingTime) -> tuple[Timer, ...]:
    """Every nudge and expiry of a clock. A nudge that consideration would move to the due time is left out."""
    stage = pack.stage(clock.stage)
    points = []
    for n, nudge in enumerate(stage.nudges, 1):
        if nudge.after is not None:
            when = periods.due(clock.started, nudge.after, hours).at
        else:
            when = periods.point(clock.started, clock.due, nudge.at or 0.0)
        if stage.by_days:
            when = periods.considerate(when, pack.considerate_hours, hours.timezone)
        if when < clock.due:
            points.append((f"nudge{n}", when))
    for n, expiry in enumerate(stage.expiries, 1):
        when = clock.due if expiry.after is None else periods.due(clock.started, expiry.after, hours).at
        points.append((f"expiry{n}", when))
    return tuple(
        Timer(stage=stage.id, round=clock.round, point=p, due_at=w, provisional=clock.provisional) for p, w in points
    )


def recounts(complaint: HasClocks, pack: Pack, hours: WorkingTime, now: datetime) -> Iterator[e.Recount]:
    """The provisional clocks that read otherwise by the calendar of today, each from its start.

    A due time that has passed already stays what people were told: nobody can be late by a later notice (ours).
    """
    for clock in complaint.running:
        length = pack.stage(clock.stage).period
        if not clock.provisional or isinstance(length, str) or clock.due <= now:
            continue
        found = periods.due(clock.started, length, hours)
        passed = found.at <= now
        count = e.Recount(
            stage=clock.stage,
            round=clock.round,
            was=clock.due,
            due=clock.due if passed else found.at,
            window=clock.window if passed else found.window,
            provisional=found.provisional,
        )
        if count.moved or not count.provisional:
            yield count


def _recounted(complaint: C, event: e.Recomputed, at: datetime, pack: Pack, hours: WorkingTime) -> tuple[C, Changes]:
    """Nudges that would have come before now are left out: the news of the moved deadline says as much."""
    counts = {(count.stage, count.round): count for count in event.counts}
    clocks, moved = list(complaint.clocks), []
    for n, clock in enumerate(clocks):
        count = counts.get((clock.stage, clock.round))
        if clock.state == "running" and count is not None:
            clocks[n] = replace(clock, due=count.due, window=count.window, provisional=count.provisional)
            points = timers(pack, clocks[n], hours)
            moved.append((clocks[n], tuple(t for t in points if t.due_at > at or t.point.startswith("expiry"))))
    return replace(complaint, clocks=tuple(clocks)), Changes(moved=tuple(moved))


def advance(case: C, event: e.Event, at: datetime, pack: Pack, hours: WorkingTime) -> tuple[C, Changes]:
    """The case, or a company's check, with its clocks after the event (which has been applied already)."""
    if isinstance(event, e.Recomputed):
        return _recounted(case, event, at, pack, hours)
    clocks = list(case.clocks)
    ended = []
    for n, clock in enumerate(clocks):
        if clock.state == "running" and (verdict := _verdict(pack.stage(clock.stage), clock, event)):
            delayed = isinstance(event, e.Expired) and verdict == "expired" and event.delayed
            clocks[n] = replace(clock, state=verdict, delayed=delayed)
            ended.append(clocks[n])
    case = replace(case, clocks=tuple(clocks))
    started = tuple(_clock(stage, case, event, at, hours) for stage in pack.stages if _starts(stage, case, event))
    kept = tuple(c for c in case.clocks if not _replaced(c, started))
    case = replace(case, clocks=(*kept, *started))
    points = tuple(t for clock in started for t in timers(pack, clock, hours))
    return case, Changes(started=started, ended=tuple(ended), timers=points)


def _replaced(clock: Clock, started: tuple[Clock, ...]) -> bool:
    """A new clock of the same stage and round takes the old one's place; an expired one stays on record."""
    return clock.state != "expired" and any((s.stage, s.round) == (clock.stage, clock.round) for s in started)
