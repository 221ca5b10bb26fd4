"""Which destinations have more waiting than can be said in a minute, and what is told together there?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select, update

from complaints.notifications.notices import Priority
from complaints.policy.pack_schema import Reader
from storage.db.unit_of_work import Database, Notebook
from storage.messaging.outbox import LETTERS, POINTLESS, Letter, letter_of, put
from storage.tables import DESTINATION, OUTBOX

DIGEST = "queue"  # the kind of a letter that tells what others would have told
TOLD_IN = "in "  # the outcome of a notice that a digest tells, and the digest's key
PER_DIGEST = 60  # notices in one message: with a line each it fits, and numbers alone always do
# A first notice of a case, ready to go, which nobody waits for with the telephone in hand.
ALIKE: tuple[ColumnElement[bool], ...] = (
    OUTBOX.c.state == "ready",
    OUTBOX.c.not_before <= bindparam("real"),
    OUTBOX.c.method == "send",
    OUTBOX.c.reader.not_in(("", Reader.HOUSEHOLD.value, Reader.HOUSEHOLDS.value)),
    OUTBOX.c.repeat.is_(False),
    OUTBOX.c.plain.is_(False),
    OUTBOX.c.priority > int(Priority.REPLY),
)
WAITING = (
    select(OUTBOX.c.destination, DESTINATION.c.chat, DESTINATION.c.kind, func.count().label("many"))
    .join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
    .where(*ALIKE)
    .group_by(OUTBOX.c.destination, DESTINATION.c.chat, DESTINATION.c.kind)
    .having(func.count() > 1)
)
ALL_WAITING = select(func.count()).select_from(OUTBOX).where(*ALIKE)
THERE = (
    select(OUTBOX.c.id, OUTBOX.c.priority)
    .where(*ALIKE, OUTBOX.c.destination == bindparam("of_destination"))
    .order_by(OUTBOX.c.priority, OUTBOX.c.id)
)


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How many notices wait for a destination."""

    destination: int
    chat: int
    group: bool
    waiting: int


async def queues(store: Database, real: float) -> tuple[int, list[Queue]]:
    """How many notices wait in all, and every destination for which more than one does."""
    async with store.reading_now() as reading:
        found = (await reading.execute(WAITING, {"real": real})).all()
        overall = (await reading.execute(ALL_WAITING, {"real": real})).scalar() or 0
    made = [Queue(destination=r.destination, chat=r.chat, group=r.kind == "group", waiting=r.many) for r in found]
    return overall, made


async def gather(work: Notebook, destination: int) -> int:
    """Put the notices of a queue into digests of at most PER_DIGEST each; returns how many digests that are."""
    rows = await work.rows(THERE, real=work.real, of_destination=destination)
    parts = [rows[n : n + PER_DIGEST] for n in range(0, len(rows), PER_DIGEST)]
    for part in parts:
        _put(work, destination, [r.id for r in part], min(r.priority for r in part))
    return len(parts)


def _put(work: Notebook, destination: int, letters: Sequence[int], priority: int) -> None:
    key = f"queue:{destination}:{letters[0]}:{letters[-1]}"
    put(work, key, destination=destination, priority=priority, kind=DIGEST, facts={"letters": list(letters)})
    told = update(OUTBOX).where(OUTBOX.c.id.in_(letters), OUTBOX.c.state == "ready")
    work.write(told.values(state="digested", outcome=TOLD_IN + key), must=len(letters))


async def told_in(work: Notebook, letter: Letter) -> list[Letter]:
    """The notices that a digest tells, the most urgent first; any other letter tells itself."""
    if letter.kind != DIGEST:
        return [letter]
    mine = LETTERS.where(_told(letter)).order_by(OUTBOX.c.priority, OUTBOX.c.id)
    return [letter_of(r, letter.owner) for r in await work.rows(mine)]


def drop(work: Notebook, letters: Iterable[Letter]) -> None:
    """Notices that had no point any more when their digest was written."""
    gone = [letter.id for letter in letters]
    if gone:
        void = update(OUTBOX).where(OUTBOX.c.id.in_(gone), OUTBOX.c.state == "digested")
        work.write(void.values(state="dropped", outcome=POINTLESS))


def _told(digest: Letter) -> ColumnElement[bool]:
    return and_(OUTBOX.c.id.in_(digest.facts.get("letters", ())), OUTBOX.c.state == "digested")


# --- what became of a digest has become of its notices; other letters have none ----------------------------------


def sent(work: Notebook, letter: Letter, message_id: int | None) -> None:
    """When their digest arrived, so did they."""
    _write(work, letter, sent_at=work.now, message_id=message_id)


def missed(work: Notebook, letter: Letter, why: str) -> None:
    """Their reader can't be reached, together or one by one."""
    _write(work, letter, state="dead", outcome=why)


def release(work: Notebook, letter: Letter) -> None:
    """Where their digest can't be said they go one by one, as plain as can be."""
    _write(work, letter, state="ready", outcome="", plain=True)


def _write(work: Notebook, letter: Letter, **values: Any) -> None:
    if letter.kind == DIGEST:
        work.write(update(OUTBOX).where(_told(letter)).values(**values))
