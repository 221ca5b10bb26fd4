"""What is answered or over loses its buttons; what still waits for somebody keeps them."""

import pytest

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
DONE = "灯泡已更换，3栋楼道灯恢复正常。"


def labels(who, words):
    return who.finds(words).labels


async def test_a_question_that_words_have_answered_keeps_no_buttons(filed):
    manager, _ = filed
    await manager.taps("回复住户")
    assert labels(manager, "请写一句给住户的话") == ["返回", "取消"]
    await manager.says(ANSWER)
    assert labels(manager, "请写一句给住户的话") == []


async def test_words_that_are_sent_back_leave_the_question_standing(filed):
    manager, _ = filed
    await manager.taps("回复住户")
    await manager.says("收到，马上处理")
    assert labels(manager, "请写一句给住户的话") == ["返回", "取消"]


async def test_the_result_leaves_no_question_behind(answered):
    manager, _ = answered
    await manager.taps("提交办结")
    await manager.says(DONE)
    assert labels(manager, "请写办理结果") == []
    assert "提交" in labels(manager, "住户会看到")
    await manager.taps("提交")
    assert not any("取消" in shown.labels for shown in manager.hears)


async def test_another_question_takes_the_place_of_one_that_nobody_answered(answered):
    manager, _ = answered
    await manager.taps("反馈进度")
    await manager.taps("联系 ▸", on=manager.card)
    await manager.taps("联系业主", on=manager.card)
    assert labels(manager, "办到哪一步了") == []
    assert manager.answer.labels == ["返回", "取消"]


@pytest.mark.parametrize("label", ["一般问题，2个工作日内办结", "属住建部门职责"])
async def test_how_to_sort_is_asked_no_more_once_it_is_sorted(answered, label):
    manager, _ = answered
    assert label in labels(manager, "怎么分类")
    await manager.taps(label, on=manager.answer)
    if label.startswith("属"):
        await manager.says("公共照明由住建部门统一维护，请住建部门受理。")
    assert labels(manager, "怎么分类？") == []


async def test_after_the_end_no_notice_offers_what_is_for_an_open_case(play, answered):
    manager, wang = answered
    await wang.taps("催一催")
    assert "催一催" in labels(wang, "答复了您")
    await manager.taps("提交办结")
    await manager.says(DONE)
    await manager.taps("提交")
    shown = [label for message in wang.hears for label in message.labels]
    assert not {"催一催", "撤回"} & set(shown)
    assert "满意" in labels(wang, "已办结（")
    assert labels(manager, "住户在催") == []


async def test_a_press_that_comes_before_the_buttons_go_reads_how_the_case_is(play, answered):
    manager, wang = answered
    old, case = wang.finds("答复了您"), await play.case()
    await play.resolves(manager)
    await wang.presses(old, f"c:urge:{case.id}:1:")
    assert "已办结" in wang.answer.text
    assert "催一催" not in wang.answer.labels


async def test_a_household_that_has_rated_is_asked_by_no_earlier_message(play, answered):
    manager, wang = answered
    await play.resolves(manager)
    await play.at(10, day=23)
    asked = [shown for shown in wang.hears if "满意" in shown.labels]
    assert len(asked) > 1
    await wang.taps("满意", on=asked[-1])
    assert not any("满意" in shown.labels for shown in wang.hears)


# --- what somebody else, or the same act, has made pointless ----------------------------------------------------


async def test_an_order_that_was_signed_for_asks_for_no_signature(play, characters):
    manager, head, officer, group, wang = characters
    await play.files(wang)
    await play.at(14)
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    await manager.taps("签收")
    assert labels(manager, "督办单 督") == []
    assert manager.answer.labels == ["反馈督办结果"]
    assert "签收" in labels(head, "督办单 督")


async def test_no_reminder_leads_to_a_case_that_somebody_else_handles(play, characters):
    manager, head, _, _, wang = characters
    await play.files(wang)
    await wang.taps("催一催")
    await play.at(13, 30)
    assert labels(manager, "第2次提醒") == ["去办理"]
    await play.at(14)
    for words in ("第1次提醒", "第2次提醒", "最后一次提醒", "住户在催"):
        assert labels(manager, words) == []
    assert labels(head, "最后一次提醒") == ["去办理"]


async def test_who_handles_it_is_asked_no_more_once_somebody_does(play, characters):
    _, head, _, _, wang = characters
    await play.files(wang)
    await play.at(14)
    assert "我来处理" in labels(head, "响应超时")
    await head.taps("我来处理", on=head.finds("响应超时"))
    assert labels(head, "响应超时") == []


async def test_a_date_that_was_answered_offers_no_answer(play, answered):
    manager, wang = answered
    await manager.taps("情况复杂，和业主商定", on=manager.answer)
    await manager.says("屋面防水层老化，需要动用维修资金，要先做检测。")
    await manager.says("11月30日 18:00")
    await manager.taps("发")
    assert labels(wang, "因为") == ["同意", "换个时间", "不同意"]
    await wang.taps("换个时间")
    await wang.says("11月27日 18:00")
    await wang.taps("发")
    assert labels(wang, "因为") == []
    assert "同意" in manager.answer.labels


async def test_a_danger_that_somebody_comes_for_is_asked_about_no_more(play, characters):
    _, head, _, _, wang = characters
    await play.files(wang, "电梯困人", "lift_trapped", danger=True)
    await play.city.pass_by(minutes=11)
    asked = head.finds("有危险，还没人确认")
    assert asked.labels == ["知道了，马上到"]
    await head.taps("知道了，马上到", on=asked)
    assert labels(head, "有危险，还没人确认") == []
