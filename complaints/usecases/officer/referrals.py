"""A department takes in what was referred to it, or returns it; what can't be solved soon gets a dated plan."""

from datetime import datetime

from complaints.errors import DatePast, TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Complaint
from complaints.model.people import Actor
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.statements import Said, keep_words

PLAN = "plan"  # the stage that a declaration starts


async def take_in(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「接收」."""
    complaint = await _referred(work, actor, complaint_id)
    return await record(work, actor, complaint, [e.ReferralAccepted(by=actor.person or 0)])


async def hand_back(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """「退回」 with the reason: the bureau decides whose it is."""
    complaint = await _referred(work, actor, complaint_id)
    words = keep_words(work, complaint, actor, said)
    return await record(work, actor, complaint, [e.ReferralReturned(words=words)])


async def _referred(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    complaint = await load(work, complaint_id)
    require("take_in", actor, complaint)
    if complaint.handler is not CaseOwner.DEPARTMENT or complaint.referral != "waiting":
        raise TooLate(state=complaint.state)
    return complaint


async def declare_unsolvable(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """确实解决不了的: a plan is owed in 7 days (《物业服务企业投诉举报处理流程》 三(一)); it is a major one then.

    Once in a round: who says it again asks the bureau for another period, and the first one isn't moved by that.
    """
    complaint = await load(work, complaint_id)
    require("plan", actor, complaint)
    said_before = complaint.clock_now(PLAN)
    runs = said_before is not None and said_before.is_running
    if not work.rules.packs[complaint.pack].has(PLAN) or complaint.renewal == PLAN or complaint.plan_until or runs:
        raise TooLate(state=complaint.state)
    words = keep_words(work, complaint, actor, said)
    if said_before is not None:
        return await record(work, actor, complaint, [e.RenewalAsked(stage=PLAN, words=words)])
    events: list[e.Event] = [e.DeclaredUnsolvable(words=words)]
    if complaint.disposition is not e.Disposition.MAJOR:
        events.insert(0, e.Classified(disposition=e.Disposition.MAJOR))
    return await record(work, actor, complaint, events)


async def decide_renewal(work: Work, actor: Actor, complaint_id: int, *, granted: bool) -> Complaint:
    """「同意」 or 「不同意」 to another period for whoever has had one."""
    complaint = await load(work, complaint_id)
    require("decide_renewal", actor, complaint)
    if not complaint.renewal:
        raise TooLate(state=complaint.state)
    decided = e.RenewalDecided(stage=complaint.renewal, granted=granted, by=actor.person or 0)
    return await record(work, actor, complaint, [decided])


async def plan(work: Work, actor: Actor, complaint_id: int, until: datetime, said: Said) -> Complaint:
    """「提交方案」: the plan, and the day by which it is carried out."""
    complaint = await load(work, complaint_id)
    require("plan", actor, complaint)
    if complaint.owed(PLAN) is None:
        raise TooLate(state=complaint.state)
    if until <= work.now:
        raise DatePast
    words = keep_words(work, complaint, actor, said)
    return await record(work, actor, complaint, [e.PlanSubmitted(words=words, until=until)])
