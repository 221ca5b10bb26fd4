"""Heads of the ledger: what it held at an instant, short enough to be kept elsewhere, and signed."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.civil_time import CIVIL
from storage.db.errors import StorageFault
from storage.db.ledger_key import LedgerKey
from storage.repositories import ledger_count
from storage.repositories.ledger import CHAIN
from storage.tables import COMPLAINT, EVENT, STATEMENT

BATCH = 500  # rows between two moments at which others have their turn
END = ".head.json"


class NoHead(StorageFault):
    """A file that holds no head."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """So many events in so many chains, and one digest over all their links; one over all cases and one over all words.

    `highest` is the highest number of an event, `gaps` how many numbers below it no event has. Nothing in it is of a
    person.
    """

    made_at: str
    events: int
    chains: int
    highest: int
    gaps: int
    fold: str
    cases: str
    words: str
    scheme: str
    signature: str = ""

    def signed(self, key: LedgerKey) -> "Head":
        return replace(self, scheme=key.scheme, signature=self._proof(key))

    def _proof(self, key: LedgerKey) -> str:
        return key.over(["head", {**asdict(self), "scheme": key.scheme, "signature": ""}])

    @property
    def when(self) -> str:
        return f"{datetime.fromisoformat(self.made_at).astimezone(CIVIL):%Y-%m-%d %H:%M:%S}"

    def is_signed_by(self, key: LedgerKey) -> bool:
        return self.signature == self._proof(key)

    def dump(self) -> str:
        return json.dumps(asdict(self))


def read(file: Path) -> Head:
    """The head in a file, which may be the whole message of the operator's chat."""
    try:
        text = file.read_text(encoding="utf-8")
        found, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
        head = Head(**{one.name: found[one.name] for one in fields(Head)})
        datetime.fromisoformat(head.made_at)
    except (OSError, ValueError, KeyError, TypeError):
        raise NoHead(f"{file} holds no head of a ledger") from None
    return head


def beside(backup: Path) -> Path:
    return backup.with_name(backup.name + END)


async def current(connection: AsyncConnection, key: LedgerKey, at: datetime) -> Head | None:
    """By the count of the ledger, so that what is missing now shows later; None where nothing was counted yet."""
    row = await ledger_count.seen(connection)
    if row is None:
        return None
    chains, highest, there = (
        await connection.execute(
            select(func.count(CHAIN.distinct()), func.coalesce(func.max(EVENT.c.id), 0), func.count(EVENT.c.id))
        )
    ).one()
    head = Head(
        made_at=at.isoformat(),
        events=row.events,
        chains=chains,
        highest=highest,
        gaps=highest - there,
        fold=row.fold,
        cases=await _fold(connection, COMPLAINT),
        words=await _fold(connection, STATEMENT),
        scheme=key.scheme,
    )
    return head.signed(key)


async def _fold(connection: AsyncConnection, table: Table) -> str:
    """Over the digests of all rows, in small parts: everybody else in the process waits for each."""
    over, after = sha256(), -1
    part = select(table.c.id, table.c.digest).order_by(table.c.id).limit(BATCH)
    while rows := (await connection.execute(part.where(table.c.id > after))).all():
        for row in rows:
            over.update(row.digest.encode())
        after = rows[-1].id
        await asyncio.sleep(0)
    return over.hexdigest()


def compared(head: Head, now: Head, folds: dict[int, str], key: LedgerKey) -> Iterator[str]:
    """What the ledger says otherwise than a head of before; `folds` are those after so many events."""
    whose = f"the head of {head.when}"
    if head.scheme != key.scheme:
        yield f"{whose} was signed with another secret, or with none"
    elif not head.is_signed_by(key):
        yield f"{whose} was changed: its signature doesn't hold"
    if now.events < head.events:
        yield f"{whose} counts {head.events} events, {now.events} are there: {head.events - now.events} are missing"
    elif folds[head.events] != head.fold:
        yield f"{whose} proves other events: of the {head.events} until then some were changed or are missing"
    elif now.events == head.events and now.scheme == head.scheme:
        if now.cases != head.cases:
            yield f"{whose} proves other cases, and nothing has happened since"
        if now.words != head.words:
            yield f"{whose} proves other words, and nothing has happened since"
