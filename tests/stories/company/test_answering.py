"""Manager and head: the response, the disposition, and what comes after."""

import pytest

from complaints.model.complaint import State
from complaints.model.events import Disposition

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
SORTS = {
    "一般问题，2个工作日内办结": Disposition.GENERAL,
    "情况复杂，和业主商定": Disposition.MAJOR,
    "属住建部门职责": Disposition.BUREAU_DUTY,
    "不归物业管，帮业主指路": Disposition.NEITHER,
    "业主自用部位，可特约维修": Disposition.OWN_PART,
}
RUNS = {
    "一般问题，2个工作日内办结": {"resolve_general"},
    "情况复杂，和业主商定": {"agree"},
    "属住建部门职责": {"accept"},
    "不归物业管，帮业主指路": {"coordinate"},
    "业主自用部位，可特约维修": {"survey"},
}


async def test_the_card_is_read_first_and_its_menus_open_on_the_same_message(filed):
    manager, _ = filed
    card = manager.card
    first = ["回复住户", "分类 ▸", "联系 ▸", next(iter(SORTS)), "已当场解决"]
    assert card.labels == first
    await manager.taps("分类 ▸")
    assert manager.card.labels == [*SORTS, "先核实，稍后分类", "改事项", "返回"]
    await manager.taps("返回")
    assert manager.card.labels == first
    await manager.taps("联系 ▸")
    assert manager.card.labels == ["联系业主", "显示电话", "返回"]
    assert (manager.card.message_id, manager.card.text) == (card.message_id, card.text)


async def test_a_menu_that_is_open_is_closed_by_what_happens_to_the_case(play, filed):
    manager, _ = filed
    await manager.taps("联系 ▸")
    card = manager.card
    await manager.says(ANSWER, reply_to=card)
    now = next(shown for shown in manager.hears if shown.message_id == card.message_id)
    assert now.labels[0] == "回复住户"
    assert "返回" not in now.labels


async def test_reply_to_the_resident_asks_for_the_words_that_a_reply_to_the_card_would_be(play, filed):
    manager, wang = filed
    await manager.taps("回复住户")
    await manager.says(ANSWER)
    assert ANSWER in wang.finds("答复了您").text
    assert (await play.case()).state is State.ANSWERED
    await manager.taps(next(iter(SORTS)))
    await manager.taps("回复住户")
    await manager.says("配件买到了，下午三点来换。")
    assert "下午三点来换" in wang.finds("新进展").text


@pytest.mark.covered
async def test_a_reply_in_words_is_the_response_and_stops_the_clock(play, filed):
    manager, wang = filed
    await manager.says(ANSWER, reply_to=manager.card)
    assert ANSWER in wang.finds("项目经理 经**答复了您").text
    case = await play.case()
    assert case.state is State.ANSWERED
    assert case.clock("respond").state == "met"
    assert set(await play.running()) == {"classify", "resolve_general"}


async def test_after_the_response_the_disposition_is_asked_for(answered):
    manager, _ = answered
    assert "响应计时已停" in manager.answer.text
    assert manager.answer.labels == [*SORTS, "先核实，稍后分类", "已当场解决"]


@pytest.mark.parametrize("words", ["收到，马上处理", "好的", "您好，我们会尽快处理的，请耐心等待。"])
async def test_a_procedural_answer_is_sent_back_and_the_clock_runs(play, filed, words):
    manager, wang = filed
    before, heard = await play.events(), len(wang.hears)
    await manager.says(words, reply_to=manager.card)
    assert "还没发给住户" in manager.answer.text
    assert "看到什么" in manager.answer.text
    assert await play.events() == before
    assert len(wang.hears) == heard
    assert "respond" in await play.running()


async def test_a_procedural_answer_can_be_completed(play, filed):
    manager, wang = filed
    await manager.taps("一般问题，2个工作日内办结")
    await manager.says("收到，马上处理")
    await manager.says(ANSWER)
    assert ANSWER in wang.finds("答复了您").text
    assert (await play.case()).disposition is Disposition.GENERAL


@pytest.mark.parametrize("media", ["sends_photo", "sends_voice"])
async def test_a_file_alone_is_no_response(play, filed, media):
    manager, _ = filed
    await getattr(manager, media)(reply_to=manager.card)
    assert "请用文字说一下" in manager.answer.text
    assert (await play.case()).state is State.FILED


@pytest.mark.parametrize("label", SORTS)
async def test_a_disposition_by_button_asks_for_words_which_are_the_response(play, filed, label):
    manager, wang = filed
    await manager.taps(label)
    if label.startswith("不归物业管"):
        await manager.taps("公安部门")
    assert "请写" in manager.answer.text
    assert (await play.case()).state is State.FILED
    await manager.says(ANSWER)
    case = await play.case()
    assert case.disposition is SORTS[label]
    assert case.clock("respond").state == "met"
    assert set(await play.running()) == RUNS[label]
    assert wang.has(ANSWER)


@pytest.mark.parametrize("label", SORTS)
async def test_a_disposition_after_the_answer(play, answered, label):
    manager, wang = answered
    await manager.taps(label, on=manager.answer)
    if label.startswith("不归物业管"):
        await manager.taps("公安部门")
    if not label.startswith("一般问题"):
        await manager.says("经核实，是这样安排的：今天上门说明。")
        assert wang.has("经核实，是这样安排的")
    assert (await play.case()).disposition is SORTS[label]
    assert set(await play.running()) == RUNS[label]


@pytest.mark.covered
async def test_the_resident_of_a_major_case_is_told_that_a_date_will_be_agreed(filed):
    manager, wang = filed
    await manager.taps("情况复杂，和业主商定")
    await manager.says("线路老化，要重新布线，先检测再报价。")
    assert "办结的时间会和您商定" in wang.finds("答复了您").text
    assert "什么时候能办结？" in manager.answer.text


@pytest.mark.covered
async def test_the_resident_is_shown_the_right_department(play, filed):
    manager, wang = filed
    grid_leader = await play.staff("网格长甲")
    await manager.taps("不归物业管，帮业主指路")
    await manager.taps("公安部门")
    await manager.says("夜间噪音由公安部门处理，可拨打110。")
    assert "归公安部门管" in wang.finds("答复了您").text
    assert "项目经理 经理甲认为归公安部门管" in grid_leader.finds("您网格里").text
    assert "住户的联系方式，请问项目经理 经理甲：028-80000011" in grid_leader.finds("您网格里").text
    assert (await play.case()).handler == "bureau"


@pytest.mark.covered
async def test_the_owners_own_part_is_closed_with_the_paid_route(play, filed):
    manager, wang = filed
    await manager.taps("业主自用部位，可特约维修")
    await manager.says("室内水龙头是自用部位，可预约维修，师傅今天下午上门。")
    assert "可以约有偿维修" in wang.finds("答复了您").text
    assert (await play.case()).state is State.RESOLVED


async def test_sorting_later_before_the_answer_asks_for_words_first(play, filed):
    manager, wang = filed
    await manager.taps("先核实，稍后分类")
    await manager.says(ANSWER)
    assert wang.has(ANSWER)
    case = await play.case()
    assert (case.state, case.disposition) == (State.ANSWERED, None)
    assert "classify" in await play.running()


async def test_sorting_later_is_possible_once_and_says_until_when(answered):
    manager, _ = answered
    await manager.taps("先核实，稍后分类", on=manager.answer)
    assert "请在11月19日(周四) 18:00前分类" in manager.answer.text
    assert "先核实，稍后分类" not in manager.answer.labels
    assert "先核实，稍后分类" not in manager.card.labels


async def test_the_same_disposition_twice_changes_nothing(play, answered):
    manager, _ = answered
    question = manager.answer
    await manager.taps("一般问题，2个工作日内办结", on=question)
    before = await play.events()
    await manager.presses(question, f"c:sort:{(await play.case()).id}:1:general")  # before its buttons are gone
    assert "已经是这个分类，没有改动" in manager.answer.text
    assert await play.events() == before


@pytest.mark.covered
async def test_solved_on_the_spot_is_answer_and_result_in_one(play, filed):
    manager, wang = filed
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    assert "灯泡松了" in wang.finds("已办结（实际解决）").text
    case = await play.case()
    assert (case.state, case.disposition) == (State.RESOLVED, Disposition.GENERAL)
    assert set(await play.running()) == {"survey"}


@pytest.mark.covered
async def test_solved_on_the_spot_with_a_photo_only(play, filed):
    manager, wang = filed
    await manager.taps("已当场解决")
    await manager.sends_photo()
    assert (await play.case()).state is State.RESOLVED
    assert wang.photos == 1


async def test_manager_and_resident_talk_without_seeing_each_others_account(play, filed):
    manager, wang = filed
    await manager.taps("联系业主")
    await manager.says("请问是几楼的灯？")
    asked = wang.finds("给您留言")
    assert "请问是几楼的灯？" in asked.text
    assert "经理甲" not in asked.text
    assert "respond" in await play.running()
    await wang.says("是5楼", reply_to=asked)
    assert "是5楼" in manager.finds("住户补充").text
    assert not manager.has("王女士")


@pytest.mark.covered
async def test_every_look_at_the_phone_is_on_record(play, filed):
    manager, _ = filed
    await manager.taps("显示电话")
    assert "住户电话：139" in manager.answer.text
    await manager.taps("显示电话")
    assert (await play.events()).count("PhoneShown") == 2


async def test_a_phone_that_may_not_be_called_is_not_shown_to_a_forged_press(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang, way="bot")
    await manager.presses(manager.card, f"c:phone:{(await play.case()).id}:1:")
    assert "住户不想接电话" in manager.answer.text
    assert not manager.has("139")
    assert "PhoneShown" not in await play.events()
