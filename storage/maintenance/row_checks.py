"""The check of the rows that the ledger speaks of: cases, statements, households, and what was sent of them."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complaints.model.complaint import OPEN
from storage.db.civil_time import CIVIL
from storage.db.codec import load_complaint
from storage.db.ledger_key import LedgerKey
from storage.maintenance.link_checks import LinkCheck, Mention, Tail
from storage.repositories import row_digests
from storage.tables import COMPLAINT, HOUSEHOLD, OUTBOX, PERSON, STATEMENT, TIMER

TOLD = select(OUTBOX.c.complaint, func.max(OUTBOX.c.seq).label("seq")).group_by(OUTBOX.c.complaint)
TIMED = select(TIMER.c.complaint).distinct()


def of_chain(complaint: int | None) -> str:
    """Which chain that is, for people."""
    return "the acts outside all cases" if complaint is None else f"case {complaint}"


class RowCheck:
    """Compares rows with the links that were walked; without `digests` only which there are.

    `cases` and `words` are one digest each over the digests of all rows, in the order of their ids.
    """

    def __init__(self, key: LedgerKey, links: LinkCheck, *, digests: bool) -> None:
        self.key = key
        self.links = links
        self.digests = digests
        self.sealed = max((s.place for s in links.seals if s.holds), default=0)
        self.cases, self.words = sha256(), sha256()

    async def walk(self, connection: AsyncConnection) -> AsyncIterator[str]:
        """A sentence for everything that isn't as the ledger says."""
        async for finding in self._each(connection, select(COMPLAINT).order_by(COMPLAINT.c.id), self._case):
            yield finding
        known = set((await connection.execute(select(COMPLAINT.c.id))).scalars())
        for case in self.links.tails.keys() - known - {None}:
            yield f"{of_chain(case)} has events, and its row is missing"
        people = set((await connection.execute(select(PERSON.c.id))).scalars())
        spoken = self._each(
            connection, select(STATEMENT).order_by(STATEMENT.c.id), lambda row: self._statement(row, people)
        )
        for walked, mentions, what in (
            (spoken, self.links.words, "words"),
            (self._each(connection, select(HOUSEHOLD).order_by(HOUSEHOLD.c.id), self._household),
             self.links.households, "household"),
        ):  # fmt: skip
            self._left = dict(mentions)
            async for finding in walked:
                yield finding
            for mention in self._left.values():
                yield f"{of_chain(mention.complaint)}, event {mention.seq}: its {what} are missing"
        async for finding in self._beside(connection):
            yield finding

    async def _each(self, connection: AsyncConnection, rows: Select[Any], check: Any) -> AsyncIterator[str]:
        async for row in await connection.stream(rows):
            for finding in check(row._mapping):
                yield finding

    def _case(self, row: Mapping[str, Any]) -> Iterator[str]:
        self.cases.update(row["digest"].encode())
        which, tail = of_chain(row["id"]), self.links.tails.get(row["id"])
        if tail is None:
            yield f"{which} has no events: its whole chain is missing"
            return
        if tail.seq != row["version"] + 1:
            yield f"{which}: its row counts {row['version'] + 1} events, its chain ends with {_ending(tail)}"
        if not self.digests:
            return
        if row_digests.of_case(self.key, row) != row["digest"] or not _overdue_as_its_clocks_say(row):
            yield f"the row of {which} was changed"
        elif tail.place > self.sealed and tail.case_digest != row["digest"]:
            yield f"the row of {which} isn't the one that {_ending(tail)} left"

    def _statement(self, row: Mapping[str, Any], people: set[int]) -> Iterator[str]:
        self.words.update(row["digest"].encode())
        mention = self._left.pop(row["id"], None)
        if mention is None:
            yield f"words of {of_chain(row['complaint'])} belong to no event"
        elif self.digests and not self._said(row, mention.actor, people):
            yield f"the words of {of_chain(mention.complaint)}, event {mention.seq}, were changed"
        elif self.digests and self._differs(row, mention):
            yield f"the words of {of_chain(mention.complaint)}, event {mention.seq}, aren't those of that event"

    def _differs(self, row: Mapping[str, Any], mention: Mention) -> bool:
        """What was erased, or sealed as it stood, has another digest than that with which it was said."""
        same = mention.digest in ("", row["digest"])
        return not same and mention.place > self.sealed and row["id"] not in self.links.erased

    def _said(self, row: Mapping[str, Any], actor: int | None, people: set[int]) -> bool:
        """As it was said, also where whoever said it is gone; or erased, with an event that says so."""
        if row["id"] in self.links.erased and row["text"] + str(row["media"] or "") != "":
            return False
        says = {**row, "person": actor} if row["person"] is None and actor not in people else row
        return row["digest"] in (row_digests.of_statement(self.key, each) for each in (row, says))

    def _household(self, row: Mapping[str, Any]) -> Iterator[str]:
        self._left.pop(row["id"], None)
        if self.digests and row_digests.of_household(self.key, row) != row["digest"]:
            yield f"a household of {of_chain(row['complaint'])} was changed"

    async def _beside(self, connection: AsyncConnection) -> AsyncIterator[str]:
        """Messages and timers may outlive what they speak of, where that was taken away."""
        for row in (await connection.execute(TOLD)).all():
            tail = self.links.tails.get(row.complaint, Tail())
            if row.complaint is not None and row.seq > tail.seq:
                which = f"event {row.seq} of {of_chain(row.complaint)}"
                yield f"messages tell of {which}, its chain ends with {_ending(tail)}"
        for case in (await connection.execute(TIMED)).scalars():
            if case not in self.links.tails:
                yield f"timers belong to {of_chain(case)}, which has no events"


def _overdue_as_its_clocks_say(row: Mapping[str, Any]) -> bool:
    """What isn't open isn't overdue, and needn't be read for it."""
    if row["state"] not in OPEN and row["overdue_since"] is None:
        return True
    since: datetime | None = load_complaint(row["body"]).overdue_since
    return bool(since == row["overdue_since"])


def _ending(tail: Tail) -> str:
    return f"event {tail.seq} of {tail.at.astimezone(CIVIL):%Y-%m-%d %H:%M:%S}" if tail.at else "none"
