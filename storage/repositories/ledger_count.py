"""The count of the ledger: one row that says how many events there are, and proves all their links in their order."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.ledger_key import LedgerKey
from storage.db.unit_of_work import UnitOfWork
from storage.tables import EVENT, LEDGER, LedgerRow

ONLY = 1
COUNT = select(LEDGER).where(LEDGER.c.id == ONLY)
REPLACE = update(LEDGER).where(
    LEDGER.c.id == ONLY, LEDGER.c.events == bindparam("old_events"), LEDGER.c.fold == bindparam("old_fold")
)


@dataclass(frozen=True, kw_only=True)
class Count:
    """So many events, and the fold of their links: each digest with the fold before it."""

    events: int = 0
    fold: str = "0" * 64

    def plus(self, links: Iterable[str]) -> "Count":
        events, fold = self.events, self.fold
        for link in links:
            events, fold = events + 1, sha256(f"{fold}{link}".encode()).hexdigest()
        return Count(events=events, fold=fold)

    def columns(self, key: LedgerKey) -> dict[str, object]:
        return {"events": self.events, "fold": self.fold, "scheme": key.scheme, "digest": self.proof(key)}

    def proof(self, key: LedgerKey) -> str:
        return key.over(["ledger", self.events, self.fold])


async def stored(connection: AsyncConnection) -> LedgerRow | None:
    """The row as it stands; nobody else counts on until the transaction ends, where it writes."""
    return (await connection.execute(COUNT.with_for_update())).first()  # type: ignore[return-value]  # its columns


async def seen(connection: AsyncConnection) -> LedgerRow | None:
    """The row as a snapshot has it."""
    return (await connection.execute(COUNT)).first()  # type: ignore[return-value]  # its columns


async def events(connection: AsyncConnection) -> int:
    """How many there are, whatever the row says."""
    return (await connection.execute(select(func.count()).select_from(EVENT))).scalar_one()


async def put(connection: AsyncConnection, count: Count, key: LedgerKey) -> None:
    """Whatever stood there."""
    changed = await connection.execute(update(LEDGER).where(LEDGER.c.id == ONLY).values(count.columns(key)))
    if not changed.rowcount:
        await connection.execute(insert(LEDGER).values(id=ONLY, **count.columns(key)))


def count_on(work: UnitOfWork, link: str) -> None:
    """One more event: written before all else of the work, so that events have their ids in the order of the fold."""
    links: list[str] = work.cache.setdefault("links", [])
    if not links:
        work.write_first(lambda connection: _advance(work, connection, links))
    links.append(link)


async def _advance(work: UnitOfWork, connection: AsyncConnection, links: list[str]) -> None:
    """By what this process knows of the count; the row is read only where another one has counted on meanwhile."""
    store = work.store
    known: Count | None = store.counted
    if known is not None:
        fresh = known.plus(links)
        seen = {"old_events": known.events, "old_fold": known.fold}
        if await store.statements.write(connection, REPLACE, [{**seen, **fresh.columns(store.ledger_key)}]):
            store.counted = fresh
            return
    row = await stored(connection)
    fresh = (Count(events=row.events, fold=row.fold) if row else Count()).plus(links)
    await put(connection, fresh, store.ledger_key)
    store.counted = fresh
