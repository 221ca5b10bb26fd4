"""What is promised when the messenger adds to an update what the bot's library can't read, or leaves something out."""

import json

import pytest
from message_outcomes import copies, inbox
from structlog.testing import capture_logs

from bot.intake.readable_updates import readable

DANGER = "3栋电梯里困人了，快来"
ORNAMENTS = {
    "a forward without its fields": {"forward_origin": {"type": "hidden_user", "date": 1}},
    "a forward of an unknown kind": {"forward_origin": {"type": "hologram"}},
    "a forward as older servers say it": {"forward_date": 5, "forward_from": {"id": "?"}},
    "an entity of an unknown kind": {"entities": [{"type": "hologram"}]},
    "entities that are none": {"entities": 7},
    "half a bot": {"via_bot": {"id": 5}},
    "a story": {"reply_to_story": {"id": 1}},
    "a preview": {"link_preview_options": {"is_disabled": "maybe"}},
    "a poll without a newer flag": {"poll": {"id": "1", "question": "?"}},
    "a quote": {"quote": {"text": 5}},
    "an attachment of an unknown kind": {"hologram": {"file": 1}},
    "a reply to half a message": {"reply_to_message": {"message_id": 3}},
    "half a keyboard": {"reply_markup": {"inline_keyboard": [[{}]]}},
    "a title of another type": {"author_signature": ["x"], "media_group_id": 5},
}


def message(who, number, **fields):
    person = {"id": who.id, "is_bot": False, "first_name": who.name}
    return {"message_id": number, "date": int(fields.pop("date")), "from": person,
            "chat": {"id": who.id, "type": "private", "first_name": who.name}, **fields}  # fmt: skip


def injects(city, who, number=900, kind="message", **fields):
    city.sim.inject({kind: message(who, number, date=city.clock.now().timestamp(), **fields)})


@pytest.mark.parametrize("ornament", ORNAMENTS)
async def test_words_of_danger_are_heard_whatever_surrounds_them(city, characters, ornament):
    *_, wang = characters
    injects(city, wang, text=DANGER, **ORNAMENTS[ornament])
    await city.settle()
    assert await inbox(city) == ["done"]
    assert wang.answer.labels[0] == "有危险"


async def test_files_are_heard_though_their_sizes_are_missing_or_strange(city, play, characters):
    *_, wang = characters
    kept = (await wang.sends_voice()).voice.file_id
    await wang.taps("取消")
    injects(city, wang, voice={"file_id": kept, "duration": "long", "waveform": []}, caption="听一下")
    await city.settle()
    await wang.taps("有危险")
    assert (await play.case()).danger


async def test_an_album_goes_on_without_the_part_that_can_not_be_read(city, characters):
    *_, wang = characters
    album = await wang.sends_album(1, caption="看")
    await wang.taps("取消")
    sizes = [{"file_id": size.file_id} for size in album[0].photo]
    injects(city, wang, 901, media_group_id="77", photo=sizes, caption="3栋楼道灯不亮")
    injects(city, wang, 902, media_group_id="77", photo=[{"strange": 1}])
    await city.settle()
    assert "公共照明不亮" in wang.answer.labels
    assert "1张照片" in wang.answer.text


async def test_of_what_can_not_be_read_at_all_its_sender_is_told(city, characters):
    *_, wang = characters
    injects(city, wang, text={"of": "another type"})
    with capture_logs() as logs:
        await city.settle()
    assert await inbox(city) == ["dead_letter"]
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["an update is set aside"]
    assert len(copies(wang)) == 1
    assert "系统出了问题" in wang.answer.text


async def test_a_bot_that_is_removed_is_noticed_though_its_rights_before_are_incomplete(city, play, characters):
    _, _, officer, group, _ = characters
    chat = {"id": group.id, "type": "supergroup", "title": "武侯区住建工作群"}
    bot = {"id": city.sim.world.bot.id, "is_bot": True, "first_name": "马上"}
    city.sim.inject({"my_chat_member": {
        "chat": chat, "date": int(city.clock.now().timestamp()),
        "from": {"id": officer.id, "is_bot": False, "first_name": "经办员甲"},
        "old_chat_member": {"status": "administrator", "user": bot, "can_manage_topics": True},
        "new_chat_member": {"status": "kicked", "user": bot},
    }})  # fmt: skip
    await city.settle()
    assert await inbox(city) == ["done"]
    assert "武侯区住建工作群" in officer.answer.text


SERVICE = {
    "pinned": {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    "a timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    "a theme": {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    "write access": {"write_access_allowed": {"from_request": True}},
}


@pytest.mark.parametrize("which", SERVICE)
@pytest.mark.parametrize("in_a_form", [False, True], ids=["outside", "in a form"])
async def test_nobody_is_answered_to_what_the_messenger_itself_says(city, characters, which, in_a_form):
    *_, wang = characters
    if in_a_form:
        await wang.says("反映问题")
    before = len(wang.hears)
    injects(city, wang, **SERVICE[which])
    await city.settle()
    assert len(wang.hears) == before
    assert set(await inbox(city)) == {"done"}


async def test_what_somebody_sends_and_nobody_can_use_is_answered(city, characters):
    *_, wang = characters
    injects(city, wang, hologram={"file_id": "x"})
    await city.settle()
    assert "处理不了" in wang.answer.text


def test_reading_an_update_twice_changes_nothing():
    once = readable({"update_id": 1, "message": {
        "message_id": 1, "date": 5, "chat": {"id": 1, "type": "private"}, "from": {"id": 1}, "text": DANGER,
        "forward_date": 5, "via_bot": {"id": 4}, "reply_to_message": {"message_id": 9, "forward_date": 1},
        "photo": [{"file_id": "x"}], "entities": [],
    }})  # fmt: skip
    assert readable(json.loads(json.dumps(once))) == once
