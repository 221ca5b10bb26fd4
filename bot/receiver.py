"""Telegram → inbox: raw updates are stored before they are confirmed."""

import asyncio
import json
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import structlog
from telegram.constants import ChatAction
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.outcomes import WrongToken
from storage import inbox
from storage.inbox import Arrival
from storage.work import Store

# python-telegram-bot would rather parse updates itself; here their bytes matter, also those it can't parse.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")

log = structlog.get_logger("receiver")
HEARD = ["message", "callback_query", "my_chat_member"]
LONG_POLL = 25  # seconds
BATCH = 100
ALBUM_WAIT = 1.0  # seconds of real time in which the parts of an album find together
PAUSE = 2.0  # seconds after a failed poll


class Receiver:
    """Long polling; `heard` is set whenever something new was stored."""

    def __init__(self, store: Store, bot: ExtBot[Any], clock: Clock, heard: asyncio.Event) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.heard = heard
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop: a poll that waits is broken off, what has come is stored first."""
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            poll = asyncio.create_task(self._ask(LONG_POLL))
            await asyncio.wait({poll, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not poll.done():
                poll.cancel()
                break
            await self._take(poll, stopped)

    async def _take(self, poll: asyncio.Task[Any], stopped: asyncio.Task[Any]) -> None:
        """Store what the poll brought; what fails is tried again after a while."""
        try:
            await self._keep(poll.result())
        except InvalidToken as error:
            raise WrongToken from error
        except TelegramError as error:
            await asyncio.wait({stopped}, timeout=_pause(error))

    async def step(self, seconds: int = 0) -> bool:
        """One poll of at most so many seconds; True if anything was new."""
        return await self._keep(await self._ask(seconds))

    async def _ask(self, seconds: int) -> Any:
        asked = {"offset": self._offset, "timeout": seconds, "limit": BATCH, "allowed_updates": HEARD}
        known = {name: value for name, value in asked.items() if value is not None}
        return await self.bot.do_api_request("getUpdates", api_kwargs=known, read_timeout=seconds + 10)

    async def _keep(self, raw: Any) -> bool:
        """What came is stored, and the next poll confirms it."""
        updates = [u for u in raw if isinstance(u, Mapping) and _fits(u.get("update_id"))]
        if raw and not updates:
            raise TelegramError("nothing of the answer can be read")
        if not updates:
            self._offset = None  # after a quiet week ids begin anew at random: ask for whatever there is
            return False
        arrivals = [arrival(update, self.clock.real()) for update in updates]
        new = await inbox.keep(self.store, self.bot.id, arrivals, self.clock.now())
        self._offset = max(update["update_id"] for update in updates) + 1
        if new:
            self.heard.set()
            await self._type({_chat(update) for update in updates if _album(update)} - {0})
        return new > 0

    async def _type(self, chats: Iterable[int]) -> None:
        """While an album finds together, whoever sent it sees that somebody is at work; best effort."""
        for chat in chats:
            with suppress(TelegramError):
                await self.bot.send_chat_action(chat, ChatAction.TYPING, read_timeout=ALBUM_WAIT)


def _pause(error: TelegramError) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait if isinstance(wait, int) else wait.seconds)
    log.warning("no updates", why=type(error).__name__)
    return PAUSE * 2 if isinstance(error, Conflict) else PAUSE


def arrival(update: Mapping[str, Any], real: float) -> Arrival:
    """The update with its actor, and the album that it is part of."""
    album = _album(update)
    return Arrival(
        update_id=update["update_id"],
        actor=actor_of(update),
        raw=json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        album=album,
        not_before=real + ALBUM_WAIT if album else 0.0,
    )


def _fits(number: object) -> bool:
    """Databases keep 64 bits; Telegram's numbers have fewer."""
    return isinstance(number, int) and -(2**63) <= number < 2**63


def _album(update: Mapping[str, Any]) -> str:
    message = update.get("message")
    found = message.get("media_group_id") if isinstance(message, Mapping) else None
    return str(found)[:64] if found else ""


def _chat(update: Mapping[str, Any]) -> int:
    """The private chat of a message, else 0."""
    chat = update["message"].get("chat")
    private = isinstance(chat, Mapping) and chat.get("type") == "private" and _fits(chat.get("id"))
    return int(chat["id"]) if private else 0


def actor_of(update: Mapping[str, Any]) -> int:
    """The sender's id, else the chat's, else 0: whose updates are handled in order."""
    for part in update.values():
        if not isinstance(part, Mapping):
            continue
        chat = part.get("chat")
        for who in (part.get("from"), chat):
            if isinstance(who, Mapping) and _fits(who.get("id")):
                return int(who["id"])
    return 0
