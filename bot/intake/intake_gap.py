"""The intake gap: since when updates may wait at the messenger that are not stored yet, by polling or webhook."""

import asyncio
from datetime import datetime

from aiohttp import ClientError
from telegram.error import TelegramError

from bot.clock import Clock

AT_MOST = 600.0  # seconds for which deadlines wait where messages can be sent and yet none come in


class IntakeGap:
    """True while updates may wait at the messenger that are not stored yet, and since when (in real time).

    Deadlines wait for a gap to end, but only AT_MOST where messages can be sent all the while; where the messenger
    can't be reached at all, no notice of an expiry could be sent either.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.refused = ""  # why Telegram takes no webhook here; empty where it does, or where none is set
        self.roused = asyncio.Event()  # set where a poll that waits must be asked anew
        self._since: float | None = clock.real()
        self._cut_off = False
        self._caught_up_at: datetime | None = None

    def __bool__(self) -> bool:
        return self._since is not None

    def is_caught_up(self) -> bool:
        """Whether everything that people have sent is stored; else a deadline must wait for what they did in time."""
        return self._since is None or (not self._cut_off and self.clock.real() - self._since > AT_MOST)

    def caught_up_at(self) -> datetime | None:
        """The case time by which all that had waited at the messenger was stored; None where that never was."""
        return self._caught_up_at

    def begin(self, *, cut_off: bool = False, anew: bool = False) -> None:
        """`anew`: the gap begins now, whatever was known before, as when another instance has polled meanwhile."""
        self._since = self.clock.real() if self._since is None or anew else self._since
        self._cut_off = cut_off

    def failed(self, error: TelegramError) -> None:
        """A call for updates failed; without a connection, `cut_off` is so until the next success."""
        self.begin(cut_off=isinstance(error.__cause__, (ClientError, OSError)))

    def slept(self) -> None:
        """The process stood still: what people sent meanwhile may wait at the messenger."""
        self.begin(cut_off=self._cut_off, anew=True)
        self.roused.set()

    def end(self) -> None:
        """Nothing waits there any more."""
        if self._since is not None:
            self._since, self._caught_up_at, self._cut_off = None, self.clock.now(), False
