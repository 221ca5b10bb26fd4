"""Events of the departments, the street, and those who sign off."""

from dataclasses import dataclass
from datetime import datetime

from complaints.model.enums import Finding, Signer
from complaints.model.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ReferralAccepted(Event, name="ReferralAccepted"):
    """「接收」 by the department to which the case was referred."""

    by: int


@dataclass(frozen=True, kw_only=True)
class ReferralReturned(Event, name="ReferralReturned"):
    """「退回」: it is another's; the bureau decides anew."""

    words: int


@dataclass(frozen=True, kw_only=True)
class DeclaredUnsolvable(Event, name="DeclaredUnsolvable"):
    """确实解决不了的 (《物业服务企业投诉举报处理流程》 三(一)): a dated plan is owed."""

    words: int


@dataclass(frozen=True, kw_only=True)
class RenewalAsked(Event, name="RenewalAsked"):
    """Whoever owes a stage that has had its period asks the bureau for another one, and says why."""

    stage: str
    words: int


@dataclass(frozen=True, kw_only=True)
class RenewalDecided(Event, name="RenewalDecided"):
    """The bureau grants the period anew, or doesn't."""

    stage: str
    granted: bool
    by: int


@dataclass(frozen=True, kw_only=True)
class PlanSubmitted(Event, name="PlanSubmitted"):
    """The plan and the day by which it is carried out."""

    words: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class PlanProgressed(Event, name="PlanProgressed"):
    """The month's progress under a plan, told to resident and bureau."""

    words: int


@dataclass(frozen=True, kw_only=True)
class LeadReceived(Event, name="LeadReceived"):
    """线索或材料: something that may have to be penalised."""

    words: int


@dataclass(frozen=True, kw_only=True)
class LeadVerified(Event, name="LeadVerified"):
    words: int


@dataclass(frozen=True, kw_only=True)
class PenaltyOpened(Event, name="PenaltyOpened"):
    """立案."""

    words: int


@dataclass(frozen=True, kw_only=True)
class PenaltyExtended(Event, name="PenaltyExtended"):
    """Once, with the approver in the words."""

    words: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class PenaltyDecided(Event, name="PenaltyDecided"):
    words: int


@dataclass(frozen=True, kw_only=True)
class StreetContacted(Event, name="StreetContacted"):
    """The street officer has spoken to the dissatisfied resident (浦建委物管〔2023〕55号 三(二))."""

    words: int
    by: int


@dataclass(frozen=True, kw_only=True)
class Redelivered(Event, name="Redelivered"):
    """A hotline's case that was delivered again (重新交办); `source` is the hotline's number."""

    source: str


@dataclass(frozen=True, kw_only=True)
class SignedOff(Event, name="SignedOff"):
    """签署办结意见; `complete` with the last signature that the pack asks for."""

    side: Signer
    by: int
    complete: bool


@dataclass(frozen=True, kw_only=True)
class StruckOff(Event, name="StruckOff"):
    """销号; `document` is that of another department's city level, which a city officer puts on record."""

    by: int
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class FindingConfirmed(Event, name="FindingConfirmed"):
    """Whether it is so, by street or bureau: thresholds count it (《物业服务企业投诉举报处理流程》 三(三), 三(四))."""

    finding: Finding
    by: int


@dataclass(frozen=True, kw_only=True)
class SignOffEntrusted(Event, name="SignOffEntrusted"):
    """The street has asked its community to sign in its place (受街办委托的社区)."""

    by: int
