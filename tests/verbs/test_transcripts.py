"""Voice messages: written down before the case is closed, corrected by who has spoken, searched for danger."""

import pytest
from sample_cases import RESULT, SampleCase, said

from complaints.errors import NotFound, TooLate, VoiceUnheard, WordsNeeded
from complaints.model import events as e
from complaints.model.people import File
from complaints.usecases.company import answers, resolution, transcripts
from complaints.usecases.resident import household

VOICE = (File(kind="voice", file_id="v"),)
SPOKEN = "3栋电梯坏了，门关不上"


async def spoken(pack="chengdu"):
    case = SampleCase(pack)
    await case.filed(text="", media=VOICE)
    return case


async def test_a_case_with_a_voice_message_is_not_closed_before_it_was_written_down():
    case = await spoken()
    with pytest.raises(VoiceUnheard) as refused:
        await case.does(resolution.resolve, "manager", said(RESULT))
    assert refused.value.facts == {"count": 1}
    with pytest.raises(VoiceUnheard):
        await case.does(
            answers.classify, "manager", e.Disposition.OWN_PART, said("现场已查看，属业主自用部位，请预约维修。")
        )
    await case.does(transcripts.transcribe, "manager", case.case.words, said(SPOKEN))
    assert "Resolved" in (await case.does(resolution.resolve, "manager", said(RESULT))).events


@pytest.mark.parametrize("kind", ["voice", "audio", "video_note"])
async def test_whatever_somebody_speaks_in_waits(kind):
    case = SampleCase()
    await case.filed(text="看这里", media=(File(kind=kind, file_id="x"),))
    assert case.case.voices == (case.case.words,)


async def test_photos_and_words_wait_for_nothing(case):
    await case.does(household.supplement, "wang", "看", (File(kind="photo", file_id="x"),))
    assert case.case.voices == ()


async def test_a_voice_message_that_is_added_waits_too(case):
    await case.does(household.supplement, "wang", "", VOICE)
    assert len(case.case.voices) == 1


async def test_what_was_written_down_is_the_speakers_and_shown_to_them():
    case = await spoken()
    done = await case.does(transcripts.transcribe, "manager", case.case.words, said(SPOKEN))
    assert done.notices == [("resident.transcribed", "household")]
    [(of, words)] = case.case.transcripts
    assert (of, case.text(words)) == (case.case.words, SPOKEN)
    assert case.work.statements[words].person == case.people["wang"].person  # it is erased with what they said


async def test_it_is_written_down_once_and_in_words():
    case = await spoken()
    of = case.case.words
    with pytest.raises(WordsNeeded):
        await case.does(transcripts.transcribe, "manager", of, said(""))
    await case.does(transcripts.transcribe, "manager", of, said(SPOKEN))
    with pytest.raises(TooLate):
        await case.does(transcripts.transcribe, "head", of, said(SPOKEN))


async def test_who_has_spoken_corrects_it_and_nobody_else():
    case = await spoken()
    await case.joined()
    of = case.case.words
    with pytest.raises(TooLate):
        await case.does(transcripts.correct, "wang", of, said("还没有转写"))
    await case.does(transcripts.transcribe, "manager", of, said(SPOKEN))
    done = await case.does(transcripts.correct, "wang", of, said("是2单元的电梯"))
    assert (done.notices, case.text(dict(case.case.transcripts)[of])) == (
        [("manager.transcript_corrected", "handler")], "是2单元的电梯",
    )  # fmt: skip
    with pytest.raises(TooLate):
        await case.does(transcripts.correct, "li", of, said("别人改的"))
    with pytest.raises(NotFound):
        await case.does(transcripts.correct, "stranger", of, said("别人改的"))


async def test_a_programs_draft_is_offered_once_and_counts_for_nothing_by_itself():
    case = await spoken()
    of = case.case.words
    await transcripts.keep_draft(case.work, case.id, of, SPOKEN)
    assert await transcripts.keep_draft(case.work, case.id, of, "又听了一遍") is None
    with pytest.raises(VoiceUnheard):
        await case.does(resolution.resolve, "manager", said(RESULT))
    await case.does(transcripts.accept_draft, "manager", of)
    assert case.text(dict(case.case.transcripts)[of]) == SPOKEN
    assert case.case.transcript_drafts == ()
    with pytest.raises(TooLate):
        await case.does(transcripts.accept_draft, "manager", of)


DANGER = "电梯里困人了，冒烟了"


async def test_danger_in_a_draft_is_danger_at_once():
    case = await spoken()
    done = await case.outcome(lambda: transcripts.keep_draft(case.work, case.id, case.case.words, DANGER))
    assert done.events == ["TranscriptDrafted", "DangerRaised"]
    assert ("resident.danger_raised", "household") in done.urgent
    assert ("manager.danger_raised", "manager") in done.urgent


async def test_danger_in_what_is_written_down_is_danger_at_once():
    case = await spoken()
    done = await case.does(transcripts.transcribe, "manager", case.case.words, said(DANGER))
    assert done.events == ["Transcribed", "DangerRaised"]
