"""Which moves are possible, and what does each make of the complaint? One table, read from top to bottom."""

from dataclasses import dataclass, replace
from datetime import datetime

from complaints import changes
from complaints import events as e
from complaints.changes import Change
from complaints.complaint import ALIVE, OPEN, Complaint, Handler, State
from complaints.errors import TooLate
from complaints.people import Place


@dataclass(frozen=True)
class Move:
    """From which states an event may come, and the fields that it changes."""

    states: frozenset[State]
    change: Change


ANY = frozenset(State)
RESOLVED = frozenset({State.RESOLVED})
SETTLED = frozenset({State.RESOLVED, State.CLOSED})


MOVES: dict[type[e.Event], Move] = {
    e.Joined: Move(OPEN, changes.joined),
    e.Supplemented: Move(ALIVE, changes.nothing),
    e.Urged: Move(OPEN, changes.nothing),
    e.HouseholdWithdrew: Move(ALIVE, changes.left),
    e.Withdrawn: Move(ALIVE, changes.withdrawn),
    e.Erased: Move(ANY, changes.erased),
    e.Acknowledged: Move(OPEN, changes.nothing),
    e.Answered: Move(OPEN, changes.answered),
    e.Classified: Move(OPEN, changes.classified),
    e.DateProposed: Move(OPEN, changes.proposed),
    e.DateAgreed: Move(OPEN, changes.agreed),
    e.DateRefused: Move(OPEN, changes.refused),
    e.Progressed: Move(OPEN, changes.spoke),
    e.Visited: Move(OPEN, changes.nothing),
    e.Contacted: Move(ALIVE, changes.spoke),
    e.PhoneShown: Move(ALIVE, changes.nothing),
    e.ClosingAsked: Move(OPEN, changes.sets("closing_asked", True)),
    e.ClosingAnswered: Move(OPEN, changes.sets("closing_asked", False)),
    e.Resolved: Move(OPEN, changes.resolved),
    e.Rated: Move(RESOLVED, changes.rated),
    e.RatingExplained: Move(ANY, changes.explained),
    e.ReviewAsked: Move(ANY, changes.sets("review_open", True)),
    e.ReviewDecided: Move(ANY, changes.sets("review_open", False)),
    e.Reopened: Move(SETTLED, changes.reopened),
    e.Closed: Move(RESOLVED, changes.closed),
    e.Nudged: Move(ANY, changes.nothing),
    e.Expired: Move(ANY, changes.expired),
    e.Recomputed: Move(ALIVE, changes.nothing),
    e.TakenOver: Move(OPEN, changes.taken_over),
    e.Assigned: Move(OPEN, changes.assigned),
    e.HandlerLost: Move(OPEN, changes.handler_lost),
    e.Accepted: Move(OPEN, changes.accepted),
    e.SentBack: Move(OPEN, changes.sent_back),
    e.Supervised: Move(OPEN, changes.supervised),
    e.OrderWorded: Move(OPEN, changes.nothing),
    e.Signed: Move(ALIVE, changes.signed),
    e.Listed: Move(OPEN, changes.act),
    e.Raised: Move(OPEN, changes.act),
    e.Convened: Move(OPEN, changes.act),
    e.Referred: Move(OPEN, changes.referred),
    e.Waived: Move(OPEN, changes.act),
    e.ReportedDone: Move(OPEN, changes.nothing),
    e.ReferralAccepted: Move(OPEN, changes.taken_in),
    e.ReferralReturned: Move(OPEN, changes.returned),
    e.Called: Move(OPEN, changes.nothing),
    e.ContactFailed: Move(OPEN, changes.nothing),
    e.Committed: Move(OPEN, changes.committed),
    e.PreliminaryGiven: Move(OPEN, changes.preliminary),
    e.DeclaredUnsolvable: Move(OPEN, changes.unsolvable),
    e.PlanSubmitted: Move(OPEN, changes.planned),
    e.PlanProgressed: Move(OPEN, changes.spoke),
    e.LeadReceived: Move(ANY, changes.nothing),
    e.LeadVerified: Move(ANY, changes.nothing),
    e.PenaltyOpened: Move(ANY, changes.nothing),
    e.PenaltyExtended: Move(ANY, changes.nothing),
    e.PenaltyDecided: Move(ANY, changes.nothing),
    e.StreetContacted: Move(OPEN, changes.spoke),
    e.Redelivered: Move(OPEN, changes.nothing),
    e.SignedOff: Move(SETTLED, changes.signed_off),
    e.StruckOff: Move(SETTLED, changes.struck_off),
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
        handler=Handler(event.handler),
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
