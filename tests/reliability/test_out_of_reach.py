"""Recipients out of reach are stood in for; a group that moves is followed."""

import pytest
from message_outcomes import CARD, copies, marks, reachable
from sqlalchemy import select, update
from variants import mostly_thorough

from simulator.faults.call_faults import BLOCKED, DEACTIVATED, KICKED, NOT_FOUND, Meanwhile
from simulator.faults.injector import Rule
from simulator.updates.triggers import FOR_EVER
from storage.repositories.destinations import DESTINATION

# --- nobody can be reached --------------------------------------------------------------------------------------


@pytest.mark.parametrize("refused", mostly_thorough([BLOCKED, DEACTIVATED, NOT_FOUND]), ids=str)
async def test_for_a_manager_out_of_reach_the_head_is_told_at_once_and_why(city, play, characters, goes_wrong, refused):
    manager, head, *_, wang = characters
    ordered = await goes_wrong(Rule(mishap=refused, chats={manager.id}, times=FOR_EVER))
    began = play.clock.real()
    await play.files(wang)
    assert play.clock.real() - began < 5
    assert copies(manager, CARD) == []
    assert head.has("在这里联系不上项目经理，所以通知您")
    assert not await reachable(city, manager.id)
    assert ordered.times(refused) == 1  # and nobody tries again


async def test_for_a_head_out_of_reach_the_bureaus_group_is_told(city, play, characters, goes_wrong):
    manager, head, _, group, wang = characters
    await goes_wrong(Rule(mishap=BLOCKED, chats={manager.id, head.id}, times=FOR_EVER))
    await play.files(wang)
    told = group.finds("联系不上物业公司").text
    assert "项目经理 经理甲：加入过，现在发不到" in told
    assert "企业负责人 负责人甲：加入过，现在发不到" in told
    assert [await reachable(city, who.id) for who in (manager, head, group)] == [False, False, True]


@pytest.mark.parametrize("refused", mostly_thorough([KICKED, NOT_FOUND]), ids=str)
async def test_for_a_group_that_threw_the_bot_out_an_officer_is_told_and_why(
    city, play, characters, goes_wrong, refused
):
    _, _, officer, group, wang = characters
    await play.files(wang)
    await goes_wrong(Rule(mishap=refused, chats={group.id}, times=FOR_EVER))
    await play.at(14)
    assert "在这里联系不上住建部门的群，所以通知您。" in officer.finds("响应", from_bot=True).text
    assert not await reachable(city, group.id)


async def test_who_comes_back_is_told_again(city, play, characters, goes_wrong):
    manager, *_, wang = characters
    await goes_wrong(Rule(mishap=BLOCKED, chats={manager.id}))
    await play.files(wang)
    await manager.opens()
    await play.files(await play.resident("李先生", ("5栋", "302")), "5栋楼道灯不亮")
    assert await reachable(city, manager.id)
    assert len(copies(manager, "5栋楼道灯不亮")) == 1


# --- a group moves ----------------------------------------------------------------------------------------------


async def test_a_group_that_migrates_during_a_send_is_told_once_in_its_new_place(city, play, characters, goes_wrong):
    *_, officer, _, wang = characters
    group = city.sim.group("武侯区工作群", members=[officer.account], supergroup=False)
    await moves_in(city, characters[3], group)
    old = group.id

    def migrate():
        group.migrate()
        city.sim.updates.clear()  # nobody tells: the refusal does

    ordered = await goes_wrong(Rule(mishap=Meanwhile(migrate, "migrate"), chats={old}))
    await play.files(wang)
    assert len(ordered.applied) == 1
    assert marks(group, "抄告") == [False]
    assert group.finds("抄告").chat_id == group.id != old
    async with city.app.store.work(city.clock.now()) as work:
        chats = [row.chat for row in await work.rows(select(DESTINATION.c.chat).where(DESTINATION.c.scope != ""))]
    assert chats == [group.id]


async def moves_in(city, bound, group):
    """The binding is the other group's from now on."""
    group.room.bot = "member"
    async with city.app.store.work(city.clock.now()) as work:
        work.queue_write(update(DESTINATION).where(DESTINATION.c.chat == bound.id).values(chat=group.id))
        await work.commit()


async def test_a_question_whose_message_was_deleted_is_asked_again(play):
    """What waits under it is not lost with it."""
    wang = await play.resident()
    await play.files(wang)
    await wang.says("第一句：灯还是不亮")
    del wang.account.room.posts[wang.answer.message_id]
    await wang.says("第二句：三楼的也不亮")
    assert "这2条" in wang.answer.text
    await wang.taps("补充", on=wang.answer)
    assert wang.has("已补充")
