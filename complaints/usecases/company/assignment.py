"""Inside the company: the head takes the case, or names who handles it."""

from complaints.errors import NotYours, TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Complaint
from complaints.model.people import SYSTEM, Actor
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record


async def take_over(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「我来处理」: the head himself (成住建发〔2023〕62号 附件3 注意事项); the resident is told."""
    complaint = await load(work, complaint_id)
    require("take_over", actor, complaint)
    _of_company(complaint, "take_over")
    if complaint.assignee == actor.person:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.TakenOver(by=actor.person or 0)])


async def assign(work: Work, actor: Actor, complaint_id: int, to: int) -> Complaint:
    """「指定经办人」 or 「转派」 to another manager of the company: person id."""
    complaint = await load(work, complaint_id)
    require("assign", actor, complaint)
    _of_company(complaint, "assign")
    return await record(work, actor, complaint, [e.Assigned(to=to, by=actor.person or 0)])


async def name(work: Work, actor: Actor, complaint_id: int, to: int) -> Complaint:
    """「指定责任人」 by the bureau: 30分钟责任到人 (长建发〔2025〕72号 五)."""
    complaint = await load(work, complaint_id)
    require("name", actor, complaint)
    if complaint.assignee == to:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.Assigned(to=to, by=actor.person or 0, by_bureau=True)])


def _of_company(complaint: Complaint, verb: str) -> None:
    """The company's head hands on what the company has; what the bureau or an office has taken is theirs."""
    if complaint.handler not in (CaseOwner.MANAGER, CaseOwner.COMPANY):
        raise NotYours(handler=complaint.handler, verb=verb)


async def lose(work: Work, complaint_id: int, person: int, *, left: bool = False, away: bool = False) -> Complaint:
    """The handler can't be reached any more, has left office or is away: the next in line is notified at once."""
    complaint = await load(work, complaint_id)
    return await record(work, SYSTEM, complaint, [e.HandlerLost(person=person, left=left, away=away)])
