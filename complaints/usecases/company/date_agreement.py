"""Handler and resident agree on a date (成住建发〔2023〕62号 一(三): 应与群众协商办结时间)."""

from datetime import datetime, timedelta

from complaints.errors import DatePast, DateTooFar, PromisedAlready, TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint, State
from complaints.model.people import Actor
from complaints.usecases.company.answers import answer, can_sort, classify
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.household import household
from complaints.usecases.statements import NOTHING, Said, keep, keep_if_any, keep_if_said, require_words

FARTHEST = timedelta(days=365)  # ours


def require_ahead(until: datetime, now: datetime) -> None:
    """DatePast where the date isn't in the future."""
    if until <= now:
        raise DatePast


def require_possible(until: datetime, now: datetime) -> None:
    """DatePast where it isn't ahead, DateTooFar where it is by more than a year."""
    require_ahead(until, now)
    if until - now > FARTHEST:
        raise DateTooFar


async def propose(work: Work, actor: Actor, complaint_id: int, until: datetime, reason: Said) -> Complaint:
    """The handler names a date and why; it also answers a case, and sorts it as complex where the pack knows that."""
    complaint = await load(work, complaint_id)
    require("propose", actor, complaint)
    require_possible(until, work.now)
    require_words(reason)
    if complaint.disposition is None and _can_be_major(work, complaint):
        complaint = await classify(work, actor, complaint_id, e.Disposition.MAJOR, reason)
        words = complaint.last_words
    elif complaint.state is State.FILED:
        complaint = await answer(work, actor, complaint_id, reason)
        words = complaint.last_words
    else:
        words = keep(work, complaint, actor, reason)
    return await record(work, actor, complaint, [e.DateProposed(until=until, side=e.Side.HANDLER, words=words)])


def _can_be_major(work: Work, complaint: Complaint) -> bool:
    return can_sort(complaint, work.rules.packs[complaint.pack], e.Disposition.MAJOR)


async def commit(work: Work, actor: Actor, complaint_id: int, until: datetime, said: Said) -> Complaint:
    """给出一个维修时限 (浦建委物管〔2023〕55号 三(一)): it binds at once.

    Once in a round: nobody moves his own date; another one is agreed with the resident (`propose`).
    """
    complaint = await load(work, complaint_id)
    require("commit", actor, complaint)
    require_possible(until, work.now)
    if complaint.agreed_until is not None:
        raise PromisedAlready
    words = keep_if_said(work, complaint, actor, said)
    return await record(work, actor, complaint, [e.Committed(until=until, by=actor.person or 0, words=words)])


async def counter(work: Work, actor: Actor, complaint_id: int, until: datetime, said: Said = NOTHING) -> Complaint:
    """「换个时间」: the first household names a date of its own, and why if it likes."""
    complaint = await load(work, complaint_id)
    require("negotiate", actor, complaint, await household(work, actor, complaint))
    require_possible(until, work.now)
    words = keep_if_any(work, complaint, actor, said)
    return await record(work, actor, complaint, [e.DateProposed(until=until, side=e.Side.RESIDENT, words=words)])


async def agree(work: Work, actor: Actor, complaint_id: int, side: e.Side) -> Complaint:
    """The other side's date binds; a case that counted as general becomes a complex one with its own date."""
    complaint = await load(work, complaint_id)
    await _partner(work, actor, complaint, side)
    proposal = complaint.proposal
    if proposal is None or proposal.side is side or proposal.until <= work.now:
        raise TooLate(state=complaint.state)
    events: list[e.Event] = [e.DateAgreed(until=proposal.until, side=side)]
    if complaint.disposition is not e.Disposition.MAJOR and _can_be_major(work, complaint):
        reason = proposal.words if proposal.side is e.Side.HANDLER else None
        events.insert(0, e.Classified(disposition=e.Disposition.MAJOR, words=reason))
    return await record(work, actor, complaint, events)


async def refuse(work: Work, actor: Actor, complaint_id: int, side: e.Side, reason: str = "") -> Complaint:
    """「不同意」: the proposal falls, the clock for agreeing runs on."""
    complaint = await load(work, complaint_id)
    await _partner(work, actor, complaint, side)
    if complaint.proposal is None or complaint.proposal.side is side:
        raise TooLate(state=complaint.state)
    words = keep_if_said(work, complaint, actor, Said(text=reason))
    return await record(work, actor, complaint, [e.DateRefused(side=side, words=words)])


async def _partner(work: Work, actor: Actor, complaint: Complaint, side: e.Side) -> None:
    if side is e.Side.RESIDENT:
        require("negotiate", actor, complaint, await household(work, actor, complaint))
    else:
        require("propose", actor, complaint)
