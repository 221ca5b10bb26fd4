"""Updates: offsets, long polls, conflicts, and what privacy mode keeps from the bot."""

import asyncio

import pytest
from telegram.error import Conflict


async def test_an_update_comes_again_until_it_is_confirmed(sim, bot, wang):
    wang.opens()
    wang.says("电梯坏了")
    first, second = await bot.get_updates()
    assert [update.update_id for update in await bot.get_updates(offset=first.update_id)] == [1, 2]
    assert [update.update_id for update in await bot.get_updates(offset=second.update_id)] == [2]
    assert sim.updates_confirmed == [1]
    assert await bot.get_updates(offset=second.update_id + 1) == ()
    assert sim.updates_confirmed == [1, 2]


async def test_a_limit_is_kept_and_a_negative_offset_counts_from_the_end(bot, wang):
    for text in "abc":
        wang.says(text)
    assert [update.message.text for update in await bot.get_updates(limit=2)] == ["a", "b"]
    assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["c"]
    assert [update.message.text for update in await bot.get_updates()] == ["c"]


async def test_a_long_poll_ends_when_something_happens(polling, wang):
    wang.opens()
    assert [update.message.text for update in await polling] == ["/start"]


async def test_a_second_poll_ends_the_first(polling, asked):
    assert (await asked("getUpdates", {}))["result"] == []
    with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates request"):
        await polling


async def test_a_webhook_excludes_polling(bot):
    await bot.set_webhook("https://example.com/hook")
    with pytest.raises(Conflict, match=r"(?i)webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == "https://example.com/hook"
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_updates_not_asked_for_are_not_kept(bot, opened):
    await bot.get_updates(allowed_updates=["message"])
    opened.blocks_bot()
    opened.opens()
    assert [update.message.text for update in await bot.get_updates()] == ["/start", "/start"]


async def test_any_update_can_be_injected(sim, asked):
    number = sim.inject({"message": {"nonsense": True}})
    (update,) = (await asked("getUpdates", {}))["result"]
    assert update == {"update_id": number, "message": {"nonsense": True}}


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("电梯坏了", False),
        ("你好 @mashang_demo_bot", False),
        ("/todo", True),
        ("/todo@mashang_demo_bot", True),
        ("/todo@Mashang_Demo_Bot", True),
        ("/todo@other_bot", False),
        ("请发 /todo", False),
    ],
)
async def test_privacy_mode_lets_commands_through(heard, officer, group, text, is_heard):
    before = len(await heard())
    officer.says(text, to=group)
    assert (len(await heard()) > before) == is_heard


async def test_replies_to_the_bot_are_heard_in_a_group(bot, heard, officer, group):
    await bot.send_message(group.id, "超时")
    officer.says("我来", to=group, reply_to=group.finds("超时"))
    assert (await heard())[-1].message.reply_to_message.text == "超时"
    theirs = officer.says("别的", to=group)
    officer.says("不是对机器人说的", to=group, reply_to=group.last)
    assert theirs.text == "别的"
    assert (await heard())[-1].message.text == "我来"


async def test_an_administrator_hears_everything(sim, heard, officer):
    group = sim.group("群", members=[officer])
    group.add_bot(by=officer, admin=True)
    officer.says("电梯坏了", to=group)
    assert (await heard())[-1].message.text == "电梯坏了"


async def test_joining_and_leaving_a_group_are_told(heard, officer, group):
    group.remove_bot(by=officer)
    added, joined, left, removed = await heard()
    assert added.my_chat_member.new_chat_member.status == "member"
    assert joined.message.new_chat_members[0].username == "mashang_demo_bot"
    assert left.message.left_chat_member.id == 424242
    assert removed.my_chat_member.new_chat_member.status == "kicked"


async def test_migration_is_told_on_both_sides(sim, heard, officer):
    group = sim.group("小群", members=[officer], supergroup=False)
    group.add_bot(by=officer)
    old = group.id
    group.migrate()
    away, here = (await heard())[-2:]
    assert (away.message.chat.id, away.message.migrate_to_chat_id) == (old, group.id)
    assert (here.message.chat.id, here.message.migrate_from_chat_id) == (group.id, old)


async def test_blocking_is_told(heard, opened):
    opened.blocks_bot()
    assert (await heard())[-1].my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(AssertionError, match="has blocked the bot"):
        opened.says("喂")


@pytest.fixture
async def polling(sim, bot):
    """A long poll that has arrived."""
    arrived = asyncio.Event()

    async def note(phase, call):
        arrived.set()

    sim.hook = note
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await arrived.wait()
    return waiting
