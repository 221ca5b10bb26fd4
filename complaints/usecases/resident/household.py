"""A household of a case adds words, urges, or withdraws."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from complaints.errors import NotFound, UrgedToday, WordsNeeded
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor, File, Household
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.statements import speaks


async def household(work: Work, actor: Actor, complaint: Complaint) -> Household:
    """The household through which the actor belongs to the case; NotFound for everybody else."""
    for one in await work.households(complaint.id):
        if one.person == actor.person and one.active:
            return one
    raise NotFound


async def household_if_any(work: Work, actor: Actor, complaint: Complaint) -> Household | None:
    """The same, and None for everybody else."""
    try:
        return await household(work, actor, complaint)
    except NotFound:
        return None


async def supplement(
    work: Work, actor: Actor, complaint_id: int, text: str, media: Sequence[File] = (), after: e.After | None = None
) -> Complaint:
    """More words or files from a household; they reach whoever handles the case; `after` a tap they are its reason."""
    if not text and not media:
        raise WordsNeeded
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("supplement", actor, complaint, mine)
    said = work.keep(complaint.id, text, media, actor.person)
    added = e.Supplemented(complainant=mine.id, words=said, voice=speaks(media), after=after)
    return await record(work, actor, complaint, [added])


async def urge(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """Once a household and civil day (ours); told to the handler and the company's head."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("urge", actor, complaint, mine)
    day = work.now.astimezone(ZoneInfo(work.rules.packs[complaint.pack].timezone)).date()
    if mine.urged_on == day:
        raise UrgedToday
    complaint = await record(work, actor, complaint, [e.Urged(complainant=mine.id)])
    work.put_household(replace(mine, urged_on=day))
    return complaint


async def withdraw(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """The household leaves the case; the last one closes it."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("withdraw", actor, complaint, mine)
    left: list[e.Event] = [e.HouseholdWithdrew(complainant=mine.id)]
    if complaint.households == (mine.id,):
        left.append(e.Withdrawn())
    complaint = await record(work, actor, complaint, left)
    work.put_household(replace(mine, active=False))
    return complaint
