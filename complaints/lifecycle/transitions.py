"""The fields of a complaint that each event changes, and their new values."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Complaint, Order, Proposal, State

Change = Callable[[Complaint, Any, datetime], dict[str, Any]]


def nothing(complaint: Complaint, event: e.Event, at: datetime) -> dict[str, Any]:
    """An event that is remembered and changes no field."""
    return {}


def joined(c: Complaint, event: e.Joined, at: datetime) -> dict[str, Any]:
    return {"households": (*c.households, event.complainant), **supplemented(c, event, at)}


def supplemented(c: Complaint, event: e.Supplemented | e.Joined | e.RatingExplained, at: datetime) -> dict[str, Any]:
    """A voice message waits to be written down."""
    return {"voices": (*c.voices, event.words)} if event.voice and event.words is not None else {}


def transcribed(c: Complaint, event: e.Transcribed | e.TranscriptCorrected, at: datetime) -> dict[str, Any]:
    others = tuple(one for one in c.transcripts if one[0] != event.of)
    return {
        "voices": tuple(voice for voice in c.voices if voice != event.of),
        "transcripts": (*others, (event.of, event.words)),
        "transcript_drafts": tuple(one for one in c.transcript_drafts if one[0] != event.of),
    }


def transcript_drafted(c: Complaint, event: e.TranscriptDrafted, at: datetime) -> dict[str, Any]:
    return {"transcript_drafts": (*c.transcript_drafts, (event.of, event.words))}


def matter_named(c: Complaint, event: e.MatterNamed, at: datetime) -> dict[str, Any]:
    """A case that is referred already stays with its department."""
    return {"matter": event.matter, "kind": event.kind, "department": c.department or event.department}


def danger_raised(c: Complaint, event: e.DangerRaised, at: datetime) -> dict[str, Any]:
    whose = c.department or event.department
    return {"danger": True, "raised_at": at, "danger_words": event.words, "department": whose}


def danger_denied(c: Complaint, event: e.DangerDenied, at: datetime) -> dict[str, Any]:
    return {"danger": False, "raised_at": None, "danger_words": None}


def left(c: Complaint, event: e.HouseholdWithdrew, at: datetime) -> dict[str, Any]:
    rest = tuple(h for h in c.households if h != event.complainant)
    first = c.first_complainant if c.first_complainant in rest or not rest else rest[0]
    return {"households": rest, "first_complainant": first}


def erased(c: Complaint, event: e.Erased, at: datetime) -> dict[str, Any]:
    """As if it had left; an open case stays open, also without any household, and its handler or bureau decide."""
    gone = e.HouseholdWithdrew(complainant=event.complainant)
    unexplained = tuple(h for h in c.unexplained if h != event.complainant)
    return {**left(c, gone, at), "erased": (*c.erased, event.complainant), "unexplained": unexplained}


def withdrawn(c: Complaint, event: e.Withdrawn, at: datetime) -> dict[str, Any]:
    return {"state": State.WITHDRAWN, "closed_at": at, "proposal": None}


def answered(c: Complaint, event: e.Answered, at: datetime) -> dict[str, Any]:
    return {
        "state": State.ANSWERED,
        "answered_at": c.answered_at or at,
        "last_words": event.words,
    }


def classified(c: Complaint, event: e.Classified, at: datetime) -> dict[str, Any]:
    by_bureau = event.disposition is e.Disposition.NEITHER
    return {
        "disposition": event.disposition,
        "department": c.department if c.handler is CaseOwner.DEPARTMENT else event.department,
        "last_words": event.words or c.last_words,
        "handler": CaseOwner.BUREAU if by_bureau else c.handler,
        "accepted": c.accepted and event.disposition is not e.Disposition.BUREAU_DUTY,
        "proposal": None,
    }


def proposed(c: Complaint, event: e.DateProposed, at: datetime) -> dict[str, Any]:
    return {"proposal": Proposal(until=event.until, side=event.side, words=event.words)}


def agreed(c: Complaint, event: e.DateAgreed, at: datetime) -> dict[str, Any]:
    return {"proposal": None, "agreed_until": event.until}


def refused(c: Complaint, event: e.DateRefused, at: datetime) -> dict[str, Any]:
    return {"proposal": None}


def set_last_words(c: Complaint, event: e.Progressed | e.Contacted | e.Referred, at: datetime) -> dict[str, Any]:
    return {"last_words": event.words}


def matter_corrected(c: Complaint, event: e.MatterCorrected, at: datetime) -> dict[str, Any]:
    return {"matter": event.matter}


def resolved(c: Complaint, event: e.Resolved, at: datetime) -> dict[str, Any]:
    return {
        "state": State.RESOLVED,
        "answered_at": c.answered_at or at,
        "resolved_at": at,
        "result": event.words,
        "finding": event.finding,
        "finding_confirmed": False,
        "last_words": event.words,
        "ratings": (),
        "unexplained": (),
        "closing_asked": False,
        "proposal": None,
    }


def rated(c: Complaint, event: e.Rated, at: datetime) -> dict[str, Any]:
    others = tuple(r for r in c.ratings if r[0] != event.complainant)
    unhappy = (event.complainant,) if event.level is e.Level.DISSATISFIED else ()
    return {"ratings": (*others, (event.complainant, event.level)), "unexplained": (*c.unexplained, *unhappy)}


def explained(c: Complaint, event: e.RatingExplained, at: datetime) -> dict[str, Any]:
    rest = tuple(h for h in c.unexplained if h != event.complainant)
    return {"unexplained": rest, **supplemented(c, event, at)}


def sets(field: str, value: bool) -> Change:
    """A question is open, or answered."""
    return lambda c, event, at: {field: value}


def reopened(c: Complaint, event: e.Reopened, at: datetime) -> dict[str, Any]:
    return {
        "state": State.ANSWERED,
        "round": event.round,
        "disposition": e.Disposition.GENERAL,
        "resolved_at": None,
        "closed_at": None,
        "attempts": (),
        "finding": None,
        "finding_confirmed": False,
        "agreed_until": None,
        "plan_until": None,
        "proposal": None,
        "renewal": "",
        "signed_off": (),
        "struck_off_at": None,
    }


def tried(c: Complaint, event: e.ContactTried, at: datetime) -> dict[str, Any]:
    return {"attempts": (*c.attempts, at)}


def closed(c: Complaint, event: e.Closed, at: datetime) -> dict[str, Any]:
    return {"state": State.CLOSED, "closed_at": at}


def expired(c: Complaint, event: e.Expired, at: datetime) -> dict[str, Any]:
    """Only the agreed date itself slips: what expires because of it is no second slip, an outage of ours is none."""
    moved = {"handler": CaseOwner.COMPANY, "assignee": None} if event.to_company else {}
    clock = c.clock_of(event.clock)
    promised = clock.promised_due if clock is not None else event.due
    return {"slips": c.slips + int(event.counts and promised == c.agreed_until), **moved}


def taken_over(c: Complaint, event: e.TakenOver, at: datetime) -> dict[str, Any]:
    """The head has it himself: the company owes from here on what its manager owed."""
    return {"assignee": event.by, **by_company(c)}


def assigned(c: Complaint, event: e.Assigned, at: datetime) -> dict[str, Any]:
    """Whom the bureau names stays what they are; whom the head names handles for the company."""
    return {"assignee": event.to, **({} if event.by_bureau else by_company(c))}


def by_company(c: Complaint) -> dict[str, Any]:
    return {"handler": CaseOwner.COMPANY} if c.handler is CaseOwner.MANAGER else {}


def handler_lost(c: Complaint, event: e.HandlerLost, at: datetime) -> dict[str, Any]:
    """Who was named and has left isn't the handler by name any more; who only can't be reached still is."""
    return {"assignee": None} if event.left and c.assignee == event.person else {}


def accepted(c: Complaint, event: e.Accepted, at: datetime) -> dict[str, Any]:
    return {"handler": CaseOwner.BUREAU, "accepted": True}


def sent_back(c: Complaint, event: e.SentBack, at: datetime) -> dict[str, Any]:
    """It is the company's after all: whoever of it had the case has it again."""
    handler = c.handler if c.handler is CaseOwner.COMPANY else CaseOwner.MANAGER
    return {"disposition": e.Disposition.GENERAL, "handler": handler, "accepted": False}


def supervised(c: Complaint, event: e.Supervised, at: datetime) -> dict[str, Any]:
    order = Order(number=event.order, until=event.until, by=event.by)
    return {"order": order, "acts": (*c.acts, "Supervised")}


def signed(c: Complaint, event: e.Signed, at: datetime) -> dict[str, Any]:
    if c.order is None or event.by in c.order.signed:
        return {}
    return {"order": replace(c.order, signed=(*c.order.signed, event.by))}


def act(c: Complaint, event: e.Event, at: datetime) -> dict[str, Any]:
    raised = {"handler": CaseOwner.BUREAU} if isinstance(event, e.Raised) else {}
    return {"acts": (*c.acts, event.name), **raised}


def act_with_words(c: Complaint, event: e.ReportedBeyond, at: datetime) -> dict[str, Any]:
    return {**act(c, event, at), **answered_first(c, at), "last_words": event.words}


def referred(c: Complaint, event: e.Referred, at: datetime) -> dict[str, Any]:
    """The department owns the case from here on, once it has taken it in."""
    moved = {"handler": CaseOwner.DEPARTMENT, "assignee": None, "department": event.department, "referral": "waiting"}
    return {**act(c, event, at), **set_last_words(c, event, at), **moved}


def taken_in(c: Complaint, event: e.ReferralAccepted, at: datetime) -> dict[str, Any]:
    return {"referral": "accepted"}


def returned(c: Complaint, event: e.ReferralReturned, at: datetime) -> dict[str, Any]:
    """The bureau decides anew whose it is."""
    return {"handler": CaseOwner.BUREAU, "department": "", "referral": "", "accepted": False, "last_words": event.words}


def committed(c: Complaint, event: e.Committed, at: datetime) -> dict[str, Any]:
    said = {"last_words": event.words} if event.words is not None else {}
    return {**answered_first(c, at), **said, "agreed_until": event.until, "proposal": None}


def preliminary(c: Complaint, event: e.PreliminaryGiven, at: datetime) -> dict[str, Any]:
    return {**answered_first(c, at), "last_words": event.words}


def answered_first(c: Complaint, at: datetime) -> dict[str, Any]:
    return {"state": State.ANSWERED, "answered_at": c.answered_at or at}


def planned(c: Complaint, event: e.PlanSubmitted, at: datetime) -> dict[str, Any]:
    """The plan's day binds as an agreed one does."""
    return {**answered_first(c, at), "last_words": event.words, "agreed_until": event.until, "plan_until": event.until}


def unsolvable(c: Complaint, event: e.DeclaredUnsolvable, at: datetime) -> dict[str, Any]:
    return {**answered_first(c, at), "last_words": event.words}


def renewal_asked(c: Complaint, event: e.RenewalAsked, at: datetime) -> dict[str, Any]:
    return {"renewal": event.stage, "last_words": event.words}


def renewal_decided(c: Complaint, event: e.RenewalDecided, at: datetime) -> dict[str, Any]:
    return {"renewal": ""}


def signed_off(c: Complaint, event: e.SignedOff, at: datetime) -> dict[str, Any]:
    return {"signed_off": (*c.signed_off, event.side)}


def found(c: Complaint, event: e.FindingConfirmed, at: datetime) -> dict[str, Any]:
    return {"finding": event.finding, "finding_confirmed": True}


def struck_off(c: Complaint, event: e.StruckOff, at: datetime) -> dict[str, Any]:
    return {"struck_off_at": at}
