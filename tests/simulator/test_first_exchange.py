"""The first exchange with the simulator: getMe, an update, a message, an edit."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup


async def test_the_bot_knows_itself(bot):
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (424242, "mashang_demo_bot", True)


async def test_the_bot_hears_and_answers(bot, wang, heard):
    wang.opens("p_jchy")
    (update,) = await bot.get_updates()
    assert update.message.text == "/start p_jchy"
    assert (await heard())[0].message.from_user.language_code == "zh-hans"
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("提交", callback_data="go")]])
    sent = await bot.send_message(wang.id, "<b>您好</b> 🙂", parse_mode="HTML", reply_markup=keyboard)
    assert (sent.text, sent.text_html) == ("您好 🙂", "<b>您好</b> 🙂")
    assert wang.last.labels == ["提交"]
    query = wang.taps("提交")
    update = (await bot.get_updates(offset=update.update_id + 1))[0]
    assert update.callback_query.id == query.id
    assert update.callback_query.message.message_id == sent.message_id
    await bot.answer_callback_query(query.id, "好的")
    assert wang.toasts == ["好的"]
    await bot.edit_message_text("改了", wang.id, sent.message_id)
    assert (wang.last.text, wang.last.edited, wang.last.labels) == ("改了", True, [])
