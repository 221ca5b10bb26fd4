"""Events of time and its rules: reminders, expiries, recounts, reopening and closing."""

from dataclasses import dataclass
from datetime import datetime

from complaints.model.enums import Ending, Outage, Recount
from complaints.model.events.event import Event
from complaints.model.party import Party


@dataclass(frozen=True, kw_only=True)
class Reopened(Event, name="Reopened"):
    round: int
    complainant: int | None = None


@dataclass(frozen=True, kw_only=True)
class Closed(Event, name="Closed"):
    how: Ending


@dataclass(frozen=True, kw_only=True)
class Nudged(Event, name="Nudged"):
    """A reminder: before the due time, or again and again after it while what was owed isn't done ("overdue1" …).

    `clock` is its id, and `debtor` who owed it then; what versions before 0.3 have recorded has neither.
    """

    stage: str
    point: str
    due: datetime
    clock: int = 0
    debtor: Party | None = None


@dataclass(frozen=True, kw_only=True)
class Expired(Event, name="Expired"):
    """A due time, or a warning point before it (`final` is False).

    Who owed it (`debtor`), who had the case in hand (`handler`, and by name `person`) and the `clause` that it rested
    on are as they were at that moment; what versions before 0.3 have recorded has none of them.

    `outage`: so much of the window was lost to an outage of ours that nobody is blamed; the debtor has the lost time
    again, `until` then, and the clock runs on. `delayed`: the notice itself is late because of an outage.
    `to_company`: the company becomes the handler (成住建发〔2023〕62号 附件3 注意事项).
    """

    stage: str
    point: str
    due: datetime
    final: bool = True
    again: bool = False
    delayed: bool = False
    to_company: bool = False
    clock: int = 0
    debtor: Party | None = None
    handler: str = ""
    person: int | None = None
    clause: str = ""
    outage: Outage | None = None
    until: datetime | None = None

    @property
    def ends_clock(self) -> bool:
        """The clock's time is up: it is neither a warning, nor is time given back."""
        return self.final and self.outage is None

    @property
    def counts(self) -> bool:
        """Somebody is late by it."""
        return self.ends_clock and not (self.delayed and self.debtor is None)


@dataclass(frozen=True, kw_only=True)
class MetLate(Event, name="MetLate"):
    """What had expired was done after all, through the event of that name, which stands just before it."""

    stage: str
    clock: int
    due: datetime
    debtor: Party
    through: str


@dataclass(frozen=True, kw_only=True)
class RulesChanged(Event, name="RulesChanged"):
    """A later version has other rules: these clocks are void (by their ids), these stages start."""

    void: tuple[int, ...]
    started: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recomputed(Event, name="Recomputed"):
    """A notice has settled days on which provisional deadlines rested; `source` names it, where it is known."""

    counts: tuple[Recount, ...]
    source: str = ""
