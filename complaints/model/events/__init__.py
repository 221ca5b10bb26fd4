"""All events: every change of a complaint is one of these, named in the past tense.

Events hold ids and facts; people's words and names live in an erasable table, so that deleting them never
breaks the chain. `words` is the id of a statement, `complainant` that of a household of the case.
"""

from complaints.model.enums import After as After
from complaints.model.enums import ClosingKind as ClosingKind
from complaints.model.enums import Disposition as Disposition
from complaints.model.enums import Ending as Ending
from complaints.model.enums import Finding as Finding
from complaints.model.enums import Level as Level
from complaints.model.enums import Outage as Outage
from complaints.model.enums import Recount as Recount
from complaints.model.enums import Side as Side
from complaints.model.enums import Signer as Signer
from complaints.model.events.bureau import Accepted as Accepted
from complaints.model.events.bureau import Convened as Convened
from complaints.model.events.bureau import Listed as Listed
from complaints.model.events.bureau import OrderWorded as OrderWorded
from complaints.model.events.bureau import Raised as Raised
from complaints.model.events.bureau import Referred as Referred
from complaints.model.events.bureau import ReportedDone as ReportedDone
from complaints.model.events.bureau import ReviewDecided as ReviewDecided
from complaints.model.events.bureau import SentBack as SentBack
from complaints.model.events.bureau import Signed as Signed
from complaints.model.events.bureau import Supervised as Supervised
from complaints.model.events.bureau import Waived as Waived
from complaints.model.events.clocks import Closed as Closed
from complaints.model.events.clocks import Expired as Expired
from complaints.model.events.clocks import MetLate as MetLate
from complaints.model.events.clocks import Nudged as Nudged
from complaints.model.events.clocks import Recomputed as Recomputed
from complaints.model.events.clocks import Reopened as Reopened
from complaints.model.events.clocks import RulesChanged as RulesChanged
from complaints.model.events.company import CheckClosed as CheckClosed
from complaints.model.events.company import CheckOpened as CheckOpened
from complaints.model.events.company import RectificationRefused as RectificationRefused
from complaints.model.events.company import Refunded as Refunded
from complaints.model.events.company import Regraded as Regraded
from complaints.model.events.company import Repriced as Repriced
from complaints.model.events.company import RepricingRefused as RepricingRefused
from complaints.model.events.company import Surveyed as Surveyed
from complaints.model.events.department import DeclaredUnsolvable as DeclaredUnsolvable
from complaints.model.events.department import FindingConfirmed as FindingConfirmed
from complaints.model.events.department import LeadReceived as LeadReceived
from complaints.model.events.department import LeadVerified as LeadVerified
from complaints.model.events.department import PenaltyDecided as PenaltyDecided
from complaints.model.events.department import PenaltyExtended as PenaltyExtended
from complaints.model.events.department import PenaltyOpened as PenaltyOpened
from complaints.model.events.department import PlanProgressed as PlanProgressed
from complaints.model.events.department import PlanSubmitted as PlanSubmitted
from complaints.model.events.department import Redelivered as Redelivered
from complaints.model.events.department import ReferralAccepted as ReferralAccepted
from complaints.model.events.department import ReferralReturned as ReferralReturned
from complaints.model.events.department import RenewalAsked as RenewalAsked
from complaints.model.events.department import RenewalDecided as RenewalDecided
from complaints.model.events.department import SignedOff as SignedOff
from complaints.model.events.department import SignOffEntrusted as SignOffEntrusted
from complaints.model.events.department import StreetContacted as StreetContacted
from complaints.model.events.department import StruckOff as StruckOff
from complaints.model.events.event import NAMED, CompanyEvent
from complaints.model.events.event import Event as Event
from complaints.model.events.handling import Acknowledged as Acknowledged
from complaints.model.events.handling import Answered as Answered
from complaints.model.events.handling import Assigned as Assigned
from complaints.model.events.handling import Called as Called
from complaints.model.events.handling import Classified as Classified
from complaints.model.events.handling import ClosingAsked as ClosingAsked
from complaints.model.events.handling import Committed as Committed
from complaints.model.events.handling import Contacted as Contacted
from complaints.model.events.handling import ContactFailed as ContactFailed
from complaints.model.events.handling import ContactTried as ContactTried
from complaints.model.events.handling import DateAgreed as DateAgreed
from complaints.model.events.handling import DateProposed as DateProposed
from complaints.model.events.handling import DateRefused as DateRefused
from complaints.model.events.handling import HandlerLost as HandlerLost
from complaints.model.events.handling import MatterCorrected as MatterCorrected
from complaints.model.events.handling import PhoneShown as PhoneShown
from complaints.model.events.handling import PreliminaryGiven as PreliminaryGiven
from complaints.model.events.handling import Progressed as Progressed
from complaints.model.events.handling import ReportedBeyond as ReportedBeyond
from complaints.model.events.handling import Resolved as Resolved
from complaints.model.events.handling import ReviewAsked as ReviewAsked
from complaints.model.events.handling import TakenOver as TakenOver
from complaints.model.events.handling import Visited as Visited
from complaints.model.events.household import ClosingAnswered as ClosingAnswered
from complaints.model.events.household import DangerDenied as DangerDenied
from complaints.model.events.household import DangerRaised as DangerRaised
from complaints.model.events.household import Erased as Erased
from complaints.model.events.household import Filed as Filed
from complaints.model.events.household import HouseholdWithdrew as HouseholdWithdrew
from complaints.model.events.household import Joined as Joined
from complaints.model.events.household import MatterNamed as MatterNamed
from complaints.model.events.household import Rated as Rated
from complaints.model.events.household import RatingExplained as RatingExplained
from complaints.model.events.household import Supplemented as Supplemented
from complaints.model.events.household import Urged as Urged
from complaints.model.events.household import Withdrawn as Withdrawn
from complaints.model.events.voice import Transcribed as Transcribed
from complaints.model.events.voice import TranscriptCorrected as TranscriptCorrected
from complaints.model.events.voice import TranscriptDrafted as TranscriptDrafted

COMPANY_EVENTS = {name: event for name, event in NAMED.items() if issubclass(event, CompanyEvent)}
EVENTS = {name: event for name, event in NAMED.items() if name not in COMPANY_EVENTS}
