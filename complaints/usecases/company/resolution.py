"""The handler closes the case with a result, or asks first whether it may."""

from complaints.errors import TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.usecases.company import transcripts
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.household import household
from complaints.usecases.statements import Said, keep_any, require_result


async def resolve(
    work: Work,
    actor: Actor,
    complaint_id: int,
    result: Said,
    closing: e.ClosingKind = e.ClosingKind.SOLVED,
    finding: e.Finding | None = None,
) -> Complaint:
    """「提交办结」, or 「已当场解决」 before anything was answered: then the result is the first answer, too."""
    complaint = await load(work, complaint_id)
    require(_right(work, actor, complaint), actor, complaint)
    require_result(complaint, result)
    await transcripts.require_all(work, complaint)
    events: list[e.Event] = []
    if complaint.disposition is None and e.Disposition.GENERAL in work.rules.packs[complaint.pack].dispositions:
        events.append(e.Classified(disposition=e.Disposition.GENERAL))
    words = keep_any(work, complaint, actor, result)
    events.append(e.Resolved(words=words, closing=closing, by=actor.person, finding=finding))
    return await record(work, actor, complaint, events)


def _right(work: Work, actor: Actor, complaint: Complaint) -> str:
    """Before the bureau has decided, the company that it would urge may mend at once."""
    leaves = work.rules.packs[complaint.pack].leaves_to_company(complaint) and complaint.waits_for_bureau
    return "mend" if leaves and actor.is_company else "resolve"


async def ask_closing(work: Work, actor: Actor, complaint_id: int, result: Said) -> Complaint:
    """「这样可以结案吗？」"""
    complaint = await load(work, complaint_id)
    require("resolve", actor, complaint)
    require_result(complaint, result)
    words = keep_any(work, complaint, actor, result)
    return await record(work, actor, complaint, [e.ClosingAsked(words=words)])


async def answer_closing(work: Work, actor: Actor, complaint_id: int, *, agrees: bool) -> Complaint:
    """「可以」 or 「还没好」."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("say_whether_done", actor, complaint, mine)
    if not complaint.closing_asked:
        raise TooLate(state=complaint.state)
    answered = e.ClosingAnswered(complainant=mine.id, agrees=agrees)
    return await record(work, actor, complaint, [answered])
