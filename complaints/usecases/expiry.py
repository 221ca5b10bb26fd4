"""What a due timer makes happen: a reminder, an expiry, or one that an outage of ours excuses."""

from dataclasses import replace
from datetime import timedelta

from complaints.lifecycle import outages
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Clock, Complaint
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import Stage
from complaints.time import periods
from complaints.usecases.ports import DueTimer, Work

LATE = timedelta(minutes=1)  # ours: a notice later than this says that it is late


def reminder(timer: DueTimer, clock: Clock) -> e.Nudged:
    return e.Nudged(stage=timer.stage, point=timer.point, due=clock.due, clock=clock.id, debtor=clock.debtor)


async def expiry(work: Work, complaint: Complaint, timer: DueTimer, clock: Clock) -> list[e.Event]:
    """The expiry at its time, with who owed what by which clause; a silent closing where the pack says so.

    Where an outage of ours took too much of the window, it blames nobody, and the clock goes on as long as was lost.
    """
    pack = work.rules.packs[complaint.pack]
    stage = pack.stage(timer.stage)
    says = stage.expiries[int(timer.point.removeprefix("expiry")) - 1]
    again = any(c.stage == timer.stage and c.state == "expired" and not c.delayed for c in complaint.clocks)
    clause = stage.expiry_rests_on(complaint, timer.point, again=again)
    expired = e.Expired(
        stage=timer.stage,
        point=timer.point,
        due=clock.due,
        clock=clock.id,
        final=says.after is None,
        again=again,
        delayed=work.now - timer.due_at > LATE,
        to_company=says.handler == "company" and complaint.handler is CaseOwner.MANAGER,
        debtor=clock.debtor,
        handler=complaint.handler.value,
        person=complaint.assignee,
        clause=str(clause) if clause.is_law else "",
    )
    if expired.final and (excuse := await _excuse(work, pack, stage, clock)) is not None:
        return [_excused(expired, excuse)]
    return [expired, e.Closed(how=e.Ending.SILENT)] if says.closes else [expired]


def _excused(expired: e.Expired, excuse: tuple[e.Outage, timedelta]) -> e.Expired:
    outage, taken = excuse
    until = max(expired.due, outage.ended) + taken
    return replace(expired, to_company=False, again=False, outage=outage, until=until)


async def _excuse(work: Work, pack: Pack, stage: Stage, clock: Clock) -> tuple[e.Outage, timedelta] | None:
    """From when to when the window was hit, and how much was lost that hasn't been given back; None where it counts."""
    begin = clock.resumed or clock.started
    hit = outages.overlapping(await work.outages(begin, clock.due), begin, clock.due)
    taken = outages.lost(hit, begin, clock.due)
    least = periods.due(clock.started, pack.outage_least, pack.hours(work.rules.workdays)).at - clock.started
    if not outages.too_much(taken, clock.promised_due - clock.started, pack.outage_share, least):
        return None
    return e.Outage(began=hit[0].began, ended=hit[-1].ended), taken
