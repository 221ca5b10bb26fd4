"""What follows where time did not pass as it should: the machine slept, or its clock was set."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog

from bot.clock import Clock, SystemClock, steady
from scheduler.civil_schedule import CivilSchedule

log = structlog.get_logger("clock_follower")
STILL = 5.0  # seconds without a tick, of four a second
SET = 2.0  # seconds by which the machine's clock and steady time part where it was set


class Sleeper(Protocol):
    """Whoever must know that the process stood still: see `bot.intake.intake_gap`."""

    def slept(self) -> None: ...


class ClockFollower:
    """Is asked with each tick; arms the schedule anew where the clock was set, or its timers stood still."""

    def __init__(
        self, clock: Clock, sleeper: Sleeper, schedule: CivilSchedule, steadily: Callable[[], float] = steady
    ) -> None:
        self.clock = clock
        self.sleeper = sleeper
        self.schedule = schedule
        self._steadily = steadily
        self._slip = self._machine_is_ahead()
        self.awake()

    def awake(self) -> None:
        """Nothing stood still until now, also where nobody asked."""
        self._asked_at = self._steadily()

    def look(self) -> None:
        """Compare the clocks with the last time."""
        still = self._steadily() - self._asked_at > STILL
        self.awake()
        slip = self._machine_is_ahead()
        was_set = abs(slip - self._slip) > SET
        if still:
            self.sleeper.slept()
        if was_set:
            log.warning("the machine's clock was set: deadlines don't follow it", by_seconds=round(slip - self._slip))
        if still or was_set:
            self._slip = slip
            self.schedule.rearm(self.clock.now() + timedelta(seconds=slip))

    def _machine_is_ahead(self) -> float:
        return self.clock.slip() if isinstance(self.clock, SystemClock) else 0.0
