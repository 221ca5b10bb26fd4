"""Officers supervise, list, raise, convene, refer; the company signs and reports."""

from datetime import datetime
from zoneinfo import ZoneInfo

from complaints.errors import DatePast, TooLate
from complaints.lifecycle.acts import ACTS, REASONED
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Complaint
from complaints.model.people import Actor
from complaints.time.periods import due
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.statements import (
    NOTHING,
    Said,
    keep,
    keep_any,
    keep_if_any,
    keep_words,
    require_result,
    require_words,
)


async def supervise(work: Work, actor: Actor, complaint_id: int, until: datetime, demands: Said = NOTHING) -> Complaint:
    """督办: a numbered order with a time limit (62号 一(二) 介入督办), and what exactly it demands."""
    complaint = await load(work, complaint_id)
    require("supervise", actor, complaint)
    if until <= work.now:
        raise DatePast
    words = keep_if_any(work, complaint, actor, demands)
    return await record(work, actor, complaint, [_order(work, actor, complaint, until, words)])


def _order(work: Work, actor: Actor, complaint: Complaint, until: datetime, words: int | None = None) -> e.Supervised:
    local = work.now.astimezone(ZoneInfo(work.rules.packs[complaint.pack].timezone))
    count = complaint.orders_given + 1
    order = f"督〔{local.year}〕{complaint.number[-10:]}-{count}"
    return e.Supervised(order=order, until=until, by=actor.person or 0, words=words)


async def word_order(work: Work, actor: Actor, complaint_id: int, order: str, said: Said) -> Complaint:
    """What an order demands that went out before its words; since 0.3 they travel in the order itself."""
    complaint = await load(work, complaint_id)
    require("supervise", actor, complaint)
    if complaint.order is None or complaint.order.number != order:
        raise TooLate(state=complaint.state)
    words = keep(work, complaint, actor, said)
    return await record(work, actor, complaint, [e.OrderWorded(order=order, words=words)])


async def sign(work: Work, actor: Actor, complaint_id: int, order: str) -> Complaint:
    """「签收」 by manager or head, once each."""
    complaint = await load(work, complaint_id)
    require("sign", actor, complaint)
    if complaint.order is None or complaint.order.number != order or actor.person in complaint.order.signed:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.Signed(order=order, by=actor.person or 0)])


async def report_done(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """What has been done on the order."""
    complaint = await load(work, complaint_id)
    require("report_done", actor, complaint)
    if complaint.order is None:
        raise TooLate(state=complaint.state)
    require_result(complaint, said)
    words = keep_any(work, complaint, actor, said)
    return await record(work, actor, complaint, [e.ReportedDone(order=complaint.order.number, words=words)])


async def act(work: Work, actor: Actor, complaint_id: int, verb: str, said: Said) -> Complaint:
    """One of the acts whose only content is its reason: 挂牌督办, 提级, 会商, or that none is needed."""
    complaint = await load(work, complaint_id)
    require(ACTS[verb].right, actor, complaint)
    event = REASONED[verb](words=keep_words(work, complaint, actor, said))
    return await record(work, actor, complaint, [event])


async def refer(work: Work, actor: Actor, complaint_id: int, department: str, said: Said) -> Complaint:
    """转办 to another department, with its reason (62号 三(二))."""
    complaint = await load(work, complaint_id)
    require("supervise", actor, complaint)
    require_words(said)
    if complaint.handler is CaseOwner.DEPARTMENT and complaint.department == department:
        raise TooLate(state=complaint.state)
    words = keep(work, complaint, actor, said)
    return await record(work, actor, complaint, [e.Referred(department=department, words=words)])


async def accept(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「接收」: the bureau handles it; where it only urges, the company is ordered to at once.

    《物业服务企业投诉举报处理流程》 二(一) 督促办理.
    """
    complaint = await load(work, complaint_id)
    _waits_for_bureau(actor, complaint)
    events: list[e.Event] = [e.Accepted(by=actor.person or 0)]
    pack = work.rules.packs[complaint.pack]
    if pack.order_within is not None and pack.leaves_to_company(complaint):
        until = due(work.now, pack.order_within, pack.hours(work.rules.workdays)).at
        events.append(_order(work, actor, complaint, until))
    return await record(work, actor, complaint, events)


async def send_back(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """「退回」 with the reason: it is the company's after all."""
    complaint = await load(work, complaint_id)
    _waits_for_bureau(actor, complaint)
    if complaint.disposition is not e.Disposition.BUREAU_DUTY:
        raise TooLate(state=complaint.state)  # nobody has sent it here, so it can't go back
    return await record(work, actor, complaint, [e.SentBack(words=keep_words(work, complaint, actor, said))])


def _waits_for_bureau(actor: Actor, complaint: Complaint) -> None:
    require("accept", actor, complaint)
    if not complaint.waits_for_bureau:
        raise TooLate(state=complaint.state)
