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


async def test_whoever_is_trapped_is_told_to_stay_and_not_to_leave(play):
    wang = await play.resident()
    await wang.says("电梯困人，老人在里面")
    await wang.taps("有危险")
    assert "请待在原处，别自己扒门" in wang.finds("请先打电话").text
    assert not wang.has("请先到安全的地方")


async def test_whom_to_call_is_said_once_until_somebody_has_failed_to_come(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("楼道着火冒烟")
    before = len(wang.hears)
    await wang.taps("有危险")
    await manager.taps("知道了，马上到")
    said = wang.hears[before - 1 :]
    assert [("119" in shown.text) for shown in said] == [True, False, False]
    assert "请先到安全的地方" in said[0].text


async def test_whom_to_call_stays_above_the_question_what_it_is(play):
    wang = await play.resident()
    await wang.sends_photo()
    before = len(wang.hears)
    await wang.taps("有危险")
    asked = wang.finds("等您安全了")
    assert asked.message_id == wang.finds("请先打电话").message_id
    assert len(wang.hears) == before + 1  # the receipt
    await wang.taps("🛗 电梯水电", on=asked)
    await wang.taps("停电跳闸")
    assert "119" in wang.finds("谢谢，经办人已经知道").text


async def test_a_household_that_joins_a_dangerous_case_reads_whom_to_call(play):
    wang, li = await play.resident(), await play.resident("李先生", ("3栋", "502"))
    await wang.says("楼道着火冒烟")
    await wang.taps("有危险")
    await li.says("楼道着火冒烟")
    await li.taps("起火冒烟")
    await li.taps("没有")
    await li.taps("我也遇到")
    assert "119" in li.finds("您家已经加进来").text


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


# --- danger that is said later ----------------------------------------------------------------------------------

LATER = "有人被困在里面了，起火了，喘不过气"


async def replies(wang):
    await wang.says(LATER, reply_to=wang.card)


async def supplements(wang):
    await wang.taps("补充")
    await wang.says(LATER)


async def writes(wang):
    await wang.says(LATER)


async def edits_what_waits(wang):
    said = await wang.says("还有一件事")
    await wang.edits(said, LATER)


async def edits_what_was_passed_on(wang):
    said = await wang.says("还是不亮", reply_to=wang.card)
    await wang.edits(said, LATER)


async def writes_a_date(wang):
    await wang.taps("换个时间")
    await wang.says(LATER)


async def taps(wang):
    await wang.taps("有危险")


def alarmed(readers, group):
    for reader in readers:
        assert any("有危险：住户刚刚说的" in shown.text for shown in reader.hears), reader.name
    assert any("有危险：住户刚刚说的" in shown.text for shown in group.sees)


@pytest.mark.parametrize("says", [replies, supplements, writes, edits_what_waits, edits_what_was_passed_on, taps])
async def test_danger_said_later_raises_the_same_case_at_once(play, characters, says):
    manager, head, _, group, wang = characters
    await play.files(wang)
    await says(wang)
    [case] = await play.cases()
    assert case.danger
    assert "urgent" in await play.running()
    assert wang.answer.text.startswith("请先打电话")
    alarmed([manager, head], group)
    assert manager.count("住户补充") == (
        says is edits_what_was_passed_on
    )  # what was harmless; else one message, not two


async def test_danger_in_place_of_a_date_is_no_unclear_date(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.taps("情况复杂")
    await manager.says("要换门机，配件在路上，需要先测量。")
    await manager.says("11月20日 18:00")
    await manager.taps("发")
    await writes_a_date(wang)
    assert (await play.case()).danger


async def test_danger_in_a_ratings_reason_raises_the_case_that_it_has_opened_again(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.says("电工已到现场查看，是灯泡坏了，今天17:00前更换。", reply_to=manager.card)
    await play.resolves(manager)
    await wang.taps("不满意")
    await wang.taps("其他")
    await wang.says("电线漏电了，有人被电了")
    assert (await play.case()).danger
    assert wang.has("请先打电话")


async def test_danger_while_a_result_waits_to_be_rated_opens_the_case_again(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.says("电工已到现场查看，是灯泡坏了，今天17:00前更换。", reply_to=manager.card)
    await play.resolves(manager)
    await wang.says(LATER)
    case = await play.case()
    assert (case.danger, case.round, case.is_open) == (True, 2, True)


async def test_of_several_cases_the_one_of_that_matter_is_raised(play):
    wang = await play.resident()
    await play.files(wang, "电梯坏了", "lift_stopped")
    await play.files(wang)
    await wang.says("电梯坏了，有人被困在里面了")
    lift, lamp = await play.cases()
    assert (lift.danger, lamp.danger) == (True, False)


async def test_a_misunderstanding_is_taken_back_for_everybody(play, characters):
    manager, head, _, group, wang = characters
    await play.files(wang)
    await wang.says(LATER)
    await wang.taps("没有危险")
    case = await play.case()
    assert not case.danger
    assert "urgent" not in await play.running()
    for reader in (manager, head):
        assert reader.has("没有危险：警报解除")
    assert "没有危险：警报解除" in group.sees[-1].text
    await play.at(10, 30)
    assert not head.has("超时没人确认")


async def test_the_other_households_read_it_too(play):
    wang, li = await play.resident(), await play.resident("李先生", ("3栋", "1202"))
    await play.files(wang)
    await li.says("楼道灯不亮")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    await wang.says(LATER)
    assert li.has("您的问题里有危险")


async def test_harmless_words_are_asked_for_their_place_as_before(play):
    wang = await play.resident()
    await play.files(wang)
    await wang.says("另外楼下的花坛没人浇水")
    assert not (await play.case()).danger
    assert "补充" in wang.answer.labels


async def test_whoever_says_danger_reads_that_the_other_households_are_told(play):
    wang, li = await play.resident(), await play.resident("李先生", ("3栋", "502"))
    await play.files(wang)
    await li.says("3栋楼道灯不亮")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    await li.taps("有危险")
    assert "已通知：其他住户" in li.answer.text
