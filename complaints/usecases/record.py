"""The only place that a change passes through: no verb can forget a notice, a timer or the ledger."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from complaints.errors import NotFound
from complaints.lifecycle import moves, stages
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Clock, Complaint
from complaints.model.notice import Found
from complaints.model.people import SYSTEM, Actor
from complaints.notifications.notices import notices
from complaints.usecases.ports import DueTimer, Work

OUTAGE = timedelta(minutes=1)  # ours: an expiry later than this is stamped as delayed by the system itself


async def load(work: Work, complaint_id: int) -> Complaint:
    """The case as it stands at `work.now`: timers that were due before it have been dealt with first."""
    complaint = await work.complaint(complaint_id)
    if complaint is None:
        raise NotFound
    for timer in await work.due_timers(complaint_id, work.now):
        if timer.due_at < work.now:
            complaint = await fire_timer(work, complaint, timer)
    return complaint


async def open_case(work: Work, actor: Actor, complaint_id: int, event: e.Filed) -> Complaint:
    """A case comes into being."""
    complaint = moves.born(complaint_id, event, work.now)
    work.add(complaint)
    return await _settle(work, actor, complaint, complaint, event, work.now)


async def record(
    work: Work, actor: Actor, complaint: Complaint, events: Iterable[e.Event], at: datetime | None = None
) -> Complaint:
    """Apply the events in order: ledger, clocks, timers, notices; raises TooLate where the case has moved on."""
    at = at or work.now
    for event in events:
        after = moves.apply(complaint, event, at)
        complaint = await _settle(work, actor, complaint, after, event, at)
    return complaint


async def _settle(
    work: Work, actor: Actor, before: Complaint, after: Complaint, event: e.Event, at: datetime
) -> Complaint:
    pack = work.rules.packs[after.pack]
    after, changes = stages.advance(after, event, at, pack, pack.hours(work.rules.workdays))
    seq = await work.append(after.id, event, actor.person, at)
    for clock in changes.ended:
        work.stop_timers(after.id, clock.stage, clock.round)
    for clock, points in changes.moved:
        work.move_timers(after.id, clock.stage, clock.round, points)
    work.start_timers(after.id, changes.timers)
    work.put(after)
    told = notices(before, event, after, pack)
    await work.tell(((before if n.found_in is Found.BEFORE else after, n) for n in told), seq, event.statement)
    return after


async def fire_timer(work: Work, complaint: Complaint, timer: DueTimer) -> Complaint:
    """A timer's point has come: nudge, or expire with what the pack says of it. Does nothing where it was met."""
    work.finish_timer(timer.id)
    clock = complaint.clock(timer.stage, "running")
    if clock is None or clock.round != timer.round:
        return complaint
    delayed = work.now - timer.due_at > OUTAGE
    at = work.now if delayed else timer.due_at
    if timer.point.startswith("nudge"):
        nudged = e.Nudged(stage=timer.stage, point=timer.point, due=clock.due)
        return await record(work, SYSTEM, complaint, [nudged], at)
    return await record(work, SYSTEM, complaint, _expiry(work, complaint, timer, clock, delayed), at)


def _expiry(work: Work, complaint: Complaint, timer: DueTimer, clock: Clock, delayed: bool) -> list[e.Event]:
    stage = work.rules.packs[complaint.pack].stage(timer.stage)
    expiry = stage.expiries[int(timer.point.removeprefix("expiry")) - 1]
    expired = e.Expired(
        stage=timer.stage,
        point=timer.point,
        due=clock.due,
        final=expiry.after is None,
        again=any(c.stage == timer.stage and c.state == "expired" and not c.delayed for c in complaint.clocks),
        delayed=delayed,
        to_company=expiry.handler == "company" and complaint.handler is CaseOwner.MANAGER,
    )
    return [expired, e.Closed(how=e.Ending.SILENT)] if expiry.closes else [expired]
