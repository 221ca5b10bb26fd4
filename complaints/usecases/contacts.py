"""The dissatisfied are contacted: by the manager, and where he fails, by the street."""

from complaints.errors import TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.statements import Said, keep_words, require_meaning


async def call(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「已电话联系」: logged beside the words; the resident reads it (浦建委物管〔2023〕55号 三(一))."""
    complaint = await load(work, complaint_id)
    require("call", actor, complaint)
    return await record(work, actor, complaint, [e.Called(by=actor.person or 0)])


async def fail(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「联系不上」: the street contacts in the manager's place (浦建委物管〔2023〕55号 三(二))."""
    complaint = await load(work, complaint_id)
    require("fail_contact", actor, complaint)
    if "recover" not in complaint.unmet:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.ContactFailed(by=actor.person or 0)])


async def contact_for_street(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """「已联系居民」: 街镇房管机构热线工单处置人员应亲自联系市民 (浦建委物管〔2023〕55号 三(二))."""
    complaint = await load(work, complaint_id)
    require("contact_for_street", actor, complaint)
    require_meaning(complaint, said)
    contacted = e.StreetContacted(words=keep_words(work, complaint, actor, said), by=actor.person or 0)
    return await record(work, actor, complaint, [contacted])
