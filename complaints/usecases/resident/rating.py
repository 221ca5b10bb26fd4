"""A household rates the result by one tap; 不满意 opens the case again.

浦建委物管〔2023〕55号 三(二), 长建发〔2025〕72号 五.
"""

from complaints.errors import TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.household import household
from complaints.usecases.statements import NOTHING, Said, keep, keep_words, speaks

# Stages that a pack has where its document demands that the dissatisfied are contacted.
OWED_TO_THE_DISSATISFIED = frozenset({"recover", "recover_street"})


async def rate(work: Work, actor: Actor, complaint_id: int, level: e.Level) -> Complaint:
    """One tap counts at once. The last household to rate closes the case; any 不满意 reopens it."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("rate", actor, complaint, mine)
    if complaint.rating_of(mine.id) is not None:
        raise TooLate(state=complaint.state)
    unhappy = level is e.Level.DISSATISFIED
    rated = {who for who, _ in complaint.ratings} | {mine.id}
    complete = not unhappy and rated >= set(complaint.households)
    events: list[e.Event] = [e.Rated(complainant=mine.id, level=level, complete=complete)]
    if unhappy:
        events.append(e.Reopened(round=complaint.round + 1, complainant=mine.id))
    elif complete:
        events.append(e.Closed(how=e.Ending.RATED))
    return await record(work, actor, complaint, events)


async def explain(work: Work, actor: Actor, complaint_id: int, reason: str, said: Said = NOTHING) -> Complaint:
    """Why 不满意: one of the reasons by tap, or the resident's own words, and files beside either."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("explain", actor, complaint, mine)
    if mine.id not in complaint.unexplained:
        raise TooLate(state=complaint.state)
    words = keep(work, complaint, actor, said) if said.text or said.media else None
    explained = e.RatingExplained(complainant=mine.id, reason=reason, words=words, voice=speaks(said.media))
    return await record(work, actor, complaint, [explained])


async def ask_review(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """「申请复核」: the company thinks a rating unfair; the bureau decides."""
    complaint = await load(work, complaint_id)
    require("ask_review", actor, complaint)
    return await record(work, actor, complaint, [e.ReviewAsked(words=keep_words(work, complaint, actor, said))])


async def decide_review(work: Work, actor: Actor, complaint_id: int, *, counts: bool) -> Complaint:
    complaint = await load(work, complaint_id)
    require("decide_review", actor, complaint)
    if not complaint.review_open:
        raise TooLate(state=complaint.state)
    events: list[e.Event] = [e.ReviewDecided(counts=counts)]
    if not counts and _stands_as_it_was(complaint):
        events.append(e.Closed(how=e.Ending.REVIEWED))
    return await record(work, actor, complaint, events)


def _stands_as_it_was(complaint: Complaint) -> bool:
    """Nothing but the one rating keeps the case open, and nobody is owed a call because of it.

    Where the dissatisfied have to be contacted (浦建委物管〔2023〕55号 三(二)), they are, whatever the rating counts.
    """
    unhappy = [who for who, level in complaint.ratings if level is e.Level.DISSATISFIED]
    reopened = complaint.is_open and complaint.round > 1 and len(unhappy) == 1
    return reopened and not complaint.unmet & OWED_TO_THE_DISSATISFIED
