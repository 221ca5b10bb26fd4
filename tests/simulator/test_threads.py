"""Topics of a group: who may make one, and which message stands in which."""

import pytest
from telegram import InputMediaPhoto
from telegram.error import BadRequest


@pytest.fixture
def forum(sim, officer):
    group = sim.group("武侯区住建局", members=[officer], forum=True)
    group.add_bot(by=officer, admin=True)
    return group


async def test_a_topic_is_made_and_spoken_in(bot, forum, officer, heard):
    made = await bot.create_forum_topic(forum.id, "街" * 200)
    assert made.name == "街" * 128
    sent = await bot.send_message(forum.id, "x", message_thread_id=made.message_thread_id)
    assert (sent.is_topic_message, sent.chat.is_forum, forum.last.topic) == (True, True, made.name)
    photos = await bot.send_media_group(
        forum.id, [InputMediaPhoto(b"a"), InputMediaPhoto(b"b")], message_thread_id=made.message_thread_id
    )
    assert {photo.message_thread_id for photo in photos} == {made.message_thread_id}
    await bot.send_message(forum.id, "y")
    assert forum.last.topic == ""
    officer.says("z", to=forum, topic=made.name)
    words = (await heard())[-1].message
    assert (words.message_thread_id, words.is_topic_message) == (made.message_thread_id, True)
    assert words.reply_to_message.forum_topic_created.name == made.name


async def test_what_is_refused_is_refused_in_telegrams_words(bot, forum, group, officer):
    with pytest.raises(BadRequest, match=r"(?i)the chat is not a forum"):
        await bot.create_forum_topic(group.id, "x")
    number = forum.makes_topic("x", officer)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=number + 1)
    forum.demotes_bot(officer)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to create a topic"):
        await bot.create_forum_topic(forum.id, "y")
    forum.closes_topic("x")
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(forum.id, "x", message_thread_id=number)
    forum.promotes_bot(officer, "can_manage_topics")
    await bot.send_message(forum.id, "x", message_thread_id=number)
    forum.deletes_topic("x")
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=number)
