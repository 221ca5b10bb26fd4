"""The records of one case for the inspector: its points in time and messages, finished ones too."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from complaints.model.complaint import Complaint
from storage.db.codec import load_complaint
from storage.db.unit_of_work import UnitOfWork
from storage.tables import COMPLAINT, DESTINATION, OUTBOX, PERSON, STATEMENT, TIMER, MessageOutcome

MOST = 120


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point in time that is or was waited for; `state` is waiting, done or void."""

    stage: str
    clock: int
    point: str
    due_at: datetime
    state: str


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A message of the outbox; `to` is the person's or the group's name, `text` its words as HTML once rendered.

    `complaint` is None where it belongs to no case; `not_before` is in seconds of real time.
    """

    id: int
    complaint: int | None
    text: str
    not_before: float
    kind: str
    method: str
    to: str
    state: str
    attempts: int
    repeat: bool
    outcome: str | None
    reason: str
    unknown_ends: int
    made_at: datetime
    sent_at: datetime | None

    @property
    def said_of_it(self) -> str:
        """What became of it, for whoever looks behind the scenes."""
        if self.outcome == MessageOutcome.AMBIGUOUS:
            return f"ambiguous ×{self.unknown_ends}: {self.reason}"
        return self.reason or ("no point any more" if self.outcome == MessageOutcome.POINTLESS else "")


async def newest(work: UnitOfWork, limit: int = 20) -> list[Complaint]:
    """The cases filed last, newest first."""
    query = select(COMPLAINT.c.body).order_by(COMPLAINT.c.filed_at.desc(), COMPLAINT.c.number.desc())
    rows = await work.rows(query.limit(limit))
    return [load_complaint(row.body) for row in rows]


async def points(work: UnitOfWork, complaint: int) -> list[Point]:
    """In the order of their times."""
    query = select(TIMER).where(TIMER.c.complaint == complaint).order_by(TIMER.c.due_at, TIMER.c.id)
    return [
        Point(stage=r.stage, clock=r.clock, point=r.point, due_at=r.due_at, state=r.state)
        for r in await work.rows(query)
    ]


async def messages(work: UnitOfWork) -> list[Sent]:
    """Of all cases and of none, newest first."""
    query = (
        select(OUTBOX, DESTINATION.c.title, PERSON.c.name)
        .join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
        .outerjoin(PERSON, PERSON.c.id == DESTINATION.c.person)
        .order_by(OUTBOX.c.id.desc())
        .limit(MOST)
    )
    return [
        Sent(
            id=r.id,
            complaint=r.complaint,
            text=(r.rendered or {}).get("text", ""),
            not_before=r.not_before,
            kind=r.kind,
            method=r.method,
            to=r.title or r.name or "",
            state=r.state,
            attempts=r.attempts,
            repeat=r.repeat,
            outcome=r.outcome,
            reason=r.reason,
            unknown_ends=r.unknown_ends,
            made_at=r.made_at,
            sent_at=r.sent_at,
        )
        for r in await work.rows(query)
    ]


async def names(work: UnitOfWork, people: set[int]) -> dict[int, str]:
    """What these people are called."""
    rows = await work.rows(select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(people)))
    return {row.id: row.name for row in rows}


async def words(work: UnitOfWork, complaint: int) -> dict[int, str]:
    """Everything that was said in a case, by the statement's id."""
    rows = await work.rows(select(STATEMENT.c.id, STATEMENT.c.text).where(STATEMENT.c.complaint == complaint))
    return {row.id: row.text for row in rows}
