"""The dissatisfied are contacted: by the manager, and where he fails, by the street."""

from datetime import datetime
from zoneinfo import ZoneInfo

from complaints.errors import TooLate
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor
from complaints.model.roles import BEYOND
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.statements import Said, keep_words, require_meaning

ATTEMPTS = 2  # ours: at so many different times of day
NOON, EVENING = 12, 18


async def call(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「已电话联系」: logged beside the words; the resident reads it (浦建委物管〔2023〕55号 三(一))."""
    complaint = await load(work, complaint_id)
    require("call", actor, complaint)
    return await record(work, actor, complaint, [e.Called(by=actor.person or 0)])


async def fail(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「联系不上」: after attempts at different times of day the street contacts (浦建委物管〔2023〕55号 三(二))."""
    complaint = await load(work, complaint_id)
    require("fail_contact", actor, complaint)
    if "recover" not in complaint.unmet:
        raise TooLate(state=complaint.state)
    events: list[e.Event] = [e.ContactTried(by=actor.person or 0)]
    zone = ZoneInfo(work.rules.packs[complaint.pack].timezone)
    if len({part_of_day(at.astimezone(zone)) for at in (*complaint.attempts, work.now)}) >= ATTEMPTS:
        events.append(e.ContactFailed(by=actor.person or 0))
    return await record(work, actor, complaint, events)


def part_of_day(at: datetime) -> str:
    """Morning, afternoon or evening: who isn't in at one time may be at another."""
    return "morning" if at.hour < NOON else "afternoon" if at.hour < EVENING else "evening"


async def go_beyond(work: Work, actor: Actor, complaint_id: int, to: str, said: Said) -> Complaint:
    """「超出物业能力，上报」 with the reason: 业委会, 居委会 or street hear at once (浦建委物管〔2023〕55号 三(一)).

    The company keeps the case: what it says is its claim, until the bureau refers the case to somebody else.
    """
    complaint = await load(work, complaint_id)
    require("go_beyond", actor, complaint)
    if to not in BEYOND or not work.rules.packs[complaint.pack].demand("beyond").is_law:
        raise TooLate(state=complaint.state)
    require_meaning(complaint, said)
    beyond = e.ReportedBeyond(words=keep_words(work, complaint, actor, said), to=to, by=actor.person or 0)
    return await record(work, actor, complaint, [beyond])


async def contact_for_street(work: Work, actor: Actor, complaint_id: int, said: Said) -> Complaint:
    """「已联系居民」: 街镇房管机构热线工单处置人员应亲自联系市民 (浦建委物管〔2023〕55号 三(二))."""
    complaint = await load(work, complaint_id)
    require("contact_for_street", actor, complaint)
    require_meaning(complaint, said)
    contacted = e.StreetContacted(words=keep_words(work, complaint, actor, said), by=actor.person or 0)
    return await record(work, actor, complaint, [contacted])
