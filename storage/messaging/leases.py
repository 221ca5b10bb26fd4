"""Leases: rows that say which instances of the bot live and which one leads, and run out unless renewed.

The database's own clock counts, so that replicas needn't agree on the time; each knows by its own steady clock how
long its lease holds at least (see `bot/ops/leader_election.py`).
"""

from sqlalchemy import ColumnElement, delete, literal_column, or_, select

from storage.db.engine import insert_into
from storage.db.unit_of_work import Database
from storage.messaging import inbox
from storage.tables import INBOX, LEASE

LEADER = "leader"
CLOCKS: dict[str, ColumnElement[float]] = {
    "postgresql": literal_column("extract(epoch from clock_timestamp())"),
    "sqlite": literal_column("(julianday('now') - 2440587.5) * 86400.0"),
}


def held(owner: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether that instance leads, as a condition of a statement."""
    return select(LEASE.c.name).where(LEASE.c.name == LEADER, LEASE.c.owner == owner).exists()


LONGEST = 30.0  # seconds that a lease is ever taken for


def alive(owner: str) -> str:
    """The name of the lease by which an instance shows that it lives."""
    return f"alive:{owner}"


async def renew(store: Database, name: str, owner: str, seconds: float) -> bool:
    """Take the lease, or hold it for so many seconds more; False while it is another's."""
    clock = CLOCKS[store.engine.dialect.name]
    fresh = insert_into(store.engine, LEASE).values(name=name, owner=owner, until=clock + seconds)
    # One that ends later than any can was written before the database's clock was set back.
    free = or_(LEASE.c.owner == owner, LEASE.c.until < clock, LEASE.c.until > clock + 2 * LONGEST)
    taken = fresh.on_conflict_do_update(
        index_elements=["name"], set_={"owner": owner, "until": fresh.excluded.until}, where=free
    )
    async with store.writing_now() as connection:
        return bool((await connection.execute(taken)).rowcount)


async def release(store: Database, owner: str) -> None:
    """An instance that stops gives up its leases and its claimed updates, so that others take over at once."""
    async with store.writing_now() as connection:
        await connection.execute(delete(LEASE).where(LEASE.c.owner == owner))
    await inbox.free(store, INBOX.c.owner == owner)


async def forget_all(store: Database) -> None:
    """No other instance can be running: on SQLite the file's lock proves it."""
    async with store.writing_now() as connection:
        await connection.execute(delete(LEASE))
    await inbox.free(store)


async def bury(store: Database) -> int:
    """Release the claims of instances that live no more; returns how many updates that were. For the leader only."""
    living = select(LEASE.c.owner).where(LEASE.c.until >= CLOCKS[store.engine.dialect.name])
    return await inbox.free(store, INBOX.c.owner.not_in(living))
