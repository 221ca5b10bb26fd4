"""Timers: the points in time that cases wait for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from complaints.lifecycle.stages import Timer
from storage.db.unit_of_work import UnitOfWork
from storage.tables import TIMER, TimerRow


@dataclass(frozen=True, kw_only=True)
class Due:
    """A waiting timer as the sweep finds it."""

    id: int
    complaint: int
    stage: str
    round: int
    point: str
    due_at: datetime


KEYS = ["complaint", "stage", "round", "point"]


def _key(complaint: int, stage: str, round_: int, timer: Timer) -> dict[str, int | str]:
    return {"complaint": complaint, "stage": stage, "round": round_, "point": timer.point}


def _waits(timer: Timer) -> dict[str, datetime | str | bool]:
    return {"due_at": timer.due_at, "state": "waiting", "provisional": timer.provisional}


def start(work: UnitOfWork, complaint: int, timers: Iterable[Timer]) -> None:
    """Set timers; a stage that starts anew in the same round moves its own."""
    for t in timers:
        fresh = work.insert(TIMER).values(**_key(complaint, t.stage, t.round, t), **_waits(t))
        work.queue_write(fresh.on_conflict_do_update(index_elements=KEYS, set_=_waits(t)))


def stop(work: UnitOfWork, complaint: int, stage: str, round_: int) -> None:
    """What a stage still waits for falls away."""
    waiting = update(TIMER).where(
        TIMER.c.complaint == complaint, TIMER.c.stage == stage, TIMER.c.round == round_, TIMER.c.state == "waiting"
    )
    work.queue_write(waiting.values(state="void"))


def move(work: UnitOfWork, complaint: int, stage: str, round_: int, timers: Iterable[Timer]) -> None:
    """A running stage is due at another time: what it still waits for moves there, what is done stays done."""
    stop(work, complaint, stage, round_)
    for t in timers:
        fresh = work.insert(TIMER).values(**_key(complaint, stage, round_, t), **_waits(t))
        void = TIMER.c.state == "void"
        work.queue_write(fresh.on_conflict_do_update(index_elements=KEYS, set_=_waits(t), where=void))


def finish(work: UnitOfWork, timer: int) -> None:
    """The point has been dealt with; Conflict where another transaction did so meanwhile."""
    work.queue_write(
        update(TIMER).where(TIMER.c.id == timer, TIMER.c.state == "waiting").values(state="done"), expect_rows=True
    )


async def provisional(work: UnitOfWork) -> list[int]:
    """Cases in which a running clock rests on days that nobody has announced yet."""
    return [row.complaint for row in await work.rows(PROVISIONAL)]


def _due(row: TimerRow) -> Due:
    return Due(id=row.id, complaint=row.complaint, stage=row.stage, round=row.round, point=row.point, due_at=row.due_at)


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
