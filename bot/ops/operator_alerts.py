"""Alarms to the operator's chat about what lasts, sent past the outbox and the database."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock, waited
from bot.ops.health import Health
from views.operator.alerts import alarm, all_clear, failed

log = structlog.get_logger("watchdog")
LOOK = 15.0  # seconds between two looks
LASTS = 60.0  # seconds after which what is wrong, or over, is told
AGAIN = 3600.0  # seconds after which it is told again, whether it has lasted or come back
ANYBODYS = ("database", "leader")  # faults with which nobody may lead: any start tells them


class OperatorAlerts:
    """Alarms `chat`, where one is set, directly; and the log in any case. Of several starts the leading one speaks."""

    def __init__(
        self, bot: ExtBot[Any], clock: Clock, health: Health, leads: Callable[[], bool], chat: int | None
    ) -> None:
        self.bot = bot
        self.clock = clock
        self.health = health
        self.leads = leads
        self.chat = chat
        self._failures: int | None = None  # as many as were there at the start were told by others
        self._says: dict[str, str] = {}
        self._since: dict[str, float] = {}
        self._told: dict[str, float] = {}
        self._open: dict[str, float] = {}  # told and not over: when each was last seen

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.step()
            await waited(stop, LOOK)

    async def step(self) -> None:
        """Look once: what has lasted for a minute is told, and what has been over for as long."""
        found, real, leads = await self.health.faults(), self.clock.real(), self.leads()
        faults = {fault.name: fault.says for fault in found if leads or fault.name in ANYBODYS}
        self._says |= faults
        self._since = {name: self._since.get(name, real) for name in faults}
        self._open = {n: real if n in faults else at for n, at in self._open.items() if leads or n in ANYBODYS}
        await self._alarm([n for n, since in self._since.items() if real - since >= LASTS and self._may(n, real)], real)
        await self._clear([n for n, seen in self._open.items() if real - seen >= LASTS])
        await self._count(leads=leads)

    def _may(self, name: str, real: float) -> bool:
        """However often it comes and goes, it is told once an hour."""
        return real - self._told.get(name, float("-inf")) >= AGAIN

    async def _alarm(self, names: list[str], real: float) -> None:
        for name in names:
            log.error("alarm", fault=name)
        if names and await self._say(alarm(socket.gethostname(), [self._says[n] for n in names])):
            self._told |= dict.fromkeys(names, real)
            self._open |= dict.fromkeys(names, real)

    async def _clear(self, names: list[str]) -> None:
        if names and await self._say(all_clear(socket.gethostname(), [self._says[n] for n in names])):
            self._open = {n: at for n, at in self._open.items() if n not in names}

    async def _count(self, *, leads: bool) -> None:
        """What failed for good since the start is told once, whenever there is more of it."""
        failures = self.health.failures
        if failures is None:
            return
        before = failures if self._failures is None or not leads else self._failures
        told = failures <= before or await self._say(failed(socket.gethostname(), failures - before))
        self._failures = failures if told else before

    async def _say(self, text: str) -> bool:
        """Whether it was said, as far as anybody can know; without a chat the log is all there is."""
        if self.chat is None:
            return True
        try:
            await self.bot.send_message(self.chat, text)
        except TelegramError as error:
            log.error("the operator can't be told", why=type(error).__name__)
            return False
        return True
