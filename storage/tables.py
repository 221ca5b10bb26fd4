"""What do the tables look like? `…Row` classes, never seen outside `storage/`."""

from datetime import date, datetime
from datetime import date as Day  # noqa: N812 - a column is called date
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, MetaData, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import anything, big, identity, long_text, one_of, when
from storage.types import BigId

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class InboxRow(SQLModel, table=True):
    """A raw update. `not_before` is in seconds of real time; `received_at` on case time."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        one_of("state", "ready", "claimed", "done", "aside"),
        Index("ix_inbox_open", "state", "actor", "id"),
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
    error: str = long_text()


class ComplaintRow(SQLModel, table=True):
    """The cache of what a case's events make it: `body` whole, the other columns to find it by."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_place", "district", "state"),
        Index("ix_complaint_alike", "project", "matter", "filed_at"),
    )
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    number: str = Field(unique=True)
    project: str
    company: str = Field(index=True)
    district: str
    city: str
    matter: str
    state: str
    handler: str
    filed_at: datetime = when(null=False)
    closed_at: datetime | None = when()
    version: int
    body: Any = anything()


class EventRow(SQLModel, table=True):
    """The ledger. `complaint` 0 is the chain of acts outside a case; `digest` covers `previous`."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("complaint", "seq"),)
    id: int = identity()
    complaint: int = big(null=False)
    seq: int
    at: datetime = when(null=False)
    actor: int | None = big()
    kind: str
    body: Any = anything()
    previous: str
    digest: str


class SayingRow(SQLModel, table=True):
    """People's words and files, erasable without breaking the chain of events."""

    __tablename__ = "saying"
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    complaint: int = big(null=False, index=True)
    person: int | None = big()
    text: str = long_text()
    media: Any = anything()
    facts: Any = anything()
    said_at: datetime = when(null=False)


class ComplainantRow(SQLModel, table=True):
    """A household of a case."""

    __tablename__ = "complainant"
    __table_args__ = (one_of("contact", "phone", "bot", "anonymous"),)
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    complaint: int = big(null=False, index=True)
    person: int = big(null=False, index=True)
    building: str = ""
    room: str = ""
    contact: str = "phone"
    active: bool = True
    urged_on: date | None = None
    since: datetime = when(null=False)


class TimerRow(SQLModel, table=True):
    __tablename__ = "timer"
    __table_args__ = (
        UniqueConstraint("complaint", "stage", "round", "point"),
        one_of("state", "waiting", "done", "void"),
        Index("ix_timer_due", "state", "due_at"),
    )
    id: int = identity()
    complaint: int = big(null=False)
    stage: str
    round: int
    point: str
    due_at: datetime = when(null=False)
    state: str = "waiting"


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


class OutboxRow(SQLModel, table=True):
    """A message to be sent. `not_before` is in seconds of real time, `expires_at` on case time."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", "ready", "sending", "sent", "dropped", "dead"),
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
    """Which case a message speaks of; for live cards the version shown and the version wanted."""

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


class DialogueRow(SQLModel, table=True):
    """aiogram's state and data of one person in one chat."""

    __tablename__ = "dialogue"
    key: str = Field(primary_key=True)
    state: str | None = None
    data: Any = anything()


class PersonRow(SQLModel, table=True):
    """Somebody who has spoken to the bot."""

    __tablename__ = "person"
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    user: int = Field(sa_column=Column(BigId, unique=True, nullable=False))
    name: str = ""
    language: str = "zh"
    phone: str = ""
    consented_at: datetime | None = when()
    project: str = ""
    building: str = ""
    room: str = ""


class RoleRow(SQLModel, table=True):
    """An appointment; it ends by a date, never by deletion."""

    __tablename__ = "role"
    __table_args__ = (
        UniqueConstraint("phone", "role", "scope", "since"),
        Index("ix_role_scope", "scope", "role"),
    )
    id: int = identity()
    name: str
    phone: str = Field(index=True)
    role: str
    scope: str
    since: date
    until: date | None = None
    person: int | None = big(index=True)


class CompanyRow(SQLModel, table=True):
    __tablename__ = "company"
    code: str = Field(primary_key=True)
    name: str
    phone: str = ""


class DistrictRow(SQLModel, table=True):
    __tablename__ = "district"
    code: str = Field(primary_key=True)
    name: str
    city: str = Field(index=True)
    pack: str
    phone: str = ""


class ProjectRow(SQLModel, table=True):
    __tablename__ = "project"
    code: str = Field(primary_key=True)
    name: str
    company: str = Field(index=True)
    district: str = Field(index=True)
    street: str = ""
    community: str = ""
    address: str = ""
    phone: str = ""


class CalendarDayRow(SQLModel, table=True):
    """A day whose kind an operator has loaded; it wins over every calendar that we bring."""

    __tablename__ = "calendar_day"
    __table_args__ = (one_of("kind", "holiday", "workday"),)
    date: Day = Field(primary_key=True)
    kind: str
    source: str
    loaded_at: datetime = when(null=False)


class InvitationRow(SQLModel, table=True):
    """A `/bind` code on its way from an officer to a group; only its digest is kept."""

    __tablename__ = "invitation"
    digest: str = Field(primary_key=True)
    person: int = big(null=False)
    scope: str
    made_at: datetime = when(null=False)
    destination: int | None = big()
    used: bool = False
