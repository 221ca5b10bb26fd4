"""「返回」 leads to the question before, and from the first question to the case's card; nothing is sent by either."""

import pytest


async def state_of(play):
    case = await play.case()
    return case.state, case.disposition, case.version


@pytest.mark.parametrize("label", ["不归物业管，帮业主指路", "回复住户", "改事项", "联系业主", "已当场解决"])
async def test_from_the_first_question_back_leads_to_the_card(play, filed, label):
    manager, _ = filed
    before = await state_of(play)
    await manager.taps(label)
    question = manager.answer
    await manager.taps("返回", on=question)
    assert question.message_id not in [shown.message_id for shown in manager.hears]
    assert "回复住户" in manager.answer.labels
    assert "新问题，等您响应" in manager.answer.text or "等待响应" in manager.answer.text
    await manager.says("师傅已到现场，下午五点前换好灯泡")
    assert await state_of(play) == before


async def test_the_question_to_which_back_was_tapped_waits_for_no_words(play, answered):
    manager, wang = answered
    heard = len(wang.hears)
    await manager.taps("反馈进度")
    await manager.taps("返回", on=manager.answer)
    await manager.says("明天上午换灯泡")
    assert len(wang.hears) == heard


async def test_a_department_can_be_chosen_anew(play, filed):
    manager, _ = filed
    await manager.taps("不归物业管，帮业主指路")
    assert "更多 ▸" in manager.answer.labels
    first = manager.answer.labels[0]
    await manager.taps(first, on=manager.answer)
    await manager.taps("返回", on=manager.answer)
    assert manager.answer.labels[0] == first
    await manager.taps("更多 ▸", on=manager.answer)
    assert first not in manager.answer.labels
    await manager.taps(manager.answer.labels[0], on=manager.answer)
    await manager.says("路灯归城管局管，请打12345，我们已转告他们")
    assert (await play.case()).disposition == "neither"


async def test_from_the_date_back_leads_to_why_and_gives_the_words_back(play, answered):
    manager, wang = answered
    await manager.taps("一般问题，2个工作日内办结")
    await manager.taps("申请延期")
    await manager.says("配件要从厂家调，下周到货")
    await manager.taps("返回", on=manager.answer)
    assert "为什么" in next(shown.text for shown in manager.hears if "返回" in shown.labels and "取消" in shown.labels)
    assert "这段话没有发出" in manager.finds("配件要从厂家调").text
    assert not wang.has("配件要从厂家调")


async def test_a_resident_comes_back_from_the_date_to_the_card(play, answered):
    manager, wang = answered
    await manager.taps("情况复杂，和业主商定")
    await manager.says("要换整条线路，材料三天到")
    await manager.taps("11月21日(周六) 18:00")
    await wang.taps("换个时间")
    await wang.taps("返回", on=wang.answer)
    assert "提交投诉 ●" in wang.answer.text
    assert (await play.case()).proposal is not None


async def test_an_officer_can_choose_another_department_to_refer_to(play, characters):
    *_, officer, group, wang = characters
    await play.files(wang)
    await play.at(14)
    await officer.taps("转办", to=group)
    first = officer.answer.labels[0]
    await officer.taps(first, on=officer.answer)
    await officer.taps("返回", on=officer.answer)
    assert officer.answer.labels[0] == first


async def test_the_shelves_after_a_danger_can_be_left_and_the_case_stays_out(play):
    wang = await play.resident()
    await wang.sends_photo()
    await wang.taps("有危险")
    await wang.taps("取消", on=wang.finds("等您安全了"))
    assert "什么都没改" in wang.finds("什么都没改").text
    assert (await play.case()).danger


async def test_from_the_district_on_everybody_can_turn_round(play):
    wang = play.stranger()
    await wang.opens()
    await wang.taps("我住这里，找我的小区")
    await wang.taps("武侯区")
    await wang.taps("返回")
    assert "哪个区" in wang.answer.text
    await wang.taps("武侯区")
    await wang.says("锦城")
    await wang.taps("锦城花园")
    await wang.taps("返回")
    assert "哪个区" in wang.answer.text
    await wang.taps("取消")
    assert "什么都没改" in wang.answer.text


async def test_the_community_that_was_chosen_stands_above_the_room(play):
    wang = play.stranger()
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.taps("返回", on=wang.answer)
    assert "锦城花园的住户" in wang.answer.text


async def test_whoever_stands_in_can_be_chosen_anew(play, characters):
    manager = characters[0]
    await play.staff("经理乙")
    await manager.says("/away")
    await manager.taps("经理乙（项目经理）")
    await manager.taps("返回")
    assert "经理乙（项目经理）" in manager.answer.labels
    await manager.says("11-25")
    assert not manager.has("代班")


async def test_the_number_can_be_given_anew_when_filing_for_somebody(play):
    leader = await play.staff("网格长甲")
    await leader.says("/register")
    await leader.says("13900000077")
    await leader.taps("返回")
    assert "手机号" in leader.answer.text
    await leader.says("13900000088")
    assert "楼栋和房号" in leader.answer.text
