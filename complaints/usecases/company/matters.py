"""What a case is about: said where nobody had when it was filed, or named otherwise by whoever handles it."""

from complaints.errors import NotFound, SortedAlready, TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor, Household
from complaints.policy.catalogue import UNSAID, is_unsaid
from complaints.usecases.departments import department_in_danger
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.household import household_if_any


async def name(work: Work, actor: Actor, complaint_id: int, matter_id: str) -> Complaint:
    """Say what it is about, once: a household of the case, or whoever is to handle it. NotFound if no shelf has it."""
    complaint = await load(work, complaint_id)
    mine = await household_if_any(work, actor, complaint)
    require("name_matter", actor, complaint, mine)
    if not work.rules.catalogue.offers(matter_id):
        raise NotFound
    if not is_unsaid(complaint.matter):
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [_named(work, actor, complaint, matter_id, mine)])


def _named(work: Work, actor: Actor, complaint: Complaint, matter_id: str, mine: Household | None) -> e.MatterNamed:
    """The matter brings its kind, unless the resident has chosen another one than it was shown with."""
    pack = work.rules.packs[complaint.pack]
    chosen = complaint.kind != UNSAID.kind
    return e.MatterNamed(
        matter=matter_id,
        kind=complaint.kind if chosen else work.rules.catalogue.get(matter_id).kind.value,
        department=department_in_danger(work.rules, matter_id, pack) if complaint.danger else "",
        complainant=mine.id if mine else None,
        by=actor.person or 0,
    )


async def correct(work: Work, actor: Actor, complaint_id: int, matter: str) -> Complaint:
    """The case is about another matter than the resident tapped; its kind and its clocks stay as they are.

    So nobody gets rid of a complaint by calling it a repair. SortedAlready where it stands so. What nobody had said
    yet is named, not corrected: the button of an earlier version says so of it.
    """
    complaint = await load(work, complaint_id)
    if is_unsaid(complaint.matter):
        return await name(work, actor, complaint_id, matter)
    require("correct_matter", actor, complaint)
    if not work.rules.catalogue.offers(matter):
        raise NotFound
    if matter == complaint.matter:
        raise SortedAlready
    return await record(work, actor, complaint, [e.MatterCorrected(before=complaint.matter, matter=matter)])
