"""Clocks: the only place that reads the time, and the clocks that tests and the demo can move."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """`now` is case time, by which rules and timers live; `real` is seconds, by which rate limits and waiting live."""

    def now(self) -> datetime: ...
    def real(self) -> float: ...


def steady() -> float:
    """Seconds that no setting of the time moves, and no stop of the process or sleep of the machine halts."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


async def waited(event: asyncio.Event, seconds: float) -> bool:
    """Wait for the event at most so many seconds; whether it was set."""
    with suppress(TimeoutError):
        return await asyncio.wait_for(event.wait(), seconds)
    return False


class SystemClock:
    """Case time is the time as it was known when the process started, and runs on steadily from there.

    Somebody who sets the machine's clock while the bot runs moves no deadline; `slip` says that it has happened.
    Where the machine's clock was wrong at the start, `bot.ops.clock_check` begins with the messenger's time.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steadily: Callable[[], float] = steady) -> None:
        self._wall = wall
        self._steadily = steadily
        self._began = wall() - steadily()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.real(), UTC)

    def real(self) -> float:
        return self._began + self._steadily()

    def slip(self) -> float:
        """By how many seconds the machine's clock is ahead of where it should be by now."""
        return self._wall() - self.real()

    def begin(self, at: float | None = None) -> None:
        """Case time begins now, at that time, or else at the machine's."""
        self._began = (self._wall() if at is None else at) - self._steadily()

    def not_before(self, known: datetime) -> None:
        """Case time doesn't begin before what is on record already."""
        self._began = max(self._began, known.timestamp() - self._steadily())


class MovableClock:
    """Case time runs on steadily from wherever it is moved; real time stays what it is."""

    def __init__(self, start: datetime) -> None:
        self._began = time.time() - steady()
        self._ahead = start - self._real()

    def now(self) -> datetime:
        return self._real() + self._ahead

    def real(self) -> float:
        return self._began + steady()

    def _real(self) -> datetime:
        return datetime.fromtimestamp(self.real(), UTC)

    def move(self, length: timedelta) -> None:
        self._ahead += length

    def move_to(self, at: datetime) -> None:
        """Forward only: case time never runs back."""
        self._ahead = max(self._ahead, at - self._real())

    def start_at(self, at: datetime) -> None:
        """Begin anew, for a city of its own."""
        self._ahead = at - self._real()


class StillClock:
    """Both times stand still until they are moved: for stories that play in seconds, and for tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._real = 1_000_000.0

    def now(self) -> datetime:
        return self._now

    def real(self) -> float:
        return self._real

    def move(self, length: timedelta) -> None:
        self._now += length

    def move_to(self, at: datetime) -> None:
        self._now = max(self._now, at)

    def wait(self, seconds: float) -> None:
        """Real time passes, and case time with it."""
        self._real += seconds
        self._now += timedelta(seconds=seconds)
