"""Voice messages that have come since the last look, by the ledger."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import BigInteger, bindparam, func, select

from complaints.model.events import Filed, Joined, RatingExplained, Supplemented
from storage.tables import EVENT
from storage.work import Work

SPOKEN = tuple(event.name for event in (Filed, Joined, Supplemented, RatingExplained))
AT_FIRST = timedelta(hours=24)  # how far back the first look goes
OVERLAP = 500  # events: what was written at the same time may be numbered before what was seen already
NEWEST = select(func.max(EVENT.c.id).label("found"))
NEWER = (
    select(EVENT.c.complaint, EVENT.c.body["words"].as_string().cast(BigInteger).label("words"))
    .where(
        EVENT.c.id > bindparam("since"),
        EVENT.c.id <= bindparam("until"),
        EVENT.c.at >= bindparam("begin"),
        EVENT.c.kind.in_(SPOKEN),
        EVENT.c.body["voice"].as_boolean().is_(True),
    )
    .order_by(EVENT.c.id)
)


@dataclass
class Search:
    """Remembers how far it has looked, and what it has found there."""

    until: int = 0
    known: set[tuple[int, int]] = field(default_factory=set)

    async def newer(self, work: Work) -> list[tuple[int, int]]:
        """Case and statement of each voice message that wasn't found before, the oldest first."""
        row = await work.first(NEWEST)
        newest = (row.found if row else None) or 0
        if newest == self.until:
            return []
        begin = work.now - AT_FIRST
        asked = {"since": max(0, self.until - OVERLAP), "until": newest, "begin": begin}
        found = [(r.complaint, r.words) for r in await work.rows(NEWER, **asked) if r.words is not None]
        fresh = [one for one in dict.fromkeys(found) if one not in self.known]
        self.known |= set(fresh)
        self.until = newest
        return fresh
