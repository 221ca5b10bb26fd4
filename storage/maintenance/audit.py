"""The audit of the ledger: every chain of events, from its first link to its last."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import distinct, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.db.engine import in_snapshot
from storage.repositories.ledger import CHAIN, broken_links
from storage.tables import EVENT

LAST = select(CHAIN, func.max(EVENT.c.seq)).group_by(CHAIN)
TAILS = select(EVENT.c.digest).where(tuple_(CHAIN, EVENT.c.seq).in_(LAST)).order_by(CHAIN)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`breaks` are the (complaint, seq) at which a chain doesn't hold; no complaint is the chain outside all cases.

    `tails` is one digest over the last links of all chains: where they hold, it stands for the whole ledger.
    """

    chains: int
    events: int
    breaks: tuple[tuple[int | None, int], ...]
    tails: str


def of_chain(complaint: int | None) -> str:
    """Which chain that is, for people."""
    return "the acts outside all cases" if complaint is None else f"case {complaint}"


async def verify(engine: AsyncEngine) -> Verdict:
    """All chains, as one snapshot has them."""
    async with engine.connect() as connection:
        return await verify_in(await in_snapshot(connection))


async def verify_in(connection: AsyncConnection) -> Verdict:
    """All chains, as a transaction that is under way has them."""
    counted = await connection.execute(select(func.count(distinct(CHAIN)), func.count()))
    chains, events = counted.one()
    breaks = tuple([link async for link in broken_links(connection)])
    over = sha256()
    async for link in (await connection.stream(TAILS)).scalars():
        over.update(link.encode())
    return Verdict(chains=chains, events=events, breaks=breaks, tails=over.hexdigest())
