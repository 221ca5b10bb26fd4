"""What a case is about: said where nobody had when it went out in danger, or named otherwise by whoever handles it."""

from complaints.errors import NotFound, SortedAlready, TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor, Household
from complaints.policy.catalogue import UNSAID
from complaints.usecases.departments import department_in_danger
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.household import household_if_any


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


async def correct(work: Work, actor: Actor, complaint_id: int, matter: str) -> Complaint:
    """The case is about another matter than the resident tapped; its kind and its clocks stay as they are.

    So nobody gets rid of a complaint by calling it a repair. SortedAlready where it stands so.
    """
    complaint = await load(work, complaint_id)
    require("correct_matter", actor, complaint)
    if matter not in {one.id for one in work.rules.catalogue.matters}:
        raise NotFound
    if matter == complaint.matter:
        raise SortedAlready
    return await record(work, actor, complaint, [e.MatterCorrected(before=complaint.matter, matter=matter)])
