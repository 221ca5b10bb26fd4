"""The two Telegram clients: aiogram's, which handles updates offline, and python-telegram-bot's, which calls."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.types import User
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeDefault
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.backoff import Backoff
from bot.clock import waited
from bot.delivery.telegram_request import TelegramRequest
from bot.outcomes import FencedOff, WrongToken
from bot.server_time import ServerTime
from bot.settings import Settings
from views import commands
from views.framework.translator import translator

log = structlog.get_logger("telegram_client")
os.environ.setdefault("PTB_TIMEDELTA", "1")
CALL_TIMEOUT = 8.0  # seconds: the longest that one call may last
CONNECT_PAUSE, LONGEST_PAUSE = 2.0, 10.0  # seconds between two tries at the start
SEND_FENCE: ContextVar[Callable[[], bool] | None] = ContextVar("SEND_FENCE", default=None)


class NoNetworkSession(BaseSession):
    """aiogram only handles updates: every call of its own is refused."""

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        raise RuntimeError(f"aiogram must not call {type(method).__name__}: say it through the outbox")

    async def stream_content(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("aiogram must not download anything")
        yield b""

    async def close(self) -> None:
        """There is nothing to close."""


class OfflineBot(Bot):
    """aiogram's bot, which knows its own name without asking."""

    def __init__(self, token: str, known: User) -> None:
        super().__init__(token, session=NoNetworkSession())
        self.known = known

    async def me(self) -> User:
        return self.known


def offline_bot(telegram_bot: ExtBot[Any]) -> OfflineBot:
    me = telegram_bot.bot
    return OfflineBot(telegram_bot.token, User(id=me.id, is_bot=True, first_name=me.first_name, username=me.username))


@contextmanager
def fenced(may_send: Callable[[], bool]) -> Iterator[None]:
    """Calls made within are refused with FencedOff where `may_send` says no at the last moment before they leave."""
    token = SEND_FENCE.set(may_send)
    try:
        yield
    finally:
        SEND_FENCE.reset(token)


def _check_fence() -> None:
    may_send = SEND_FENCE.get()
    if may_send is not None and not may_send():
        raise NetworkError("no longer leading") from FencedOff()


def make_bot(settings: Settings, server_time: ServerTime) -> ExtBot[Any]:
    """python-telegram-bot's bot, without a rate limiter of its own: the outbox dispatcher keeps the limits."""
    token = settings.token.get_secret_value() if settings.token else ""
    base = settings.api_url.rstrip("/")

    def request(connections: int, before_call: Callable[[], float]) -> TelegramRequest:
        return TelegramRequest(
            connections=connections,
            timeout=CALL_TIMEOUT,
            proxy=settings.proxy,
            before_call=before_call,
            after_call=server_time.answered,
        )

    def checked() -> float:
        _check_fence()
        return server_time.asked()

    return ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request(40, checked),
        get_updates_request=request(2, server_time.asked),
    )


class Stopped(Exception):
    """`stop` was set before Telegram answered."""


async def connect(telegram_bot: ExtBot[Any], stop: asyncio.Event | None = None) -> None:
    """getMe until it is answered, however long the network is away; WrongToken, or Stopped where `stop` is set."""
    stop = stop or asyncio.Event()
    backoff = Backoff(CONNECT_PAUSE, LONGEST_PAUSE)
    while True:
        try:
            await telegram_bot.initialize()
            break
        except InvalidToken as error:
            raise WrongToken from error
        except TelegramError as error:
            log.warning("no answer yet", why=type(error).__name__)
            if await waited(stop, backoff.failed()):
                raise Stopped from error
    await _list_commands(telegram_bot)


async def _list_commands(telegram_bot: ExtBot[Any]) -> None:
    """A resident's commands for everybody, a group's in groups; those of staff follow in each one's own chat."""
    for language in ("zh", "en"):
        t, code = translator(language), None if language == "zh" else language
        for listed, scope in (
            (commands.residents(t), BotCommandScopeDefault()),
            (commands.of_group(t), BotCommandScopeAllGroupChats()),
        ):
            with suppress(TelegramError):
                await telegram_bot.set_my_commands(
                    [BotCommand(*one) for one in listed], scope=scope, language_code=code
                )
