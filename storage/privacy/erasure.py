"""Erasure of one person's data; the case, its ledger and its figures stay."""

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sqlalchemy import and_, delete, false, or_, select, update

from complaints.model.events import Filed
from complaints.model.people import Household, Person
from complaints.policy.retention_periods import RECALLABLE
from storage.db.unit_of_work import UnitOfWork
from storage.messaging.live_messages import SPENT
from storage.messaging.message_deletion import recall
from storage.messaging.outbox import ONE, UNFINISHED, Ended
from storage.privacy.pseudonyms import pseudonym
from storage.repositories import destinations, ledger, row_digests
from storage.repositories.cases import household_of_row
from storage.tables import (
    ABSENCE,
    DESTINATION,
    DIALOGUE,
    FAILED_CODE_ATTEMPT,
    FOLLOWER,
    HOME,
    HOUSEHOLD,
    INBOX,
    INVITATION,
    ON_CALL_SHIFT,
    OUTBOX,
    PERSON,
    SENT_MESSAGE,
    STATEMENT,
    HouseholdRow,
    MessageOutcome,
    OutboxRow,
    SentMessageRow,
    StatementRow,
)
from storage.tables.types import Rendered

DROPPED = {"state": "dropped", **Ended(outcome=MessageOutcome.ERASED).columns()}
SHORT = 5  # characters of words that several people may have said


@dataclass(frozen=True, kw_only=True)
class Own:
    """A resident's part of all cases: households, the statements that are theirs, and who filed for them."""

    households: tuple[Household, ...]
    statements: frozenset[int]
    registrars: frozenset[int]

    @property
    def cases(self) -> list[int]:
        return sorted({h.complaint for h in self.households})


async def own(work: UnitOfWork, person: int) -> Own:
    """What the person said as a household of a case, in voice as well; what they said as staff is the case's."""
    theirs = select(HOUSEHOLD).where(HOUSEHOLD.c.person == person).order_by(HOUSEHOLD.c.since)
    households = tuple(map(household_of_row, await work.rows_of(HouseholdRow, theirs)))
    mine = {h.id for h in households}
    statements, registrars = set(), set()
    for complaint in {h.complaint for h in households}:
        for recorded in await ledger.history(work, complaint):
            event = recorded.event
            by_me = getattr(event, "side", None) == "resident" and recorded.actor == person
            written_down = getattr(event, "of", None) in statements  # what they have said in a voice message
            if event.household in mine or by_me or written_down:
                statements.add(event.statement)
                registrars.add(event.filed_by if isinstance(event, Filed) else None)
    return Own(
        households=households,
        statements=frozenset(s for s in statements if s is not None),
        registrars=frozenset(r for r in registrars if r is not None),
    )


async def erase(work: UnitOfWork, person: Person, held: Own, *, staff: bool) -> None:
    """Everything of a resident; of somebody who holds an appointment too, the resident's part."""
    said = await _said(work, held)
    await _letters(work, person, held, _marks(person, held, said), staff=staff)
    _statements(work, said)
    _households(work, person, held)
    work.queue_write(delete(DIALOGUE).where(DIALOGUE.c.key.like(f"%:{person.user}:%")))
    mine = (INBOX.c.sender_id == person.user, INBOX.c.state != "ready")
    work.queue_write(update(INBOX).where(*mine).values(raw=b"", sender_id=0, error=""))
    work.queue_write(delete(HOME).where(HOME.c.person == person.id))
    work.queue_write(delete(FOLLOWER).where(FOLLOWER.c.person == person.id))
    work.queue_write(delete(FAILED_CODE_ATTEMPT).where(FAILED_CODE_ATTEMPT.c.person == person.id))
    work.queue_write(delete(INVITATION).where(INVITATION.c.person == person.id, INVITATION.c.kind == "family"))
    if staff:
        blank = {"project": "", "building": "", "room": "", "consented_at": None}
        work.queue_write(update(PERSON).where(PERSON.c.id == person.id).values(**blank))
    else:
        work.queue_write(delete(PERSON).where(PERSON.c.id == person.id))
        work.queue_write(delete(ABSENCE).where(or_(ABSENCE.c.person == person.id, ABSENCE.c.deputy == person.id)))
        work.queue_write(delete(ON_CALL_SHIFT).where(ON_CALL_SHIFT.c.person == person.id))
        chat = (DESTINATION.c.person == person.id, DESTINATION.c.kind == "private")
        work.queue_write(update(DESTINATION).where(*chat).values(person=None, title=""))


async def _said(work: UnitOfWork, held: Own) -> Sequence[StatementRow]:
    return await work.rows_of(StatementRow, select(STATEMENT).where(STATEMENT.c.id.in_(held.statements)))


def _statements(work: UnitOfWork, said: Iterable[StatementRow]) -> None:
    """Nothing is left of the words but that there were some, which the ledger proves as before."""
    blank: dict[str, object] = {"text": "", "media": [], "facts": None, "person": None}
    for row in said:
        whole = {"id": row.id, "complaint": row.complaint, "said_at": row.said_at, **blank}
        proof = row_digests.of_statement(work.store.ledger_key, whole)
        work.queue_write(update(STATEMENT).where(STATEMENT.c.id == row.id).values(**blank, digest=proof))


def _households(work: UnitOfWork, person: Person, held: Own) -> None:
    """A household that had left the case before counts no more, and so needs no mark."""
    mark = pseudonym(work, person.user)
    gone = {"person": None, "building": "", "room": "", "contact": "anonymous", "active": False, "urged_on": None}
    for household in held.households:
        mine = update(HOUSEHOLD).where(HOUSEHOLD.c.id == household.id)
        values = {**gone, "pseudonym": mark if household.active else ""}
        whole = {"id": household.id, "complaint": household.complaint, "since": household.since, **values}
        proof = row_digests.of_household(work.store.ledger_key, whole)
        work.queue_write(mine.values(**values, digest=proof))
    theirs = update(FOLLOWER).where(FOLLOWER.c.household.in_([h.id for h in held.households]))
    work.queue_write(theirs.values(active=False))


# --- messages ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Marks:
    """By what a message is known to carry something of the person: pieces of its text, and files."""

    pieces: tuple[str, ...]
    files: frozenset[str]

    def on(self, rendered: Rendered) -> bool:
        if not rendered or "text" not in rendered:
            return False
        files = {f["file_id"] for f in rendered["files"]}
        return bool(files & self.files) or any(piece in rendered["text"] for piece in self.pieces)


def _marks(person: Person, held: Own, rows: Sequence[StatementRow]) -> Marks:
    said = [escape(r.text, quote=False) for r in rows if r.text]
    rooms = [(h.building, h.room) for h in held.households if h.room]
    pieces = [
        *(f">{words}</blockquote>" for words in said),  # short words may stand anywhere, as somebody else's
        *(words for words in said if len(words) > SHORT),
        *(f"{building} {room}".strip() for building, room in rooms),
        *(f" {room} ·" for _, room in rooms),
        *([person.phone] if person.phone else []),
    ]
    return Marks(pieces=tuple(pieces), files=frozenset(f["file_id"] for r in rows for f in r.media or ()))


async def _letters(work: UnitOfWork, person: Person, held: Own, marks: Marks, *, staff: bool) -> None:
    """No rendering of theirs stays; what waits for them is dropped; what others still have of them is called back."""
    private = await destinations.of_person(work, person.id)
    elsewhere = [d.id for r in held.registrars if (d := await destinations.of_person(work, r)) is not None]
    mine = {h.id for h in held.households}
    registered = and_(OUTBOX.c.destination.in_(elsewhere), OUTBOX.c.complaint.is_(None))
    mine_to_read = OUTBOX.c.destination == private.id if private else false()
    query = select(OUTBOX).where(or_(mine_to_read, registered, OUTBOX.c.complaint.in_(held.cases)))
    live = await _live_cards(work, held.cases)
    for row in await work.rows_of(OutboxRow, query):
        if private is None or row.destination != private.id:
            _clear(work, row, held, marks, live)
        elif not staff or row.household in mine:
            _drop(work, row)
    shown = [SENT_MESSAGE.c.household.in_(mine)] if staff else []
    if private is not None:
        work.queue_write(delete(SENT_MESSAGE).where(SENT_MESSAGE.c.destination == private.id, *shown))


async def _live_cards(work: UnitOfWork, cases: Iterable[int]) -> set[tuple[int, int]]:
    """Cards that are drawn anew by themselves."""
    drawn = (SENT_MESSAGE.c.live, SENT_MESSAGE.c.kind.not_like(f"%{SPENT}"))
    live = select(SENT_MESSAGE).where(SENT_MESSAGE.c.complaint.in_(list(cases)), *drawn)
    return {(r.destination, r.message_id) for r in await work.rows_of(SentMessageRow, live)}


def _drop(work: UnitOfWork, row: OutboxRow) -> None:
    state = DROPPED if row.state in UNFINISHED else {}
    work.queue_write(ONE, {"message": row.id, "rendered": digest(work, row.rendered), "facts": None, **state})


def _clear(work: UnitOfWork, row: OutboxRow, held: Own, marks: Marks, live: set[tuple[int, int]]) -> None:
    """A message to somebody else: its rendering goes, and its message where it carries something of theirs."""
    words = (row.facts or {}).get("words")
    if row.method == "files" and words in held.statements:
        work.queue_write(ONE, {"message": row.id, "facts": {"words": words, "files": []}})
    if row.rendered is None:
        return
    carries = marks.on(row.rendered)
    if row.state in UNFINISHED:
        if carries:  # a notice is made anew without it; everything else has lost its point
            again = {} if row.seq or row.state == "sending" else DROPPED
            work.queue_write(ONE, {"message": row.id, "rendered": None, **again})
        return
    work.queue_write(ONE, {"message": row.id, "rendered": digest(work, row.rendered)})
    young = row.sent_at is not None and work.now - row.sent_at < RECALLABLE
    if carries and young and row.destination is not None:
        for message in _messages(row, row.rendered):
            if (row.destination, message) not in live:
                recall(work, row.destination, message, row.complaint)


def _messages(row: OutboxRow, rendered: dict[str, Any]) -> Iterable[int]:
    """The numbers under which an outbox message was sent: those of an album follow one another."""
    first = row.message_id or (row.facts or {}).get("message_id")
    return range(first, first + max(1, len(rendered["files"]))) if first else ()


def digest(work: UnitOfWork, rendered: Rendered) -> Rendered:
    """What proves a rendering and tells nothing of it: keyed, since a room or a number could be guessed."""
    if rendered is None or "text" not in rendered:
        return rendered
    said = json.dumps(rendered, sort_keys=True, ensure_ascii=False)
    return {"digest": hmac.digest(work.store.key, said.encode(), "sha256").hex()}
