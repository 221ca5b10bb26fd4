"""Timers: the points in time that cases wait for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select, update

from complaints.lifecycle.timer_points import Timer
from complaints.usecases.ports import DueTimer
from storage.db.unit_of_work import UnitOfWork
from storage.tables import TIMER, TimerRow


@dataclass(frozen=True, kw_only=True)
class Due:
    """A waiting timer whose time has come."""

    complaint: int
    stage: str
    clock: int
    point: str
    due_at: datetime


@dataclass
class _Unwritten:
    """What a work has made of timers so far: it reads them from the database as they were when it began."""

    waiting: dict[tuple[int, int, str], Due] = field(default_factory=dict)
    finished: set[tuple[int, int, str]] = field(default_factory=set)
    stopped: set[tuple[int, int]] = field(default_factory=set)


FRESH = TIMER.insert()
KEYS = ("complaint", "clock", "point")
WAITS = ("due_at", "state", "provisional")
IS_VOID = TIMER.c.state == "void"
OF_CLOCK = update(TIMER).where(
    TIMER.c.complaint == bindparam("of_case"), TIMER.c.clock == bindparam("of_clock"), TIMER.c.state == "waiting"
)
STOP = OF_CLOCK.values(state="void")
FINISH = OF_CLOCK.where(TIMER.c.point == bindparam("of_point"), TIMER.c.due_at == bindparam("as_due")).values(
    state="done"
)


def _unwritten(work: UnitOfWork) -> _Unwritten:
    own: _Unwritten = work.cache.setdefault("timers", _Unwritten())
    return own


def _key(timer: DueTimer) -> tuple[int, int, str]:
    return timer.complaint, timer.clock, timer.point


def _values(complaint: int, timer: Timer) -> dict[str, object]:
    return {"complaint": complaint, "stage": timer.stage, "clock": timer.clock, "point": timer.point, **_waits(timer)}


def _waits(timer: Timer) -> dict[str, object]:
    return {"due_at": timer.due_at, "state": "waiting", "provisional": timer.provisional}


def _note(work: UnitOfWork, complaint: int, t: Timer) -> None:
    due = Due(complaint=complaint, stage=t.stage, clock=t.clock, point=t.point, due_at=t.due_at)
    _unwritten(work).waiting[_key(due)] = due


def start(work: UnitOfWork, complaint: int, timers: Iterable[Timer]) -> None:
    """Set the timers of clocks that start, or of one that has run out."""
    for t in timers:
        work.queue_write(FRESH, _values(complaint, t))
        _note(work, complaint, t)


def stop(work: UnitOfWork, complaint: int, clock: int) -> None:
    """What a clock still waits for falls away."""
    work.queue_write(STOP, {"of_case": complaint, "of_clock": clock})
    own = _unwritten(work)
    own.stopped.add((complaint, clock))
    own.waiting = {key: due for key, due in own.waiting.items() if key[:2] != (complaint, clock)}


def move(work: UnitOfWork, complaint: int, clock: int, timers: Iterable[Timer]) -> None:
    """A running clock is due at another time: what it waits for comes then, its due time again where it had come."""
    stop(work, complaint, clock)
    for t in timers:
        anew = IS_VOID if t.point.startswith("nudge") else None
        work.upsert(TIMER, _values(complaint, t), index=KEYS, changed=WAITS, only=anew)
        if anew is None:
            _note(work, complaint, t)


def finish(work: UnitOfWork, timer: DueTimer) -> None:
    """The point has been dealt with; Conflict where another transaction did so meanwhile, or has moved it."""
    complaint, clock, point = key = _key(timer)
    found = {"of_case": complaint, "of_clock": clock, "of_point": point, "as_due": timer.due_at}
    work.queue_write(FINISH, found, expect_rows=True)
    own = _unwritten(work)
    own.waiting.pop(key, None)
    own.finished.add(key)


async def provisional(work: UnitOfWork) -> list[int]:
    """Cases in which a running clock rests on days that nobody has announced yet."""
    return [row.complaint for row in await work.rows(PROVISIONAL)]


def _due(row: TimerRow) -> Due:
    return Due(complaint=row.complaint, stage=row.stage, clock=row.clock, point=row.point, due_at=row.due_at)


PROVISIONAL = select(TIMER.c.complaint).where(TIMER.c.state == "waiting", TIMER.c.provisional).distinct()
WAITING = select(TIMER).where(TIMER.c.state == "waiting").order_by(TIMER.c.due_at, TIMER.c.id)
DUE = WAITING.where(TIMER.c.due_at <= bindparam("at"))
DUE_FIRST = DUE.limit(bindparam("many"))
DUE_OF = DUE.where(TIMER.c.complaint == bindparam("of"))


async def due_before(work: UnitOfWork, at: datetime, limit: int = 200) -> list[Due]:
    """Waiting timers whose time has come, oldest first."""
    return [_due(r) for r in await work.rows_of(TimerRow, DUE_FIRST, at=at, many=limit)]


async def due_of(work: UnitOfWork, complaint: int, at: datetime) -> list[Due]:
    """Waiting timers of a case whose time has come, oldest first, as this work leaves them."""
    own = _unwritten(work)
    found = [_due(r) for r in await work.rows_of(TimerRow, DUE_OF, at=at, of=complaint)]
    left = [d for d in found if _key(d) not in own.finished and (d.complaint, d.clock) not in own.stopped]
    made = [d for d in own.waiting.values() if d.complaint == complaint and d.due_at <= at]
    return sorted((*left, *made), key=lambda due: due.due_at)


async def waiting(work: UnitOfWork) -> list[Due]:
    """Every waiting timer, the next first: for the demo's clock."""
    return [_due(r) for r in await work.rows_of(TimerRow, WAITING.limit(200))]
