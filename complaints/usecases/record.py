"""The only place that a change passes through: no verb can forget a notice, a timer or the ledger."""

from collections.abc import Iterable
from datetime import datetime

from complaints.errors import NotFound
from complaints.lifecycle import moves, stages
from complaints.lifecycle.timer_points import MORNING, OVERDUE
from complaints.model import events as e
from complaints.model.clock import Clock
from complaints.model.complaint import Complaint
from complaints.model.notice import Audience, Found, Notice
from complaints.model.people import SYSTEM, Actor
from complaints.model.roles import RecipientRole
from complaints.notifications.notices import notices
from complaints.usecases import danger_words, expiry, morning_notices
from complaints.usecases.ports import DueTimer, Work


async def load(work: Work, complaint_id: int) -> Complaint:
    """The case as it stands at `work.now`: timers that were due before it have been dealt with first."""
    complaint = await work.complaint(complaint_id)
    if complaint is None:
        raise NotFound
    while missed := [t for t in await work.due_timers(complaint_id, work.now) if t.due_at < work.now]:
        complaint = await fire_timer(work, complaint, missed[0])
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
        if alarm := await danger_words.heard(work, complaint, event):
            complaint = await record(work, actor, complaint, alarm, at)
    return complaint


async def _settle(
    work: Work,
    actor: Actor,
    before: Complaint,
    after: Complaint,
    event: e.Event,
    at: datetime,
    already: frozenset[RecipientRole] = frozenset(),
) -> Complaint:
    """Write what the event changes, and tell of it whomever it concerns, but for those who are told `already`."""
    pack = work.rules.packs[after.pack]
    after, changes = stages.advance(before, after, event, at, pack, pack.hours(work.rules.workdays))
    seq = await work.append(after, event, actor.person, at)
    for clock in changes.ended:
        work.stop_timers(after.id, clock.id)
    for clock, points in changes.moved:
        work.move_timers(after.id, clock.id, points)
    work.start_timers(after.id, changes.timers)
    work.put(after)
    told = [n for n in notices(before, event, after, pack) if not (n.recipient in already and _heard_enough(n))]
    at_once, mornings = morning_notices.parted(work, after, event, seq, told)
    work.start_timers(after.id, mornings)
    await work.tell(
        ((before if n.found_in is Found.BEFORE else after, n) for n in at_once), seq, event.statement, actor.person
    )
    for clock in changes.met_late:
        late = _met_late(clock, event)
        after = await _settle(
            work, actor, after, moves.apply(after, late, at), late, at, frozenset(n.recipient for n in told)
        )
    return after


def _heard_enough(notice: Notice) -> bool:
    """Whoever reads the act itself needn't read that it was late; the offices, which got the alarm, do."""
    return notice.audience in (Audience.RESIDENT, Audience.COMPANY)


def _met_late(clock: Clock, event: e.Event) -> e.MetLate:
    """What goes into the ledger beside an event by which something overdue was done."""
    return e.MetLate(stage=clock.stage, clock=clock.id, due=clock.due, debtor=clock.debtor, through=event.name)


async def fire_timer(work: Work, complaint: Complaint, timer: DueTimer) -> Complaint:
    """A timer's point has come: remind, or expire with what the pack says of it. Does nothing where it was met."""
    work.finish_timer(timer)
    if timer.point.startswith(MORNING):
        await morning_notices.tell(work, complaint, timer)
        return complaint
    clock = complaint.clock_of(timer.clock)
    if clock is None or not clock.is_owed:
        return complaint
    if timer.point.startswith(OVERDUE):
        return await record(work, SYSTEM, complaint, [expiry.reminder(timer, clock)])
    if not clock.is_running:
        return complaint
    if timer.point.startswith("nudge"):
        return await record(work, SYSTEM, complaint, [expiry.reminder(timer, clock)], timer.due_at)
    return await record(work, SYSTEM, complaint, await expiry.expiry(work, complaint, timer, clock), timer.due_at)
