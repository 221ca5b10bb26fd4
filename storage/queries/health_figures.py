"""Figures on how the bot is doing, without anybody's data."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from storage.db.typed_rows import AnySelect
from storage.db.unit_of_work import UnitOfWork
from storage.messaging.leases import CLOCKS, LEADER
from storage.tables import INBOX, LEASE, OUTBOX, TIMER, MessageOutcome


@dataclass(frozen=True, kw_only=True)
class HealthFigures:
    """Ages in seconds of case time, 0.0 where nothing waits; counts of rows; `sending` are calls under way.

    `failed_messages` are the dead ones whose recipient could have been reached.
    """

    oldest_due_timer: float
    oldest_ready_message: float
    ready_messages: int
    dead_messages: int
    failed_messages: int
    waiting_updates: int
    updates_set_aside: int
    sending: frozenset[tuple[int, int]]  # the message, and which of its attempts


async def read_health_figures(work: UnitOfWork, since: datetime) -> HealthFigures:
    """What was written before `since` waits from then on."""
    due = select(func.min(TIMER.c.due_at).label("at")).where(TIMER.c.state == "waiting", TIMER.c.due_at <= work.now)
    updates = select(INBOX.c.state, func.count().label("n")).where(INBOX.c.state != "done").group_by(INBOX.c.state)
    dead = select(
        func.count().label("n"), func.count().filter(_ended_otherwise(MessageOutcome.UNREACHABLE)).label("failed")
    )
    calls = select(OUTBOX.c.id, OUTBOX.c.attempts).where(OUTBOX.c.state == "sending")
    waiting = await work.first(_waiting(work.real))
    counted = {row.state: row.n for row in await work.rows(updates)}
    lost = await work.first(dead.where(OUTBOX.c.state == "dead"))
    timer = await work.first(due)
    return HealthFigures(
        oldest_due_timer=_age(work, timer.at if timer else None),
        oldest_ready_message=_age(work, max(waiting.at, since) if waiting and waiting.at else None),
        ready_messages=waiting.n if waiting else 0,
        dead_messages=lost.n if lost else 0,
        failed_messages=lost.failed if lost else 0,
        waiting_updates=counted.get("ready", 0) + counted.get("claimed", 0),
        updates_set_aside=counted.get("dead_letter", 0),
        sending=frozenset((row.id, row.attempts) for row in await work.rows(calls)),
    )


def _waiting(real: float) -> AnySelect:
    """The oldest message that waits, be it for another try, but not for Telegram's leave; and how many could go now."""
    ours = _ended_otherwise(MessageOutcome.RATE_LIMITED)
    free = func.count().filter(OUTBOX.c.not_before <= real).label("n")
    oldest = func.min(OUTBOX.c.made_at).filter(ours).label("at")
    return select(oldest, free).where(OUTBOX.c.state == "ready", OUTBOX.c.method != "leave")


def _ended_otherwise(outcome: MessageOutcome) -> ColumnElement[bool]:
    return OUTBOX.c.outcome.is_distinct_from(outcome)


def _age(work: UnitOfWork, at: datetime | None) -> float:
    return max(0.0, (work.now - at).total_seconds()) if at is not None else 0.0


async def has_leader(work: UnitOfWork) -> bool:
    """Whether any instance of the bot leads, by the database's own clock."""
    clock = CLOCKS[work.store.engine.dialect.name]
    held = select(LEASE.c.owner).where(LEASE.c.name == LEADER, LEASE.c.until >= clock)
    return await work.first(held) is not None
