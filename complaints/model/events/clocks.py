"""Events of time and its rules: reminders, expiries, recounts, reopening and closing."""

from dataclasses import dataclass
from datetime import datetime

from complaints.model.enums import Ending, Recount
from complaints.model.events.event import Event


@dataclass(frozen=True, kw_only=True)
class Reopened(Event, name="Reopened"):
    round: int
    complainant: int | None = None


@dataclass(frozen=True, kw_only=True)
class Closed(Event, name="Closed"):
    how: Ending


@dataclass(frozen=True, kw_only=True)
class Nudged(Event, name="Nudged"):
    stage: str
    point: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class Expired(Event, name="Expired"):
    """`final` is False for a warning point before the due time; `delayed` where an outage of ours made it late.

    `to_company`: the company becomes the handler (成住建发〔2023〕62号 附件3 注意事项).
    """

    stage: str
    point: str
    due: datetime
    final: bool = True
    again: bool = False
    delayed: bool = False
    to_company: bool = False


@dataclass(frozen=True, kw_only=True)
class Recomputed(Event, name="Recomputed"):
    """A notice has settled days on which provisional deadlines rested; `source` names it, where it is known."""

    counts: tuple[Recount, ...]
    source: str = ""
