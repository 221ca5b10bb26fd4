"""Events of the bureau: what officers do with a case, and what comes back to them."""

from dataclasses import dataclass
from datetime import datetime

from complaints.model.events.event import Event


@dataclass(frozen=True, kw_only=True)
class Accepted(Event, name="Accepted"):
    by: int


@dataclass(frozen=True, kw_only=True)
class SentBack(Event, name="SentBack"):
    words: int


@dataclass(frozen=True, kw_only=True)
class Supervised(Event, name="Supervised"):
    order: str
    until: datetime
    by: int
    words: int | None = None  # what it demands


@dataclass(frozen=True, kw_only=True)
class OrderWorded(Event, name="OrderWorded"):
    order: str
    words: int


@dataclass(frozen=True, kw_only=True)
class Signed(Event, name="Signed"):
    order: str
    by: int


@dataclass(frozen=True, kw_only=True)
class Listed(Event, name="Listed"):
    words: int


@dataclass(frozen=True, kw_only=True)
class Raised(Event, name="Raised"):
    words: int


@dataclass(frozen=True, kw_only=True)
class Convened(Event, name="Convened"):
    words: int


@dataclass(frozen=True, kw_only=True)
class Referred(Event, name="Referred"):
    department: str
    words: int


@dataclass(frozen=True, kw_only=True)
class Waived(Event, name="Waived"):
    words: int


@dataclass(frozen=True, kw_only=True)
class ReportedDone(Event, name="ReportedDone"):
    order: str
    words: int


@dataclass(frozen=True, kw_only=True)
class ReviewDecided(Event, name="ReviewDecided"):
    counts: bool
