"""What waits in a database before the bot starts: messages, cases and updates."""

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.bot_api import BOT, said
from benchmarks.city import FIRST_RESIDENT
from benchmarks.residents import WORDS
from bot.app import new_id, rules
from bot.settings import Settings
from complaints.model.notice import Priority
from complaints.usecases.resident import filing
from storage.db.engine import open_engine
from storage.messaging import inbox, outbox
from storage.messaging.arrival import Arrival
from storage.repositories import destinations, people
from storage.repositories.destinations import Destination
from storage.tables import EVENT, INBOX, OUTBOX
from storage.work import Store
from views.framework.screen import Screen

FIRST_CHAT = 20_000_000
BATCH = 1000


def _store(url: str, packs: Path | None = None) -> Store:
    return Store(open_engine(url), rules(Settings(database_url=url, packs=packs)), new_id)


async def surveys(url: str, many: int, at: datetime) -> None:
    """A message of the least priority for each of so many chats."""
    store = _store(url)
    for first in range(0, many, BATCH):
        async with store.work(at, 0.0) as work:
            for n in range(first, min(first + BATCH, many)):
                chat = Destination(id=new_id(), chat=FIRST_CHAT + n, kind="private")
                destinations.put(work, chat)
                rendered = Screen("您满意吗？").dump()
                outbox.put(
                    work, f"b:{n}", destination=chat.id, priority=int(Priority.SURVEY), kind="reply", rendered=rendered
                )
            await work.commit()
    await store.engine.dispose()


async def cases(url: str, many: int, at: datetime, packs: Path | None, *, all_sent: bool = True) -> None:
    """Each of the first residents has filed at that moment; `all_sent`: nothing waits to be sent any more."""
    store = _store(url, packs)
    for n in range(many):
        async with store.work(at, 0.0) as work:
            known = await people.by_user(work, FIRST_RESIDENT + n)
            if known is None or known.home is None:
                raise LookupError(n)
            matter = work.rules.catalogue.get("lighting_out")
            draft = filing.Draft(
                text=WORDS,
                matter=matter.id,
                kind=matter.kind.value,
                danger=False,
                contact="bot",
                home=known.home,
                building=known.home.building,
            )
            await filing.file(work, await people.actor(work, known), draft)
            await work.commit()
    if all_sent:
        async with store.writing_now() as connection:
            sent = {"state": "sent", "sent_at": at}
            await connection.execute(OUTBOX.update().where(OUTBOX.c.state == "ready").values(**sent))
    await store.engine.dispose()


async def updates(url: str, many: int, senders: int, at: datetime) -> None:
    """Words of residents that were stored and not handled, as after an outage of the handlers."""
    store, rows = _store(url), []
    for n in range(1, many + 1):
        user = FIRST_RESIDENT + n % senders
        update = {"update_id": n, "message": said(user, "谢谢", n)}
        rows.append(Arrival(update_id=n, sender_id=user, raw=json.dumps(update).encode()))
    for first in range(0, many, BATCH):
        await inbox.keep(store, BOT["id"], rows[first : first + BATCH], at, 0.0)
    await store.engine.dispose()


async def count_events(url: str, kind: str) -> int:
    return await _count(url, select(func.count()).select_from(EVENT).where(EVENT.c.kind == kind))


async def count_handled(url: str) -> int:
    return await _count(url, select(func.count()).select_from(INBOX).where(INBOX.c.state == "done"))


async def _count(url: str, query: object) -> int:
    engine = open_engine(url)
    try:
        async with engine.connect() as connection:
            return int((await connection.execute(query)).scalar() or 0)  # type: ignore[call-overload]
    finally:
        await engine.dispose()
