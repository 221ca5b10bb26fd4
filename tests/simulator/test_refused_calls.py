"""Calls that the simulator refuses, and in which words."""

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken
from telegram.ext import ExtBot


def button(label="x", **action):
    return {"inline_keyboard": [[{"text": label, **action}]]}


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🙂" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": button(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button(callback_data="马" * 22)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button()}, "text buttons are unallowed in the inline keyboard"),
        (
            {"text": "x", "reply_markup": button("", callback_data="x")},
            'can\'t parse inline keyboard button: field "text" must be a non-empty String',
        ),
        (
            {"text": "x", "reply_markup": button(callback_data="x", url="https://a.cn")},
            "can't parse inline keyboard button: exactly one action is expected, found ['url', 'callback_data']",
        ),
        (
            {"text": "x", "reply_markup": button(url="ftp://a.cn")},
            "inline keyboard button URL 'ftp://a.cn' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": button(url="http://localhost/x")},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "x"}]}},
            'field "inline_keyboard" of the reply markup must be an Array of Arrays',
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
            "reply markup is too long",
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": [[{"text": ""}]]}},
            'can\'t parse keyboard button: field "text" must be a non-empty String',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "chat_id": 1}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x\ud83d"}, "strings must be encoded in UTF-8"),
    ],
)
async def test_a_message_is_refused(asked, opened, sim, what, why):
    answer = await asked("sendMessage", {"chat_id": opened.id, **what})
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {why}"}
    assert not any(shown.from_bot for shown in opened.sees)


@pytest.mark.parametrize(
    "what",
    [
        {"text": "x" * 4096},
        {"text": "🙂" * 2048},
        {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "x", "reply_markup": button(callback_data="x" * 64)},
        {"text": "x", "reply_markup": button(url="tg://resolve?domain=x")},
        {"text": "x", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
    ],
)
async def test_what_just_fits_is_sent(asked, opened, sim, what):
    answer = await asked("sendMessage", {"chat_id": opened.id, **what})
    assert answer["ok"]
    assert sim.refused == []


async def test_refused_calls_are_kept(sim, bot, opened):
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        await bot.send_message(
            opened.id,
            "x",
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="y" * 65)]]),
        )
    (call,) = sim.refused
    assert (call.method, call.params["chat_id"], call.message) == ("sendMessage", opened.id, None)


async def test_an_unchanged_edit_is_refused(bot, opened):
    sent = await bot.send_message(opened.id, "<b>x</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)message is not modified: specified new message content"):
        await sent.edit_text("<b>x</b>", parse_mode="HTML")
    await sent.edit_text("x")


async def test_an_edited_link_is_a_change(bot, opened):
    sent = await bot.send_message(opened.id, '<a href="https://a.cn">x</a>', parse_mode="HTML")
    await sent.edit_text('<a href="https://b.cn">x</a>', parse_mode="HTML")
    assert "b.cn" in opened.last.html


async def test_only_own_messages_that_are_there_are_edited(bot, opened):
    theirs = opened.says("你好")
    with pytest.raises(BadRequest, match=r"(?i)can't be edited"):
        await bot.edit_message_text("x", opened.id, theirs.message_id)
    with pytest.raises(BadRequest, match=r"(?i)to edit not found"):
        await bot.edit_message_text("x", opened.id, 999)


@pytest.mark.parametrize("keyboard", [ReplyKeyboardMarkup([["x"]]), ReplyKeyboardRemove()])
async def test_a_message_with_a_reply_keyboard_is_never_edited(bot, opened, keyboard):
    sent = await bot.send_message(opened.id, "x", reply_markup=keyboard)
    with pytest.raises(BadRequest, match=r"(?i)can't be edited"):
        await sent.edit_text("y")


async def test_a_photo_has_a_caption_and_no_text(bot, opened):
    photo = await bot.send_photo(opened.id, b"jpeg", caption="x")
    with pytest.raises(BadRequest, match=r"(?i)no text in the message"):
        await photo.edit_text("y")
    await photo.edit_caption("y")
    assert opened.last.text == "y"
    text = await bot.send_message(opened.id, "x")
    with pytest.raises(BadRequest, match=r"(?i)no caption in the message"):
        await text.edit_caption("y")


async def test_nobody_is_written_to_first(bot, wang):
    with pytest.raises(Forbidden, match=r"(?i)bot can't initiate conversation with a user"):
        await bot.send_message(wang.id, "x")


async def test_who_blocked_the_bot_is_not_written_to(bot, opened):
    opened.blocks_bot()
    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        await bot.send_message(opened.id, "x")
    opened.opens()
    await bot.send_message(opened.id, "x")


async def test_who_left_telegram_is_not_written_to(bot, opened):
    opened.deletes_account()
    with pytest.raises(Forbidden, match=r"(?i)user is deactivated"):
        await bot.send_message(opened.id, "x")


async def test_groups_that_the_bot_is_not_in_are_not_written_to(sim, bot, officer, group):
    strange = sim.group("别的群", members=[officer])
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(strange.id, "x")
    group.remove_bot(by=officer)
    with pytest.raises(Forbidden, match=r"(?i)bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "x")


async def test_a_group_that_was_left_is_not_written_to(bot, group):
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match=r"(?i)bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "x")


async def test_a_migrated_group_tells_its_new_id(sim, bot, officer):
    group = sim.group("小群", members=[officer], supergroup=False)
    group.add_bot(by=officer)
    old = group.id
    group.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "x")
    assert moved.value.new_chat_id == group.id
    await bot.send_message(group.id, "x")


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (KeyboardButton("x", request_contact=True), "phone number can be requested in private chats only"),
        (KeyboardButton("x", request_location=True), "location can be requested in private chats only"),
    ],
)
async def test_groups_are_not_asked_for_contacts(sim, bot, group, key, why):
    with pytest.raises(BadRequest):
        await bot.send_message(group.id, "x", reply_markup=ReplyKeyboardMarkup([[key]]))
    assert sim.refused[0].description == f"Bad Request: {why}"


async def test_a_tap_is_answered_within_150_seconds(bot, opened, clock):
    await bot.send_message(opened.id, "x", reply_markup=button(callback_data="a"))
    query = opened.taps("x")
    clock.moves(seconds=150)
    await bot.answer_callback_query(query.id)
    clock.moves(seconds=1)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(query.id)
    with pytest.raises(BadRequest, match=r"(?i)query ID is invalid"):
        await bot.answer_callback_query("1")


async def test_a_toast_has_200_characters_at_most(bot, opened):
    await bot.send_message(opened.id, "x", reply_markup=button(callback_data="a"))
    query = opened.taps("x")
    with pytest.raises(BadRequest):
        await bot.answer_callback_query(query.id, "x" * 201)
    await bot.answer_callback_query(query.id, "x" * 200)


@pytest.mark.parametrize("count", [1, 11])
async def test_an_album_has_two_to_ten_items(bot, opened, count):
    with pytest.raises(BadRequest, match=r"(?i)2-10 items"):
        await bot.send_media_group(opened.id, [InputMediaPhoto(b"jpeg")] * count)


async def test_documents_are_not_mixed_into_albums(bot, opened):
    with pytest.raises(BadRequest, match=r"(?i)can't be mixed"):
        await bot.send_media_group(opened.id, [InputMediaPhoto(b"jpeg"), InputMediaDocument(b"pdf")])


async def test_a_caption_has_1024_characters_at_most(bot, opened):
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await bot.send_photo(opened.id, b"jpeg", caption="x" * 1025)
    await bot.send_photo(opened.id, b"jpeg", caption="x" * 1024)


async def test_commands_are_checked(bot):
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([("Report", "x")])
    await bot.set_my_commands([("report", "反映问题")], language_code="zh")
    assert [command.command for command in await bot.get_my_commands(language_code="zh")] == ["report"]
    assert await bot.get_my_commands() == ()


async def test_a_wrong_token_is_unauthorized(sim):
    with pytest.raises(InvalidToken):
        async with ExtBot("424242:other", base_url=f"{sim.url}/bot"):
            pass


async def test_an_unknown_method_is_not_found(asked):
    assert await asked("sendNothing", {}) == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_reply_is_shown_as_one(bot, opened):
    theirs = opened.says("电梯坏了")
    await bot.send_message(opened.id, "收到", reply_parameters=ReplyParameters(theirs.message_id))
    assert opened.last.reply_to == theirs.message_id
