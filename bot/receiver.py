"""Telegram → inbox: raw updates are stored before they are confirmed."""

import asyncio
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import httpx
import structlog
from telegram.constants import ChatAction
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.arriving import ALBUM_WAIT, addressed, album_of, arrival, fits, private_chat
from bot.clock import Clock
from bot.outcomes import WrongToken
from bot.patience import or_later
from complaints.cleaning import clean
from storage import inbox
from storage.work import Store
from views.callbacks import says_danger

# python-telegram-bot would rather parse updates itself; here their bytes matter, also those it can't parse.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")

log = structlog.get_logger("receiver")
HEARD = ["message", "callback_query", "my_chat_member"]
LONG_POLL = 25  # seconds
BATCH = 100
PAUSE = 2.0  # seconds after a failed poll
STANDS_BY = 0.25  # seconds between two looks whether this start leads by now
DEAF_AT_MOST = 600.0  # seconds for which deadlines wait where messages can be sent and yet none come in


class Intake:
    """Stores what came; `heard` is set whenever something of it was new."""

    def __init__(self, store: Store, bot: ExtBot[Any], clock: Clock, heard: asyncio.Event) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.heard = heard

    async def keep(self, updates: Sequence[Mapping[str, Any]]) -> bool:
        """All of them in one transaction; False where everything is known and nothing was left out."""
        real = self.clock.real()
        in_order = sorted(updates, key=lambda update: update["update_id"])  # each person's, however they came
        kept = [update for update in in_order if addressed(update, self.bot.id, self.bot.username)]
        arrivals = [replace(arrival(update, real), urgent=self._urgent(update)) for update in kept]
        new = await inbox.keep(self.store, self.bot.id, arrivals, self.clock.now(), real)
        if new:
            self.heard.set()
            await self._type({private_chat(update) for update in kept if album_of(update)} - {0})
        return new > 0 or len(kept) < len(updates)

    def _urgent(self, update: Mapping[str, Any]) -> bool:
        """Words or a tap by which somebody says that there is danger."""
        parts = [part for part in update.values() if isinstance(part, Mapping)]
        said = [part.get(name) for part in parts for name in ("text", "caption")]
        tapped = [str(part.get("data", "")) for part in parts]
        known = self.store.rules.catalogue
        return any(isinstance(s, str) and known.dangerous(clean(s)) for s in said) or any(map(says_danger, tapped))

    async def _type(self, chats: Iterable[int]) -> None:
        """While an album finds together, whoever sent it sees that somebody is at work; best effort."""
        for chat in chats:
            with suppress(TelegramError):
                await self.bot.send_chat_action(chat, ChatAction.TYPING, read_timeout=ALBUM_WAIT)


class Deafness:
    """Since when (in real time) may something wait at the messenger that we haven't heard?

    While the messenger can't be reached at all nobody could be told of an expiry either: then there is no end to it.
    """

    def __init__(self, since: float) -> None:
        self._since: float | None = since
        self._cut_off = False
        self.heard: datetime | None = None  # the case time by which all that had waited was stored

    def __bool__(self) -> bool:
        return self._since is not None

    def begin(self, real: float, *, cut_off: bool = False, anew: bool = False) -> None:
        """`anew`: nothing of what was known before counts, as when another start has heard meanwhile."""
        self._since = real if self._since is None or anew else self._since
        self._cut_off = cut_off

    def end(self, now: datetime) -> None:
        if self._since is not None:
            self._since, self.heard = None, now

    def is_over(self, real: float) -> bool:
        return self._since is None or (not self._cut_off and real - self._since > DEAF_AT_MOST)


def _pause(error: TelegramError) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait if isinstance(wait, int) else wait.seconds)
    log.warning("no updates", why=type(error).__name__)
    return PAUSE * 2 if isinstance(error, Conflict) else PAUSE


class Receiver:
    """Long polling while `leads` says so."""

    def __init__(self, intake: Intake, leads: Callable[[], bool]) -> None:
        self.intake = intake
        self.bot = intake.bot
        self.clock = intake.clock
        self.leads = leads
        self._offset: int | None = None
        self._unhooked = False
        self._asleep = asyncio.Event()
        self._deaf = Deafness(self.clock.real())

    def hears(self) -> bool:
        """Whether everything that people have sent is stored; else a deadline must wait for what they did in time."""
        return self._deaf.is_over(self.clock.real())

    def heard(self) -> datetime | None:
        """The case time by which all that had waited at the messenger was stored; None where that never was."""
        return self._deaf.heard

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop: a poll that waits is broken off, what has come is stored first."""
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            if not self.leads():
                self._deaf.begin(self.clock.real(), anew=True)
                await asyncio.wait({stopped}, timeout=STANDS_BY)
                continue
            self._asleep.clear()
            poll = asyncio.create_task(self._ask(0 if self._deaf else LONG_POLL))
            slept = asyncio.create_task(self._asleep.wait())
            await asyncio.wait({poll, stopped, slept}, return_when=asyncio.FIRST_COMPLETED)
            slept.cancel()
            if poll.done():
                await self._take(poll, stopped)
            else:
                poll.cancel()  # what it would have brought comes again: nothing of it is confirmed

    def slept(self) -> None:
        """The process stood still: what people did meanwhile may lie at the messenger, so it is asked at once."""
        self._deaf.begin(self.clock.real())
        self._asleep.set()

    async def _take(self, poll: asyncio.Task[Any], stopped: asyncio.Task[Any]) -> None:
        """Store what the poll brought; what fails is tried again after a while."""
        try:
            await or_later(partial(self._keep, poll.result()), "storing updates", False)
        except InvalidToken as error:
            raise WrongToken from error
        except TelegramError as error:
            self._deaf.begin(self.clock.real(), cut_off=isinstance(error.__cause__, httpx.TransportError))
            self._unhooked &= not isinstance(error, Conflict)
            await asyncio.wait({stopped}, timeout=_pause(error))

    async def step(self, seconds: int = 0) -> bool:
        """One poll of at most so many seconds; True if anything was new."""
        if not self.leads():
            return False
        return await self._keep(await self._ask(seconds))

    async def _ask(self, seconds: int) -> Any:
        if not self._unhooked:  # Telegram answers no polls while a webhook is set
            await self.bot.delete_webhook()
            self._unhooked = True
        asked = {"offset": self._offset, "timeout": seconds, "limit": BATCH, "allowed_updates": HEARD}
        known = {name: value for name, value in asked.items() if value is not None}
        return await self.bot.do_api_request("getUpdates", api_kwargs=known, read_timeout=seconds + 10)

    async def _keep(self, raw: Any) -> bool:
        """What came is stored, and the next poll confirms it."""
        updates = [u for u in raw if isinstance(u, Mapping) and fits(u.get("update_id"))]
        if raw and not updates:
            raise TelegramError("nothing of the answer can be read")
        new = await self.intake.keep(updates) if updates else False
        # After a quiet week ids begin anew at random: where nothing waits, ask for whatever there is.
        self._offset = max(update["update_id"] for update in updates) + 1 if updates else None
        if len(raw) < BATCH:
            self._deaf.end(self.clock.now())
        return new
