"""Whatever concerns a case replies to its card, in private chats and in groups."""

from scenes import scene

ANSWER = "电工已到现场查看，今天17:00前更换灯泡。"


@scene
async def characters(play):
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    group = await play.group(officer)
    return manager, head, officer, group, await play.resident()


async def test_what_follows_replies_to_the_card_of_its_reader(play, characters):
    manager, *_, wang = characters
    await play.files(wang)
    receipt, card = wang.finds("已收到，"), manager.finds("新问题，等您响应")
    assert (receipt.reply_to, card.reply_to) == (None, None)
    await manager.says(ANSWER, reply_to=card)
    assert wang.finds("答复了您").reply_to == receipt.message_id
    await wang.taps("补充")
    await wang.says("三楼也不亮")
    assert manager.finds("住户补充").reply_to == card.message_id


async def test_what_follows_a_card_that_was_asked_for_replies_to_that_one(play, characters):
    manager, *_, wang = characters
    await play.files(wang)
    await wang.taps("查看进度")
    newest = wang.finds("提交投诉 ●—○—○—○ 已评价")
    assert newest.reply_to is None
    await manager.says(ANSWER, reply_to=manager.card)
    assert wang.finds("答复了您").reply_to == newest.message_id


async def test_in_a_group_what_follows_replies_to_what_came_first(play, characters):
    *_, group, wang = characters
    await play.files(wang)
    first = group.finds("抄告")
    assert first.reply_to is None
    await play.at(14)
    assert group.finds("超时").reply_to == first.message_id


async def test_what_replies_to_a_message_that_is_gone_comes_all_the_same(play, characters):
    manager, *_, wang = characters
    await play.files(wang)
    wang.room.posts[wang.finds("已收到，").message_id].deleted = True
    await manager.says(ANSWER, reply_to=manager.card)
    assert wang.finds("答复了您").reply_to is None
    assert play.forgive("message to edit not found") == 1


async def test_each_case_has_its_own_thread(play, characters):
    manager, *_, wang = characters
    await play.files(wang)
    receipt, card = wang.finds("已收到，"), manager.card
    await play.files(wang, "垃圾三天没人清", "rubbish")
    await manager.says(ANSWER, reply_to=card)
    assert wang.finds("答复了您").reply_to == receipt.message_id
