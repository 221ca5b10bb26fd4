"""Whoever handles a case says which matter it is."""

from complaints.errors import NotFound, SortedAlready
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record


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
