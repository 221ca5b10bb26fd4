"""Timers: the points in time that cases wait for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from complaints.lifecycle.timer_points import Timer
from storage.db.unit_of_work import UnitOfWork
from storage.tables import TIMER, TimerRow


@dataclass(frozen=True, kw_only=True)
class Due:
    """A waiting timer as the sweep finds it."""

    id: int
    complaint: int
    stage: str
    clock: int
    point: str
    due_at: datetime


KEYS = ["complaint", "clock", "point"]


def _values(complaint: int, timer: Timer) -> dict[str, object]:
    return {"complaint": complaint, "stage": timer.stage, "clock": timer.clock, "point": timer.point, **_waits(timer)}


def _waits(timer: Timer) -> dict[str, object]:
    return {"due_at": timer.due_at, "state": "waiting", "provisional": timer.provisional}


def start(work: UnitOfWork, complaint: int, timers: Iterable[Timer]) -> None:
    """Set the timers of clocks that start, or of one that has run out."""
    for t in timers:
        work.queue_write(work.insert(TIMER).values(**_values(complaint, t)))


def stop(work: UnitOfWork, complaint: int, clock: int) -> None:
    """What a clock still waits for falls away."""
    waiting = update(TIMER).where(TIMER.c.complaint == complaint, TIMER.c.clock == clock, TIMER.c.state == "waiting")
    work.queue_write(waiting.values(state="void"))


def move(work: UnitOfWork, complaint: int, clock: int, timers: Iterable[Timer]) -> None:
    """A running clock is due at another time: what it waits for comes then, its due time again where it had come."""
    stop(work, complaint, clock)
    for t in timers:
        fresh = work.insert(TIMER).values(**_values(complaint, t))
        anew = TIMER.c.state == "void" if t.point.startswith("nudge") else None
        work.queue_write(fresh.on_conflict_do_update(index_elements=KEYS, set_=_waits(t), where=anew))


def finish(work: UnitOfWork, timer: int) -> None:
    """The point has been dealt with; Conflict where another transaction did so meanwhile."""
    work.queue_write(
        update(TIMER).where(TIMER.c.id == timer, TIMER.c.state == "waiting").values(state="done"), expect_rows=True
    )


async def provisional(work: UnitOfWork) -> list[int]:
    """Cases in which a running clock rests on days that nobody has announced yet."""
    return [row.complaint for row in await work.rows(PROVISIONAL)]


def _due(row: TimerRow) -> Due:
    return Due(id=row.id, complaint=row.complaint, stage=row.stage, clock=row.clock, point=row.point, due_at=row.due_at)


PROVISIONAL = select(TIMER.c.complaint).where(TIMER.c.state == "waiting", TIMER.c.provisional).distinct()
WAITING = select(TIMER).where(TIMER.c.state == "waiting").order_by(TIMER.c.due_at, TIMER.c.id)
DUE = WAITING.where(TIMER.c.due_at <= bindparam("at")).limit(bindparam("limit"))
DUE_OF = DUE.where(TIMER.c.complaint == bindparam("of"))


async def due_before(work: UnitOfWork, at: datetime, complaint: int | None = None, limit: int = 200) -> list[Due]:
    """Waiting timers whose time has come, oldest first: of one case, or of all."""
    asked = {"at": at, "limit": limit}
    rows = await (
        work.rows_of(TimerRow, DUE, **asked)
        if complaint is None
        else work.rows_of(TimerRow, DUE_OF, **asked, of=complaint)
    )
    return [_due(r) for r in rows]


async def waiting(work: UnitOfWork) -> list[Due]:
    """Every waiting timer, the next first: for the demo's clock."""
    return [_due(r) for r in await work.rows_of(TimerRow, WAITING.limit(200))]
