"""In a group with topics each street has its own; and what becomes of the topics."""

import pytest
from scenes import scene

STREET = "浆洗街街道"


async def forum(play, officer, *rights):
    """A bound group with topics; without rights the bot is a plain member."""
    group = await play.group(officer)
    group.room.forum = True
    if rights:
        group.promotes_bot(officer, *rights)
    else:
        group.rename("武侯区住建工作群", officer)
    await play.city.settle()
    return group


def made(play):
    return [c.params["name"] for c in play.city.sim.calls if c.method == "createForumTopic"]


async def later():
    """In place of settling: what was said waits."""


@scene
async def people(play):
    officer = await play.staff("经办员甲")
    return officer, await play.resident()


async def test_the_cards_of_a_street_come_into_its_topic(play, people):
    officer, wang = people
    group = await forum(play, officer, "can_manage_topics")
    await play.files(wang)
    await play.files(wang, "电梯坏了", "lift_stopped")
    assert made(play) == [STREET]
    assert [shown.topic for shown in group.sees if "编号" in shown.text] == [STREET] * 2
    await play.at(17)
    late = group.finds("超时")
    assert late.topic == STREET
    await officer.taps("督办", on=late, to=group)
    assert group.last.topic == STREET
    await officer.says("/today", to=group, topic=STREET)
    assert (group.last.topic, "武侯区" in group.last.text) == (STREET, True)
    await officer.says("/today", to=group)
    assert group.last.topic == ""
    await play.at(8, 31, day=19)
    assert made(play) == [STREET]
    assert group.finds("早上好").topic == ""


@pytest.mark.covered
async def test_messages_that_wait_together_make_one_topic(play, people):
    officer, wang = people
    group = await forum(play, officer, "can_manage_topics")
    settle, play.city.settle = play.city.settle, later
    await play.files(wang)
    await play.files(wang, "电梯坏了", "lift_stopped")
    await play.files(wang, "垃圾没人收", "rubbish")
    await settle()
    assert made(play) == [STREET]
    assert [shown.topic for shown in group.sees if "编号" in shown.text] == [STREET] * 3


async def test_without_the_right_all_comes_to_the_general_topic_and_the_group_is_told_once(play, people):
    officer, wang = people
    group = await forum(play, officer)
    await play.files(wang)
    await play.files(wang, "电梯坏了", "lift_stopped")
    assert made(play) == [STREET]
    assert play.forgive("not enough rights to create a topic") == 1
    assert [shown.topic for shown in group.sees if "编号" in shown.text] == ["", ""]
    assert sum("我没有建话题的权限" in shown.text for shown in group.sees) == 1
    group.promotes_bot(officer, "can_manage_topics")
    await play.files(wang, "垃圾没人收", "rubbish")
    assert made(play) == [STREET]
    assert group.finds("编号").topic == STREET


async def test_a_topic_made_by_hand_with_the_name_of_the_street_is_used(play, people):
    officer, wang = people
    group = await forum(play, officer)
    group.makes_topic("闲聊", officer.account)
    group.makes_topic(STREET, officer.account)
    await play.city.settle()
    await play.files(wang)
    assert made(play) == []
    assert group.finds("编号").topic == STREET


async def test_a_deleted_topic_is_made_anew(play, people):
    officer, wang = people
    group = await forum(play, officer, "can_manage_topics")
    await play.files(wang)
    group.deletes_topic(STREET)
    await play.files(wang, "电梯坏了", "lift_stopped")
    assert play.forgive("message thread not found") == 1
    assert made(play) == [STREET] * 2
    assert group.finds("编号").topic == STREET


async def test_in_a_closed_topic_nothing_is_said(play, people):
    officer, wang = people
    group = await forum(play, officer)
    group.makes_topic(STREET, officer.account)
    await play.city.settle()
    group.closes_topic(STREET)
    await play.files(wang)
    assert play.forgive("TOPIC_CLOSED")
    assert group.finds("编号").topic == ""
    group.room.topics[group.topic(STREET)].closed = False
    await play.files(wang, "电梯坏了", "lift_stopped")
    assert group.finds("编号").topic == STREET


async def test_a_group_that_has_its_topics_no_longer_gets_everything_in_one(play, people):
    officer, wang = people
    group = await forum(play, officer, "can_manage_topics")
    group.room.forum = False
    await play.files(wang)
    assert play.forgive("the chat is not a forum") == 1
    assert group.finds("编号").topic == ""
    await play.files(wang, "电梯坏了", "lift_stopped")
    assert made(play) == []


@pytest.mark.covered
async def test_a_city_s_group_has_no_topic_a_street(play, people):
    _, wang = people
    group = await play.group(await play.staff("市局经办员"), scope="成都市", title="市局")
    group.room.forum = True
    group.rename("市局工作群", group.room.members[next(iter(group.room.members))])
    await play.files(wang)
    await play.at(12, day=24)
    assert [shown.topic for shown in group.sees if "编号" in shown.text][:1] == [""]
    assert made(play) == []


async def test_a_call_whose_end_nobody_knows_holds_no_card_up(play, people):
    from simulator.api_errors import DropConnection

    officer, wang = people
    group = await forum(play, officer, "can_manage_topics")

    async def lost(phase, call):
        if (phase, call.method) == ("done", "createForumTopic"):
            raise DropConnection

    play.city.sim.hook = lost
    await play.files(wang)
    play.city.sim.hook = None
    assert group.finds("编号").topic == ""
    play.clock.wait(601)
    await play.files(wang, "电梯坏了", "lift_stopped")
    assert made(play) == [STREET] * 2
    assert group.sees[-1].topic == STREET
