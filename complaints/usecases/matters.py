"""What a case is about, where nobody had said it when the case went out in danger."""

from complaints.errors import TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import OFFICES, Complaint
from complaints.model.people import Actor, Household
from complaints.policy.catalogue import UNSAID
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import RecipientRole
from complaints.usecases.household import household_if_any
from complaints.usecases.ports import Rules, Work
from complaints.usecases.record import load, record


async def name(work: Work, actor: Actor, complaint_id: int, matter_id: str) -> Complaint:
    """Say what it is about, once: a household of the case, or whoever is to handle it."""
    complaint = await load(work, complaint_id)
    mine = await household_if_any(work, actor, complaint)
    require("name_matter", actor, complaint, mine)
    if complaint.matter != UNSAID.id:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [_named(work, actor, complaint, matter_id, mine)])


def _named(work: Work, actor: Actor, complaint: Complaint, matter_id: str, mine: Household | None) -> e.MatterNamed:
    pack = work.rules.packs[complaint.pack]
    return e.MatterNamed(
        matter=matter_id,
        kind=work.rules.catalogue.get(matter_id).kind.value,
        department=department_in_danger(work.rules, matter_id, pack) if complaint.danger else "",
        complainant=mine.id if mine else None,
        by=actor.person or 0,
    )


def department_in_danger(rules: Rules, matter_id: str, pack: Pack) -> str:
    """Whose matter it is, where that department hears of every danger (《物业服务企业投诉举报处理流程》 二)."""
    whose = rules.catalogue.get(matter_id).department.value
    return whose if RecipientRole.DEPARTMENT in pack.tell_danger and whose not in OFFICES else ""
