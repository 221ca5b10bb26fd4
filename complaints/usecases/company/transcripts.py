"""Voice messages are written down by whoever handles the case, before it is closed, and corrected by who has spoken."""

from complaints.errors import TooLate, VoiceUnheard
from complaints.lifecycle.permissions import require
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import SYSTEM, Actor, Statement
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.resident.household import household
from complaints.usecases.statements import Said, require_words, speaks


async def waiting(work: Work, complaint: Complaint) -> list[Statement]:
    """The statements whose voice nobody has written down, the oldest first; of those that were erased nothing is."""
    said = [await work.said(statement) for statement in complaint.voices]
    return [one for one in said if one is not None and speaks(one.media)]


async def require_all(work: Work, complaint: Complaint) -> None:
    """VoiceUnheard while a voice message waits to be written down."""
    if unheard := len(await waiting(work, complaint)):
        raise VoiceUnheard(count=unheard)


async def transcribe(work: Work, actor: Actor, complaint_id: int, of: int, said: Said) -> Complaint:
    """「转写」: the words are kept as those of who has spoken, so that they go with them."""
    complaint = await load(work, complaint_id)
    require("transcribe", actor, complaint)
    require_words(said)
    voice = await _voice(work, complaint, of)
    speaker = next((h.id for h in await work.households(complaint.id) if h.active and h.person == voice.person), None)
    words = _keep(work, complaint, voice, said.text)
    written = e.Transcribed(of=of, words=words, by=actor.person or 0, speaker=speaker)
    return await record(work, actor, complaint, [written])


async def accept_draft(work: Work, actor: Actor, complaint_id: int, of: int) -> Complaint:
    """「就是这样」: the program's words are right."""
    complaint = await load(work, complaint_id)
    draft = await work.said(dict(complaint.transcript_drafts).get(of))
    if draft is None:
        raise TooLate(state=complaint.state)
    return await transcribe(work, actor, complaint_id, of, Said(text=draft.text))


async def keep_draft(work: Work, complaint_id: int, of: int, text: str) -> Complaint | None:
    """What a program has heard, for whoever handles the case to look at; danger in it is danger at once.

    None where somebody was faster, or the case is over.
    """
    complaint = await load(work, complaint_id)
    known = of in dict(complaint.transcript_drafts) or of not in complaint.voices
    voice = await work.said(of)
    if known or voice is None or not complaint.is_alive:
        return None
    words = _keep(work, complaint, voice, text)
    return await record(work, SYSTEM, complaint, [e.TranscriptDrafted(of=of, words=words)])


async def correct(work: Work, actor: Actor, complaint_id: int, of: int, said: Said) -> Complaint:
    """「改」: what the household has really said."""
    complaint = await load(work, complaint_id)
    mine = await household(work, actor, complaint)
    require("correct_transcript", actor, complaint, mine)
    require_words(said)
    voice = await work.said(of)
    if of not in dict(complaint.transcripts) or voice is None or voice.person != actor.person:
        raise TooLate(state=complaint.state)
    words = _keep(work, complaint, voice, said.text)
    return await record(work, actor, complaint, [e.TranscriptCorrected(of=of, words=words, complainant=mine.id)])


async def _voice(work: Work, complaint: Complaint, of: int) -> Statement:
    found = next((one for one in await waiting(work, complaint) if one.id == of), None)
    if found is None:
        raise TooLate(state=complaint.state)
    return found


def _keep(work: Work, complaint: Complaint, voice: Statement, text: str) -> int:
    return work.keep(complaint.id, text, (), voice.person)
