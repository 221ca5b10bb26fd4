"""Rebuilding of a case from the events of its ledger, and of nothing else."""

from complaints.lifecycle.history import retold
from complaints.model.complaint import Complaint
from complaints.model.events import Filed
from storage.repositories import ledger
from storage.work import Work


async def rebuilt(work: Work, complaint_id: int) -> Complaint:
    """The case from its events alone."""
    history = [(recorded.event, recorded.at) for recorded in await ledger.history(work, complaint_id)]
    filed, _ = history[0]
    assert isinstance(filed, Filed)
    pack = work.rules.packs[filed.pack]
    *_, case = retold(complaint_id, history, pack, pack.hours(work.rules.workdays))
    return case


async def every_case_is_what_its_events_make_it(city, play):
    """Every case that was filed, held against its own history."""
    stored = await play.cases()
    assert stored
    async with city.app.store.work(city.clock.now()) as work:
        for case in stored:
            assert await rebuilt(work, case.id) == case
