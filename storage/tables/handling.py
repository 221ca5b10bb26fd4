"""Tables of what comes in and goes out: updates, messages, dialogues."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import anything, big, identity, long_text, one_of, refers, when, where
from storage.tables.outcomes import MessageOutcome
from storage.tables.types import BigId, Instant, Rendered

# Hardly any are urgent at a time, so that finding them costs little, however many others wait. The condition stands as
# each engine reads it in a query, without which it would not take the index.
URGENT: dict[str, Any] = {"sqlite_where": text("urgent = 1"), "postgresql_where": text("urgent")}


class InboxRow(SQLModel, table=True):
    """A raw update. `not_before` is in seconds of real time; `received_at` on case time.

    One that is `urgent` comes before all that are not: staff's, and what may be about danger, with whatever its sender
    has sent before. One that is `throttled` waits because its sender writes too fast; a claimed one is with `owner`, a
    start of the bot, and `crash_count` counts the starts that ended with it in hand. What has no sender (any more) is
    of the sender 0, and waits in one line.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        one_of("state", "ready", "claimed", "done", "dead_letter"),
        Index("ix_inbox_open", "state", "sender_id", "id"),
        Index("ix_inbox_oldest", "state", "id"),
        Index("ix_inbox_recent", "sender_id", "received_at"),
        Index("ix_inbox_urgent_open", "state", "sender_id", "id", **URGENT),
        Index("ix_inbox_urgent_oldest", "state", "id", **URGENT),
    )
    id: int = identity()
    bot: int = big(null=False)
    update_id: int = big(null=False)
    sender_id: int = big(null=False)
    raw: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = when(null=False)
    state: str = "ready"
    attempts: int = 0
    not_before: float = 0.0
    album: str = ""
    throttled: bool = False
    urgent: bool = False
    owner: str = ""
    crash_count: int = 0
    error: str = long_text()


class LeaseRow(SQLModel, table=True):
    """What one instance of the bot holds, and until when by the database's own clock (seconds since 1970)."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    owner: str
    until: float


class OutboxRow(SQLModel, table=True):
    """A message to be sent. `not_before` is in seconds of real time.

    `outcome` is how its last send ended, or why there will be none, and `reason` the same in words, for people only;
    `unknown_ends` are the sends in a row of which nobody knows whether they arrived, `digest_id` is the message that
    told what this one would have told. A destination that is gone leaves the proof of what was sent there.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", "ready", "sending", "sent", "dropped", "dead", "digested"),
        one_of("outcome", *MessageOutcome),
        Index("ix_outbox_open", "state", "priority", "id"),
        Index("ix_outbox_order", "destination", "complaint", "id"),
        Index("ix_outbox_event", "complaint", "seq", "state"),
        Index("ix_outbox_digest", "digest_id", **where("digest_id IS NOT NULL")),
        Index("ix_outbox_household", "household", **where("household IS NOT NULL")),
    )
    id: int = identity()
    key: str = Field(unique=True)
    method: str = "send"
    kind: str = ""
    complaint: int | None = refers("complaint.id")
    seq: int = 0
    recipient_role: str = ""
    household: int | None = refers("household.id")
    destination: int | None = refers("destination.id", gone="SET NULL")
    priority: int
    not_before: float = 0.0
    state: str = "ready"
    owner: str = ""
    attempts: int = 0
    repeat: bool = False
    plain: bool = False
    made_at: datetime = when(null=False)
    sent_at: datetime | None = when()
    facts: dict[str, Any] | None = anything()
    rendered: Rendered = anything()
    message_id: int | None = big()
    outcome: str | None = None
    reason: str = long_text()
    unknown_ends: int = 0
    digest_id: int | None = refers("outbox.id", gone="SET NULL")


class SentMessageRow(SQLModel, table=True):
    """Which case a message speaks of; for live cards the version shown and the version wanted."""

    __tablename__ = "sent_message"
    __table_args__ = (
        UniqueConstraint("destination", "message_id"),
        Index("ix_sent_message_household", "household", **where("household IS NOT NULL")),
        Index("ix_sent_message_stale", "edited", **where("live = 1 AND shown < wanted", "live AND shown < wanted")),
    )
    id: int = identity()
    destination: int = refers("destination.id", gone="CASCADE", null=False)
    message_id: int = big(null=False)
    complaint: int = refers("complaint.id", index=True, null=False)
    kind: str
    recipient_role: str = ""
    household: int | None = refers("household.id")
    live: bool = False
    shown: int = 0
    wanted: int = 0
    edited: float = 0.0
    content: str = ""
    vanish_at: datetime | None = Field(default=None, sa_type=Instant, index=True)


class DestinationRow(SQLModel, table=True):
    """A chat and whether it can be reached; a migrated group is one update here."""

    __tablename__ = "destination"
    __table_args__ = (one_of("kind", "private", "group"),)
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    chat: int = Field(sa_column=Column(BigId, unique=True, nullable=False))
    kind: str
    person: int | None = refers("person.id", gone="SET NULL", index=True)
    title: str = ""
    scope: str = Field(default="", index=True)
    reachable: bool = True
    forum: bool = False


class TopicRow(SQLModel, table=True):
    """The topic of a street in a group with topics; without a `thread` there is none, and the general one is used."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("destination", "street"),)
    id: int = identity()
    destination: int = refers("destination.id", gone="CASCADE", null=False)
    street: str
    thread: int | None = big()


class DialogueRow(SQLModel, table=True):
    """aiogram's state and data of one person in one chat; `touched_at` on case time."""

    __tablename__ = "dialogue"
    key: str = Field(primary_key=True)
    state: str | None = None
    data: dict[str, Any] | None = anything()
    touched_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
