"""Reporting: say it, tap it, send it."""

import pytest

GROUPS = ["🛗 电梯水电", "🏠 房屋设施", "🌳 环境绿化", "🔥 消防安全", "🚗 秩序停车"]


@pytest.mark.covered
async def test_three_interactions_are_enough(play):
    wang = await play.resident()
    await wang.says("反映问题")
    before = len([shown for shown in wang.sees if not shown.from_bot])
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert wang.has("已收到，")
    assert len([shown for shown in wang.sees if not shown.from_bot]) == before + 1  # the other two were taps


async def test_words_outside_any_dialogue_begin_a_case(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    assert wang.answer.labels == ["公共照明不亮", "有危险", "其他类别", "取消"]  # and no filler


@pytest.mark.parametrize("sends", ["sends_voice", "sends_photo", "sends_video", "sends_location", "sends_document"])
async def test_what_has_no_words_is_asked_for_its_group_and_for_danger(play, sends):
    wang = await play.resident()
    await getattr(wang, sends)()
    assert wang.answer.labels[:6] == ["有危险", *GROUPS]


@pytest.mark.covered
async def test_a_case_without_words_is_always_asked_for_danger(play):
    wang = await play.resident()
    await wang.sends_voice()
    await wang.taps("电梯水电")
    await wang.taps("公共照明不亮")
    assert "现在有人受伤、被困" in wang.answer.text
    assert wang.answer.labels[:2] == ["有危险", "没有"]


async def test_other_kinds_lead_over_six_groups_to_every_matter_and_back(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("其他类别")
    groups = wang.answer.labels
    assert groups[:5] == GROUPS
    assert groups[6:] == ["有危险", "说不清，请物业帮我选", "取消"]
    await wang.taps("电梯水电")
    assert "停电跳闸" in wang.answer.labels
    await wang.taps("返回")
    assert wang.answer.labels == groups


@pytest.mark.covered
async def test_back_from_the_card_offers_the_matters_again(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("返回")
    assert wang.answer.labels[0] == "公共照明不亮"
    assert await play.cases() == []


@pytest.mark.covered
async def test_the_card_shows_what_the_manager_will_see(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    shown = wang.answer
    for part in ("项目经理会看到", "公共照明不亮（报修）", "锦城花园 3栋 1201", "3栋楼道灯不亮", "可以打电话"):
        assert part in shown.text
    assert shown.labels[:3] == ["提交", "修改", "取消"]


async def test_the_description_can_be_changed(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("修改")
    await wang.taps("问题描述")
    await wang.says("是5楼的楼道灯不亮")
    await wang.taps("提交")
    assert "是5楼的楼道灯不亮" in manager.card.text
    assert (await play.case()).matter == "lighting_out"


async def test_the_kind_of_problem_can_be_changed(play):
    wang = await play.resident()
    await wang.says("灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("修改")
    await wang.taps("问题类别")
    await wang.taps("环境绿化")
    await wang.taps("环境卫生差")
    await wang.taps("提交")
    assert (await play.case()).matter == "cleaning"


@pytest.mark.covered
async def test_the_place_can_be_changed(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("修改")
    await wang.taps("地点")
    await wang.says("5栋地下车库")
    await wang.taps("提交")
    assert "5栋地下车库" in manager.card.text


async def test_a_repair_becomes_a_complaint_by_a_tap(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("改为投诉")
    await wang.taps("提交")
    assert "公共照明不亮（投诉）" in manager.card.text


@pytest.mark.parametrize("word", ["取消", " 取消 ", "Cancel"])
async def test_cancel_in_words_is_no_part_of_what_is_wrong(play, word):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.says(word)
    assert "已取消，什么都没有发出。" in wang.answer.text
    await wang.says("反映问题")
    assert "请说说哪里有问题" in wang.answer.text


async def test_cancel_in_words_ends_a_managers_question(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.taps("回复住户")
    await manager.says("取消")
    assert "好的，什么都没改。" in manager.answer.text
    await manager.says("电工已到现场查看，今天17:00前更换。")
    assert not wang.has("答复了您")


@pytest.mark.parametrize("leaves", ["取消", "/cancel"])
async def test_cancelling_forgets_the_draft(play, leaves):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await (wang.says(leaves) if leaves.startswith("/") else wang.taps(leaves))
    assert "已取消，什么都没有发出。" in wang.answer.text
    await wang.says("反映问题")
    assert "请说说哪里有问题" in wang.answer.text
    assert await play.cases() == []


async def test_a_draft_is_offered_again_to_whoever_left(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await play.city.pass_by(days=3)
    await wang.says("反映问题")
    assert "您有一份还没提交的内容" in wang.answer.text
    assert "3栋楼道灯不亮" in wang.answer.text
    await wang.taps("继续填写")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert (await play.case()).matter == "lighting_out"


async def test_a_draft_can_be_begun_anew(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.opens()
    await wang.taps("重新开始")
    await wang.says("垃圾没人清")
    assert "楼道灯" not in wang.answer.text
    await wang.taps("垃圾清运不及时")
    assert "楼道灯" not in wang.answer.text


async def test_more_words_before_submitting_are_part_of_the_case(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.says("已经三天了")
    await wang.taps("提交")
    assert "3栋楼道灯不亮\n已经三天了" in manager.card.text


@pytest.mark.covered
async def test_an_album_arrives_whole(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.sends_album(3, caption="3栋楼道灯不亮", caption_on=2)
    assert "3张照片" in wang.answer.text
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert manager.photos == 3
    assert "3栋楼道灯不亮" in manager.card.text


@pytest.mark.parametrize(("answer", "danger"), [("有危险", True), ("没有", False)])
@pytest.mark.covered
async def test_a_matter_that_may_be_dangerous_is_asked_about(play, answer, danger):
    wang = await play.resident()
    await wang.says("消防通道被车堵了")
    await wang.taps("消防通道被堵")
    assert "现在有人受伤、被困" in wang.answer.text
    await wang.taps(answer)
    if not danger:
        await wang.taps("提交")
    assert (await play.case()).danger is danger


async def test_danger_goes_out_at_once_with_the_numbers_to_call_first(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("电梯困人，老人在里面")
    before = len(wang.hears)
    await wang.taps("有危险")
    numbers = wang.finds("请先打电话")
    for number in ("119", "110", "120", "028-80000011", "028-85293449"):
        assert number in numbers.text
    receipt = next(shown for shown in wang.hears[before - 1 :] if "已收到，" in shown.text)
    assert numbers.message_id < receipt.message_id
    assert "危险" in manager.card.text
    assert "知道了，马上到" in manager.card.labels


async def test_danger_goes_out_from_a_voice_message_alone(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.sends_voice()
    await wang.taps("有危险")
    assert (await play.case()).danger
    assert any(shown.media == ["voice"] for shown in manager.hears)
