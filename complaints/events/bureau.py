"""What do officers do, and what comes back to them?"""

from dataclasses import dataclass
from datetime import datetime

from complaints.events.event import Event


@dataclass(frozen=True, kw_only=True)
class Accepted(Event):
    by: int


@dataclass(frozen=True, kw_only=True)
class SentBack(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class Supervised(Event):
    order: str
    until: datetime
    by: int


@dataclass(frozen=True, kw_only=True)
class OrderWorded(Event):
    order: str
    words: int


@dataclass(frozen=True, kw_only=True)
class Signed(Event):
    order: str
    by: int


@dataclass(frozen=True, kw_only=True)
class Listed(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class Raised(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class Convened(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class Referred(Event):
    department: str
    words: int


@dataclass(frozen=True, kw_only=True)
class Waived(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class ReportedDone(Event):
    order: str
    words: int


@dataclass(frozen=True, kw_only=True)
class ReviewDecided(Event):
    counts: bool
