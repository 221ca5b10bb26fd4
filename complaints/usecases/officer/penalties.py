"""A department looks into a lead and penalises (《物业服务企业投诉举报处理流程》 三(二))."""

from complaints.errors import TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.time import periods
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.statements import Said, keep, require_words

Step = type[e.LeadReceived | e.LeadVerified | e.PenaltyOpened | e.PenaltyDecided]
# What a step is called, the event that it makes, and the stage that has to run for it.
STEPS: dict[str, tuple[Step, str]] = {
    "lead": (e.LeadReceived, ""),
    "verified": (e.LeadVerified, "verify"),
    "opened": (e.PenaltyOpened, ""),
    "decided": (e.PenaltyDecided, "penalise"),
}


async def step(work: Work, actor: Actor, complaint_id: int, which: str, said: Said) -> Complaint:
    """线索, 核查, 立案, 处罚决定, each with its words; the decision is told to the complainant and the bureau."""
    complaint = await _case(work, actor, complaint_id, said)
    kind, runs = STEPS[which]
    if runs and complaint.owed(runs) is None:
        raise TooLate(state=complaint.state)
    if which == "opened" and complaint.clock("penalise") is not None:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [kind(words=keep(work, complaint, actor, said))])


async def extend(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """延长三十日, once, by the approver whom the words name."""
    complaint = await _case(work, actor, complaint_id, said)
    pack = work.rules.packs[complaint.pack]
    clock = complaint.clock("penalise", "running")
    by = pack.stage("penalise").extension if pack.has("penalise") else None
    if clock is None or clock.dated or by is None:
        raise TooLate(state=complaint.state)
    until = periods.due(clock.due, by, pack.hours(work.rules.workdays)).at
    extended = e.PenaltyExtended(words=keep(work, complaint, actor, said), until=until)
    return await record(work, actor, complaint, [extended])


async def _case(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    complaint = await load(work, complaint_id)
    require("penalise", actor, complaint)
    require_words(said)
    return complaint
