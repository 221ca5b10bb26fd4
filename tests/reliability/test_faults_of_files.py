"""What is promised when the messenger refuses files, and when it says "too many" without a number."""

import pytest
from message_outcomes import CARD, copies, marks
from playing import ANSWER
from structlog.testing import capture_logs

from bot.voice.transcriber import Transcriber
from simulator.faults.call_faults import Broken, Refused
from simulator.faults.injector import Rule
from simulator.updates.triggers import FOR_EVER

FORBIDDEN = Refused(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
MISSING, NOT_DELIVERED = "这里少了", "没能送到。"


async def files_a_voice(wang):
    await wang.sends_voice()
    await wang.taps("电梯水电")
    await wang.taps("公共照明不亮")
    await wang.taps("没有")
    await wang.taps("提交")


def media(who):
    return [kind for shown in who.hears for kind in shown.media]


async def test_a_voice_message_that_its_reader_forbids_comes_as_a_document(play, characters, goes_wrong):
    manager, *_, wang = characters
    await goes_wrong(Rule(mishap=FORBIDDEN, methods={"sendVoice"}, chats={manager.id}, times=FOR_EVER))
    await files_a_voice(wang)
    assert media(manager) == ["document"]
    assert not manager.has(MISSING)
    assert not wang.has(NOT_DELIVERED)


async def test_what_no_way_brings_is_missing_for_its_reader_and_its_sender_is_asked(play, characters, goes_wrong):
    manager, head, *_, wang = characters
    methods = {"sendVoice", "sendDocument"}
    await goes_wrong(Rule(mishap=FORBIDDEN, methods=methods, chats={manager.id}, times=FOR_EVER))
    await files_a_voice(wang)
    assert media(manager) == []
    case = await play.case()
    assert f"{MISSING}1条语音" in manager.answer.text
    assert case.number in manager.answer.text
    assert f"您发的1条语音{NOT_DELIVERED}" in wang.answer.text
    assert media(head) == ["voice"]


async def test_an_album_that_is_refused_goes_singly(play, characters, goes_wrong):
    manager, *_, wang = characters
    refused = Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
    ordered = await goes_wrong(Rule(mishap=refused, methods={"sendMediaGroup"}, chats={manager.id}, times=FOR_EVER))
    await wang.sends_album(3, caption="3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert len(ordered.applied) == 1
    assert media(manager) == ["photo"] * 3


async def test_of_an_album_only_the_part_that_can_not_go_is_missing(play, characters, goes_wrong):
    manager, *_, wang = characters
    refused = Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
    await goes_wrong(
        Rule(mishap=refused, methods={"sendMediaGroup"}, chats={manager.id}, times=FOR_EVER),
        Rule(mishap=refused, methods={"sendPhoto"}, chats={manager.id}, times=1),
        Rule(mishap=refused, methods={"sendDocument"}, chats={manager.id}, times=FOR_EVER),
    )
    await wang.sends_album(2, caption="3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert media(manager) == ["photo"]
    assert manager.count(f"{MISSING}1张照片") == 1


async def test_a_photo_of_an_answer_that_is_refused_is_told_to_the_manager(play, characters, goes_wrong):
    manager, *_, wang = characters
    await play.files(wang)
    methods = {"sendPhoto", "sendDocument"}
    await goes_wrong(Rule(mishap=FORBIDDEN, methods=methods, chats={wang.id}, times=FOR_EVER))
    await manager.says(ANSWER, reply_to=manager.card)
    await manager.sends_photo("换好的样子", reply_to=manager.card)
    assert f"您发的1张照片{NOT_DELIVERED}" in manager.answer.text
    assert wang.has(f"{MISSING}1张照片")


# --- 429 without a number ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mishap",
    [Refused(429, "Too Many Requests"), Refused(429, "Too Many Requests: retry after 6"), Broken(429)],
    ids=str,
)
async def test_a_429_without_a_usable_number_means_not_sent(city, play, characters, goes_wrong, mishap):
    manager, *_, wang = characters
    began = city.clock.real()
    await goes_wrong(Rule(mishap=mishap, chats={manager.id, wang.id}, times=4))
    await play.files(wang)
    assert (marks(manager, CARD), marks(wang, "已收到，")) == ([False], [False])
    assert city.clock.real() - began >= 5


async def test_a_dialogues_answer_survives_bare_429s(play, characters, goes_wrong):
    *_, wang = characters
    await goes_wrong(Rule(mishap=Refused(429, "Too Many Requests"), chats={wang.id}, times=3))
    await wang.says("反映问题")
    assert [text for text in copies(wang) if "请说说哪里有问题" in text]
    assert not any(marks(wang))


@pytest.mark.parametrize("status", [502, 504, 520])
async def test_a_dialogues_answer_survives_two_bad_answers_of_a_gateway(play, characters, goes_wrong, status):
    *_, wang = characters
    await goes_wrong(Rule(mishap=Broken(status), chats={wang.id}, times=2))
    await wang.says("反映问题")
    assert marks(wang, "请说说哪里有问题") == [True]


# --- a program that writes down voice messages ------------------------------------------------------------------


@pytest.mark.parametrize("why", ["no file", "no program"])
async def test_without_a_draft_the_handler_writes_it_down_and_nothing_else_stops(
    city, play, characters, goes_wrong, why
):
    manager, *_, wang = characters
    app, command = city.app, ["cat"] if why == "no file" else ["/nowhere/no-such-program"]
    app.transcriber = Transcriber(
        app.store, app.telegram_bot, app.clock, app.lease.leads, app.outbox_dispatcher.wake, command
    )
    if why == "no file":
        refused = Refused(400, "Bad Request: file is too big")
        await goes_wrong(Rule(mishap=refused, methods={"getFile"}, times=FOR_EVER))
    with capture_logs() as logs:
        await files_a_voice(wang)
    assert [entry["attempt"] for entry in logs if entry["event"] == "a voice message isn't written down"] == [1, 2, 3]
    assert (await play.case()).transcript_drafts == ()
    await manager.taps("转写")
    await manager.says("3栋电梯坏了，门关不上")
    assert "3栋电梯坏了，门关不上" in wang.answer.text
