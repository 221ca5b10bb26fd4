"""The table of moves: in which states each event is possible, and what it changes."""

from dataclasses import dataclass, replace
from datetime import datetime

from complaints.errors import TooLate
from complaints.lifecycle import transitions
from complaints.lifecycle.transitions import Change
from complaints.model import events as e
from complaints.model.complaint import ALIVE, OPEN, CaseOwner, Complaint, State
from complaints.model.people import Place


@dataclass(frozen=True)
class Move:
    """From which states an event may come, and the fields that it changes."""

    states: frozenset[State]
    change: Change


ANY = frozenset(State)
RESOLVED = frozenset({State.RESOLVED})
SETTLED = frozenset({State.RESOLVED, State.CLOSED})


MOVES: dict[type[e.Event], Move] = {
    e.Joined: Move(OPEN, transitions.joined),
    e.Supplemented: Move(ALIVE, transitions.nothing),
    e.Urged: Move(OPEN, transitions.nothing),
    e.HouseholdWithdrew: Move(ALIVE, transitions.left),
    e.Withdrawn: Move(ALIVE, transitions.withdrawn),
    e.Erased: Move(ANY, transitions.erased),
    e.Acknowledged: Move(OPEN, transitions.nothing),
    e.Answered: Move(OPEN, transitions.answered),
    e.Classified: Move(OPEN, transitions.classified),
    e.DateProposed: Move(OPEN, transitions.proposed),
    e.DateAgreed: Move(OPEN, transitions.agreed),
    e.DateRefused: Move(OPEN, transitions.refused),
    e.Progressed: Move(OPEN, transitions.set_last_words),
    e.Visited: Move(OPEN, transitions.nothing),
    e.Contacted: Move(ALIVE, transitions.set_last_words),
    e.PhoneShown: Move(ALIVE, transitions.nothing),
    e.ClosingAsked: Move(OPEN, transitions.sets("closing_asked", True)),
    e.ClosingAnswered: Move(OPEN, transitions.sets("closing_asked", False)),
    e.Resolved: Move(OPEN, transitions.resolved),
    e.Rated: Move(RESOLVED, transitions.rated),
    e.RatingExplained: Move(ANY, transitions.explained),
    e.ReviewAsked: Move(ANY, transitions.sets("review_open", True)),
    e.ReviewDecided: Move(ANY, transitions.sets("review_open", False)),
    e.Reopened: Move(SETTLED, transitions.reopened),
    e.Closed: Move(RESOLVED, transitions.closed),
    e.Nudged: Move(ANY, transitions.nothing),
    e.Expired: Move(ANY, transitions.expired),
    e.Recomputed: Move(ALIVE, transitions.nothing),
    e.TakenOver: Move(OPEN, transitions.taken_over),
    e.Assigned: Move(OPEN, transitions.assigned),
    e.HandlerLost: Move(OPEN, transitions.handler_lost),
    e.Accepted: Move(OPEN, transitions.accepted),
    e.SentBack: Move(OPEN, transitions.sent_back),
    e.Supervised: Move(OPEN, transitions.supervised),
    e.OrderWorded: Move(OPEN, transitions.nothing),
    e.Signed: Move(ALIVE, transitions.signed),
    e.Listed: Move(OPEN, transitions.act),
    e.Raised: Move(OPEN, transitions.act),
    e.Convened: Move(OPEN, transitions.act),
    e.Referred: Move(OPEN, transitions.referred),
    e.Waived: Move(OPEN, transitions.act),
    e.ReportedDone: Move(OPEN, transitions.nothing),
    e.ReferralAccepted: Move(OPEN, transitions.taken_in),
    e.ReferralReturned: Move(OPEN, transitions.returned),
    e.Called: Move(OPEN, transitions.nothing),
    e.ContactFailed: Move(OPEN, transitions.nothing),
    e.Committed: Move(OPEN, transitions.committed),
    e.PreliminaryGiven: Move(OPEN, transitions.preliminary),
    e.DeclaredUnsolvable: Move(OPEN, transitions.unsolvable),
    e.PlanSubmitted: Move(OPEN, transitions.planned),
    e.PlanProgressed: Move(OPEN, transitions.set_last_words),
    e.LeadReceived: Move(ANY, transitions.nothing),
    e.LeadVerified: Move(ANY, transitions.nothing),
    e.PenaltyOpened: Move(ANY, transitions.nothing),
    e.PenaltyExtended: Move(ANY, transitions.nothing),
    e.PenaltyDecided: Move(ANY, transitions.nothing),
    e.StreetContacted: Move(OPEN, transitions.set_last_words),
    e.Redelivered: Move(OPEN, transitions.nothing),
    e.SignedOff: Move(SETTLED, transitions.signed_off),
    e.StruckOff: Move(SETTLED, transitions.struck_off),
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
        handler=CaseOwner(event.handler),
        department=event.department,
    )


def allows(complaint: Complaint, kind: type[e.Event]) -> bool:
    return complaint.state in MOVES[kind].states


def apply(complaint: Complaint, event: e.Event, at: datetime) -> Complaint:
    """The complaint after the event; raises TooLate where the state doesn't allow the move."""
    move = MOVES[type(event)]
    if complaint.state not in move.states:
        raise TooLate(state=complaint.state)
    return replace(complaint, version=complaint.version + 1, **move.change(complaint, event, at))
