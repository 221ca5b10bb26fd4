"""The head of the ledger, told to the operator's chat each day: kept there, it proves what the ledger held."""

import socket
from collections.abc import Awaitable, Callable

import structlog

from bot.clock import Clock
from storage.db.errors import DOWN
from storage.maintenance import heads
from storage.repositories import ledger_count
from storage.repositories.ledger_count import Count
from storage.work import Store
from views.operator.alerts import ledger_head

log = structlog.get_logger("ledger_heads")


class LedgerHeads:
    """Makes heads, where this instance leads, and hands each to `tell`."""

    def __init__(
        self, store: Store, clock: Clock, leads: Callable[[], bool], tell: Callable[[str], Awaitable[bool]]
    ) -> None:
        self.store = store
        self.clock = clock
        self.leads = leads
        self.tell = tell

    async def report(self) -> None:
        """Tell today's; without a chat it stands in the log, which is kept elsewhere, too."""
        if not self.leads():
            return
        at, key = self.clock.now(), self.store.ledger_key
        try:
            async with self.store.reading_now() as connection:
                head = await heads.current(connection, key, at)
                row = await ledger_count.seen(connection)
                there = await ledger_count.events(connection)
        except DOWN as error:
            log.error("the head of the ledger wasn't told", why=type(error).__name__)
            return
        if head is None or row is None:
            return
        counted = Count(events=row.events, fold=row.fold)
        holds = there == row.events and counted.proof(key) == row.digest
        log.info("the head of the ledger", holds=holds, head=head.dump())
        await self.tell(ledger_head(socket.gethostname(), head.when, head.dump(), holds=holds))
