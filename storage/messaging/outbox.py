"""The outbox: messages to be sent, in which order, and the result of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, or_, select, update

from storage.db.unit_of_work import UnitOfWork
from storage.messaging import leases
from storage.tables import COMPLAINT, DESTINATION, OUTBOX, TOPIC
from storage.tables import MessageOutcome as MessageOutcome
from storage.tables.types import Rendered

UNFINISHED = ("ready", "sending")


class QueuedRow:
    """A row of the outbox with its chat, and with where it stands in a group with topics."""

    id: int
    key: str
    method: str
    kind: str
    complaint: int | None
    seq: int
    recipient_role: str
    household: int | None
    destination: int
    chat: int
    destination_kind: str
    priority: int
    attempts: int
    repeat: bool
    plain: bool
    made_at: datetime
    facts: Mapping[str, Any] | None
    rendered: Rendered
    street: str | None
    thread: int | None
    no_topics: bool
    owner: str
    unknown_ends: int
    not_before: float


@dataclass(frozen=True, kw_only=True)
class OutboxMessage:
    """A message of the outbox. `rendered` is what is (or was) sent, kept for a repeat.

    In a district's group with topics `street` is that of the case, and `topic` its thread (None where none was made,
    which for ever is so with `no_topics`). `owner` is the start of the bot that sends it, or began to. `unknown_ends`
    counts its sends in a row that ended so that nobody knows whether it arrived.
    """

    id: int
    key: str
    method: str
    kind: str
    complaint: int | None
    seq: int
    recipient_role: str
    household: int | None
    destination: int
    chat: int
    group: bool
    priority: int
    attempts: int
    repeat: bool
    plain: bool
    made_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    rendered: Rendered = None
    street: str = ""
    topic: int | None = None
    no_topics: bool = False
    owner: str = ""
    unknown_ends: int = 0
    not_before: float = 0.0

    @property
    def thread(self) -> int | None:
        """The topic that it goes to; an answer to where the question was."""
        return self.facts.get("thread", self.topic) or None

    @property
    def in_own_topic(self) -> bool:
        """Whether it goes to the street's topic, and not where somebody asked."""
        return bool(self.street) and "thread" not in self.facts

    @property
    def wants_topic(self) -> bool:
        missing = self.topic is None and not self.no_topics
        return self.in_own_topic and missing and self.method in ("send", "files", "document")

    @property
    def unkept(self) -> bool:
        """What it says stands in no row; a repeat makes it anew, and a deletion says nothing."""
        return self.vanishes or self.method in ("document", "delete", "commands")

    @property
    def vanishes(self) -> bool:
        """Its message disappears from the chat after a while."""
        return bool(self.facts.get("vanishes"))


IS_READY = OUTBOX.c.state == "ready"


def put(work: UnitOfWork, key: str, *, destination: int, priority: int, method: str = "send", **values: object) -> None:
    """Add a message; the same key again rewrites one that hasn't been claimed yet, and else does nothing."""
    content = {
        "method": method,
        "destination": destination,
        "priority": priority,
        "complaint": None,
        "not_before": 0.0,
        "facts": None,
        "rendered": None,
        **values,
    }
    blank = {"kind": "", "seq": 0, "recipient_role": "", "state": "ready", "owner": "", "attempts": 0}
    untried = {"reason": "", "unknown_ends": 0, "repeat": False, "plain": False}
    row = {**blank, **untried, **content, "key": key, "made_at": work.now}
    work.upsert(OUTBOX, row, index=("key",), changed=("rendered", "facts", "not_before"), only=IS_READY)


def stay(work: UnitOfWork, destination: int) -> None:
    """The bot doesn't leave that group after all."""
    work.queue_write(delete(OUTBOX).where(*_leaving(destination)))


async def leaves(work: UnitOfWork, destination: int) -> bool:
    """Whether the bot is about to leave that group."""
    return await work.first(select(OUTBOX.c.id).where(*_leaving(destination)).limit(1)) is not None


def _leaving(destination: int) -> tuple[ColumnElement[bool], ...]:
    return OUTBOX.c.destination == destination, OUTBOX.c.method == "leave", OUTBOX.c.state == "ready"


def outbox_message_of(r: QueuedRow, owner: str) -> OutboxMessage:
    return OutboxMessage(
        id=r.id,
        key=r.key,
        method=r.method,
        kind=r.kind,
        complaint=r.complaint,
        seq=r.seq,
        recipient_role=r.recipient_role,
        household=r.household,
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
        street=r.street or "",
        topic=r.thread,
        no_topics=r.no_topics,
        owner=owner,
        unknown_ends=r.unknown_ends,
        not_before=r.not_before,
    )


WITH_TOPICS = and_(DESTINATION.c.forum, DESTINATION.c.scope == COMPLAINT.c.district)
STREET = case((WITH_TOPICS, COMPLAINT.c.body["place"]["street"].as_string()), else_=None)
NO_TOPICS = TOPIC.alias("no_topics")  # that none can be made
OUTBOX_MESSAGES = (
    select(
        OUTBOX,
        DESTINATION.c.chat,
        DESTINATION.c.kind.label("destination_kind"),
        STREET.label("street"),
        TOPIC.c.thread,
        NO_TOPICS.c.id.is_not(None).label("no_topics"),
    )
    .join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
    .outerjoin(COMPLAINT, COMPLAINT.c.id == OUTBOX.c.complaint)
    .outerjoin(TOPIC, (TOPIC.c.destination == OUTBOX.c.destination) & (TOPIC.c.street == STREET))
    .outerjoin(NO_TOPICS, (NO_TOPICS.c.destination == OUTBOX.c.destination) & (NO_TOPICS.c.street == ""))
)
ONE = update(OUTBOX).where(OUTBOX.c.id == bindparam("message"))
STILL_MINE = ONE.where(or_(OUTBOX.c.state == "ready", OUTBOX.c.owner == bindparam("by")))
MINE = ONE.where(OUTBOX.c.state == "ready").values(attempts=OUTBOX.c.attempts + 1)
FENCED = MINE.where(leases.held(bindparam("leader")))


def claim(work: UnitOfWork, message: OutboxMessage, rendered: Rendered, *, fenced: bool = False) -> None:
    """Before the call: the attempt is counted and the rendering kept, so that a repeat says the same.

    Where others might send as well (`fenced`), only the leader by the database's own clock can claim.
    """
    values = {"message": message.id, "state": "sending", "owner": message.owner, "rendered": rendered}
    work.queue_write(
        FENCED if fenced else MINE, {**values, "leader": message.owner} if fenced else values, expect_rows=True
    )


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a send ended, or why there will be none: `reason` says it in words, which nothing but people read."""

    outcome: MessageOutcome | None = None
    reason: str = ""
    unknown_ends: int = 0

    def columns(self) -> dict[str, str | int | None]:
        """The same as columns of the outbox."""
        return {"outcome": self.outcome, "reason": self.reason[:500], "unknown_ends": self.unknown_ends}


UNTRIED = ARRIVED = Ended()  # of which there is nothing to tell
POINTLESS = Ended(outcome=MessageOutcome.POINTLESS)


def finish(
    work: UnitOfWork, message: OutboxMessage, state: str, ended: Ended = ARRIVED, message_id: int | None = None
) -> None:
    """sent, dropped (had no point any more) or dead (an alarm); what another instance sends by now is left to it."""
    sent_at = work.now if state == "sent" else None
    values = {"state": state, **ended.columns(), "message_id": message_id, "sent_at": sent_at}
    work.queue_write(STILL_MINE, {"message": message.id, "by": message.owner, **values})


def again(work: UnitOfWork, message: OutboxMessage, not_before: float, ended: Ended, **values: object) -> None:
    """Back to ready for a later attempt."""
    back = {"state": "ready", "not_before": not_before, **ended.columns()}
    work.queue_write(STILL_MINE, {"message": message.id, "by": message.owner, **back, **values})


IN_FLIGHT = (OUTBOX.c.owner == bindparam("by")) & OUTBOX.c.id.in_(bindparam("flying", expanding=True))
CUT_OFF = OUTBOX_MESSAGES.where(OUTBOX.c.state == "sending", ~IN_FLIGHT)


async def unfinished(work: UnitOfWork, owner: str, flying: Collection[int] = ()) -> list[OutboxMessage]:
    """Sends that were begun and that nobody will finish: other instances', and our own that aren't in flight."""
    found = await work.rows_of(QueuedRow, CUT_OFF, by=owner, flying=list(flying))
    return [outbox_message_of(r, r.owner) for r in found]


async def pending(work: UnitOfWork, real: float) -> bool:
    """Is any message on its way, or free to go by then?"""
    free = and_(OUTBOX.c.state == "ready", OUTBOX.c.not_before <= real, OUTBOX.c.method != "leave")
    return await work.first(select(OUTBOX.c.id).where(or_(OUTBOX.c.state == "sending", free)).limit(1)) is not None
