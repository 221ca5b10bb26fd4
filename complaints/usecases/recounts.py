"""A notice of working days has been loaded: what was provisional is counted anew."""

from complaints.lifecycle import recounts
from complaints.model import events as e
from complaints.model.people import SYSTEM
from complaints.usecases.ports import Work
from complaints.usecases.record import record


async def recount(work: Work, complaint_id: int) -> None:
    """Every provisional clock of the case, from its start, by the pack that the case was filed under.

    No timer is fired here, for updates that came in time may still be waiting: a clock that is due is left alone.
    """
    complaint = await work.complaint(complaint_id)
    if complaint is None:
        return
    pack = work.rules.packs[complaint.pack]
    hours = pack.hours(work.rules.workdays)
    counts = tuple(recounts.recounts(complaint, pack, hours, work.now))
    if not counts:
        return
    started = min(clock.started for clock in complaint.running)
    last = max(max(count.was, count.due) for count in counts)
    sources = work.rules.workdays.sources_of(hours.day(started), hours.day(last))
    await record(work, SYSTEM, complaint, [e.Recomputed(counts=counts, source="、".join(sources))])
