"""Live cards: a card whose case has changed is edited to show the present; what is spent loses its buttons."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery import telegram_methods
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.rendering import redraw
from bot.delivery.telegram_client import CALL_TIMEOUT
from bot.outcomes import Outcome, Result, WrongToken, classify_error
from storage.messaging import live_messages
from storage.messaging.live_messages import Card
from storage.work import Store, Work

CARD_GAP = 3.0  # seconds between two edits of one live card


class Cards:
    """Edits cards, one call each; the outbox dispatcher says when."""

    def __init__(self, store: Store, bot: ExtBot[Any], clock: Clock, rate_limiter: RateLimiter) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.rate_limiter = rate_limiter

    def _work(self) -> AbstractAsyncContextManager[Work]:
        return self.store.work(self.clock.now(), self.clock.real())

    async def edit(self, card: Card, answered: Callable[[], None]) -> None:
        """`answered` is called as soon as the edit has gone through, before that is written down."""
        if card.is_spent:
            await self._take_buttons(card, answered)
            return
        async with self._work() as work:
            drawn = await redraw(work, card)
            if drawn is None:
                live_messages.unlive(work, card)
                await work.commit()
                return
        screen, version = drawn
        result = Result(outcome=Outcome.SENT)
        if screen.digest() != card.content:
            edit = telegram_methods.edit(self.bot, card.chat, card.message_id, screen)
            result = await self._call(edit, answered)
        await self._record(card, result, version, screen.digest())

    async def _take_buttons(self, card: Card, answered: Callable[[], None]) -> None:
        """Where there are any: what was tapped may have lost them on its own."""
        result = Result(outcome=Outcome.SENT)
        if card.content:
            result = await self._call(telegram_methods.take_buttons(self.bot, card.chat, card.message_id), answered)
        await self._record(card, result, card.wanted, "")

    async def _call(self, call: Awaitable[None], answered: Callable[[], None]) -> Result:
        try:
            async with asyncio.timeout(CALL_TIMEOUT):
                await call
        except (TelegramError, TimeoutError) as error:
            return classify_error(error)
        answered()
        return Result(outcome=Outcome.SENT)

    async def _record(self, card: Card, result: Result, version: int, content: str) -> None:
        async with self._work() as work:
            self._result(work, card, result, version, content)
            await work.commit()

    def _result(self, work: Work, card: Card, result: Result, version: int, content: str) -> None:
        match result.outcome:
            case Outcome.SENT:
                live_messages.shown(work, card, version, content)
            case Outcome.NOT_SENT | Outcome.AMBIGUOUS:
                if result.wait:
                    self.rate_limiter.halt(card.chat, result.wait, self.clock.real())
                live_messages.postpone(work, card)
            case Outcome.UNAUTHORIZED:
                raise WrongToken
            case _:
                live_messages.unlive(work, card)
