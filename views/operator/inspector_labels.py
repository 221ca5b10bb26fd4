"""Labels of the inspector: events, points in time, and states of messages."""

from views.framework import terms
from views.framework.translator import Translator


def happened(t: Translator, kind: str) -> str:
    """An event of the ledger in a few words; its own name where there are none."""
    return (_of_case(t) | _of_clock(t) | _of_bureau(t) | _of_offices(t)).get(kind, kind)


def _of_case(t: Translator) -> dict[str, str]:
    return {
        "Filed": t.p("event", "filed"),
        "Joined": t.p("event", "another household joined"),
        "Supplemented": t.p("event", "resident added something"),
        "Urged": t.p("event", "resident urged"),
        "HouseholdWithdrew": t.p("event", "a household left"),
        "Erased": t.p("event", "a household had its personal data deleted"),
        "Withdrawn": t.p("event", "withdrawn"),
        "Acknowledged": t.p("event", "acknowledged"),
        "Answered": t.p("event", "answered"),
        "Classified": t.p("event", "sorted"),
        "DateProposed": t.p("event", "date proposed"),
        "DateAgreed": t.p("event", "date agreed"),
        "DateRefused": t.p("event", "date refused"),
        "Progressed": t.p("event", "progress told"),
        "Visited": t.p("event", "looked at on site"),
        "Contacted": t.p("event", "words relayed"),
        "PhoneShown": t.p("event", "phone number shown"),
        "ClosingAsked": t.p("event", "asked whether it can be closed"),
        "ClosingAnswered": t.p("event", "closing answered"),
        "Resolved": t.p("event", "resolved"),
        "Rated": t.p("event", "rated"),
        "RatingExplained": t.p("event", "rating explained"),
        "Reopened": t.p("event", "reopened"),
        "Closed": t.p("event", "closed"),
    }


def _of_clock(t: Translator) -> dict[str, str]:
    return {
        "Nudged": t.p("event", "nudged"),
        "Expired": t.p("event", "time ran out"),
        "TakenOver": t.p("event", "taken over by the company's head"),
        "Assigned": t.p("event", "handed on"),
        "HandlerLost": t.p("event", "handler can't be reached"),
    }


def _of_bureau(t: Translator) -> dict[str, str]:
    return {
        "Accepted": t.p("event", "accepted by the bureau"),
        "SentBack": t.p("event", "sent back"),
        "Supervised": t.p("event", "order given"),
        "OrderWorded": t.p("event", "order worded"),
        "Signed": t.p("event", "order signed for"),
        "Listed": t.p("event", "listed"),
        "Raised": t.p("event", "raised"),
        "Convened": t.p("event", "meeting convened"),
        "Referred": t.p("event", "referred"),
        "Waived": t.p("event", "waived with reasons"),
        "ReportedDone": t.p("event", "order reported done"),
        "ReviewAsked": t.p("event", "review of the rating asked"),
        "ReviewDecided": t.p("event", "review decided"),
    }


def _of_offices(t: Translator) -> dict[str, str]:
    return {
        "Called": t.p("event", "resident called"),
        "ContactFailed": t.p("event", "resident not reached"),
        "Committed": t.p("event", "date given"),
        "PreliminaryGiven": t.p("event", "preliminary result given"),
        "ReferralAccepted": t.p("event", "taken in by the department"),
        "ReferralReturned": t.p("event", "returned by the department"),
        "DeclaredUnsolvable": t.p("event", "said to be unsolvable for now"),
        "PlanSubmitted": t.p("event", "plan submitted"),
        "PlanProgressed": t.p("event", "the plan's progress told"),
        "LeadReceived": t.p("event", "lead received"),
        "LeadVerified": t.p("event", "lead verified"),
        "PenaltyOpened": t.p("event", "proceedings opened"),
        "PenaltyExtended": t.p("event", "proceedings extended"),
        "PenaltyDecided": t.p("event", "penalty decided"),
        "StreetContacted": t.p("event", "contacted by the street"),
        "Redelivered": t.p("event", "delivered again by the hotline"),
        "SignedOff": t.p("event", "signed off"),
        "StruckOff": t.p("event", "struck off"),
        "Recomputed": t.p("event", "deadline counted anew"),
    }


def point(t: Translator, which: str) -> str:
    """ "nudge2" and "expiry1" as people call them."""
    kind, number = which.rstrip("0123456789"), which.lstrip("abcdefghijklmnopqrstuvwxyz")
    if kind == "nudge":
        return t.p("point", "nudge {number}", number=number)
    return t.p("point", "expiry {number}", number=number) if number not in ("", "1") else t.p("point", "expiry")


def timer_state(t: Translator, state: str) -> str:
    names = {
        "waiting": t.p("timer", "waiting"),
        "done": t.p("timer", "done"),
        "void": t.p("timer", "fell away"),
    }
    return names[state]


def letter_state(t: Translator, state: str) -> str:
    names = {
        "ready": t.p("outbox", "waiting to be sent"),
        "sending": t.p("outbox", "on its way"),
        "sent": t.p("outbox", "delivered"),
        "dropped": t.p("outbox", "no longer needed"),
        "dead": t.p("outbox", "can't be delivered"),
        "unknown": t.p("outbox", "nobody knows whether it arrived"),
    }
    return names[state]


def clock_state(t: Translator, state: str) -> str:
    names = {
        "running": t.p("clock", "running"),
        "met": t.p("clock", "in time"),
        "expired": t.p("clock", "ran out"),
        "void": t.p("clock", "fell away"),
    }
    return names[state]


def owner(t: Translator, which: str) -> str:
    """Who has to keep a promise of a pack."""
    if which == "handler":
        return t.p("role", "handler")
    return terms.role(t, "resident" if which == "households" else which)
