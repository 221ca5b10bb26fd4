"""A household follows its case: see, add, urge, withdraw, and how the deadline was counted."""

import pytest

from complaints.model.complaint import State


@pytest.mark.covered
async def test_see_progress_shows_the_case_as_it_is(play):
    wang = await play.resident()
    await play.files(wang)
    await wang.taps("查看进度")
    assert "提交投诉 ●—○—○—○ 已评价" in wang.answer.text
    assert "响应：11月18日(周三) 14:00截止，还剩4小时" in wang.answer.text


async def test_a_card_that_is_asked_for_anew_is_the_only_live_one(play):
    """The earlier one says that it is old, has no button, and follows the case no more."""
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    first = wang.finds("提交投诉 ●—○—○—○ 已评价")
    await wang.taps("查看进度")
    second = wang.finds("提交投诉 ●—○—○—○ 已评价")
    assert second.message_id != first.message_id
    old = next(shown for shown in wang.hears if shown.message_id == first.message_id)
    assert (old.labels, "早先的卡片" in old.text) == ([], True)
    await manager.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=manager.card)
    assert wang.finds("提交投诉 ●—●—○—○ 已评价").message_id == second.message_id
    assert wang.count("提交投诉") == 1
    assert old == next(shown for shown in wang.hears if shown.message_id == first.message_id)


async def test_the_manager_has_one_live_card_however_often_it_is_asked_for(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await wang.taps("催一催")
    await manager.taps("去办理")
    await manager.says("/todo")
    await manager.taps("公共照明不亮")
    assert sum("回复住户" in shown.labels for shown in manager.hears) == 1
    await manager.says("灯泡下午五点前换好。", reply_to=next(s for s in manager.hears if "早先的卡片" in s.text))
    assert wang.has("灯泡下午五点前换好")


@pytest.mark.covered
async def test_the_live_card_follows_the_case_in_place(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    card = wang.finds("提交投诉 ●—○—○—○ 已评价")
    await manager.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=manager.card)
    now = wang.finds("提交投诉 ●—●—○—○ 已评价")
    assert now.message_id == card.message_id
    assert "今天17:00前更换灯泡" in now.text
    await manager.taps("一般问题，2个工作日内办结")
    await play.resolves(manager)
    assert wang.finds("提交投诉 ●—●—●—○ 已评价").message_id == card.message_id


async def test_a_supplement_reaches_the_manager_with_its_photos(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await wang.taps("补充")
    await wang.sends_album(2, caption="这是现场照片")
    assert "这是现场照片" in manager.finds("住户补充").text
    assert manager.photos == 2
    assert "已补充" in wang.answer.text


@pytest.mark.covered
async def test_urging_is_told_to_manager_and_head(play):
    manager, head = await play.staff("经理甲", "负责人甲")
    wang = await play.resident()
    await play.files(wang)
    await wang.taps("催一催")
    assert "已催办" in wang.answer.text
    assert manager.has("住户在催")
    assert head.has("住户在催")


async def test_urging_is_possible_once_a_day(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await wang.taps("催一催")
    before = await play.events()
    await wang.taps("催一催")
    assert "今天已经催过" in wang.answer.text
    assert await play.events() == before
    assert manager.count("住户在催") == 1
    await play.at(9, day=19)
    await wang.taps("催一催")
    assert "已催办" in wang.answer.text


@pytest.mark.covered
async def test_withdrawing_asks_once_more_and_tells_everybody(play):
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    group = await play.group(officer)
    wang = await play.resident()
    await play.files(wang)
    await wang.taps("撤回")
    assert (await play.case()).state is State.FILED
    await wang.taps("确定撤回")
    assert (await play.case()).state is State.WITHDRAWN
    assert manager.has("住户已撤回")
    assert head.has("住户已撤回")
    assert group.finds("住户已撤回")
    assert await play.running() == {}


async def test_withdrawing_can_be_thought_better_of(play):
    wang = await play.resident()
    await play.files(wang)
    await wang.taps("撤回")
    await wang.taps("取消")
    assert (await play.case()).state is State.FILED
    assert "已取消" in wang.answer.text


@pytest.mark.covered
async def test_a_withdrawn_case_is_silent(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await wang.taps("撤回")
    await wang.taps("确定撤回")
    before = len(manager.hears)
    await play.city.pass_by(days=2)
    assert len(manager.hears) == before


async def test_the_others_stay_when_one_household_withdraws(play):
    wang, li = await play.resident(), await play.resident("李先生", ("5栋", "302"))
    await play.files(wang)
    await li.says("灯坏了")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    await wang.taps("撤回")
    await wang.taps("确定撤回")
    assert "您已退出，其他住户的问题继续办" in wang.answer.text
    case = await play.case()
    assert case.state is State.FILED
    assert case.first_complainant == case.households[0]
    assert len(case.households) == 1


@pytest.mark.parametrize(
    ("hour", "minute", "lines"),
    [
        (17, 30, ["在工作时间内：4小时", "11月18日(周三) 21:30截止"]),
        (17, 59, ["在工作时间内：4小时", "11月18日(周三) 21:59截止"]),
        (18, 0, ["在工作时间外：8小时", "11月19日(周四) 02:00截止"]),
        (23, 10, ["在工作时间外：8小时", "11月19日(周四) 07:10截止"]),
    ],
)
@pytest.mark.covered
async def test_the_sum_of_the_deadline_can_be_seen(play, hour, minute, lines):
    await play.at(hour, minute)
    wang = await play.resident()
    await play.files(wang)
    await wang.taps("时限怎么算的")
    for line in lines:
        assert line in wang.answer.text
    assert "成住建发〔2023〕62号" in wang.answer.text


async def test_a_receipt_at_night_says_why_eight_hours(play):
    await play.at(23, 10)
    wang = await play.resident()
    await play.files(wang)
    assert "须在11月19日(周四) 07:10前响应（非工作时间提交，8小时内响应）" in wang.finds("已收到，").text


@pytest.mark.covered
async def test_working_days_that_do_not_count_are_named(play):
    await play.at(10, day=20)  # a Friday
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.says("电工已到现场查看，下周更换灯泡。", reply_to=manager.card)
    await wang.taps("时限怎么算的")
    assert "不计入（非工作日）：11月21日(周六)、11月22日(周日)" in wang.answer.text
    assert "11月24日(周二) 18:00截止" in wang.answer.text


@pytest.mark.covered
async def test_a_reply_to_any_message_of_the_case_reaches_the_handler(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await wang.taps("时限怎么算的")
    await manager.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=manager.card)
    messages = [wang.finds(words) for words in ("提交投诉 ●", "时限是这样算的", "答复了您")]
    for n, message in enumerate(messages):
        await wang.says(f"第{n}句话", reply_to=message)
        assert f"第{n}句话" in manager.finds("住户补充").text


@pytest.mark.covered
async def test_a_photo_in_reply_reaches_the_handler(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await wang.sends_photo(reply_to=wang.card)
    assert manager.photos == 1
    assert manager.has("住户补充")


@pytest.mark.covered
async def test_my_cases_lists_every_case_with_its_state(play):
    wang = await play.resident()
    await play.files(wang)
    await wang.says("我的问题")
    assert "您有1个问题" in wang.answer.text
    assert "公共照明不亮 · 3栋 · 11月18日10:00：等待响应" in wang.answer.text
    await wang.taps("公共照明不亮", on=wang.answer)
    assert "提交投诉 ●" in wang.answer.text


@pytest.mark.covered
async def test_a_reply_to_the_message_of_a_closed_case_begins_a_new_one(play):
    wang = await play.resident()
    await play.files(wang)
    receipt = wang.finds("已收到，")
    await wang.taps("撤回")
    await wang.taps("确定撤回")
    await wang.says("3栋楼道灯又不亮了", reply_to=receipt)
    assert "公共照明不亮" in wang.answer.labels
