"""What can happen to a complaint? Every change is one of these, named in the past tense.

Events hold ids and facts; people's words and names live in an erasable table, so that deleting them never
breaks the chain. `words` is the id of a saying, `complainant` that of a household of the case.
"""

from complaints.events.bureau import Accepted as Accepted
from complaints.events.bureau import Convened as Convened
from complaints.events.bureau import Listed as Listed
from complaints.events.bureau import OrderWorded as OrderWorded
from complaints.events.bureau import Raised as Raised
from complaints.events.bureau import Referred as Referred
from complaints.events.bureau import ReportedDone as ReportedDone
from complaints.events.bureau import ReviewDecided as ReviewDecided
from complaints.events.bureau import SentBack as SentBack
from complaints.events.bureau import Signed as Signed
from complaints.events.bureau import Supervised as Supervised
from complaints.events.bureau import Waived as Waived
from complaints.events.clocks import Closed as Closed
from complaints.events.clocks import Expired as Expired
from complaints.events.clocks import Nudged as Nudged
from complaints.events.clocks import Recomputed as Recomputed
from complaints.events.clocks import Reopened as Reopened
from complaints.events.company import CheckClosed as CheckClosed
from complaints.events.company import CheckOpened as CheckOpened
from complaints.events.company import RectificationRefused as RectificationRefused
from complaints.events.company import Refunded as Refunded
from complaints.events.company import Regraded as Regraded
from complaints.events.company import Repriced as Repriced
from complaints.events.company import RepricingRefused as RepricingRefused
from complaints.events.company import Surveyed as Surveyed
from complaints.events.department import DeclaredUnsolvable as DeclaredUnsolvable
from complaints.events.department import LeadReceived as LeadReceived
from complaints.events.department import LeadVerified as LeadVerified
from complaints.events.department import PenaltyDecided as PenaltyDecided
from complaints.events.department import PenaltyExtended as PenaltyExtended
from complaints.events.department import PenaltyOpened as PenaltyOpened
from complaints.events.department import PlanProgressed as PlanProgressed
from complaints.events.department import PlanSubmitted as PlanSubmitted
from complaints.events.department import Redelivered as Redelivered
from complaints.events.department import ReferralAccepted as ReferralAccepted
from complaints.events.department import ReferralReturned as ReferralReturned
from complaints.events.department import SignedOff as SignedOff
from complaints.events.department import StreetContacted as StreetContacted
from complaints.events.department import StruckOff as StruckOff
from complaints.events.event import Event as Event
from complaints.events.handling import Acknowledged as Acknowledged
from complaints.events.handling import Answered as Answered
from complaints.events.handling import Assigned as Assigned
from complaints.events.handling import Called as Called
from complaints.events.handling import Classified as Classified
from complaints.events.handling import ClosingAsked as ClosingAsked
from complaints.events.handling import Committed as Committed
from complaints.events.handling import Contacted as Contacted
from complaints.events.handling import ContactFailed as ContactFailed
from complaints.events.handling import DateAgreed as DateAgreed
from complaints.events.handling import DateProposed as DateProposed
from complaints.events.handling import DateRefused as DateRefused
from complaints.events.handling import HandlerLost as HandlerLost
from complaints.events.handling import PhoneShown as PhoneShown
from complaints.events.handling import PreliminaryGiven as PreliminaryGiven
from complaints.events.handling import Progressed as Progressed
from complaints.events.handling import Resolved as Resolved
from complaints.events.handling import ReviewAsked as ReviewAsked
from complaints.events.handling import TakenOver as TakenOver
from complaints.events.handling import Visited as Visited
from complaints.events.household import ClosingAnswered as ClosingAnswered
from complaints.events.household import Erased as Erased
from complaints.events.household import Filed as Filed
from complaints.events.household import HouseholdWithdrew as HouseholdWithdrew
from complaints.events.household import Joined as Joined
from complaints.events.household import Rated as Rated
from complaints.events.household import RatingExplained as RatingExplained
from complaints.events.household import Supplemented as Supplemented
from complaints.events.household import Urged as Urged
from complaints.events.household import Withdrawn as Withdrawn
from complaints.terms import ClosingKind as ClosingKind
from complaints.terms import Disposition as Disposition
from complaints.terms import Ending as Ending
from complaints.terms import Level as Level
from complaints.terms import Recount as Recount
from complaints.terms import Side as Side
from complaints.terms import Signer as Signer

COMPANY_EVENTS: dict[str, type[Event]] = {event.name: event for event in (
    CheckClosed, CheckOpened, RectificationRefused, Refunded, Regraded, Repriced, RepricingRefused, Surveyed,
)}  # fmt: skip
EVENTS: dict[str, type[Event]] = {event.name: event for event in (
    Accepted, Convened, Listed, OrderWorded, Raised, Referred, ReportedDone, ReviewDecided, SentBack, Signed,
    Supervised, Waived, Closed, Expired, Nudged, Recomputed, Reopened, DeclaredUnsolvable, LeadReceived, LeadVerified,
    PenaltyDecided, PenaltyExtended, PenaltyOpened, PlanProgressed, PlanSubmitted, Redelivered, ReferralAccepted,
    ReferralReturned, SignedOff, StreetContacted, StruckOff, Acknowledged, Answered, Assigned, Called, Classified,
    ClosingAsked, Committed, Contacted, ContactFailed, DateAgreed, DateProposed, DateRefused, HandlerLost, PhoneShown,
    PreliminaryGiven, Progressed, Resolved, ReviewAsked, TakenOver, Visited, ClosingAnswered, Erased, Filed,
    HouseholdWithdrew, Joined, Rated, RatingExplained, Supplemented, Urged, Withdrawn,
)}  # fmt: skip
