"""The ledger: events in chains of keyed digests, one chain for each case, so that no change goes unseen."""

import json
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from complaints.model.complaint import Complaint
from complaints.model.events import Event, Expired
from complaints.model.roles import Responsible
from storage.db.codec import dump, load_event
from storage.db.ledger_key import FIRST, LedgerKey, is_keyed
from storage.db.unit_of_work import UnitOfWork, memoised
from storage.repositories import cases
from storage.repositories.ledger_count import count_on
from storage.tables import EVENT, EventRow

OF_CASE = EVENT.c.complaint == bindparam("of_case")
TAIL = select(EVENT.c.seq, EVENT.c.digest).order_by(EVENT.c.seq.desc()).limit(1)
TAIL_OF_CASE = TAIL.where(OF_CASE)
_LAST = EVENT.alias()
TAILS = select(EVENT.c.complaint, EVENT.c.seq, EVENT.c.digest).where(
    EVENT.c.complaint.in_(bindparam("these", expanding=True)),
    EVENT.c.seq == select(func.max(_LAST.c.seq)).where(_LAST.c.complaint == EVENT.c.complaint).scalar_subquery(),
)
TAIL_OUTSIDE = TAIL.where(EVENT.c.complaint.is_(None))
HISTORY = select(EVENT).where(OF_CASE).order_by(EVENT.c.seq)
CHAIN = func.coalesce(EVENT.c.complaint, 0)  # which no two chains share; 0 is the one outside all cases
NEWEST = select(EVENT.c.at).order_by(EVENT.c.id.desc()).limit(1)
DEBTOR = EVENT.c.body["debtor"]["role"].as_string()
# Somebody is late by it: a warning isn't meant, nor what an outage of ours took (before version 0.3: `delayed`).
COUNTS = and_(
    EVENT.c.body["final"].as_boolean().is_not(False),
    EVENT.c.body["outage"]["began"].as_string().is_(None),
    or_(DEBTOR.is_not(None), EVENT.c.body["delayed"].as_boolean().is_not(True)),
)
FRESH = EVENT.insert()
OUTSIDE = None
START = "0" * 64


def blamed(roles: Collection[Responsible], *, case_by_case: bool = False) -> ColumnElement[bool]:
    """Expiries that count against a party of these roles; those that don't say who owed them, by the `stages` asked.

    They are looked for among all expiries by their time; `case_by_case` among each case's events, however many others
    there are.
    """
    kind = func.coalesce(EVENT.c.kind, "") if case_by_case else EVENT.c.kind  # what is computed has no index
    unsaid = and_(DEBTOR.is_(None), EVENT.c.body["stage"].as_string().in_(bindparam("stages", expanding=True)))
    return and_(kind == Expired.name, COUNTS, or_(DEBTOR.in_([role.value for role in roles]), unsaid))


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An event as it stands in the ledger of its case."""

    seq: int
    at: datetime
    actor: int | None
    event: Event


@dataclass(frozen=True, kw_only=True)
class Link:
    """An event as its digest covers it; `at` counts to the microsecond. The chain outside all cases counts as 0."""

    complaint: int | None
    seq: int
    at: datetime
    actor: int | None
    kind: str
    body: object
    previous: str
    scheme: str
    case_digest: str = ""
    words_digest: str = ""

    def digest(self, key: LedgerKey) -> str:
        """By the key where the scheme has one, or as version 0.2 did."""
        at = self.at.astimezone(UTC).isoformat()
        facts = [self.previous, self.complaint or 0, self.seq, at, self.actor, self.kind, self.body]
        if self.scheme == FIRST:
            return sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        made_by = key if is_keyed(self.scheme) else LedgerKey()
        return made_by.over([*facts, self.scheme, self.case_digest, self.words_digest])


async def _tail(work: UnitOfWork, complaint: int | None) -> tuple[int, str]:
    key = ("tail", complaint)
    if key not in work.cache:
        outside = complaint is None
        row = await (work.first(TAIL_OUTSIDE) if outside else work.first(TAIL_OF_CASE, of_case=complaint))
        work.cache[key] = (row.seq, row.digest) if row else (0, START)
    tail: tuple[int, str] = work.cache[key]
    return tail


async def look_up(work: UnitOfWork, complaints: Collection[int]) -> None:
    """The ends of these chains in one read, before anything is appended to them."""
    for row in await work.rows(TAILS, these=complaints):
        work.cache["tail", row.complaint] = (row.seq, row.digest)


async def note(
    work: UnitOfWork,
    complaint: int | None,
    kind: str,
    body: object,
    actor: int | None,
    at: datetime,
    *,
    case_digest: str = "",
    words_digest: str = "",
) -> int:
    """Append to the chain of a case, or to that of the acts OUTSIDE all; returns the place in the chain."""
    seq, previous = await _tail(work, complaint)
    key = work.store.ledger_key
    link = Link(
        complaint=complaint,
        seq=seq + 1,
        at=at,
        actor=actor,
        kind=kind,
        body=body,
        previous=previous,
        scheme=key.scheme,
        case_digest=case_digest,
        words_digest=words_digest,
    )
    digest = link.digest(key)
    work.queue_write(FRESH, {**vars(link), "digest": digest})
    work.cache["tail", complaint] = (seq + 1, digest)
    count_on(work, digest)
    return seq + 1


async def append(work: UnitOfWork, complaint: Complaint, event: Event, actor: int | None, at: datetime) -> int:
    """What happened to a case, which stands as `complaint` from now on."""
    return await note(
        work,
        complaint.id,
        event.name,
        dump(event),
        actor,
        at,
        case_digest=cases.digest(work, complaint),
        words_digest=cases.words_digest(work, event.statement),
    )


@memoised
async def history(work: UnitOfWork, complaint: int) -> list[Recorded]:
    """All events of a case, oldest first, as the snapshot has them."""
    rows = await work.rows_of(EventRow, HISTORY, of_case=complaint)
    return [Recorded(seq=r.seq, at=r.at, actor=r.actor, event=load_event(r.kind, r.body)) for r in rows]


async def of_event(work: UnitOfWork, complaint: int, seq: int) -> Recorded | None:
    return next((r for r in await history(work, complaint) if r.seq == seq), None)


async def newest(work: UnitOfWork) -> datetime | None:
    """When the newest event happened."""
    row = await work.first(NEWEST)
    return row.at if row else None


def link_of(row: EventRow) -> Link:
    return Link(**{one.name: getattr(row, one.name) for one in fields(Link)})
