"""Sealing: a ledger that no key, or another one, has made is taken as it stands, and says so from then on."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.db import migrating
from storage.db.errors import StorageFault
from storage.db.ledger_key import LedgerKey, is_keyed
from storage.maintenance.link_checks import SEALED, LinkCheck, Tail
from storage.repositories import ledger_count, row_digests
from storage.repositories.ledger import Link
from storage.tables import COMPLAINT, EVENT, HOUSEHOLD, STATEMENT, LedgerRow

BATCH = 500
ROWS: tuple[tuple[Table, Callable[[LedgerKey, Mapping[str, Any]], str]], ...] = (
    (COMPLAINT, row_digests.of_case),
    (STATEMENT, row_digests.of_statement),
    (HOUSEHOLD, row_digests.of_household),
)
KEYED_EVENT = select(EVENT.c.id).where(EVENT.c.scheme.startswith("hmac")).limit(1)
ANY_EVENT = select(EVENT.c.id).limit(1)


class OtherSecret(StorageFault):
    """The ledger was sealed with another secret than the one that is set."""


async def migrate(url: str, key: LedgerKey, at: datetime) -> tuple[str | None, str]:
    """`storage.db.migrating.migrate`; what an older version has written is sealed as it stands, in one transaction."""

    async def then(connection: AsyncConnection, changed: bool) -> None:
        await sealed(connection, key, at, anew=changed)

    return await migrating.migrate(url, then)


async def make_sure(engine: AsyncEngine, key: LedgerKey, at: datetime) -> int | None:
    """At the start: a ledger that was kept without a secret is sealed by it; how many events that are, if so."""
    async with engine.connect() as connection:
        if not await _wants(connection, await ledger_count.seen(connection), key):
            return None
    async with engine.begin() as connection:
        return await sealed(connection, key, at)


async def sealed(connection: AsyncConnection, key: LedgerKey, at: datetime, *, anew: bool = False) -> int | None:
    """Seal what isn't sealed yet, or `anew` what a migration has written; OtherSecret where the key doesn't fit."""
    row = await ledger_count.stored(connection)
    if await _wants(connection, row, key) or (anew and row is not None):
        return await seal(connection, key, at)
    return None


async def _wants(connection: AsyncConnection, row: LedgerRow | None, key: LedgerKey) -> bool:
    """Only a ledger of which nothing was ever sealed with a secret: everything else is for people to look at."""
    if row is not None and row.scheme == key.scheme:
        return False
    if row is not None and is_keyed(row.scheme):
        raise OtherSecret(
            "the ledger was sealed with another MASHANG_SECRET: set that one again, or look at it with "
            "`mashang audit verify` and seal it as it stands with `mashang audit seal`"
        )
    if (await connection.execute(KEYED_EVENT)).first() is not None:
        return False
    return (await connection.execute(ANY_EVENT)).first() is not None


async def seal(connection: AsyncConnection, key: LedgerKey, at: datetime) -> int:
    """Digests of all rows are made anew, and an event says of how many others everything was taken as it stood."""
    links = LinkCheck(key)
    await links.walk(connection)
    for table, digest in ROWS:
        await _prove(connection, table, digest, key)
    tail = links.tails.get(None, Tail())
    at = max([at, *(tail.at for tail in links.tails.values() if tail.at)])  # no clock goes back in the ledger
    body = {
        **asdict(links.count),
        "content": links.content,
        "broken": len(links.breaks),
        "schemes": sorted({row.scheme for _, row in links.strange}),
    }
    link = Link(
        complaint=None,
        seq=tail.seq + 1,
        at=at,
        actor=None,
        kind=SEALED,
        body=body,
        previous=tail.digest,
        scheme=key.scheme,
    )
    digest_of_link = link.digest(key)
    await ledger_count.put(connection, links.count.plus([digest_of_link]), key)
    await connection.execute(EVENT.insert(), {**vars(link), "digest": digest_of_link})
    return links.count.events


async def _prove(
    connection: AsyncConnection, table: Table, digest: Callable[[LedgerKey, Mapping[str, Any]], str], key: LedgerKey
) -> None:
    """In small parts: a city has a hundred thousand cases."""
    after = -1
    proven = update(table).where(table.c.id == bindparam("which")).values(digest=bindparam("proof"))
    part = select(table).order_by(table.c.id).limit(BATCH)
    while rows := (await connection.execute(part.where(table.c.id > after))).mappings().all():
        await connection.execute(proven, [{"which": row["id"], "proof": digest(key, dict(row))} for row in rows])
        after = rows[-1]["id"]
