"""The points in time of a clock: its reminders, its expiries, and the reminders of what is overdue."""

from dataclasses import dataclass
from datetime import datetime

from complaints.model.clock import Clock
from complaints.policy.pack import Pack
from complaints.time import periods
from complaints.time.workdays import WorkingTime

# How the points of a clock that has run out are called, before their number: reminders, and what waits for the morning
# after an expiry, by the number of that event.
OVERDUE = "overdue"
MORNING = "morning"


@dataclass(frozen=True, kw_only=True)
class Timer:
    """A point of a clock at which something is to happen; `due_at` is an aware UTC instant, `clock` the clock's id.

    `provisional`: its clock rests on days that nobody has announced yet.
    """

    stage: str
    clock: int
    point: str
    due_at: datetime
    provisional: bool = False


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
    return tuple(_timer(clock, point, when) for point, when in points)


def moved(pack: Pack, clock: Clock, hours: WorkingTime, at: datetime) -> tuple[Timer, ...]:
    """The points of a clock that is due at another time. Reminders that would have come before now are left out."""
    return tuple(t for t in timers(pack, clock, hours) if t.due_at > at or t.point.startswith("expiry"))


def overdue(pack: Pack, clock: Clock, hours: WorkingTime, at: datetime, last: str = "") -> Timer:
    """The next reminder of a clock that has run out, after the `last` one: what is owed is never forgotten."""
    count = int(last.removeprefix(OVERDUE) or 0) + 1
    when = periods.considerate(periods.due(at, pack.overdue_every, hours).at, pack.considerate_hours, hours.timezone)
    return _timer(clock, f"{OVERDUE}{count}", when)


def _timer(clock: Clock, point: str, when: datetime) -> Timer:
    return Timer(stage=clock.stage, clock=clock.id, point=point, due_at=when, provisional=clock.provisional)
