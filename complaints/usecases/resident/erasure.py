"""A resident's personal data are deleted; what the case was stays."""

from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor, Household
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record


async def erase(work: Work, actor: Actor, household: Household) -> Complaint:
    """Take the actor's household out of its case (《个人信息保护法》 47); an open case stays open without it."""
    complaint = await load(work, household.complaint)
    return await record(work, actor, complaint, [e.Erased(complainant=household.id)])
