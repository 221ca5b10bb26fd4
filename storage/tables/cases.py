"""Tables of a case: its ledger, statements, households and timers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import anything, big, identity, long_text, one_of, when
from storage.tables.types import BigId


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
    """The ledger. `complaint` 0 is the chain of acts outside a case; `digest` is a hash that covers `previous`."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("complaint", "seq"), Index("ix_event_recent", "kind", "at"))
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
    """A household of a case. Once its data are erased `person` is 0 and the keyed `pseudonym` still tells it apart."""

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
    pseudonym: str = Field(default="", index=True)


class FollowerRow(SQLModel, table=True):
    """Somebody of the family who follows a case beside the household that gave the link."""

    __tablename__ = "follower"
    __table_args__ = (UniqueConstraint("complaint", "person"),)
    id: int = identity()
    complaint: int = big(null=False)
    person: int = big(null=False, index=True)
    complainant: int = big(null=False)
    active: bool = True
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
