"""Danger: one tap from the first screen, whatever was said; what it is about is said afterwards."""

import pytest

SAYS = ["says", "sends_voice", "sends_photo", "sends_video", "sends_location", "sends_document"]


@pytest.mark.parametrize("sends", SAYS)
async def test_danger_stands_beside_the_matters_whatever_was_said(play, sends):
    wang = await play.resident()
    await getattr(wang, sends)(*(["楼道灯不亮"] if sends == "says" else []))
    await wang.taps("有危险")
    case = await play.case()
    assert case.danger
    assert wang.has("119")


async def test_danger_goes_out_in_two_taps_from_the_menu_without_a_word(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("反映问题")
    await wang.taps("有危险")
    assert (await play.case()).matter == "unsaid"
    assert "还没说是什么" in manager.card.text
    assert wang.has("请先打电话")


@pytest.mark.parametrize("sends", ["sends_voice", "sends_photo"])
async def test_danger_without_words_is_never_said_to_be_something(play, characters, sends):
    manager, head, _, group, wang = characters
    await getattr(wang, sends)()
    await wang.taps("有危险")
    for reader in (manager, head, wang):
        assert "还没说是什么" in reader.card.text
        assert not reader.has("电梯停运")
    assert "还没说是什么" in group.sees[-1].text


async def test_words_that_say_nothing_of_it_leave_it_open_too(play):
    wang = await play.resident()
    await wang.says("快来人啊")
    await wang.taps("有危险")
    assert (await play.case()).matter == "unsaid"


async def test_words_that_say_what_it_is_are_taken_for_it(play):
    wang = await play.resident()
    await wang.says("电梯困人了")
    assert wang.answer.labels[0] == "有危险"
    await wang.taps("有危险")
    assert (await play.case()).matter == "lift_trapped"
    assert not wang.has("等您安全了")


async def test_the_resident_is_asked_afterwards_and_says_it_by_tap(play, characters):
    manager, head, _, group, wang = characters
    await wang.sends_photo()
    await wang.taps("有危险")
    asked = next(shown for shown in wang.hears if "等您安全了" in shown.text)
    await wang.taps("🛗 电梯水电", on=asked)
    await wang.taps("停电跳闸")
    assert (await play.case()).matter == "power_cut"
    for reader in (manager, head):
        assert "现在知道了是什么：停电跳闸" in reader.card.text
    assert "现在知道了是什么：停电跳闸" in group.sees[-1].text


async def test_the_resident_says_it_in_words_which_reach_the_handler(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.sends_photo()
    await wang.taps("有危险")
    await wang.says("楼道灯不亮，有人摔了")
    assert "楼道灯不亮，有人摔了" in manager.card.text
    await wang.taps("公共照明不亮")
    assert (await play.case()).matter == "lighting_out"


async def test_whoever_handles_it_says_it_where_the_resident_does_not(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.sends_voice()
    await wang.taps("有危险")
    await manager.taps("填写是什么问题")
    await manager.taps("🛗 电梯水电")
    await manager.taps("停电跳闸")
    assert (await play.case()).matter == "power_cut"
    assert wang.has("现在知道了是什么：停电跳闸")


async def test_a_second_tap_changes_nothing(play):
    wang = await play.resident()
    await wang.says("电梯困人了")
    question = wang.answer
    await wang.taps("有危险")
    await wang.presses(question, "f:danger:now:0")
    assert len(await play.cases()) == 1
    assert wang.has("请先打电话")


async def test_words_of_danger_before_joining_get_the_numbers_at_once(play):
    stranger = play.stranger()
    await stranger.says("救命，起火了")
    assert stranger.has("119")
    assert not stranger.has("已经发出")
