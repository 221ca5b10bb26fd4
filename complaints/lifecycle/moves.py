"""How events change a complaint: from which states each may come, and what it makes of the case."""

from dataclasses import dataclass, replace
from datetime import datetime

from complaints.errors import TooLate
from complaints.lifecycle.acts import ACTS, happenings
from complaints.lifecycle.acts.act import Move
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Complaint, State
from complaints.model.people import Place


@dataclass(frozen=True)
class FromStates:
    """A move, and the states of the case from which it may come: those of the act that makes it."""

    states: frozenset[State]
    move: Move


MOVES: dict[type[e.Event], FromStates] = {
    **{move.event: FromStates(act.states, move) for act in ACTS.values() for move in act.moves},
    **{move.event: FromStates(states, move) for states, move in happenings.MOVES},
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
        voices=(event.words,) if event.voice else (),
    )


def allows(complaint: Complaint, kind: type[e.Event]) -> bool:
    return complaint.state in MOVES[kind].states


def apply(complaint: Complaint, event: e.Event, at: datetime) -> Complaint:
    """The complaint after the event; raises TooLate where the state doesn't allow the move."""
    found = MOVES[type(event)]
    if complaint.state not in found.states:
        raise TooLate(state=complaint.state)
    return replace(complaint, version=complaint.version + 1, **found.move.change(complaint, event, at))
