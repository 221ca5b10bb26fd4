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

log = structlog.get_logger("operator_alerts")
CHECK_EVERY = 15.0  # seconds between two checks
LASTS = 60.0  # seconds after which a fault, or its end, is reported
AGAIN = 3600.0  # seconds after which a fault is reported again, whether it has lasted or come back
ANYBODYS = ("database", "leader")  # faults during which no instance may lead: every instance reports them


class OperatorAlerts:
    """Alarms the log, and `chat` where one is set, directly. Of several instances the leading one reports."""

    def __init__(
        self, bot: ExtBot[Any], clock: Clock, health: Health, leads: Callable[[], bool], chat: int | None
    ) -> None:
        self.bot = bot
        self.clock = clock
        self.health = health
        self.leads = leads
        self.chat = chat
        self._failures: int | None = None  # those from before this instance count as reported
        self._sentences: dict[str, str] = {}
        self._since: dict[str, float] = {}
        self._reported_at: dict[str, float] = {}
        self._open: dict[str, float] = {}  # reported and not over: when each was last seen

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.step()
            await waited(stop, CHECK_EVERY)

    async def step(self) -> None:
        """Check once: report what has lasted for a minute, and what has been over for as long."""
        found, real, leads = await self.health.faults(), self.clock.real(), self.leads()
        faults = {fault.name: fault.says for fault in found if leads or fault.name in ANYBODYS}
        self._sentences |= faults
        self._since = {name: self._since.get(name, real) for name in faults}
        self._open = {n: real if n in faults else at for n, at in self._open.items() if leads or n in ANYBODYS}
        await self._alarm([n for n, since in self._since.items() if real - since >= LASTS and self._due(n, real)], real)
        await self._clear([n for n, seen in self._open.items() if real - seen >= LASTS])
        await self._report_dead_letters(leads=leads)

    async def report(self, text: str) -> bool:
        """Something of the day that is no fault."""
        return await self._send(text)

    def _due(self, name: str, real: float) -> bool:
        """Whether an hour has passed since it was last reported, however often it comes and goes."""
        return real - self._reported_at.get(name, float("-inf")) >= AGAIN

    async def _alarm(self, names: list[str], real: float) -> None:
        for name in names:
            log.error("alarm", fault=name)
        if names and await self._send(alarm(socket.gethostname(), [self._sentences[n] for n in names])):
            self._reported_at |= dict.fromkeys(names, real)
            self._open |= dict.fromkeys(names, real)

    async def _clear(self, names: list[str]) -> None:
        if names and await self._send(all_clear(socket.gethostname(), [self._sentences[n] for n in names])):
            self._open = {n: at for n, at in self._open.items() if n not in names}

    async def _report_dead_letters(self, *, leads: bool) -> None:
        """Report dead letters whenever there are more of them than before."""
        failures = self.health.failures
        if failures is None:
            return
        before = failures if self._failures is None or not leads else self._failures
        reported = failures <= before or await self._send(failed(socket.gethostname(), failures - before))
        self._failures = failures if reported else before

    async def _send(self, text: str) -> bool:
        """Whether it was said, as far as anybody can know; without a chat the log is all there is."""
        if self.chat is None:
            return True
        try:
            await self.bot.send_message(self.chat, text)
        except TelegramError as error:
            log.error("the operator can't be told", why=type(error).__name__)
            return False
        return True
