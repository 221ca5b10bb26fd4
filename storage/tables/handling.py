"""Tables of what comes in and goes out: updates, messages, dialogues."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import anything, big, identity, long_text, one_of, when
from storage.tables.types import BigId, Instant


class InboxRow(SQLModel, table=True):
    """A raw update. `not_before` is in seconds of real time; `received_at` on case time.

    One that is `held` is throttled, since its sender writes too fast; a claimed one is with `owner`, an instance,
    and `deaths` counts the instances that crashed with it in hand.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        one_of("state", "ready", "claimed", "done", "aside"),
        Index("ix_inbox_open", "state", "actor", "id"),
        Index("ix_inbox_oldest", "state", "id"),
        Index("ix_inbox_recent", "actor", "received_at"),
    )
    id: int = identity()
    bot: int = big(null=False)
    update_id: int = big(null=False)
    actor: int = big(null=False)
    raw: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = when(null=False)
    state: str = "ready"
    attempts: int = 0
    not_before: float = 0.0
    album: str = ""
    held: bool = False
    owner: str = ""
    deaths: int = 0
    error: str = long_text()


class LeaseRow(SQLModel, table=True):
    """What one instance of the bot holds, and until when by the database's own clock (seconds since 1970)."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    owner: str
    until: float


class OutboxRow(SQLModel, table=True):
    """A message to be sent. `not_before` is in seconds of real time, `expires_at` on case time."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", "ready", "sending", "sent", "dropped", "dead", "digested"),
        Index("ix_outbox_open", "state", "priority", "id"),
        Index("ix_outbox_order", "destination", "complaint", "id"),
    )
    id: int = identity()
    key: str = Field(unique=True)
    method: str = "send"
    kind: str = ""
    complaint: int = big(null=False)
    seq: int = 0
    reader: str = ""
    complainant: int | None = big()
    destination: int = big(null=False)
    priority: int
    not_before: float = 0.0
    state: str = "ready"
    owner: str = ""
    attempts: int = 0
    repeat: bool = False
    plain: bool = False
    made_at: datetime = when(null=False)
    sent_at: datetime | None = when()
    facts: Any = anything()
    rendered: Any = anything()
    message_id: int | None = big()
    outcome: str = long_text()


class MessageRow(SQLModel, table=True):
    """Which case a message is about; for live cards the version shown and the version wanted."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("destination", "message_id"),
        Index("ix_message_stale", "live", "shown", "wanted"),
    )
    id: int = identity()
    destination: int = big(null=False)
    message_id: int = big(null=False)
    complaint: int = big(null=False, index=True)
    kind: str
    reader: str = ""
    complainant: int | None = big()
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
    person: int | None = big(index=True)
    title: str = ""
    scope: str = Field(default="", index=True)
    reachable: bool = True
    forum: bool = False


class TopicRow(SQLModel, table=True):
    """The topic of a street in a group with topics; `thread` is the messenger's id of it."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("destination", "street"),)
    id: int = identity()
    destination: int = big(null=False)
    street: str
    thread: int = big(null=False)


class DialogueRow(SQLModel, table=True):
    """aiogram's state and data of one person in one chat; `touched_at` on case time."""

    __tablename__ = "dialogue"
    key: str = Field(primary_key=True)
    state: str | None = None
    data: Any = anything()
    touched_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
