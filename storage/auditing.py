"""Does the ledger hold, from the first link of every chain to the last?"""

from dataclasses import dataclass

from sqlalchemy import distinct, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.ledger import EVENT, broken_links


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`breaks` are the (complaint, seq) at which a chain doesn't hold; complaint 0 is the chain outside all cases."""

    chains: int
    events: int
    breaks: tuple[tuple[int, int], ...]


async def verify(engine: AsyncEngine) -> Verdict:
    """All chains, as one snapshot has them."""
    async with engine.connect() as connection:
        snapshot = await connection.execution_options(snapshot=True)
        counted = await snapshot.execute(select(func.count(distinct(EVENT.c.complaint)), func.count()))
        chains, events = counted.one()
        breaks = tuple([link async for link in broken_links(snapshot)])
    return Verdict(chains=chains, events=events, breaks=breaks)
