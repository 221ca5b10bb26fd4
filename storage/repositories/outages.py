"""Outages: the times in which the bot didn't hear, or couldn't tell."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from complaints.model.enums import Outage
from storage.db.unit_of_work import UnitOfWork, memoised
from storage.tables import LIVENESS, OUTAGE, LivenessRow, OutageRow

# Seconds of real time without a sign of life from which on it is an outage; a change of the leader takes less.
LEAST = 20.0
SINCE = select(OUTAGE).where(OUTAGE.c.ended > bindparam("begin")).order_by(OUTAGE.c.id)
LAST = select(LIVENESS)
ONE = 1


async def between(work: UnitOfWork, begin: datetime, end: datetime) -> list[Outage]:
    """The outages that reach into the window, the one that lasts still among them."""
    since: tuple[datetime, list[Outage]] | None = work.cache.get("outages since")
    known = since[1] if since and since[0] <= begin else await _since_then(work, begin)
    found = [outage for outage in known if outage.ended > begin and outage.began < end]
    return [*found, *([lasting] if (lasting := await _lasting(work)) else [])]


async def _since_then(work: UnitOfWork, begin: datetime) -> list[Outage]:
    rows = await work.rows_of(OutageRow, SINCE, begin=begin)
    return [Outage(began=row.began, ended=row.ended) for row in rows]


async def look_up(work: UnitOfWork, begin: datetime) -> None:
    """All since then in one read, for what will ask for several windows."""
    work.cache["outages since"] = (begin, await _since_then(work, begin))


@memoised
async def _lasting(work: UnitOfWork) -> Outage | None:
    """From the last sign of life until now, if that is an outage."""
    last = await work.first_of(LivenessRow, LAST)
    return _since(work, last) if last is not None else None


def _since(work: UnitOfWork, last: LivenessRow) -> Outage | None:
    """Case time may have been moved meanwhile; only what passed in real time was lost."""
    passed = work.real - last.real
    if passed < LEAST:
        return None
    return Outage(began=max(last.at, work.now - timedelta(seconds=passed)), ended=work.now)


async def live(work: UnitOfWork) -> None:
    """The bot hears and can tell: what lay between this and the last sign of life is an outage if it was long."""
    last = await work.first_of(LivenessRow, LAST)
    if last is not None and (outage := _since(work, last)) is not None:
        work.queue_write(OUTAGE.insert(), {"began": outage.began, "ended": outage.ended})
    sign = {"at": work.now, "real": work.real}
    fresh = work.insert(LIVENESS).values(id=ONE, **sign)
    work.queue_write(fresh.on_conflict_do_update(index_elements=["id"], set_=sign))
