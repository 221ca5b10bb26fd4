"""What does whoever handles a case do?"""

from dataclasses import dataclass
from datetime import datetime

from complaints.events.event import Event
from complaints.terms import ClosingKind, Disposition, Side


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Event):
    by: int


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    words: int
    by: int
    by_company: bool
    classified: bool
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Classified(Event):
    disposition: Disposition
    words: int | None = None
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class DateProposed(Event):
    until: datetime
    side: Side
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class DateAgreed(Event):
    until: datetime
    side: Side


@dataclass(frozen=True, kw_only=True)
class DateRefused(Event):
    side: Side
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class Progressed(Event):
    words: int
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Visited(Event):
    by: int


@dataclass(frozen=True, kw_only=True)
class Contacted(Event):
    """Words relayed to the household, neither side's account shown."""

    words: int


@dataclass(frozen=True, kw_only=True)
class PhoneShown(Event):
    complainant: int
    to: int


@dataclass(frozen=True, kw_only=True)
class ClosingAsked(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class Resolved(Event):
    words: int
    closing: ClosingKind
    by: int | None


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class TakenOver(Event):
    """The company's head has taken the case into his own hands."""

    by: int


@dataclass(frozen=True, kw_only=True)
class Assigned(Event):
    to: int
    by: int


@dataclass(frozen=True, kw_only=True)
class HandlerLost(Event):
    """Whoever handles the case has blocked the bot, so that nothing reaches them; or has left office; or is away.

    `away`: somebody stands in for `person`, or does so no longer.
    """

    person: int
    left: bool = False
    away: bool = False


@dataclass(frozen=True, kw_only=True)
class Called(Event):
    """The resident was telephoned; logged beside the words (浦建委物管〔2023〕55号 三(一))."""

    by: int


@dataclass(frozen=True, kw_only=True)
class ContactFailed(Event):
    """The dissatisfied resident could not be won or not be reached: the street contacts next."""

    by: int


@dataclass(frozen=True, kw_only=True)
class Committed(Event):
    """给出一个维修时限 (浦建委物管〔2023〕55号 三(一)): the handler's own date, which binds at once."""

    until: datetime
    by: int
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class PreliminaryGiven(Event):
    """初步结果 (长建发〔2025〕72号 五), by the company or by the bureau."""

    words: int
    by: int
