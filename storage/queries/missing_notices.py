"""Overdue cases without the notice of their expiry, which must never be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, and_, bindparam, cast, exists, literal, or_, select

from complaints.lifecycle.timer_points import MORNING
from complaints.model.complaint import ALIVE, Complaint
from complaints.model.events import Expired
from storage.db.codec import load_complaint, load_event
from storage.db.unit_of_work import UnitOfWork
from storage.messaging.outbox import UNFINISHED
from storage.tables import COMPLAINT, EVENT, OUTBOX, TIMER, MessageOutcome

ALIVE_CASES = (
    select(COMPLAINT.c.id, COMPLAINT.c.body)
    .where(COMPLAINT.c.state.in_(sorted(ALIVE)), COMPLAINT.c.id > bindparam("after"))
    .order_by(COMPLAINT.c.id)
    .limit(bindparam("limit"))
)
YOUNG = timedelta(minutes=10)  # of case time, for which a message may be on its way
DIGEST = OUTBOX.alias("digest")
OF_IT = and_(OUTBOX.c.complaint == EVENT.c.complaint, OUTBOX.c.seq == EVENT.c.seq)
ON_ITS_WAY = and_(OUTBOX.c.state.in_(UNFINISHED), OUTBOX.c.made_at >= bindparam("young"))
IN_A_DIGEST = and_(
    OUTBOX.c.state == "digested",
    exists().where(DIGEST.c.id == OUTBOX.c.digest_id, DIGEST.c.state.in_(("sent", *UNFINISHED))),
)
TOLD = exists().where(OF_IT, or_(OUTBOX.c.state == "sent", ON_ITS_WAY, IN_A_DIGEST))
VOID = and_(OUTBOX.c.state == "dropped", OUTBOX.c.outcome == MessageOutcome.POINTLESS)
OVERTAKEN = and_(exists().where(OF_IT), ~exists().where(OF_IT, ~VOID)).label("overtaken")
IN_THE_MORNING = exists().where(
    TIMER.c.complaint == EVENT.c.complaint,
    TIMER.c.point == literal(MORNING) + cast(EVENT.c.seq, String),
    TIMER.c.state == "waiting",
)
UNTOLD = (
    select(EVENT.c.complaint, EVENT.c.seq, EVENT.c.kind, EVENT.c.body, COMPLAINT.c.body.label("case"), OVERTAKEN)
    .join(COMPLAINT, COMPLAINT.c.id == EVENT.c.complaint)
    .where(EVENT.c.kind == Expired.name, EVENT.c.at >= bindparam("since"), EVENT.c.at <= bindparam("until"), ~TOLD)
    .where(~IN_THE_MORNING)
)  # fmt: skip


class UntoldRow:
    """An expiry that nobody was told of, with its case; `overtaken`: all its notices had lost their point."""

    complaint: int
    seq: int
    kind: str
    body: object
    case: object
    overtaken: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """A case whose time is up: its clock still runs (`seq` 0), or nobody was notified of its expiry."""

    complaint: int
    seq: int = 0


async def unstruck(work: UnitOfWork, before: datetime, after: int, limit: int) -> tuple[list[Found], int | None]:
    """Of the next cases those with a running clock that was due by then, and the case to go on after, if any."""
    rows = await work.rows(ALIVE_CASES, after=after, limit=limit)
    late = [Found(complaint=r.id) for r in rows if _ran_out(load_complaint(r.body).running, before)]
    return late, rows[-1].id if len(rows) == limit else None


def _ran_out(clocks: Iterable[object], before: datetime) -> bool:
    return any(getattr(clock, "due", before) < before for clock in clocks)


async def untold(work: UnitOfWork, since: datetime, until: datetime) -> list[Found]:
    """Expiries between the two instants of which nobody was notified, nor will be in time.

    One that closes a case in silence needs no message, and one whose case has moved on meanwhile none any more.
    """
    rows = await work.rows_of(UntoldRow, UNTOLD, since=since, until=until, young=work.now - YOUNG)
    return [Found(complaint=r.complaint, seq=r.seq) for r in rows if not _needless(work, r)]


def _needless(work: UnitOfWork, row: UntoldRow) -> bool:
    event, case = load_event(row.kind, row.body), load_complaint(row.case)
    if not isinstance(event, Expired):
        raise TypeError(f"asked for expiries, and found {row.kind}")
    return (row.overtaken and _moved_on(case, event)) or _silent(work, case, event)


def _moved_on(case: Complaint, event: Expired) -> bool:
    """The case isn't open any more, or what was owed has been done, or begun anew."""
    clock = case.clock(event.stage)
    return not case.is_open or clock is None or clock.due != event.due or clock.state in ("met", "void")


def _silent(work: UnitOfWork, case: Complaint, event: Expired) -> bool:
    stage = work.rules.packs[case.pack].stage(event.stage)
    return stage.expiries[int(event.point.removeprefix("expiry")) - 1].closes
