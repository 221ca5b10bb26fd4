"""What do the departments, the street and those who sign off do?"""

from dataclasses import dataclass
from datetime import datetime

from complaints.events.event import Event
from complaints.terms import Signer


@dataclass(frozen=True, kw_only=True)
class ReferralAccepted(Event):
    """「接收」 by the department to which the case was referred."""

    by: int


@dataclass(frozen=True, kw_only=True)
class ReferralReturned(Event):
    """「退回」: it is another's; the bureau decides anew."""

    words: int


@dataclass(frozen=True, kw_only=True)
class DeclaredUnsolvable(Event):
    """确实解决不了的 (《物业服务企业投诉举报处理流程》 三(一)): a dated plan is owed."""

    words: int


@dataclass(frozen=True, kw_only=True)
class PlanSubmitted(Event):
    """The plan and the day by which it is carried out."""

    words: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class PlanProgressed(Event):
    """The month's progress under a plan, told to resident and bureau."""

    words: int


@dataclass(frozen=True, kw_only=True)
class LeadReceived(Event):
    """线索或材料: something that may have to be penalised."""

    words: int


@dataclass(frozen=True, kw_only=True)
class LeadVerified(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class PenaltyOpened(Event):
    """立案."""

    words: int


@dataclass(frozen=True, kw_only=True)
class PenaltyExtended(Event):
    """Once, with the approver in the words."""

    words: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class PenaltyDecided(Event):
    words: int


@dataclass(frozen=True, kw_only=True)
class StreetContacted(Event):
    """The street officer has spoken to the dissatisfied resident (浦建委物管〔2023〕55号 三(二))."""

    words: int
    by: int


@dataclass(frozen=True, kw_only=True)
class Redelivered(Event):
    """A hotline's case that was delivered again (重新交办); `source` is the hotline's number."""

    source: str


@dataclass(frozen=True, kw_only=True)
class SignedOff(Event):
    """签署办结意见; `complete` with the last signature that the pack asks for."""

    side: Signer
    by: int
    complete: bool


@dataclass(frozen=True, kw_only=True)
class StruckOff(Event):
    """销号."""

    by: int
