"""The audit of the ledger: links, what they speak of, how many there are, and heads that were kept elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.db.civil_time import CIVIL
from storage.db.engine import in_snapshot
from storage.db.ledger_key import FIRST, LedgerKey, is_keyed
from storage.maintenance import heads as compare
from storage.maintenance.heads import Head
from storage.maintenance.link_checks import Gap, LinkCheck
from storage.maintenance.row_checks import RowCheck
from storage.maintenance.row_checks import of_chain as of_chain
from storage.repositories import ledger_count
from storage.repositories.ledger_count import Count
from storage.tables import LedgerRow

LOCKED = "the ledger is sealed with a secret: set MASHANG_SECRET to it, or nothing of it can be checked"
UNSEALED = "the ledger isn't sealed with MASHANG_SECRET: `mashang audit seal` seals it as it stands"
UNPROVEN = "no MASHANG_SECRET is set: whoever can write the database can make all of this anew"
MOST_GAPS = 20


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`breaks` are the (complaint, seq) at which a chain doesn't hold; no complaint is the chain outside all cases.

    `tails` is one digest over the last links of all chains. `findings` are everything that isn't as it was recorded,
    breaks too; `remarks` are what isn't proven. `head` is unsigned, and of no instant.
    """

    chains: int
    events: int
    breaks: tuple[tuple[int | None, int], ...]
    tails: str
    findings: tuple[str, ...]
    remarks: tuple[str, ...]
    head: Head


async def verify(engine: AsyncEngine, key: LedgerKey | None = None, heads: Sequence[Head] = ()) -> Verdict:
    """Everything, as one snapshot has it."""
    async with engine.connect() as connection:
        return await verify_in(await in_snapshot(connection), key, heads)


async def verify_in(connection: AsyncConnection, key: LedgerKey | None = None, heads: Sequence[Head] = ()) -> Verdict:
    """Everything, as a transaction that is under way has it."""
    key = key or LedgerKey()
    links = LinkCheck(key, [head.events for head in heads])
    await links.walk(connection)
    row = await ledger_count.seen(connection)
    rows = RowCheck(key, links, digests=row is not None and row.scheme == key.scheme)
    beside = [finding async for finding in rows.walk(connection)]
    head = Head(
        made_at="",
        events=links.count.events,
        chains=len(links.tails),
        highest=links.highest,
        gaps=sum(gap.last - gap.first + 1 for gap in links.gaps),
        fold=links.count.fold,
        cases=rows.cases.hexdigest(),
        words=rows.words.hexdigest(),
        scheme=key.scheme,
    )
    breaks = tuple(sorted(links.breaks, key=lambda at: (at[0] or 0, at[1])))
    proven = [finding for kept in heads for finding in compare.compared(kept, head, links.folds, key)]
    return Verdict(
        chains=len(links.tails),
        events=links.count.events,
        breaks=breaks,
        tails=links.tails_digest(),
        findings=(*_of_links(breaks), *_of_schemes(links, row), *_of_count(links, row), *beside, *proven),
        remarks=tuple(_remarks(links, row)),
        head=head,
    )


def _of_links(breaks: Sequence[tuple[int | None, int]]) -> Iterator[str]:
    for case, event in breaks:
        yield f"the chain doesn't hold: {of_chain(case)}, event {event}"


def _of_schemes(links: LinkCheck, row: LedgerRow | None) -> Iterator[str]:
    """Links that the secret didn't make, and that no seal covers."""
    for seal in links.seals:
        if not seal.holds and not (is_keyed(links.key.scheme) and seal is not links.seals[-1]):
            yield f"what was sealed on {_time(seal.at)} isn't what is there"
    if not links.key.secret:
        if any(is_keyed(found.scheme) for _, found in links.strange) or (row and is_keyed(row.scheme)):
            yield LOCKED
        return
    strange = list(links.unsealed())
    if strange:
        first, last = strange[0], strange[-1]
        since = f"from {_time(first.at)} to {_time(last.at)}"
        yield f"{len(strange)} events were made without MASHANG_SECRET, or with another one, {since}, and aren't sealed"


def _of_count(links: LinkCheck, row: LedgerRow | None) -> Iterator[str]:
    key, there = links.key, links.count
    if row is None:
        if links.count.events and (key.secret or any(found.scheme != FIRST for _, found in links.strange)):
            yield UNSEALED if _is_first(links) else "the count of the ledger is missing"
        return
    if row.scheme != key.scheme:
        if key.secret:
            yield "the count of the ledger was made with another secret, or with none"
        return
    counted = Count(events=row.events, fold=row.fold)
    if counted.proof(key) != row.digest:
        yield "the count of the ledger was changed"
    elif counted.events > there.events:
        yield from _missing(links, counted.events - there.events)
    elif counted != there:
        yield f"{counted.events} events were counted, and the {there.events} that are there aren't those"


def _is_first(links: LinkCheck) -> bool:
    """Whether nothing was written since version 0.2."""
    return all(found.scheme == FIRST for _, found in links.strange) and len(links.strange) == links.count.events


def _missing(links: LinkCheck, many: int) -> Iterator[str]:
    newest = max((tail.at for tail in links.tails.values() if tail.at), default=None)
    yield f"of {links.count.events + many} events {many} are missing; the last that is there is of {_time(newest)}"
    for gap in links.gaps[:MOST_GAPS]:
        yield _numbers(gap)


def _numbers(gap: Gap) -> str:
    which = f"{gap.first}" if gap.first == gap.last else f"{gap.first} to {gap.last}"
    return f"no event has the number {which}: between {_time(gap.since)} and {_time(gap.until)}"


def _remarks(links: LinkCheck, row: LedgerRow | None) -> Iterator[str]:
    for seal in links.seals:
        was = f", {seal.broken} links of which didn't hold" if seal.broken else ""
        sealed = f"{seal.events} events were sealed as they stood on {_time(seal.at)}{was}"
        yield f"{sealed}: before that day nothing is proven"
    if not links.key.secret and links.count.events and not (row and is_keyed(row.scheme)):
        yield UNPROVEN


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(CIVIL):%Y-%m-%d %H:%M:%S}" if at else "the beginning"
