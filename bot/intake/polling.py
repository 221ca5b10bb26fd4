"""Long polling: raw updates from Telegram are stored in the inbox before they are confirmed."""

import asyncio
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from telegram.constants import ChatAction
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.backoff import Backoff
from bot.clock import Clock, waited
from bot.intake.intake_gap import IntakeGap
from bot.intake.update_filter import ALBUM_WAIT, album_of, arrival, fits, is_for_bot, private_chat
from bot.ops.retry import or_default, pauses
from bot.outcomes import WrongToken, seconds
from complaints.text.sanitizing import clean
from storage.messaging import inbox
from storage.work import Store
from views.framework.callbacks import says_danger

# python-telegram-bot would rather parse updates itself; here their bytes matter, also those it can't parse.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")

log = structlog.get_logger("polling")
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
LONG_POLL = 25  # seconds
BATCH = 100
PAUSE = 2.0  # seconds after a failed poll, and longer after each further one
LONGEST = 10.0  # seconds between two polls while they fail
STANDBY_PAUSE = 0.25  # seconds between two checks whether this instance leads by now


class UpdateStore:
    """Stores updates; `wake_worker` is set whenever one of them was new."""

    def __init__(self, store: Store, bot: ExtBot[Any], clock: Clock, wake_worker: asyncio.Event) -> None:
        self.store = store
        self.bot = bot
        self.clock = clock
        self.wake_worker = wake_worker

    async def keep(self, updates: Sequence[Mapping[str, Any]]) -> bool:
        """All of them in one transaction; False where everything is known and nothing was left out."""
        real = self.clock.real()
        in_order = sorted(updates, key=lambda update: update["update_id"])  # each person's, however they came
        kept = [update for update in in_order if is_for_bot(update, self.bot.id, self.bot.username)]
        arrivals = [replace(arrival(update, real), urgent=self._urgent(update)) for update in kept]
        new = await inbox.keep(self.store, self.bot.id, arrivals, self.clock.now(), real)
        if new:
            self.wake_worker.set()
            await self._type({private_chat(update) for update in kept if album_of(update)} - {0})
        return new > 0 or len(kept) < len(updates)

    def _urgent(self, update: Mapping[str, Any]) -> bool:
        """Words or a tap by which somebody says that there is danger."""
        parts = [part for part in update.values() if isinstance(part, Mapping)]
        said = [str(part.get(name) or "") for part in parts for name in ("text", "caption")]
        words = [clean(text) for text in said if not text.startswith("/")]  # commands are none
        tapped = [str(part.get("data", "")) for part in parts]
        heard = self.store.rules.sounds_dangerous
        return any(map(heard, filter(None, words))) or any(map(says_danger, tapped))

    async def _type(self, chats: Iterable[int]) -> None:
        """Show "typing…" to the sender of an album while its parts come together; best effort."""
        for chat in chats:
            with suppress(TelegramError):
                await self.bot.send_chat_action(chat, ChatAction.TYPING, read_timeout=ALBUM_WAIT)


class Receiver:
    """Long polling while `leads` says so."""

    def __init__(self, intake: UpdateStore, leads: Callable[[], bool]) -> None:
        self.intake = intake
        self.bot = intake.bot
        self.leads = leads
        self._offset: int | None = None
        self._webhook_deleted = False
        self.gap = IntakeGap(intake.clock)
        self._storing, self._polling = pauses(), Backoff(PAUSE, LONGEST)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set: a poll that waits is cancelled, what has come is stored first."""
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            if not self.leads():
                self.gap.begin(anew=True)
                await waited(stop, STANDBY_PAUSE)
                continue
            self.gap.roused.clear()
            poll = asyncio.create_task(self._ask(0 if self.gap else LONG_POLL))
            roused = asyncio.create_task(self.gap.roused.wait())
            await asyncio.wait({poll, stopped, roused}, return_when=asyncio.FIRST_COMPLETED)
            roused.cancel()
            if poll.done():
                await self._take(poll, stop)
            else:
                poll.cancel()  # what it would have brought comes again: nothing of it is confirmed

    async def _take(self, poll: asyncio.Task[Any], stop: asyncio.Event) -> None:
        """Store what the poll brought; what fails is tried again after a while."""
        try:
            await or_default(partial(self._keep, poll.result()), "storing updates", False, self._storing)
            self._polling.succeeded()
        except InvalidToken as error:
            raise WrongToken from error
        except TelegramError as error:
            self.gap.failed(error)
            self._webhook_deleted &= not isinstance(error, Conflict)
            await waited(stop, self._pause(error))

    def _pause(self, error: TelegramError) -> float:
        """Seconds until the next poll; another program that polls is waited for twice as long."""
        if isinstance(error, RetryAfter):
            return seconds(error)
        log.warning("no updates", why=type(error).__name__)
        return self._polling.failed() * (2 if isinstance(error, Conflict) else 1)

    async def step(self, seconds: int = 0) -> bool:
        """One poll of at most so many seconds; True if anything was new."""
        if not self.leads():
            return False
        return await self._keep(await self._ask(seconds))

    async def _ask(self, seconds: int) -> Any:
        if not self._webhook_deleted:  # Telegram answers no polls while a webhook is set
            await self.bot.delete_webhook()
            self._webhook_deleted = True
        asked = {"offset": self._offset, "timeout": seconds, "limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
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
        if len(raw) < BATCH and not self.gap.roused.is_set():  # else the answer may be from before the gap
            self.gap.end()
        return new
