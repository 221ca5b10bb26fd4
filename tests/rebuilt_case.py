"""Rebuilding of a case from the events of its ledger, and of nothing else."""

from complaints.lifecycle import moves, stages
from complaints.model.complaint import Complaint
from complaints.model.events import Filed
from storage.repositories import ledger
from storage.work import Work


async def rebuilt(work: Work, complaint_id: int) -> Complaint:
    """The case from its events alone."""
    first, *rest = await ledger.history(work, complaint_id)
    assert isinstance(first.event, Filed)
    case = moves.born(complaint_id, first.event, first.at)
    pack = work.rules.packs[case.pack]
    hours = pack.hours(work.rules.workdays)
    case, _ = stages.advance(case, case, first.event, first.at, pack, hours)
    for recorded in rest:
        moved = moves.apply(case, recorded.event, recorded.at)
        case, _ = stages.advance(case, moved, recorded.event, recorded.at, pack, hours)
    return case


async def every_case_is_what_its_events_make_it(city, play):
    """Every case that was filed, held against its own history."""
    stored = await play.cases()
    assert stored
    async with city.app.store.work(city.clock.now()) as work:
        for case in stored:
            assert await rebuilt(work, case.id) == case
