"""Danger that is said of an open case: by its button, and that it was none after all."""

from complaints.errors import TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.usecases.danger_words import alarm
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.household import household


async def say(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「有危险」 on the card. While the alarm goes already there is nothing to add to it."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("raise_danger", actor, complaint, mine)
    if complaint.danger and alarm_goes(work, complaint):
        return complaint
    return await record(work, actor, complaint, [alarm(work, complaint, mine.id)])


def alarm_goes(work: Work, complaint: Complaint) -> bool:
    """Whether nobody has confirmed it yet."""
    pack = work.rules.packs[complaint.pack]
    return any(pack.stage(clock.stage).alarm for clock in complaint.all_owed)


async def deny(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「没有危险」: what was said later was misunderstood. What was filed in danger stays so."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("deny_danger", actor, complaint, mine)
    if not complaint.danger or complaint.raised_at is None:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.DangerDenied(complainant=mine.id)])
