"""Tables of a case: its ledger, statements, households and timers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.db.ledger_key import FIRST
from storage.tables.columns import anything, big, identity, long_text, one_of, refers, when, where
from storage.tables.types import BigId

NUMBER_END = "substr(number, length(number) - 3)"  # its last four digits


class ComplaintRow(SQLModel, table=True):
    """The cache of what a case's events make it: `body` whole, the other columns to find it by.

    `overdue_since` is there while it is open and a clock of its present round has run out.
    `rules` is 0 where an earlier version has begun it, it lives, and its clocks aren't by today's rules yet.
    `digest` proves all of them (see `storage.repositories.row_digests`), as it does in the other tables here.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_place", "district", "state"),
        Index("ix_complaint_state", "state", "id"),
        Index("ix_complaint_alike", "project", "matter", "filed_at"),
        Index("ix_complaint_earlier", "id", **where("rules = 0")),
        Index("ix_complaint_overdue", "overdue_since", "id", **where("overdue_since IS NOT NULL")),
        Index("ix_complaint_number_end", text(NUMBER_END)),
    )
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    number: str = Field(unique=True)
    project: str = refers("project.code", null=False)
    company: str = refers("company.code", index=True, null=False)
    district: str = refers("district.code", null=False)
    city: str
    matter: str
    state: str
    handler: str
    filed_at: datetime = when(null=False)
    closed_at: datetime | None = when()
    overdue_since: datetime | None = when()
    version: int
    rules: int = 1
    body: Any = anything()
    digest: str = ""


class EventRow(SQLModel, table=True):
    """The ledger. Acts outside all cases have no `complaint` and a chain of their own; `digest` covers `previous`.

    `actor` is a person's number, which stays when that person's row is deleted. `scheme` says by what the digest is
    made, `case_digest` is that of the case's row after the event, `words_digest` that of the statement it refers to.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("complaint", "seq"),
        Index("ix_event_outside", "seq", unique=True, **where("complaint IS NULL")),
        Index("ix_event_recent", "kind", "at"),
    )
    id: int = identity()
    complaint: int | None = refers("complaint.id")
    seq: int
    at: datetime = when(null=False)
    actor: int | None = big()
    kind: str
    body: Any = anything()
    previous: str
    digest: str
    scheme: str = FIRST
    case_digest: str = ""
    words_digest: str = ""


class LedgerRow(SQLModel, table=True):
    """One row: how many events there are, and one digest over all their links. `digest` proves both."""

    __tablename__ = "ledger"
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    events: int
    fold: str
    scheme: str
    digest: str


class StatementRow(SQLModel, table=True):
    """People's words and files, erasable without breaking the chain of events."""

    __tablename__ = "statement"
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    complaint: int = refers("complaint.id", index=True, null=False)
    person: int | None = refers("person.id", gone="SET NULL", index=True)
    text: str = long_text()
    media: list[dict[str, str]] | None = anything()
    facts: dict[str, Any] | None = anything()
    said_at: datetime = when(null=False)
    digest: str = ""


class HouseholdRow(SQLModel, table=True):
    """A household of a case. Once its data are erased it has no `person`; the keyed `pseudonym` tells it apart."""

    __tablename__ = "household"
    __table_args__ = (one_of("contact", "phone", "bot", "anonymous"),)
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    complaint: int = refers("complaint.id", index=True, null=False)
    person: int | None = refers("person.id", gone="SET NULL", index=True)
    building: str = ""
    room: str = ""
    contact: str = "phone"
    active: bool = True
    urged_on: date | None = None
    since: datetime = when(null=False)
    pseudonym: str = Field(default="", index=True)
    digest: str = ""


class FollowerRow(SQLModel, table=True):
    """Somebody of the family who follows a case beside the household that gave the link."""

    __tablename__ = "follower"
    __table_args__ = (UniqueConstraint("complaint", "person"),)
    id: int = identity()
    complaint: int = refers("complaint.id", null=False)
    person: int = refers("person.id", gone="CASCADE", index=True, null=False)
    household: int = refers("household.id", index=True, null=False)
    active: bool = True
    since: datetime = when(null=False)


class TimerRow(SQLModel, table=True):
    """A point in time of a clock of its case; a `provisional` one rests on days that nobody has announced yet."""

    __tablename__ = "timer"
    __table_args__ = (
        UniqueConstraint("complaint", "clock", "point"),
        one_of("state", "waiting", "done", "void"),
        Index("ix_timer_due", "state", "due_at"),
        Index("ix_timer_case", "complaint", "state", "stage"),
    )
    id: int = identity()
    complaint: int = refers("complaint.id", null=False)
    stage: str
    clock: int
    point: str
    due_at: datetime = when(null=False)
    state: str = "waiting"
    provisional: bool = False


class OutageRow(SQLModel, table=True):
    """A time in which the bot didn't hear, or couldn't tell, in case time."""

    __tablename__ = "outage"
    id: int = identity()
    began: datetime = when(null=False)
    ended: datetime = when(null=False, index=True)


class LivenessRow(SQLModel, table=True):
    """When the bot last heard and could tell: case time, and seconds of real time. One row."""

    __tablename__ = "liveness"
    id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    at: datetime = when(null=False)
    real: float
