"""Offers what a program of the operator's has heard in voice messages to whoever handles their cases."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock, waited
from bot.delivery.file_download import TooLarge, fetched
from bot.voice.program import ProgramFailed, heard
from complaints.errors import Refusal
from complaints.model.people import VOICES, File
from complaints.text.sanitizing import units
from complaints.usecases.company import transcripts
from handlers.framework.context import LONGEST
from storage.db.unit_of_work import Conflict
from storage.queries import voices
from storage.work import Store

log = structlog.get_logger("transcriber")
PAUSE = 2.0  # seconds between two searches
DOWNLOAD = 60.0  # seconds that a file may take
TRIES = 3


@dataclass(frozen=True)
class Voice:
    """A voice message of a statement of a case."""

    complaint: int
    statement: int


class Transcriber:
    """Works while `leads` says so, one message after the other, beside everything else that the bot does."""

    def __init__(
        self,
        store: Store,
        telegram_bot: ExtBot[Any],
        clock: Clock,
        leads: Callable[[], bool],
        wake_dispatcher: Callable[[], None],
        command: Sequence[str],
    ) -> None:
        self.store = store
        self.telegram_bot = telegram_bot
        self.clock = clock
        self.leads = leads
        self.wake_dispatcher = wake_dispatcher
        self.command = command
        self._search = voices.Search()
        self._waiting: deque[tuple[Voice, int]] = deque()

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if not await self._guarded():
                await waited(stop, PAUSE)

    async def _guarded(self) -> bool:
        try:
            return await self.step()
        except Exception as error:  # noqa: BLE001 - drafts are a help: without them the bot goes on
            log.warning("no voice messages", why=type(error).__name__)
            return False

    async def step(self) -> bool:
        """One voice message; False where none waits."""
        if not self.leads():
            return False
        if not self._waiting:
            async with self.store.work(self.clock.now()) as work:
                self._waiting += [(Voice(*found), 1) for found in await self._search.newer(work)]
        if not self._waiting:
            return False
        voice, attempt = self._waiting.popleft()
        try:
            await self._draft(voice)
        except (ProgramFailed, TelegramError, TooLarge, TimeoutError, Conflict) as error:
            log.warning("a voice message isn't written down", why=type(error).__name__, attempt=attempt)
            if attempt < TRIES and not isinstance(error, TooLarge):
                self._waiting.append((voice, attempt + 1))
        return True

    async def _draft(self, voice: Voice) -> None:
        texts = [text for file in await self._files(voice) if (text := await self._heard(file))]
        said = _fitting("\n".join(texts))
        if not said:
            return
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            try:
                kept = await transcripts.keep_draft(work, voice.complaint, voice.statement, said)
            except Refusal:
                return
            if kept is not None:
                await work.commit()
                self.wake_dispatcher()

    async def _files(self, voice: Voice) -> list[File]:
        """Those in which somebody speaks, while nobody has written them down."""
        async with self.store.work(self.clock.now()) as work:
            complaint = await work.complaint(voice.complaint)
            said = await work.said(voice.statement)
            if complaint is None or said is None or voice.statement not in complaint.voices:
                return []
            drafted = voice.statement in dict(complaint.transcript_drafts)
            return [] if drafted else [file for file in said.media if file.kind in VOICES]

    async def _heard(self, file: File) -> str:
        async with asyncio.timeout(DOWNLOAD):
            name, audio = await fetched(self.telegram_bot, file.file_id)
        return await heard(self.command, audio, name)


def _fitting(text: str) -> str:
    """As much of it as a statement may hold."""
    while units(text) > LONGEST:
        text = text[: len(text) * 9 // 10]
    return text.strip()
