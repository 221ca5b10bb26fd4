"""Which updates have come, and which of them may be handled now?"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select, update

from storage.notebook import Database, Notebook
from storage.tables import InboxRow

INBOX = InboxRow.__table__  # type: ignore[attr-defined]
STEPS_ASIDE_AFTER = 2
SET_ASIDE_AFTER = 8
OPEN = ("ready", "claimed")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """An update as the messenger sent it, or all parts of an album, in order: `raws` and `ids`.

    `received_at` is case time, `attempts` counts this one.
    """

    ids: tuple[int, ...]
    bot: int
    update_id: int
    actor: int
    raws: tuple[bytes, ...]
    received_at: datetime
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """An update before it is stored; parts of an album wait until `not_before` (real time) for their siblings."""

    update_id: int
    actor: int
    raw: bytes
    album: str = ""
    not_before: float = 0.0


async def keep(store: Database, bot: int, arrivals: Iterable[Arrival], at: datetime) -> int:
    """Store each update once; returns how many were new."""
    new = 0
    async with store.writing_now() as connection:
        work = Notebook(store, connection, at, 0.0)
        for arrival in arrivals:
            values = {**asdict(arrival), "bot": bot, "received_at": at}
            fresh = work.insert(INBOX).values(**values, state="ready", attempts=0, error="")
            done = await connection.execute(fresh.on_conflict_do_nothing(index_elements=["bot", "update_id"]))
            new += max(done.rowcount, 0)
    return new


EARLIER = INBOX.alias("earlier")
BLOCKED = select(EARLIER.c.id).where(
    EARLIER.c.actor == INBOX.c.actor,
    EARLIER.c.id < INBOX.c.id,
    or_(
        EARLIER.c.state == "claimed",
        (EARLIER.c.state == "ready")
        & (EARLIER.c.attempts < STEPS_ASIDE_AFTER)
        & ((EARLIER.c.album == "") | (EARLIER.c.album != INBOX.c.album)),
    ),
)
# Ready rows of whose actor no earlier update is unfinished, unless that one has stepped aside.
CLAIMABLE = (
    select(INBOX)
    .where(INBOX.c.state == "ready", INBOX.c.not_before <= bindparam("real"), ~BLOCKED.exists())
    .order_by(INBOX.c.id)
    .limit(bindparam("limit"))
)


async def claim(store: Database, real: float, limit: int) -> list[Incoming]:
    """Take up to `limit` updates, one of each actor; the attempt is counted now, not when it fails."""
    asked = {"real": real, "limit": limit * 12}
    async with store.reading_now() as reading:
        if (await reading.execute(CLAIMABLE, asked)).first() is None:
            return []  # most looks find nothing, and needn't stop whoever writes
    async with store.writing_now() as connection:
        rows = (await connection.execute(CLAIMABLE, asked)).all()
        taken: dict[int, list[Any]] = {}
        for row in rows:
            mine = taken.setdefault(row.actor, [])
            if not mine or (row.album and row.album == mine[0].album):
                mine.append(row)
        batches = list(taken.values())[:limit]
        ids = [row.id for batch in batches for row in batch]
        if ids:
            counted = update(INBOX).where(INBOX.c.id.in_(ids))
            await connection.execute(counted.values(state="claimed", attempts=INBOX.c.attempts + 1))
    return [_incoming(batch) for batch in batches]


def _incoming(batch: list[Any]) -> Incoming:
    first = batch[0]
    return Incoming(
        ids=tuple(r.id for r in batch),
        bot=first.bot,
        update_id=first.update_id,
        actor=first.actor,
        raws=tuple(r.raw for r in batch),
        received_at=first.received_at,
        attempts=first.attempts + 1,
    )


def done(work: Notebook, incoming: Incoming) -> None:
    """Part of the handler's own transaction: what it changed and this mark commit together."""
    mine = update(INBOX).where(INBOX.c.id.in_(incoming.ids), INBOX.c.state == "claimed")
    work.write(mine.values(state="done"), must=True)


def release(work: Notebook, incoming: Incoming, error: str, not_before: float) -> None:
    """Give a failed update back for later; one that was finished after all stays so."""
    mine = update(INBOX).where(INBOX.c.id.in_(incoming.ids), INBOX.c.state == "claimed")
    work.write(mine.values(state="ready", error=error[:500], not_before=not_before))


def set_aside(work: Notebook, incoming: Incoming, error: str) -> None:
    """It will not be tried again; somebody has to look at it."""
    mine = update(INBOX).where(INBOX.c.id.in_(incoming.ids), INBOX.c.state == "claimed")
    work.write(mine.values(state="aside", error=error[:500]))


async def recover(store: Database) -> None:
    """After a restart: nobody else holds these any more (the file lock proves it), so they are ready again."""
    async with store.writing_now() as connection:
        await connection.execute(update(INBOX).where(INBOX.c.state == "claimed").values(state="ready"))


async def counts(work: Notebook, before: datetime | None = None) -> dict[str, int]:
    """How many updates are unfinished or set aside; with `before`, only those received by then."""
    query = select(
        case((INBOX.c.state.in_(OPEN), "open"), else_=INBOX.c.state).label("name"),
        func.count().label("how_many"),
    )
    if before is not None:
        query = query.where(INBOX.c.received_at <= before)
    query = query.where(INBOX.c.state != "done").group_by("name")
    return {row.name: row.how_many for row in await work.rows(query)}


NEXT_WAKE = select(INBOX.c.not_before).where(INBOX.c.state == "ready").order_by(INBOX.c.not_before).limit(1)


async def next_wake(store: Database) -> float | None:
    """When (in real time) the next waiting update may be handled, if any waits."""
    async with store.reading_now() as reading:
        found: float | None = (await reading.execute(NEXT_WAKE)).scalar()
        return found


async def pending(work: Notebook) -> bool:
    """Is any update waiting or being handled?"""
    return await work.first(select(INBOX.c.id).where(INBOX.c.state.in_(OPEN)).limit(1)) is not None


async def backlog(work: Notebook, before: datetime) -> bool:
    """Is an update that came by then still untried? Deadlines wait for it (tried and failed ones they don't)."""
    untried = (INBOX.c.state.in_(OPEN), INBOX.c.attempts < STEPS_ASIDE_AFTER, INBOX.c.received_at <= before)
    return await work.first(select(INBOX.c.id).where(*untried).limit(1)) is not None
