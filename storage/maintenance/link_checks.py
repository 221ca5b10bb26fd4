"""The check of the ledger's links: one walk over all events, in the order in which they were written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.ledger_key import LedgerKey, canonical, is_keyed
from storage.repositories.ledger import START, link_of
from storage.repositories.ledger_count import Count
from storage.tables import EVENT, EventRow

SEALED = "Sealed"
ERASED = "DataErased"
EVENTS = select(EVENT).order_by(EVENT.c.id)


@dataclass(frozen=True, kw_only=True)
class Tail:
    """The last event of a chain; `place` counts all events, from 1 on."""

    place: int = 0
    seq: int = 0
    at: datetime | None = None
    digest: str = START
    case_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Numbers that no event has, and when those beside them happened."""

    first: int
    last: int
    since: datetime | None
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An event that refers to a row: which, whose, and the digest that it gives."""

    place: int
    complaint: int | None
    seq: int
    actor: int | None
    digest: str


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What was taken as it stood; `holds` where that is what stands there now."""

    place: int
    at: datetime
    events: int
    broken: int
    holds: bool


class LinkCheck:
    """Walks the events once, and remembers what is to be compared with other rows and with heads."""

    def __init__(self, key: LedgerKey, at: Collection[int] = ()) -> None:
        self.key = key
        self.count = Count()
        self.highest = 0
        self.tails: dict[int | None, Tail] = {}
        self.breaks: list[tuple[int | None, int]] = []
        self.strange: list[tuple[int, EventRow]] = []  # by another scheme than today's
        self.seals: list[Seal] = []
        self.gaps: list[Gap] = []
        self.folds: dict[int, str] = {0: self.count.fold} if 0 in at else {}
        self.words: dict[int, Mention] = {}
        self.households: dict[int, Mention] = {}
        self.erased: set[int] = set()
        self._wanted = frozenset(at)
        self._content = sha256()
        self._before: datetime | None = None

    async def walk(self, connection: AsyncConnection) -> None:
        async for row in await connection.stream(EVENTS):
            self.add(row)  # type: ignore[arg-type]  # all columns of the table

    @property
    def content(self) -> str:
        """One digest over everything that all events say."""
        return self._content.hexdigest()

    def add(self, row: EventRow) -> None:
        holds = self._holds(row)
        if not holds:
            self.breaks.append((row.complaint, row.seq))
        if row.kind == SEALED and row.complaint is None:
            self._seal(row, holds=holds)
        self._numbered(row)
        self.count = self.count.plus([row.digest])
        if row.scheme != self.key.scheme:
            self.strange.append((self.count.events, row))
        if self.count.events in self._wanted:
            self.folds[self.count.events] = self.count.fold
        link = link_of(row)
        self._content.update(canonical([vars(link), row.digest]))
        self.tails[row.complaint] = Tail(
            place=self.count.events, seq=row.seq, at=row.at, digest=row.digest, case_digest=row.case_digest
        )
        self._mentions(row)

    def _holds(self, row: EventRow) -> bool:
        """The place and, where the scheme lets us see it, the digest."""
        tail = self.tails.get(row.complaint, Tail())
        if (row.seq, row.previous) != (tail.seq + 1, tail.digest):
            return False
        seen = not is_keyed(row.scheme) or row.scheme == self.key.scheme
        return not seen or link_of(row).digest(self.key) == row.digest

    def _seal(self, row: EventRow, *, holds: bool) -> None:
        said: dict[str, Any] = row.body
        same = (said["events"], said["fold"], said["content"]) == (self.count.events, self.count.fold, self.content)
        mine = row.scheme == self.key.scheme
        sealed = Seal(
            place=self.count.events + 1,
            at=row.at,
            events=said["events"],
            broken=said["broken"],
            holds=holds and mine and same,
        )
        self.seals.append(sealed)

    def _numbered(self, row: EventRow) -> None:
        if row.id > self.highest + 1:
            self.gaps.append(Gap(first=self.highest + 1, last=row.id - 1, since=self._before, until=row.at))
        self.highest, self._before = row.id, row.at

    def _mentions(self, row: EventRow) -> None:
        body: Any = row.body if isinstance(row.body, dict) else {}
        if row.complaint is None:
            self.erased |= set(body.get("words") or ()) if row.kind == ERASED else set()
            return
        mention = Mention(
            place=self.count.events, complaint=row.complaint, seq=row.seq, actor=row.actor, digest=row.words_digest
        )
        words, household = body.get("words"), body.get("complainant")
        if isinstance(words, int) and (row.words_digest or words not in self.words):
            self.words[words] = mention
        if isinstance(household, int):
            self.households.setdefault(household, mention)

    def tails_digest(self) -> str:
        """One digest over the last links of all chains."""
        over = sha256()
        for chain in sorted(self.tails, key=lambda complaint: complaint or 0):
            over.update(self.tails[chain].digest.encode())
        return over.hexdigest()

    def unsealed(self) -> Iterable[EventRow]:
        """Events of other schemes that no seal covers."""
        sealed = max((s.place for s in self.seals if s.holds), default=0)
        return (row for place, row in self.strange if place > sealed)
