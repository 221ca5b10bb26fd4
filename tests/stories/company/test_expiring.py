"""When time runs out: who is told, who handles the case now, and what still counts."""

from datetime import timedelta

import pytest
from scenes import scene
from structlog.testing import capture_logs

from complaints.model.complaint import State

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"


@scene
async def characters(play):
    manager, head, officer, city_officer = await play.staff("经理甲", "负责人甲", "经办员甲", "市局经办员")
    group = await play.group(officer)
    city_group = await play.group(city_officer, "成都市", "成都市住建工作群")
    wang = await play.resident()
    return manager, head, officer, group, city_group, wang


@scene
async def filed(play, characters):
    """A case on the manager's table since 10:00."""
    await play.files(characters[-1])
    return characters


@scene
async def overdue(play, filed):
    """Nobody has answered within four hours."""
    await play.at(14)
    return filed


async def test_three_nudges_and_then_the_company_is_the_handler(play, filed):
    manager, head, officer, _group, _, wang = filed
    for hour, minute, which, to_head in ((12, 0, "第1次提醒", 0), (13, 0, "第2次提醒", 1), (13, 36, "最后一次提醒", 1)):
        await play.at(hour, minute)
        assert manager.count(which) == 1
        assert head.count(which) == to_head
    assert "到时还没办，就转企业负责人，并通知" in manager.finds("最后一次提醒").text
    assert "到时还没办，就转给您，并通知" in head.finds("最后一次提醒").text
    await play.at(14)
    case = await play.case()
    assert (case.handler, case.clock("respond").state) == ("company", "expired")
    assert set(await play.running()) == {"takeover", "supervise"}
    assert "现由企业负责人办理" in manager.finds("响应超时").text
    assert "现在由您负责办理" in head.finds("响应超时").text
    assert "现由锦安物业的企业负责人办理" in wang.finds("响应超时").text
    assert "您负责这个区域" in officer.finds("超时 · 响应").text


async def test_an_answer_at_the_very_last_second_is_in_time(play, filed):
    manager, *_ = filed
    await play.at(13, 59)
    play.clock.wait(60)
    await manager.says(ANSWER, reply_to=manager.card)
    assert (await play.case()).clock("respond").state == "met"


async def test_words_that_sort_are_taken_though_a_reminder_is_due_that_nobody_has_sent(play, filed):
    """The case is loaded twice in one work, as the words are the answer as well: its timers are dealt with once."""
    manager, *_ = filed
    await manager.taps("不归物业管，帮业主指路")
    await manager.taps("公安部门")
    play.clock.move(timedelta(hours=2, minutes=1))
    with capture_logs() as log:
        await manager.says("夜间噪音由公安部门处理，可拨打110。")
    assert (await play.case()).disposition == "neither"
    assert log == []


async def test_the_head_takes_the_case_and_the_resident_is_told(play, overdue):
    _, head, *_, wang = overdue
    await head.taps("我来处理")
    assert "您的问题现由企业负责人 负**办理" in wang.answer.text
    await head.says(ANSWER, reply_to=head.card)
    assert ANSWER in wang.finds("企业负责人 负**答复了您").text
    assert "takeover" not in await play.running()


async def test_the_delegate_is_offered_first_and_whoever_has_just_failed_last(play, overdue):
    manager, head, *_ = overdue
    delegate = await play.staff("企业代表甲")
    await play.staff("经理乙")
    await head.taps("指定经办人")
    assert head.answer.labels == [
        "企业代表甲（企业负责人受托人）",
        "经理乙（项目经理）",
        "经理甲（刚超时）",
        "返回",
        "取消",
    ]
    await head.taps("企业代表甲")
    assert delegate.has("已指定您来办这个问题")
    await delegate.says(ANSWER, reply_to=delegate.card)
    assert (await play.case()).state is State.ANSWERED
    assert not manager.has("已指定您来办这个问题")


@pytest.mark.covered
async def test_the_head_names_a_handler(play, overdue):
    manager, head, *_, wang = overdue
    await head.taps("指定经办人")
    await head.taps("经理甲")
    assert manager.has("已指定您来办这个问题")
    await manager.says(ANSWER, reply_to=manager.card)
    assert ANSWER in wang.finds("答复了您").text
    assert "takeover" not in await play.running()


async def test_a_managers_late_words_reach_the_resident_and_stop_no_clock(play, overdue):
    manager, *_, wang = overdue
    await manager.says(ANSWER, reply_to=manager.card)
    assert wang.has(ANSWER)
    assert "计时不停" in manager.answer.text
    case = await play.case()
    assert (case.state, case.answered_at) == ("filed", None)
    assert "takeover" in await play.running()


async def test_a_manager_whose_time_ran_out_may_not_sort_the_case(play, filed):
    manager, *_ = filed
    card = manager.card
    await play.at(14)
    before = await play.events()
    await manager.presses(card, f"c:sort:{(await play.case()).id}:1:general")
    assert "现在由企业负责人办理" in manager.answer.text
    assert await play.events() == ["Refused", *before]


@pytest.mark.covered
async def test_a_late_answer_is_resolved_from_the_time_it_was_due(play, filed):
    _, head, *_ = filed
    await play.at(10, day=19)
    await head.says(ANSWER, reply_to=head.card)
    due = (await play.running())["resolve_general"]
    assert (due.day, due.hour) == (20, 18)  # two working days from the 18th, when the answer was due


@pytest.mark.covered
async def test_the_company_that_lets_its_own_time_pass_is_shown_again(play, filed):
    _, head, _, group, city_group, _wang = filed
    await play.at(18)
    assert group.finds("超时 · 企业响应")
    assert "锦安物业 · 企业负责人 负责人甲没有按时办理" in group.last.text
    assert head.has("企业响应超时")
    assert not city_group.sees[1:]


@pytest.mark.covered
async def test_an_answer_that_nobody_sorts_goes_to_the_group(play, filed):
    manager, _, _, group, *_ = filed
    await manager.says(ANSWER, reply_to=manager.card)
    await play.at(18, day=19)
    assert manager.has("分类处置超时")
    assert group.finds("超时 · 分类处置")
    assert (await play.case()).handler == "manager"


@pytest.mark.covered
async def test_a_complex_case_without_a_date_goes_to_the_group(play, filed):
    manager, _, _, group, *_ = filed
    await manager.taps("情况复杂，和业主商定")
    await manager.says("线路老化，要重新布线，先检测再报价。")
    await play.at(18, day=20)
    assert group.finds("超时 · 商定办结时间")


@pytest.mark.covered
async def test_a_general_problem_not_resolved_makes_the_company_the_handler(play, filed):
    manager, head, _, group, _, wang = filed
    await manager.taps("一般问题，2个工作日内办结")
    await manager.says(ANSWER)
    await play.at(18, day=20)
    assert (await play.case()).handler == "company"
    assert group.finds("超时 · 一般问题办结")
    assert wang.has("一般问题办结超时")
    assert "我来处理" in head.card.labels


@pytest.mark.covered
async def test_what_the_bureau_does_not_accept_goes_to_the_city(play, filed):
    manager, _, _, _group, city_group, _wang = filed
    await manager.taps("属住建部门职责")
    await manager.says("交接资料在区住建局，需由住建部门核查。")
    await play.at(18, day=19)
    assert "武侯区住建部门没有按时办理" in city_group.last.text
    assert "超时 · 住建部门受理" in city_group.last.text


@pytest.mark.covered
async def test_a_bureau_that_does_not_step_in_goes_to_the_city(play, filed):
    *_, city_group, _wang = filed
    await play.at(18, day=19)
    assert city_group.finds("超时 · 介入督办")


@pytest.mark.covered
async def test_an_order_that_is_not_carried_out_goes_to_the_city(play, overdue):
    _, _, officer, group, city_group, _wang = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    await play.at(16)
    assert city_group.finds("超时 · 按督办要求办理")


async def test_of_the_bureaus_own_lateness_the_resident_reads_that_the_city_knows(play, filed):
    manager, _, officer, group, city_group, wang = filed
    await manager.taps("属住建部门职责")
    await manager.says("公共照明由住建部门统一维护，请住建部门受理。")
    await officer.taps("接收", to=group)
    await play.at(18, day=25)
    assert city_group.finds("超时 · 住建部门办结")
    told = wang.finds("住建部门办结超时").text
    assert "已通知市住建局。" in told
    assert "已通知武侯区住建部门" not in told


async def test_a_danger_that_nobody_confirms_climbs_in_ten_and_twenty_minutes(play, characters):
    manager, head, _, group, _, wang = characters
    street = await play.staff("街道专员甲")
    await play.files(wang, "电梯困人", "lift_trapped", danger=True)
    assert "知道了，马上到" in manager.card.labels
    await play.at(10, 10)
    assert head.has("有危险，还没人确认")
    assert not street.hears
    await play.at(10, 20)
    assert group.finds("有危险，超时没人确认")
    assert street.has("有危险，超时没人确认")
    assert wang.answer.text.startswith("还没有人确认会来")
    assert "119" in wang.answer.text


async def test_nobody_is_said_to_be_there_who_has_said_that_he_comes(play, characters):
    """「知道了，马上到」 says no more than that; who has heard of the danger already is told of it anew."""
    manager, *_, wang = characters
    await play.files(wang, "电梯困人", "lift_trapped", danger=True)
    assert "前确认有人赶去" in wang.finds("已收到，").text
    assert "到时没人确认，就上报武侯区住建部门。" in wang.finds("已收到，").text
    await manager.taps("知道了，马上到")
    assert "到了请回复这条消息，说说现场情况。" in manager.answer.text
    await manager.says("到了，老人已救出，电梯已停用检修。", reply_to=manager.answer)
    assert wang.has("老人已救出")
    await play.at(10, 1)
    assert "有危险：已有人确认，正在赶往现场。" in wang.finds("提交投诉 ●").text
    assert not wang.has("到场")


@pytest.mark.covered
async def test_a_confirmed_danger_climbs_no_further(play, characters):
    manager, head, _, group, _, wang = characters
    await play.files(wang, "电梯困人", "lift_trapped", danger=True)
    await manager.taps("知道了，马上到")
    assert wang.has("已知道，正在赶来")
    await play.at(10, 30)
    assert not head.has("有危险，还没人确认")
    assert not [shown for shown in group.sees if "紧急情况" in shown.text]
    assert "respond" in await play.running()


@pytest.mark.covered
async def test_a_silent_case_is_never_nudged_after_its_answer(play, filed):
    manager, *_ = filed
    await manager.taps("一般问题，2个工作日内办结")
    await manager.says(ANSWER)
    await play.at(14)
    assert not manager.has("次提醒")


async def test_the_head_is_asked_alone_who_shall_handle_it_and_told_what_either_means(play, characters):
    _, head, *_, wang = characters
    await play.files(wang)
    await play.at(14)
    asked = head.finds("响应超时")
    assert asked.labels == ["我来处理", "指定经办人"]
    assert "您自己办，点“我来处理”；交给公司里的人办，点“指定经办人”。" in asked.text
    await head.taps("我来处理", on=asked)
    assert head.answer.labels == ["去办理"]


async def test_a_card_says_which_time_has_run_out(play, characters):
    manager, *_, wang = characters
    await play.files(wang, "电梯困人", "lift_trapped", danger=True)
    await play.city.pass_by(minutes=21)
    assert "\n超时（紧急情况确认）：等待响应\n" in manager.finds("有危险：到").text
    await play.at(14)
    assert "\n超时（响应）：等待响应\n" in manager.finds("有危险：到").text
