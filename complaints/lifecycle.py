"""Which moves are possible, and what does each make of the complaint? One table, read from top to bottom."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from complaints import events as e
from complaints.complaint import ALIVE, OPEN, Complaint, Handler, Order, Proposal, State
from complaints.errors import TooLate
from complaints.people import Place

Change = Callable[[Complaint, Any, datetime], dict[str, Any]]


@dataclass(frozen=True)
class Move:
    """From which states an event may come, and the fields that it changes."""

    states: frozenset[State]
    change: Change


ANY = frozenset(State)
RESOLVED = frozenset({State.RESOLVED})
SETTLED = frozenset({State.RESOLVED, State.CLOSED})


def nothing(complaint: Complaint, event: e.Event, at: datetime) -> dict[str, Any]:
    """An event that is remembered and changes no field."""
    return {}


def _joined(c: Complaint, event: e.Joined, at: datetime) -> dict[str, Any]:
    return {"households": (*c.households, event.complainant)}


def _left(c: Complaint, event: e.HouseholdWithdrew, at: datetime) -> dict[str, Any]:
    rest = tuple(h for h in c.households if h != event.complainant)
    first = c.first_complainant if c.first_complainant in rest or not rest else rest[0]
    return {"households": rest, "first_complainant": first}


def _withdrawn(c: Complaint, event: e.Withdrawn, at: datetime) -> dict[str, Any]:
    return {"state": State.WITHDRAWN, "closed_at": at, "proposal": None}


def _answered(c: Complaint, event: e.Answered, at: datetime) -> dict[str, Any]:
    return {
        "state": State.ANSWERED,
        "answered_at": c.answered_at or at,
        "last_words": event.words,
    }


def _classified(c: Complaint, event: e.Classified, at: datetime) -> dict[str, Any]:
    by_bureau = event.disposition is e.Disposition.NEITHER
    return {
        "disposition": event.disposition,
        "department": event.department,
        "last_words": event.words or c.last_words,
        "handler": Handler.BUREAU if by_bureau else c.handler,
        "accepted": False,
        "proposal": None,
    }


def _proposed(c: Complaint, event: e.DateProposed, at: datetime) -> dict[str, Any]:
    return {"proposal": Proposal(until=event.until, side=event.side, words=event.words)}


def _agreed(c: Complaint, event: e.DateAgreed, at: datetime) -> dict[str, Any]:
    return {"proposal": None, "agreed_until": event.until}


def _refused(c: Complaint, event: e.DateRefused, at: datetime) -> dict[str, Any]:
    return {"proposal": None}


def _spoke(c: Complaint, event: e.Progressed | e.Contacted | e.Referred, at: datetime) -> dict[str, Any]:
    return {"last_words": event.words}


def _resolved(c: Complaint, event: e.Resolved, at: datetime) -> dict[str, Any]:
    return {
        "state": State.RESOLVED,
        "answered_at": c.answered_at or at,
        "resolved_at": at,
        "result": event.words,
        "last_words": event.words,
        "ratings": (),
        "unexplained": (),
        "closing_asked": False,
        "proposal": None,
    }


def _rated(c: Complaint, event: e.Rated, at: datetime) -> dict[str, Any]:
    others = tuple(r for r in c.ratings if r[0] != event.complainant)
    unhappy = (event.complainant,) if event.level is e.Level.DISSATISFIED else ()
    return {"ratings": (*others, (event.complainant, event.level)), "unexplained": (*c.unexplained, *unhappy)}


def _explained(c: Complaint, event: e.RatingExplained, at: datetime) -> dict[str, Any]:
    return {"unexplained": tuple(h for h in c.unexplained if h != event.complainant)}


def _sets(field: str, value: bool) -> Change:
    """A question is open, or answered."""
    return lambda c, event, at: {field: value}


def _reopened(c: Complaint, event: e.Reopened, at: datetime) -> dict[str, Any]:
    return {
        "state": State.ANSWERED,
        "round": event.round,
        "disposition": e.Disposition.GENERAL,
        "resolved_at": None,
        "closed_at": None,
        "agreed_until": None,
        "proposal": None,
    }


def _closed(c: Complaint, event: e.Closed, at: datetime) -> dict[str, Any]:
    return {"state": State.CLOSED, "closed_at": at}


def _expired(c: Complaint, event: e.Expired, at: datetime) -> dict[str, Any]:
    """Only the agreed date itself slips: what expires because of it is no second slip."""
    moved = {"handler": Handler.COMPANY, "assignee": None} if event.to_company else {}
    return {"slips": c.slips + int(event.final and event.due == c.agreed_until), **moved}


def _taken_over(c: Complaint, event: e.TakenOver, at: datetime) -> dict[str, Any]:
    return {"assignee": event.by}


def _assigned(c: Complaint, event: e.Assigned, at: datetime) -> dict[str, Any]:
    return {"assignee": event.to}


def _accepted(c: Complaint, event: e.Accepted, at: datetime) -> dict[str, Any]:
    return {"handler": Handler.BUREAU, "accepted": True}


def _sent_back(c: Complaint, event: e.SentBack, at: datetime) -> dict[str, Any]:
    return {"disposition": e.Disposition.GENERAL, "handler": Handler.MANAGER, "accepted": False}


def _supervised(c: Complaint, event: e.Supervised, at: datetime) -> dict[str, Any]:
    order = Order(number=event.order, until=event.until, by=event.by)
    return {"order": order, "acts": (*c.acts, "Supervised")}


def _signed(c: Complaint, event: e.Signed, at: datetime) -> dict[str, Any]:
    if c.order is None or event.by in c.order.signed:
        return {}
    return {"order": replace(c.order, signed=(*c.order.signed, event.by))}


def _act(c: Complaint, event: e.Event, at: datetime) -> dict[str, Any]:
    raised = {"handler": Handler.BUREAU} if isinstance(event, e.Raised) else {}
    return {"acts": (*c.acts, type(event).__name__), **raised}


MOVES: dict[type[e.Event], Move] = {
    e.Joined: Move(OPEN, _joined),
    e.Supplemented: Move(ALIVE, nothing),
    e.Urged: Move(OPEN, nothing),
    e.HouseholdWithdrew: Move(ALIVE, _left),
    e.Withdrawn: Move(ALIVE, _withdrawn),
    e.Acknowledged: Move(OPEN, nothing),
    e.Answered: Move(OPEN, _answered),
    e.Classified: Move(OPEN, _classified),
    e.DateProposed: Move(OPEN, _proposed),
    e.DateAgreed: Move(OPEN, _agreed),
    e.DateRefused: Move(OPEN, _refused),
    e.Progressed: Move(OPEN, _spoke),
    e.Visited: Move(OPEN, nothing),
    e.Contacted: Move(ALIVE, _spoke),
    e.PhoneShown: Move(ALIVE, nothing),
    e.ClosingAsked: Move(OPEN, _sets("closing_asked", True)),
    e.ClosingAnswered: Move(OPEN, _sets("closing_asked", False)),
    e.Resolved: Move(OPEN, _resolved),
    e.Rated: Move(RESOLVED, _rated),
    e.RatingExplained: Move(ANY, _explained),
    e.ReviewAsked: Move(ANY, _sets("review_open", True)),
    e.ReviewDecided: Move(ANY, _sets("review_open", False)),
    e.Reopened: Move(SETTLED, _reopened),
    e.Closed: Move(RESOLVED, _closed),
    e.Nudged: Move(ALIVE, nothing),
    e.Expired: Move(ALIVE, _expired),
    e.Recomputed: Move(ALIVE, nothing),
    e.TakenOver: Move(OPEN, _taken_over),
    e.Assigned: Move(OPEN, _assigned),
    e.HandlerLost: Move(OPEN, nothing),
    e.Accepted: Move(OPEN, _accepted),
    e.SentBack: Move(OPEN, _sent_back),
    e.Supervised: Move(OPEN, _supervised),
    e.OrderWorded: Move(OPEN, nothing),
    e.Signed: Move(ALIVE, _signed),
    e.Listed: Move(OPEN, _act),
    e.Raised: Move(OPEN, _act),
    e.Convened: Move(OPEN, _act),
    e.Referred: Move(OPEN, lambda c, ev, at: {**_act(c, ev, at), **_spoke(c, ev, at)}),
    e.Waived: Move(OPEN, _act),
    e.ReportedDone: Move(OPEN, nothing),
}


def born(complaint_id: int, event: e.Filed, at: datetime) -> Complaint:
    """The complaint that a filing brings into being."""
    place = Place(
        project=event.project,
        company=event.company,
        district=event.district,
        city=event.city,
        street=event.street,
        community=event.community,
    )
    return Complaint(
        id=complaint_id,
        number=event.number,
        pack=event.pack,
        place=place,
        matter=event.matter,
        kind=event.kind,
        danger=event.danger,
        building=event.building,
        words=event.words,
        filed_at=at,
        first_complainant=event.complainant,
        households=(event.complainant,),
    )


def allows(complaint: Complaint, kind: type[e.Event]) -> bool:
    return complaint.state in MOVES[kind].states


def apply(complaint: Complaint, event: e.Event, at: datetime) -> Complaint:
    """The complaint after the event; raises TooLate where the state doesn't allow the move."""
    move = MOVES[type(event)]
    if complaint.state not in move.states:
        raise TooLate(state=complaint.state)
    return replace(complaint, version=complaint.version + 1, **move.change(complaint, event, at))
