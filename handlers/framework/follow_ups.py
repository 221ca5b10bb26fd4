"""What is said right after a tap belongs to it, although nobody had to say anything."""

from collections.abc import Mapping
from datetime import timedelta

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State
from aiogram.types import Message

from complaints.text.small_talk import small_talk
from handlers.framework.acts import OnWords
from handlers.framework.aiogram_adapters import words
from handlers.framework.context import Context

SOON = timedelta(minutes=10)  # ours; later words are words of their own


async def expect(context: Context, state: State, complaint_id: int, **about: object) -> None:
    """Words and files that come soon are taken in this state."""
    await context.asks(state, case=complaint_id, until=int((context.now + SOON).timestamp()), **about)


async def come_soon(message: Message, context: Context) -> bool:
    """Whether this is said soon enough after the tap; thanks and questions are answered as such."""
    if small_talk(message.text or "") is not None:
        return False
    about = (await context.state.get_data()).get("about") or {}
    until: int = about.get("until", 0)
    return context.now.timestamp() <= until


def on_follow_ups(router: Router, handlers: Mapping[State, OnWords]) -> None:
    """Handlers of words that follow a tap, by the state; what comes too late goes its usual way."""
    for state, handler in handlers.items():
        router.message.register(words(handler), StateFilter(state), come_soon)
