"""Which messages are to be sent, in which order, and what became of them?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update

from storage.notebook import Database, Notebook
from storage.tables import DestinationRow, MessageRow, OutboxRow

OUTBOX = OutboxRow.__table__  # type: ignore[attr-defined]
MESSAGE = MessageRow.__table__  # type: ignore[attr-defined]
DESTINATION = DestinationRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message of the outbox on its way. `rendered` is what is (or was) said, kept for a repeat."""

    id: int
    key: str
    method: str
    kind: str
    complaint: int
    seq: int
    reader: str
    complainant: int | None
    destination: int
    chat: int
    group: bool
    priority: int
    attempts: int
    repeat: bool
    plain: bool
    made_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    rendered: Any = None


def put(work: Notebook, key: str, *, destination: int, priority: int, method: str = "send", **values: Any) -> None:
    """Add a message; the same key again rewrites one that hasn't been claimed yet, and else does nothing."""
    content = {
        "method": method,
        "destination": destination,
        "priority": priority,
        "complaint": 0,
        "not_before": 0.0,
        "facts": None,
        "rendered": None,
        **values,
    }
    blank = {"kind": "", "seq": 0, "reader": "", "state": "ready", "owner": "", "attempts": 0, "outcome": ""}
    fresh = work.insert(OUTBOX).values(
        **{**blank, "repeat": False, "plain": False, **content}, key=key, made_at=work.now
    )
    work.write(
        fresh.on_conflict_do_update(
            index_elements=["key"],
            set_={name: content[name] for name in ("rendered", "facts", "not_before")},
            where=OUTBOX.c.state == "ready",
        )
    )


def stay(work: Notebook, destination: int) -> None:
    """The bot doesn't leave that group after all."""
    leaving = (OUTBOX.c.destination == destination, OUTBOX.c.method == "leave", OUTBOX.c.state == "ready")
    work.write(delete(OUTBOX).where(*leaving))


def _letter(r: Any) -> Letter:
    return Letter(
        id=r.id,
        key=r.key,
        method=r.method,
        kind=r.kind,
        complaint=r.complaint,
        seq=r.seq,
        reader=r.reader,
        complainant=r.complainant,
        destination=r.destination,
        chat=r.chat,
        group=r.destination_kind == "group",
        priority=r.priority,
        attempts=r.attempts,
        repeat=r.repeat,
        plain=r.plain,
        made_at=r.made_at,
        facts=r.facts or {},
        rendered=r.rendered,
    )


EARLIER = OUTBOX.alias("earlier")
BLOCKED = select(EARLIER.c.id).where(
    EARLIER.c.destination == OUTBOX.c.destination,
    EARLIER.c.complaint == OUTBOX.c.complaint,
    EARLIER.c.id < OUTBOX.c.id,
    or_(EARLIER.c.state == "sending", EARLIER.c.state == "ready"),
    EARLIER.c.method != "leave",
)
LETTERS = select(OUTBOX, DESTINATION.c.chat, DESTINATION.c.kind.label("destination_kind")).join(
    DESTINATION, DESTINATION.c.id == OUTBOX.c.destination
)
READY = (
    LETTERS.where(OUTBOX.c.state == "ready", OUTBOX.c.not_before <= bindparam("real"), ~BLOCKED.exists())
    .order_by(OUTBOX.c.priority, OUTBOX.c.id)
    .limit(200)
)


async def ready(store: Database, real: float) -> list[Letter]:
    """What may be sent now: best first, and nothing before an earlier message of the same case and reader."""
    async with store.reading_now() as reading:
        return [_letter(r) for r in (await reading.execute(READY, {"real": real})).all()]


ONE = update(OUTBOX).where(OUTBOX.c.id == bindparam("letter"))
MINE = ONE.where(OUTBOX.c.state == "ready").values(attempts=OUTBOX.c.attempts + 1)


def claim(work: Notebook, letter: Letter, owner: str, rendered: Any) -> None:
    """Before the call: the attempt is counted and the rendering kept, so that a repeat says the same."""
    work.write(MINE, {"letter": letter.id, "state": "sending", "owner": owner, "rendered": rendered}, must=True)


def finish(work: Notebook, letter: Letter, state: str, outcome: str = "", message_id: int | None = None) -> None:
    """sent, dropped (had no point any more) or dead (an alarm)."""
    sent_at = work.now if state == "sent" else None
    values = {"state": state, "outcome": outcome[:500], "message_id": message_id, "sent_at": sent_at}
    work.write(ONE, {"letter": letter.id, **values})


def again(work: Notebook, letter: Letter, not_before: float, outcome: str, **values: Any) -> None:
    """Back to ready for a later attempt."""
    back = {"state": "ready", "not_before": not_before, "outcome": outcome[:500]}
    work.write(ONE, {"letter": letter.id, **back, **values})


async def unfinished(work: Notebook, owner: str) -> list[Letter]:
    """Sends that another start began and never finished: each is ambiguous."""
    cut_off = LETTERS.where(OUTBOX.c.state == "sending", OUTBOX.c.owner != owner)
    return [_letter(r) for r in await work.rows(cut_off)]


NEXT_WAKE = (
    select(OUTBOX.c.not_before)
    .where(OUTBOX.c.state == "ready", OUTBOX.c.method != "leave")
    .order_by(OUTBOX.c.not_before)
    .limit(1)
)


async def next_wake(store: Database) -> float | None:
    """When (in real time) the next waiting message may go, if any waits."""
    async with store.reading_now() as reading:
        found: float | None = (await reading.execute(NEXT_WAKE)).scalar()
        return found


async def pending(work: Notebook, real: float) -> bool:
    """Is any message on its way, or free to go by then?"""
    free = and_(OUTBOX.c.state == "ready", OUTBOX.c.not_before <= real, OUTBOX.c.method != "leave")
    return await work.first(select(OUTBOX.c.id).where(or_(OUTBOX.c.state == "sending", free)).limit(1)) is not None


# --- messages that were sent ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Card:
    """A live card whose case has moved on since it was last edited."""

    id: int
    destination: int
    chat: int
    group: bool
    message_id: int
    complaint: int
    kind: str
    reader: str
    complainant: int | None
    wanted: int
    content: str


def remember(work: Notebook, letter: Letter, message_id: int, *, live: bool, version: int, content: str) -> None:
    """A reply to any message of a case finds the case; a live card is edited when the case moves on.

    `content` tells whether a later drawing says anything new.
    """
    values = {
        "destination": letter.destination,
        "message_id": message_id,
        "complaint": letter.complaint,
        "kind": letter.kind,
        "reader": letter.reader,
        "complainant": letter.complainant,
        "live": live,
        "shown": version,
        "wanted": version,
        "edited": work.real,
        "content": content,
    }
    if live:  # one live card per case and chat: the newest
        mine = (MESSAGE.c.destination == letter.destination, MESSAGE.c.complaint == letter.complaint)
        work.write(update(MESSAGE).where(*mine).values(live=False))
    fresh = work.insert(MESSAGE).values(**values)
    work.write(fresh.on_conflict_do_nothing(index_elements=["destination", "message_id"]))


async def about(work: Notebook, chat: int, message_id: int) -> tuple[int, int | None] | None:
    """The (case, household) that a message of a chat speaks of."""
    query = (
        select(MESSAGE.c.complaint, MESSAGE.c.complainant)
        .join(DESTINATION, DESTINATION.c.id == MESSAGE.c.destination)
        .where(DESTINATION.c.chat == chat, MESSAGE.c.message_id == message_id, MESSAGE.c.complaint != 0)
    )
    row = await work.first(query)
    return (row.complaint, row.complainant) if row else None


STALE = (
    select(MESSAGE, DESTINATION.c.chat, DESTINATION.c.kind.label("destination_kind"))
    .join(DESTINATION, DESTINATION.c.id == MESSAGE.c.destination)
    .where(
        and_(MESSAGE.c.live, MESSAGE.c.shown < MESSAGE.c.wanted),
        MESSAGE.c.edited <= bindparam("edited_before"),
        DESTINATION.c.reachable,
    )
    .order_by(MESSAGE.c.edited)
    .limit(50)
)


async def stale_cards(store: Database, edited_before: float) -> list[Card]:
    async with store.reading_now() as reading:
        rows: Iterable[Any] = (await reading.execute(STALE, {"edited_before": edited_before})).all()
    return [
        Card(
            id=r.id,
            destination=r.destination,
            chat=r.chat,
            group=r.destination_kind == "group",
            message_id=r.message_id,
            complaint=r.complaint,
            kind=r.kind,
            reader=r.reader,
            complainant=r.complainant,
            wanted=r.wanted,
            content=r.content,
        )
        for r in rows
    ]


def shown(work: Notebook, card: Card, version: int, content: str) -> None:
    mine = update(MESSAGE).where(MESSAGE.c.id == card.id)
    work.write(mine.values(shown=version, edited=work.real, content=content))


def postpone(work: Notebook, card: Card) -> None:
    """The edit didn't go through; again after the usual gap."""
    work.write(update(MESSAGE).where(MESSAGE.c.id == card.id).values(edited=work.real))


def unlive(work: Notebook, card: Card) -> None:
    """A card that can't be edited any more stays as it is."""
    work.write(update(MESSAGE).where(MESSAGE.c.id == card.id).values(live=False))
