"""The heartbeat of the ticker: when deadlines were last looked after, on steady time, and the end where they aren't."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable

import structlog

from bot.clock import steady, waited

log = structlog.get_logger("heartbeat")
PULSE = 1.0  # seconds
LATE = 8.0  # seconds without a beat that are a fault; one statement may wait five for a lock
HANGS = 60.0  # seconds without a beat, or without a turn of the event loop, after which the process counts as hung
CODE = 70  # of the process: a fault of its own


class Heartbeat:
    """Beats with each tick and each timer that was fired. Until `begin`, and after `end`, nothing is expected."""

    def __init__(self, steadily: Callable[[], float] = steady) -> None:
        self._steadily = steadily
        self._at: float | None = None
        self.beats = 0

    def begin(self) -> None:
        self._at = self._steadily()

    def beat(self) -> None:
        self.beats += 1
        if self._at is not None:
            self._at = self._steadily()

    def end(self) -> None:
        self._at = None

    def silence(self) -> float:
        """Seconds since the last beat."""
        return self._steadily() - self._at if self._at is not None else 0.0


class HeartbeatWatch:
    """Ends the process after a minute without a beat, unless the database doesn't answer: that is waited for.

    It counts seconds rather than compares clocks: a process that was stopped, or a machine that slept, is spared.
    """

    def __init__(
        self,
        heartbeat: Heartbeat,
        database_answers: Callable[[], Awaitable[bool]],
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self.heartbeat = heartbeat
        self.database_answers = database_answers
        self.end = end
        self._beats = heartbeat.beats
        self._still = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, when the ticker ends as well."""
        while not await waited(stop, PULSE):
            await self.step()

    async def step(self) -> None:
        """One more second: count it where there was no beat."""
        self._still = self._still + 1 if self.heartbeat.beats == self._beats else 0
        self._beats = self.heartbeat.beats
        if self._still * PULSE < HANGS or not await self.database_answers():
            return
        if self.heartbeat.beats == self._beats:  # none came while the database was asked
            log.critical("deadlines are not running, the process ends", seconds=HANGS)
            sys.stderr.flush()
            self.end(CODE)
