"""Events of handling: what the person responsible for a case does with it."""

from dataclasses import dataclass
from datetime import datetime

from complaints.model.enums import ClosingKind, Disposition, Finding, Side
from complaints.model.events.event import Event


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Event, name="Acknowledged"):
    by: int


@dataclass(frozen=True, kw_only=True)
class Answered(Event, name="Answered"):
    words: int
    by: int
    by_company: bool
    classified: bool
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Classified(Event, name="Classified"):
    disposition: Disposition
    words: int | None = None
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class MatterCorrected(Event, name="MatterCorrected"):
    """The case is about another matter than the one that was filed; `before` is what it stood as."""

    before: str
    matter: str


@dataclass(frozen=True, kw_only=True)
class DateProposed(Event, name="DateProposed"):
    until: datetime
    side: Side
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class DateAgreed(Event, name="DateAgreed"):
    until: datetime
    side: Side


@dataclass(frozen=True, kw_only=True)
class DateRefused(Event, name="DateRefused"):
    side: Side
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class Progressed(Event, name="Progressed"):
    words: int
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Visited(Event, name="Visited"):
    by: int
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class Contacted(Event, name="Contacted"):
    """Words relayed to the household, neither side's account shown."""

    words: int


@dataclass(frozen=True, kw_only=True)
class PhoneShown(Event, name="PhoneShown"):
    complainant: int
    to: int


@dataclass(frozen=True, kw_only=True)
class ClosingAsked(Event, name="ClosingAsked"):
    words: int


@dataclass(frozen=True, kw_only=True)
class Resolved(Event, name="Resolved"):
    words: int
    closing: ClosingKind
    by: int | None
    finding: Finding | None = None  # as the handler sees it


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(Event, name="ReviewAsked"):
    words: int


@dataclass(frozen=True, kw_only=True)
class TakenOver(Event, name="TakenOver"):
    """The company's head has taken the case into his own hands."""

    by: int


@dataclass(frozen=True, kw_only=True)
class Assigned(Event, name="Assigned"):
    """Somebody is named who handles the case: by the company's head, or by the bureau (长建发〔2025〕72号 五)."""

    to: int
    by: int
    by_bureau: bool = False


@dataclass(frozen=True, kw_only=True)
class HandlerLost(Event, name="HandlerLost"):
    """The handler has blocked the bot and can't be reached; or has left office; or is away.

    `away`: somebody stands in for `person`, or does so no longer.
    """

    person: int
    left: bool = False
    away: bool = False


@dataclass(frozen=True, kw_only=True)
class Called(Event, name="Called"):
    """The resident was telephoned; logged beside the words (浦建委物管〔2023〕55号 三(一))."""

    by: int


@dataclass(frozen=True, kw_only=True)
class ContactTried(Event, name="ContactTried"):
    """An attempt to reach the dissatisfied resident, in vain."""

    by: int


@dataclass(frozen=True, kw_only=True)
class ContactFailed(Event, name="ContactFailed"):
    """The dissatisfied resident could not be won or not be reached: the street contacts next."""

    by: int


@dataclass(frozen=True, kw_only=True)
class ReportedBeyond(Event, name="ReportedBeyond"):
    """The manager says that it is beyond the company: `to` is committee, community or street.

    浦建委物管〔2023〕55号 三(一).
    """

    words: int
    to: str
    by: int


@dataclass(frozen=True, kw_only=True)
class Committed(Event, name="Committed"):
    """给出一个维修时限 (浦建委物管〔2023〕55号 三(一)): the handler's own date, which binds at once."""

    until: datetime
    by: int
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class PreliminaryGiven(Event, name="PreliminaryGiven"):
    """初步结果 (长建发〔2025〕72号 五), by the company or by the bureau."""

    words: int
    by: int
