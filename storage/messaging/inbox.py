"""The inbox: updates that have come, kept until they are handled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, case, func, select, update

from storage.db.engine import upsert_into
from storage.db.unit_of_work import Database, UnitOfWork
from storage.messaging import inbox_claim, inbox_throttle
from storage.messaging.arrival import Arrival
from storage.messaging.inbox_claim import STEPS_ASIDE_AFTER
from storage.tables import INBOX, InboxRow

MAX_ATTEMPTS = 8
OPEN = ("ready", "claimed")
QUARANTINE_AFTER = 3  # starts that ended with an update in hand, by which it is handled by itself
MAX_CRASHES = 100  # by then it is held for the cause
UNTRIED = {"state": "ready", "attempts": 0, "crash_count": 0, "owner": "", "error": ""}


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """An update as the messenger sent it, or all parts of an album, in order: `raws` and `ids`.

    `received_at` is case time, `attempts` counts this one; `throttled`: it had to wait, its sender wrote too fast;
    `urgent`: it went before what isn't; `owner` is the start of the bot that has claimed it, `crash_count` how many
    have ended with it in hand.
    """

    ids: tuple[int, ...]
    bot: int
    update_id: int
    sender_id: int
    raws: tuple[bytes, ...]
    received_at: datetime
    attempts: int
    throttled: bool = False
    urgent: bool = False
    owner: str = ""
    crash_count: int = 0

    @property
    def quarantined(self) -> bool:
        return self.crash_count >= QUARANTINE_AFTER


async def keep(store: Database, bot: int, arrivals: Sequence[Arrival], at: datetime, real: float = 0.0) -> int:
    """Store each update once; returns how many were new. A sender who writes too fast is throttled.

    What comes from staff or a bound group, or may be about danger, comes before all else, in its sender's order.
    """
    new = 0
    fresh = upsert_into(store.engine.dialect.name, INBOX, ("bot", "update_id"), ())
    async with store.writing_now() as connection:
        staff = await inbox_throttle.on_duty(store, connection, {arrival.sender_id for arrival in arrivals}, at)
        bound = await inbox_throttle.bound_groups(connection, {arrival.group for arrival in arrivals} - {0})
        for arrival in arrivals:
            on_duty = arrival.sender_id in staff
            urgent = arrival.urgent or on_duty or arrival.group in bound
            turn = await inbox_throttle.throttle(store, connection, arrival, at, real, on_duty=on_duty)
            values = {**asdict(arrival), "bot": bot, "received_at": at, "urgent": urgent, **turn, **UNTRIED}
            del values["group"]
            stored = await store.statements.write(connection, fresh, [values])
            new += max(stored, 0)
            if urgent and stored > 0:
                await inbox_throttle.put_first(store, connection, arrival.sender_id)
    return new


async def claim(store: Database, real: float, limit: int, owner: str = "", *, idle: bool = True) -> list[Incoming]:
    """Take up to `limit` updates, one of each sender; the attempt is counted now, not when it fails.

    A quarantined update waits until nothing else does and this instance is `idle`: if it crashes again, it takes
    nothing along.
    """
    found = await inbox_claim.look(store, real, limit)
    if not found:
        return []  # most searches find nothing, and needn't block a writer
    async with store.writing_now() as connection:
        waiting = [_incoming(batch, owner) for batch in await inbox_claim.take(store, connection, found, real, limit)]
        claimed = [one for one in waiting if not one.quarantined] or _least_suspected(waiting)[: int(idle)]
        ids = [number for incoming in claimed for number in incoming.ids]
        if ids:
            await store.statements.write(connection, CLAIM, [{"ids": ids, "by": owner}])
    return claimed


def _least_suspected(waiting: list[Incoming]) -> list[Incoming]:
    return sorted(waiting, key=lambda incoming: incoming.crash_count)


def _incoming(batch: Sequence[InboxRow], owner: str) -> Incoming:
    first = batch[0]
    return Incoming(
        ids=tuple(r.id for r in batch),
        bot=first.bot,
        update_id=first.update_id,
        sender_id=first.sender_id,
        raws=tuple(r.raw for r in batch),
        received_at=first.received_at,
        attempts=first.attempts + 1,
        throttled=first.throttled,
        urgent=first.urgent,
        owner=owner,
        crash_count=first.crash_count,
    )


IDS = INBOX.c.id.in_(bindparam("ids", expanding=True))
CLAIM = update(INBOX).where(IDS).values(state="claimed", owner=bindparam("by"), attempts=INBOX.c.attempts + 1)
# A change of its rows that finds none once its claim was released, since its instance's lease ran out.
MINE = update(INBOX).where(IDS, INBOX.c.state == "claimed", INBOX.c.owner == bindparam("by"))


def _change(work: UnitOfWork, incoming: Incoming, values: Mapping[str, object], *, expect_rows: bool = False) -> None:
    work.queue_write(MINE, {"ids": incoming.ids, "by": incoming.owner, **values}, expect_rows=expect_rows)


def done(work: UnitOfWork, incoming: Incoming) -> None:
    """Part of the handler's own transaction: what it changed and this mark commit together."""
    _change(work, incoming, {"state": "done"}, expect_rows=True)


def release(work: UnitOfWork, incoming: Incoming, error: str, not_before: float, *, counts: bool = True) -> None:
    """Give a failed update back for later, as if untried unless it `counts`; one that was finished stays so."""
    attempts = incoming.attempts - (not counts)
    back = {"state": "ready", "owner": "", "error": error[:500], "not_before": not_before, "attempts": attempts}
    _change(work, incoming, back)


async def free(store: Database, *whose: ColumnElement[bool], died: bool = True) -> int:
    """Make ready again what was claimed and nobody will finish; returns how many updates that were.

    A crash (`died`) is counted apart from failed attempts: mostly the update didn't cause it.
    """
    left = (INBOX.c.state == "claimed", *whose)
    async with store.reading_now() as reading:
        if (await reading.execute(select(INBOX.c.id).where(*left).limit(1))).first() is None:
            return 0
    untried = {"attempts": INBOX.c.attempts - 1, "crash_count": INBOX.c.crash_count + int(died)}
    async with store.writing_now() as connection:
        freed = update(INBOX).where(*left).values(state="ready", owner="", **untried)
        return int((await connection.execute(freed)).rowcount)


async def free_strays(store: Database, owner: str, in_hand: Collection[int]) -> int:
    """Release what this instance has claimed and doesn't have in hand: the answer to its claim was lost."""
    return await free(store, INBOX.c.owner == owner, INBOX.c.id.not_in(in_hand), died=False)


def to_dead_letters(work: UnitOfWork, incoming: Incoming, error: str) -> None:
    """It will not be tried again; somebody has to look at it."""
    _change(work, incoming, {"state": "dead_letter", "error": error[:500]})


async def counts(work: UnitOfWork, before: datetime | None = None) -> dict[str, int]:
    """How many updates are unfinished or dead letters; with `before`, only those received by then."""
    query = select(
        case((INBOX.c.state.in_(OPEN), "open"), else_=INBOX.c.state).label("name"),
        func.count().label("how_many"),
    )
    if before is not None:
        query = query.where(INBOX.c.received_at <= before)
    query = query.where(INBOX.c.state != "done").group_by("name")
    return {row.name: row.how_many for row in await work.rows(query)}


NEXT_OF_SENDER = (
    select(INBOX.c.throttled)
    .where(INBOX.c.sender_id == bindparam("sender"), INBOX.c.state == "ready", INBOX.c.id > bindparam("after"))
    .order_by(INBOX.c.id)
    .limit(1)
)
NEXT_WAKE = select(INBOX.c.not_before).where(INBOX.c.state == "ready").order_by(INBOX.c.not_before).limit(1)


async def next_wake(store: Database) -> float | None:
    """When (in real time) the next waiting update may be handled, if any waits."""
    async with store.reading_now() as reading:
        found = await store.statements.rows(reading, NEXT_WAKE, {})
        return found[0].not_before if found else None


async def pending(work: UnitOfWork) -> bool:
    """Is any update waiting or being handled?"""
    return await work.first(select(INBOX.c.id).where(INBOX.c.state.in_(OPEN)).limit(1)) is not None


async def backlog(work: UnitOfWork, before: datetime) -> bool:
    """Is an update that came by then still untried? Deadlines wait for it, not for tried or throttled ones."""
    untried = (INBOX.c.state.in_(OPEN), INBOX.c.attempts < STEPS_ASIDE_AFTER, INBOX.c.received_at <= before)
    waits = INBOX.c.throttled & (INBOX.c.state == "ready")
    return await work.first(select(INBOX.c.id).where(*untried, ~waits).limit(1)) is not None


async def holds_back(work: UnitOfWork, incoming: Incoming) -> bool:
    """Whether this is the last update of its sender before those that have to wait."""
    if incoming.throttled:
        return False
    row = await work.first(NEXT_OF_SENDER, sender=incoming.sender_id, after=incoming.ids[-1])
    return row is not None and row.throttled
