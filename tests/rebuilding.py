"""What do the events of a case make of it? Nothing but the ledger is asked."""

from complaints import lifecycle, stages
from complaints.complaint import Complaint
from complaints.events import Filed
from storage import ledger
from storage.work import Work


async def rebuilt(work: Work, complaint_id: int) -> Complaint:
    """The case from its events alone."""
    first, *rest = await ledger.history(work, complaint_id)
    assert isinstance(first.event, Filed)
    case = lifecycle.born(complaint_id, first.event, first.at)
    pack = work.rules.packs[case.pack]
    hours = pack.hours(work.rules.workdays)
    case, _ = stages.turn(case, first.event, first.at, pack, hours)
    for recorded in rest:
        case = lifecycle.apply(case, recorded.event, recorded.at)
        case, _ = stages.turn(case, recorded.event, recorded.at, pack, hours)
    return case
