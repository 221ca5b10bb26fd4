"""What the events of a case make it by today's rules, one after the other."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from complaints.lifecycle import moves, stages
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.policy.pack import Pack
from complaints.time.workdays import WorkingTime


def begun(complaint_id: int, filed: e.Event, at: datetime, pack: Pack, hours: WorkingTime) -> Complaint:
    """The case that a filing brings into being, with its clocks."""
    if not isinstance(filed, e.Filed):
        raise TypeError(f"a case begins with {filed.name}")
    born = moves.born(complaint_id, filed, at)
    case, _ = stages.advance(born, born, filed, at, pack, hours)
    return case


def after(case: Complaint, event: e.Event, at: datetime, pack: Pack, hours: WorkingTime) -> Complaint:
    """The case and its clocks after one more event."""
    moved, _ = stages.advance(case, moves.apply(case, event, at), event, at, pack, hours)
    return moved


def retold(
    complaint_id: int, history: Iterable[tuple[e.Event, datetime]], pack: Pack, hours: WorkingTime
) -> Iterator[Complaint]:
    """The case after each of its events, the filing first; each event comes with its instant."""
    (filed, filed_at), *rest = history
    case = begun(complaint_id, filed, filed_at, pack, hours)
    yield case
    for event, at in rest:
        case = after(case, event, at, pack, hours)
        yield case
