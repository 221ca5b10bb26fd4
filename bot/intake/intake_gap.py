"""The intake gap: since when updates may wait at the messenger that are not stored yet, by polling or webhook."""

import asyncio
from datetime import datetime

import httpx
from telegram.error import TelegramError

from bot.clock import Clock

AT_MOST = 600.0  # seconds for which deadlines wait where messages can be sent and yet none come in


class IntakeGap:
    """Since when (in real time) may something wait at the messenger that we haven't heard? True while it may.

    While the messenger can't be reached at all nobody could be told of an expiry either: then there is no end to it.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.refused = ""  # why Telegram takes no webhook here; empty where it does, or where none is set
        self.roused = asyncio.Event()  # whoever waits for an answer of the messenger's asks anew
        self._since: float | None = clock.real()
        self._cut_off = False
        self._heard: datetime | None = None

    def __bool__(self) -> bool:
        return self._since is not None

    def is_caught_up(self) -> bool:
        """Whether everything that people have sent is stored; else a deadline must wait for what they did in time."""
        return self._since is None or (not self._cut_off and self.clock.real() - self._since > AT_MOST)

    def heard(self) -> datetime | None:
        """The case time by which all that had waited at the messenger was stored; None where that never was."""
        return self._heard

    def begin(self, *, cut_off: bool = False, anew: bool = False) -> None:
        """`anew`: nothing of what was known before counts, as when another start has heard meanwhile."""
        self._since = self.clock.real() if self._since is None or anew else self._since
        self._cut_off = cut_off

    def failed(self, error: TelegramError) -> None:
        """The messenger was asked in vain."""
        self.begin(cut_off=isinstance(error.__cause__, httpx.TransportError))

    def slept(self) -> None:
        """The process stood still: what people did meanwhile may lie at the messenger."""
        self.begin(cut_off=self._cut_off, anew=True)
        self.roused.set()

    def end(self) -> None:
        """Nothing waits there any more."""
        if self._since is not None:
            self._since, self._heard, self._cut_off = None, self.clock.now(), False
