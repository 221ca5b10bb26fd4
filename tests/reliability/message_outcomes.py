"""Helpers that find a message as people and the database see it."""

from sqlalchemy import select

from demo.sample_city import SampleCity
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import OUTBOX
from storage.repositories.destinations import DESTINATION

MARK = "（可能重复）"
CARD = "编号"  # stands on every card and receipt


def copies(who, words: str = "") -> list[str]:
    """Everything that the bot has said to somebody with these words in it."""
    return [shown.text for shown in who.sees if shown.from_bot and words in shown.text]


def marks(who, words: str = "") -> list[bool]:
    """Of each copy that arrived, whether it says that it may be a repeat."""
    return [text.startswith(MARK) for text in copies(who, words)]


async def outbox(city: SampleCity, state: str) -> list[str]:
    """The kinds of the messages in that state."""
    async with city.app.store.work(city.clock.now()) as work:
        return [row.kind for row in await work.rows(select(OUTBOX.c.kind).where(OUTBOX.c.state == state))]


async def inbox(city: SampleCity) -> list[str]:
    """The state of every update, in the order in which they were stored."""
    async with city.app.store.work(city.clock.now()) as work:
        return [row.state for row in await work.rows(select(INBOX.c.state).order_by(INBOX.c.id))]


async def reachable(city: SampleCity, chat: int) -> bool:
    async with city.app.store.work(city.clock.now()) as work:
        row = await work.first(select(DESTINATION.c.reachable).where(DESTINATION.c.chat == chat))
    return bool(row.reachable)
