"""Which updates have come, and which of them may be handled now?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select, update

from storage.notebook import Database, Notebook
from storage.tables import InboxRow

INBOX = InboxRow.__table__  # type: ignore[attr-defined]
STEPS_ASIDE_AFTER = 2
SET_ASIDE_AFTER = 8
OPEN = ("ready", "claimed")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """An update as the messenger sent it; `received_at` is case time, `attempts` counts this one."""

    id: int
    bot: int
    update_id: int
    actor: int
    raw: bytes
    received_at: datetime
    attempts: int


async def keep(store: Database, bot: int, updates: Iterable[tuple[int, int, bytes]], at: datetime) -> int:
    """Store (update id, actor, raw) once each; returns how many were new."""
    new = 0
    async with store.writing_now() as connection:
        work = Notebook(store, connection, at, 0.0)
        for update_id, actor, raw in updates:
            values = {"bot": bot, "update_id": update_id, "actor": actor, "raw": raw, "received_at": at}
            fresh = work.insert(INBOX).values(**values, state="ready", attempts=0, not_before=0.0, error="")
            done = await connection.execute(fresh.on_conflict_do_nothing(index_elements=["bot", "update_id"]))
            new += max(done.rowcount, 0)
    return new


def _claimable(real: float) -> Any:
    """Ready rows of whose actor no earlier update is unfinished, unless that one has stepped aside."""
    earlier = INBOX.alias("earlier")
    blocked = select(earlier.c.id).where(
        earlier.c.actor == INBOX.c.actor,
        earlier.c.id < INBOX.c.id,
        or_(
            earlier.c.state == "claimed",
            (earlier.c.state == "ready") & (earlier.c.attempts < STEPS_ASIDE_AFTER),
        ),
    )
    return select(INBOX).where(INBOX.c.state == "ready", INBOX.c.not_before <= real, ~blocked.exists())


async def claim(store: Database, real: float, limit: int) -> list[Incoming]:
    """Take up to `limit` updates, one of each actor; the attempt is counted now, not when it fails."""
    async with store.writing_now() as connection:
        rows = (await connection.execute(_claimable(real).order_by(INBOX.c.id).limit(limit * 4))).all()
        taken = list({r.actor: r for r in reversed(rows)}.values())[::-1][:limit]
        if taken:
            mine = update(INBOX).where(INBOX.c.id.in_([r.id for r in taken]))
            await connection.execute(mine.values(state="claimed", attempts=INBOX.c.attempts + 1))
    return [
        Incoming(
            id=r.id,
            bot=r.bot,
            update_id=r.update_id,
            actor=r.actor,
            raw=r.raw,
            received_at=r.received_at,
            attempts=r.attempts + 1,
        )
        for r in taken
    ]


def done(work: Notebook, incoming: Incoming) -> None:
    """Part of the handler's own transaction: what it changed and this mark commit together."""
    mine = update(INBOX).where(INBOX.c.id == incoming.id, INBOX.c.state == "claimed")
    work.write(mine.values(state="done"), must=True)


def release(work: Notebook, incoming: Incoming, error: str, not_before: float) -> None:
    """Give a failed update back for later, or set it aside for good."""
    state = "aside" if incoming.attempts >= SET_ASIDE_AFTER else "ready"
    mine = update(INBOX).where(INBOX.c.id == incoming.id)
    work.write(mine.values(state=state, error=error[:500], not_before=not_before))


async def recover(store: Database) -> None:
    """After a restart: nobody else holds these any more (the file lock proves it), so they are ready again."""
    async with store.writing_now() as connection:
        await connection.execute(update(INBOX).where(INBOX.c.state == "claimed").values(state="ready"))


async def counts(work: Notebook, before: datetime | None = None) -> dict[str, int]:
    """How many updates are unfinished or set aside; with `before`, only those received by then."""
    query = select(case((INBOX.c.state.in_(OPEN), "open"), else_=INBOX.c.state).label("name"), func.count())
    if before is not None:
        query = query.where(INBOX.c.received_at <= before)
    query = query.where(INBOX.c.state != "done").group_by("name")
    return {name: count for name, count in await work.rows(query)}


async def backlog(work: Notebook, before: datetime) -> bool:
    """Is an update that came by then still untried? Deadlines wait for it (tried and failed ones they don't)."""
    untried = (INBOX.c.state.in_(OPEN), INBOX.c.attempts < STEPS_ASIDE_AFTER, INBOX.c.received_at <= before)
    return await work.first(select(INBOX.c.id).where(*untried).limit(1)) is not None
