"""Clocks of stages, and the interface of whatever has some: a case, or the check of a company."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A running or ended stage of one round; `due` is aware and UTC. `delayed`: it ran out in an outage of ours."""

    stage: str
    round: int
    started: datetime
    due: datetime
    provisional: bool = False
    window: str | None = None
    dated: bool = False  # a date that somebody gave, in place of the pack's period
    state: str = "running"  # running, met, expired, void
    delayed: bool = False


@dataclass(frozen=True, kw_only=True)
class HasClocks:
    """`round` counts the passages through the stages; the newest clock stands last."""

    round: int = 1
    clocks: tuple[Clock, ...] = ()

    def clock(self, stage: str, state: str | None = None) -> Clock | None:
        """The newest clock of that stage, if there is one (in that state)."""
        found = (c for c in reversed(self.clocks) if c.stage == stage and state in (None, c.state))
        return next(found, None)

    @property
    def running(self) -> tuple[Clock, ...]:
        return tuple(c for c in self.clocks if c.state == "running")
