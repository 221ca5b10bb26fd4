"""Clocks of stages, and the interface of whatever has some: a case, or the check of a company."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from complaints.model.party import Party
from complaints.model.roles import Responsible


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A running or ended stage of one round; instants are aware and UTC.

    `id` counts the clocks of a case from 1 on, so that several parties can owe the same stage. `debtor` owes what the
    stage asks for, and is moved only by an event by which the case goes to somebody else. `settled`: how what had
    expired was done with after all, "met" late or "void". `promised`: the due time before an outage of ours moved it;
    `resumed`: from when on the lost time is given again. `delayed`: it expired in an outage, by rules before 0.3.
    """

    id: int
    stage: str
    round: int
    debtor: Party
    started: datetime
    due: datetime
    provisional: bool = False
    window: str | None = None
    dated: bool = False  # a date that somebody gave, in place of the pack's period
    state: str = "running"  # running, met, expired, void
    settled: str = ""
    promised: datetime | None = None
    resumed: datetime | None = None
    delayed: bool = False

    @property
    def is_running(self) -> bool:
        return self.state == "running"

    @property
    def is_owed(self) -> bool:
        """What it stands for is still to be done, in time or late."""
        return self.is_running or (self.state == "expired" and not self.settled)

    @property
    def promised_due(self) -> datetime:
        """The due time that was promised, without the time that an outage of ours took and that was given back."""
        return self.promised or self.due


@dataclass(frozen=True, kw_only=True)
class HasClocks(ABC):
    """`round` counts the passages through the stages; the newest clock stands last. `danger`: somebody is in danger."""

    round: int = 1
    clocks: tuple[Clock, ...] = ()
    danger: bool = False

    @property
    @abstractmethod
    def holder(self) -> Party:
        """The party that has it in hand."""

    @abstractmethod
    def party(self, responsible: Responsible) -> Party:
        """The party that a pack's word means here and now."""

    def clock(self, stage: str, state: str | None = None) -> Clock | None:
        """The newest clock of that stage, if there is one (in that state)."""
        found = (c for c in reversed(self.clocks) if c.stage == stage and state in (None, c.state))
        return next(found, None)

    def clock_now(self, stage: str) -> Clock | None:
        """The newest clock of that stage in the present round."""
        newest = self.clock(stage)
        return newest if newest is not None and newest.round == self.round else None

    def clock_of(self, clock_id: int) -> Clock | None:
        return self.clocks[clock_id - 1] if 0 < clock_id <= len(self.clocks) else None

    def owed(self, stage: str) -> Clock | None:
        """The newest clock of that stage whose act is still to be done, in time or late."""
        return next((c for c in reversed(self.clocks) if c.stage == stage and c.is_owed), None)

    @property
    def running(self) -> tuple[Clock, ...]:
        return tuple(c for c in self.clocks if c.is_running)

    @property
    def all_owed(self) -> tuple[Clock, ...]:
        return tuple(c for c in self.clocks if c.is_owed)
