"""What people do and see: words, buttons, keyboards, files, albums."""

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest


def inline(*labels):
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"tap:{label}")] for label in labels])


@pytest.mark.parametrize("payload", ["x" * 65, "a b", "小区", "a.b"])
def test_a_link_carries_no_such_payload(wang, payload):
    with pytest.raises(ValueError, match="deep link"):
        wang.opens(payload)


async def test_a_long_text_goes_out_in_pieces(heard, wang):
    wang.says("🙂" * 2049)
    assert [update.message.text for update in await heard()] == ["🙂" * 2048, "🙂"]


async def test_a_command_is_marked_as_one(heard, wang):
    wang.says("/cancel@mashang_demo_bot 看 https://a.cn")
    (update,) = await heard()
    assert [(entity.type, entity.offset, entity.length) for entity in update.message.entities] == [
        ("bot_command", 0, 24),
        ("url", 27, 12),
    ]


async def test_the_newest_button_of_a_label_is_tapped(bot, opened):
    await bot.send_message(opened.id, "旧", reply_markup=inline("提交"))
    newer = await bot.send_message(opened.id, "新", reply_markup=inline("提交", "返回"))
    assert opened.taps("提交").message.message_id == newer.message_id
    assert opened.taps("提交", on=opened.finds("旧")).message.text == "旧"


async def test_part_of_a_label_will_do_if_only_one_has_it(bot, opened):
    await bot.send_message(opened.id, "x", reply_markup=inline("✅ 提交", "返回首页", "返回上页"))
    assert opened.taps("提交").data == "tap:✅ 提交"
    with pytest.raises(AssertionError, match="may be any of"):
        opened.taps("返回")
    with pytest.raises(AssertionError, match=r"\[✅ 提交\]"):
        opened.taps("没有")


async def test_an_edit_takes_the_buttons_away(bot, opened):
    sent = await bot.send_message(opened.id, "x", reply_markup=inline("提交"))
    old = opened.last
    await sent.edit_text("y")
    with pytest.raises(AssertionError, match="no button"):
        opened.taps("提交")
    assert opened.presses(old, "tap:提交").message.text == "y"


async def test_a_deleted_message_is_inaccessible(bot, heard, opened):
    sent = await bot.send_message(opened.id, "x", reply_markup=inline("提交"))
    old = opened.last
    await sent.delete()
    opened.presses(old, "tap:提交")
    message = (await heard())[-1].callback_query.message
    assert (message.message_id, message.date) == (sent.message_id, 0)
    with pytest.raises(BadRequest, match=r"(?i)to delete not found"):
        await sent.delete()


async def test_a_keyboard_stays_until_it_is_taken_away(bot, heard, opened):
    keys = [["反映问题"], [KeyboardButton("分享手机号", request_contact=True)]]
    await bot.send_message(opened.id, "x", reply_markup=ReplyKeyboardMarkup(keys))
    await bot.send_message(opened.id, "y")
    assert opened.taps("反映问题").text == "反映问题"
    opened.taps("分享手机号")
    contact = (await heard())[-1].message.contact
    assert (contact.phone_number, contact.user_id) == ("8613900000001", opened.id)
    await bot.send_message(opened.id, "z", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(AssertionError, match="no button"):
        opened.taps("反映问题")


async def test_a_key_tapped_in_a_group_is_heard(bot, heard, officer, group):
    await bot.send_message(group.id, "x", reply_markup=ReplyKeyboardMarkup([["待办"]]))
    officer.taps("待办", to=group)
    assert (await heard())[-1].message.text == "待办"


async def test_somebody_elses_contact_is_theirs(heard, wang, officer):
    wang.forwards_contact(officer)
    assert (await heard())[-1].message.contact.user_id == officer.id


async def test_an_album_is_one_group_of_updates(heard, wang):
    wang.sends_album(3, caption="电梯坏了", caption_on=1)
    messages = [update.message for update in await heard()]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == [None, "电梯坏了", None]
    assert len({message.photo[-1].file_id for message in messages}) == 3


async def test_everything_sent_parses(heard, wang, officer):
    wang.sends_photo("看", size=5)
    wang.sends_voice(seconds=7)
    wang.sends_video("录像")
    wang.sends_document("清单.pdf")
    wang.sends_location(30.5, 104.1)
    wang.sends_sticker()
    wang.edits(wang.says("错"), "对")
    wang.forwards(wang.last)
    updates = await heard()
    kinds = [update.message.content_type for update in updates if update.message]
    assert kinds == ["photo", "voice", "video", "document", "location", "sticker", "text", "text"]
    assert updates[7].edited_message.text == "对"
    assert updates[8].message.forward_origin.sender_user.id == wang.id
    assert wang.sees[3].media == ["document"]


async def test_a_file_can_be_fetched_and_sent_again(bot, opened):
    message = opened.sends_photo()
    file = await bot.get_file(message.photo[-1].file_id)
    data = bytes(await file.download_as_bytearray())
    assert data.startswith(b"\xff\xd8")
    again = await bot.send_photo(opened.id, message.photo[-1].file_id)
    assert again.photo[-1].file_id == message.photo[-1].file_id
    small = await bot.get_file(message.photo[0].file_id)
    assert small.file_unique_id == file.file_unique_id


async def test_an_upload_can_be_fetched(bot, opened):
    sent = await bot.send_document(opened.id, b"ledger", filename="台账.xlsx")
    assert sent.document.file_name == "台账.xlsx"
    assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == b"ledger"


async def test_files_that_are_too_big_or_unknown_are_refused(bot, opened):
    big = opened.sends_document("录像.mov", size=20 * 1024 * 1024 + 1)
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await bot.get_file(big.document.file_id)
    with pytest.raises(BadRequest, match=r"(?i)wrong file_id"):
        await bot.get_file("nonsense")
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier/http url specified"):
        await bot.send_photo(opened.id, "nonsense")
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Document as Photo"):
        await bot.send_photo(opened.id, big.document.file_id)


async def test_the_bot_sends_albums_of_uploads_and_known_files(bot, opened):
    known = opened.sends_photo().photo[-1].file_id
    sent = await bot.send_media_group(opened.id, [InputMediaPhoto(known), InputMediaPhoto(b"jpeg", caption="新")])
    assert len({message.media_group_id for message in sent}) == 1
    assert [shown.media for shown in opened.sees[-2:]] == [["photo"], ["photo"]]


async def test_a_copy_says_the_same_without_its_author(bot, opened, officer):
    officer.opens()
    theirs = opened.sends_photo("看这里")
    await bot.copy_message(officer.id, opened.id, theirs.message_id)
    assert (officer.last.text, officer.last.media, officer.last.from_bot) == ("看这里", ["photo"], True)


async def test_chats_and_members_are_described(bot, opened, officer, group):
    assert (await bot.get_chat(opened.id)).first_name == "王女士"
    assert (await bot.get_chat(group.id)).title == "武侯区住建局"
    assert (await bot.get_chat_member(group.id, officer.id)).status == "creator"
    assert (await bot.get_chat_member(group.id, opened.id)).status == "left"
    assert (await bot.get_chat_member(group.id, bot.id)).status == "member"
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [officer.id]
    with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
        await bot.pin_chat_message(group.id, 1)


async def test_words_not_found_name_what_was_said(opened):
    opened.says("电梯坏了")
    with pytest.raises(AssertionError, match="电梯坏了"):
        opened.finds("超时")
