"""三三三 in 潞州区 (长建发〔2025〕72号 五): somebody by name, a preliminary result, and the end, each by its clock."""

from datetime import datetime

import pytest
from scenes import scene

from demo.sample_city import CIVIL

RESULT = "电工已到现场查看，是线路老化，明天16:00前更换线路。"


@scene
async def three(play):
    """A case of 潞安新苑 filed on Wednesday at 10:00: manager, officer, group, resident."""
    manager, officer = await play.staff("经理己", "经办员戊")
    group = await play.group(officer, "140403", "潞州区住建工作群")
    guo = await play.resident("郭女士", ("2栋", "901"), "laxy")
    await play.files(guo)
    return manager, officer, group, guo


@pytest.mark.covered
async def test_three_clocks_run_from_the_moment_of_filing(play, three):
    expected = {"assign": (18, 10, 30), "preliminary": (18, 13, 0), "resolve": (22, 0, 0)}
    assert await play.running() == {s: datetime(2026, 11, *at, tzinfo=CIVIL) for s, at in expected.items()}


async def test_the_bureau_names_who_is_responsible(play, three):
    manager, officer, group, guo = three
    assert group.finds("新问题，请指定责任人").labels[0] == "指定责任人"
    await officer.taps("指定责任人", to=group)
    await officer.taps("经理己（项目经理）")
    assert manager.has("已指定您来办这个问题")
    assert guo.has("项目经理 经**办理")
    assert "assign" not in await play.running()


async def test_an_answer_that_says_something_is_the_preliminary_result(play, three):
    manager, *_ = three
    await manager.says(RESULT, reply_to=manager.card)
    assert set(await play.running()) == {"resolve"}


async def test_the_bureau_may_give_the_preliminary_result(play, three):
    manager, officer, group, guo = three
    await officer.taps("初步结果", to=group)
    await officer.says(RESULT)
    assert RESULT in guo.finds("潞州区住建部门给出了初步结果").text
    assert RESULT in manager.finds("潞州区住建部门给出了初步结果").text
    assert RESULT not in group.finds("已给出初步结果").text
    assert set(await play.running()) == {"resolve"}


async def test_words_that_say_nothing_are_no_preliminary_result(play, three):
    manager, *_ = three
    await manager.taps("初步结果")
    await manager.says("收到，马上处理")
    assert "还没发给住户" in manager.answer.text
    assert "preliminary" in await play.running()


@pytest.mark.covered
async def test_nobody_named_in_half_an_hour_alerts_the_group_where_it_still_can_be_done(play, three):
    _, officer, group, _ = three
    await play.at(10, 30)
    late = group.finds("超时 · 责任到人")
    assert "这一步由潞州区住建部门自己办" in late.text
    assert late.labels[:2] == ["指定责任人", "初步结果"]
    await officer.taps("指定责任人", to=group)
    await officer.taps("经理己（项目经理）")
    assert (await play.case()).assignee is not None


@pytest.mark.covered
async def test_a_rest_day_does_not_move_the_third_day(play, three):
    """Filed on a Wednesday: due on Saturday at 24:00."""
    assert (await play.running())["resolve"].weekday() == 6


async def test_the_card_promises_no_days_of_another_city(three):
    manager, *_ = three
    assert not [label for label in manager.card.labels if "工作日" in label or "商定" in label]


async def test_a_preliminary_result_is_given_once(play, three):
    manager, officer, group, _ = three
    await manager.says(RESULT, reply_to=manager.card)
    await officer.taps("初步结果", to=group)
    await officer.says("另派电工检查，今天17:00前修好。")
    assert "情况已经变了" in officer.answer.text
    assert "PreliminaryGiven" not in await play.events()


async def test_what_the_bureau_owes_makes_nobody_else_late(play, three):
    """五: 主管部门 … 30分钟责任到人."""
    manager, _, group, _ = three
    await play.at(10, 31)
    assert "超时" not in manager.card.text
    assert "本季度超时" not in group.finds("超时 · 责任到人").text
