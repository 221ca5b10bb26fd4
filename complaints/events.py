"""What can happen to a complaint? Every change is one of these, named in the past tense.

Events hold ids and facts; people's words and names live in an erasable table, so that deleting them never
breaks the chain. `words` is the id of a saying, `complainant` that of a household of the case.
"""

from dataclasses import dataclass
from datetime import datetime

from complaints.terms import ClosingKind as ClosingKind
from complaints.terms import Disposition as Disposition
from complaints.terms import Ending as Ending
from complaints.terms import Level as Level
from complaints.terms import Recount as Recount
from complaints.terms import Side as Side


@dataclass(frozen=True, kw_only=True)
class Event:
    """Anything that happened to a case."""


@dataclass(frozen=True, kw_only=True)
class Filed(Event):
    number: str
    pack: str
    project: str
    company: str
    district: str
    city: str
    street: str
    community: str
    matter: str
    kind: str
    danger: bool
    building: str
    complainant: int
    words: int
    filed_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class Joined(Event):
    complainant: int
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class Supplemented(Event):
    complainant: int
    words: int


@dataclass(frozen=True, kw_only=True)
class Urged(Event):
    complainant: int


@dataclass(frozen=True, kw_only=True)
class HouseholdWithdrew(Event):
    complainant: int


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    pass


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
class ClosingAnswered(Event):
    complainant: int
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class Resolved(Event):
    words: int
    closing: ClosingKind
    by: int | None


@dataclass(frozen=True, kw_only=True)
class Rated(Event):
    complainant: int
    level: Level
    complete: bool


@dataclass(frozen=True, kw_only=True)
class RatingExplained(Event):
    complainant: int
    reason: str
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class ReviewDecided(Event):
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Reopened(Event):
    round: int
    complainant: int | None = None


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    how: Ending


@dataclass(frozen=True, kw_only=True)
class Nudged(Event):
    stage: str
    point: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class Expired(Event):
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
class Recomputed(Event):
    """A notice has settled days on which provisional deadlines rested; `source` names it, where it is known."""

    counts: tuple[Recount, ...]
    source: str = ""


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
    """Whoever handles the case has blocked the bot: nothing reaches them any more."""

    person: int


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


EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
