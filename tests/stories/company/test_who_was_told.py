"""What a message says of who was told, who has joined and who answered is so."""

import pytest

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
TRAPPED = "电梯困人了，3栋有人被关在电梯里"


# --- who can be reached -----------------------------------------------------------------------------------------


async def test_only_whoever_is_missing_is_said_to_be_missing(play):
    """The manager has joined and got the card; only the head hasn't joined."""
    manager, officer, wang = *await play.staff("经理甲", "经办员甲"), await play.resident()
    group = await play.group(officer)
    await play.files(wang)
    assert manager.has("新问题")
    told = group.finds("联系不上").text
    assert "在这里联系不上：企业负责人" in told
    assert "项目经理 经理甲：能收到" in told
    assert "企业负责人 负责人甲：还没加入" in told
    assert not any("都没加入" in shown.text for shown in group.sees)


async def test_where_nobody_of_the_company_has_joined_that_is_said(play):
    officer, wang = await play.staff("经办员甲"), await play.resident()
    group = await play.group(officer)
    await play.files(wang)
    told = group.finds("联系不上物业公司").text
    assert "项目经理 经理甲：还没加入" in told


async def test_who_has_blocked_the_bot_is_said_to_have_joined(play, characters):
    manager, head, _, group, wang = characters
    await head.blocks_bot()
    await play.files(wang)
    assert "企业负责人 负责人甲：加入过，现在发不到" in group.finds("在这里联系不上").text
    assert manager.has("新问题")


async def test_reminders_of_the_head_go_to_no_group_while_the_manager_gets_them(play):
    _, officer, wang = *await play.staff("经理甲", "经办员甲"), await play.resident()
    group = await play.group(officer)
    await play.files(wang)
    before = len(group.sees)
    await play.at(13, 59)
    assert len(group.sees) == before


# --- the receipt ------------------------------------------------------------------------------------------------


async def test_a_receipt_names_whom_the_outbox_tells_and_nobody_else(play, filed):
    _, wang = filed
    assert "已通知：项目经理 经**\n" in wang.finds("已收到，").text


async def test_a_receipt_in_danger_names_only_who_is_alerted(play):
    """Neither a duty person nor the head has joined."""
    _, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang, TRAPPED, "lift_trapped", danger=True)
    receipt = wang.finds("已收到，").text
    assert "有危险，已紧急通知：项目经理 经**\n" in receipt
    assert "值班" not in receipt
    assert "企业负责人" not in receipt


async def test_who_is_told_in_their_own_right_does_not_read_that_they_stand_in_for_somebody(play, characters):
    """Nobody has joined who is on duty; after ten minutes the head is told whether or not there is one."""
    _, head, *_, wang = characters
    await play.files(wang, TRAPPED, "lift_trapped", danger=True)
    await play.at(10, 10)
    alarm = head.finds("有危险，还没人确认").text
    assert "所以通知您" not in alarm


async def test_a_receipt_says_that_nobody_has_joined_and_whom_to_call(play):
    wang = await play.resident()
    await play.files(wang)
    assert "这里还没有人能收到您的问题，请打电话：028-80000011" in wang.finds("已收到，").text


# --- signatures -------------------------------------------------------------------------------------------------


async def test_an_answer_is_signed_by_whoever_wrote_it(play, characters):
    """The head answers a danger while the manager still handles the case."""
    _, head, _, _, wang = characters
    await play.files(wang, TRAPPED, "lift_trapped", danger=True)
    await head.taps("知道了，马上到")
    assert "企业负责人 负**已知道，正在赶来" in wang.answer.text
    await head.says("维保师傅已到3栋，正在放人。", reply_to=head.card)
    answer = wang.finds("答复了您")
    assert "企业负责人 负**答复了您" in answer.text
    assert not wang.has("项目经理 经**答复了您")
    await wang.taps("查看进度")
    assert "企业负责人 负**最近说：" in wang.answer.text


@pytest.mark.parametrize(
    ("button", "words", "said"),
    [
        ("反馈进度", "备件下午到", "您的问题有新进展：企业负责人 负**"),
        ("现场已查看", "", "企业负责人 负**到现场看过了"),
        ("联系业主", "您几点在家？", "企业负责人 负**给您留言"),
    ],
)
async def test_what_the_head_does_is_not_signed_by_the_manager(play, characters, button, words, said):
    manager, head, _, _, wang = characters
    await play.files(wang)
    await manager.says(ANSWER, reply_to=manager.card)
    await manager.taps("一般问题，2个工作日内办结")
    await head.says("/todo")
    await head.taps("公共照明不亮")
    await head.taps(button)
    if words:
        await head.says(words)
    assert said in wang.answer.text


# --- confirmations ----------------------------------------------------------------------------------------------


async def test_a_confirmation_names_who_is_told(play, characters):
    manager, *_, wang = characters
    await play.files(wang)
    await wang.taps("催一催")
    assert "已通知：项目经理 经**；企业负责人 负**" in wang.answer.text
    await manager.says(ANSWER, reply_to=manager.card)
    await play.resolves(manager)
    assert "已通知：住户；企业负责人 负责人甲；武侯区住建部门" in manager.answer.text


async def test_a_confirmation_names_nobody_who_has_not_joined(play, filed):
    manager, wang = filed
    await wang.taps("催一催")
    assert "企业负责人" not in wang.answer.text
    await manager.says(ANSWER, reply_to=manager.card)
    await play.resolves(manager)
    assert "负责人" not in manager.answer.text


async def test_what_a_resident_without_a_chat_can_not_read_is_not_said_to_be_sent(play):
    """A steward has filed for somebody who has not joined."""
    manager = await play.staff("经理甲")
    steward = play.stranger("管家")
    await steward.opens()
    await play.holds(steward, "steward", "jchy")
    for words in ("/register", "13900000077", "8栋 102", "8栋一楼的灯不亮"):
        await steward.says(words)
    await steward.taps("公共照明不亮")
    await steward.taps("提交")
    await manager.says(ANSWER, reply_to=manager.card)
    assert "住户还没加入，看不到这条" in manager.answer.text
    assert "已发给住户" not in manager.answer.text


# --- how the resident may be reached ----------------------------------------------------------------------------


async def test_who_left_no_number_is_not_said_to_refuse_calls(play):
    manager = await play.staff("经理甲")
    wang = play.stranger("王女士")
    await wang.opens("p_jchy_3")
    await wang.taps("同意并继续")
    await wang.says("1201")
    await wang.taps("暂不分享")
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    assert "您没有留电话" in wang.answer.text
    await wang.taps("提交")
    assert "住户没有留电话" in manager.card.text
    assert "不想接电话" not in manager.card.text
    assert "显示电话" not in manager.card.labels


async def test_who_wants_no_calls_is_said_to_want_none(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang, way="bot")
    assert "住户不想接电话" in manager.card.text


# --- form answers -----------------------------------------------------------------------------------------------


async def test_a_form_answer_stops_no_clock_and_a_short_true_one_does(play, filed):
    manager, wang = filed
    await manager.says("您好，您反映的问题已收到，我们高度重视，将按照相关规定尽快处理，感谢您的理解与支持！",
                       reply_to=manager.card)  # fmt: skip
    assert "还没发给住户" in manager.answer.text
    assert "respond" in await play.running()
    assert not wang.has("高度重视")
    await manager.says("维保在路上了", reply_to=manager.card)
    assert "respond" not in await play.running()


async def test_a_form_answer_is_no_result(play, answered):
    manager, wang = answered
    await manager.taps("提交办结")
    await manager.says("已处理")
    assert "还没发给住户" in manager.answer.text
    await manager.says("灯换好了")
    await manager.taps("提交")
    assert "灯换好了" in wang.finds("已办结").text
    assert not wang.has("已处理")
