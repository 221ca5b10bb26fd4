"""Manager and head: the response, the disposition, and what comes after."""

import pytest

from complaints.complaint import State
from complaints.events import Disposition

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
    "不归物业管，帮业主指路": set(),
    "业主自用部位，可特约维修": {"survey"},
}


@pytest.fixture
async def filed(play):
    """A manager with a new case on the table, and the household behind it."""
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    return manager, wang


@pytest.fixture
async def answered(filed):
    manager, wang = filed
    await manager.says(ANSWER, reply_to=manager.card)
    return manager, wang


async def test_the_card_offers_the_dispositions_first(filed):
    manager, _ = filed
    assert manager.card.labels == [
        *list(SORTS)[:4], "已当场解决", "先核实，稍后分类", "联系业主", "显示电话", "业主自用部位，可特约维修",
    ]  # fmt: skip


async def test_a_reply_in_words_is_the_response_and_stops_the_clock(play, filed):
    manager, wang = filed
    await manager.says(ANSWER, reply_to=manager.card)
    assert ANSWER in wang.finds("项目经理 经** 答复了您").text
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
    assert "先没发出" in manager.answer.text
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


async def test_the_resident_of_a_major_case_is_told_that_a_date_will_be_agreed(filed):
    manager, wang = filed
    await manager.taps("情况复杂，和业主商定")
    await manager.says("线路老化，要重新布线，先检测再报价。")
    assert "办结的时间会和您商定" in wang.finds("答复了您").text
    assert "什么时候能办结？" in manager.answer.text


async def test_the_resident_is_shown_the_right_department(play, filed):
    manager, wang = filed
    grid_leader = await play.staff("网格长甲")
    await manager.taps("不归物业管，帮业主指路")
    await manager.taps("公安部门")
    await manager.says("夜间噪音由公安部门处理，可拨打110。")
    assert "归公安部门管" in wang.finds("答复了您").text
    assert "责任部门：公安部门" in grid_leader.finds("您网格里").text
    assert (await play.case()).handler == "bureau"


async def test_the_owners_own_part_is_closed_with_the_paid_route(play, filed):
    manager, wang = filed
    await manager.taps("业主自用部位，可特约维修")
    await manager.says("室内水龙头是自用部位，可预约维修，师傅今天下午上门。")
    assert "可以约付费维修" in wang.finds("答复了您").text
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
    assert "请在 11月19日(周四) 18:00 前分类" in manager.answer.text
    assert "先核实，稍后分类" not in manager.answer.labels
    assert "先核实，稍后分类" not in manager.card.labels


async def test_the_same_disposition_twice_changes_nothing(play, answered):
    manager, _ = answered
    question = manager.answer
    await manager.taps("一般问题，2个工作日内办结", on=question)
    before = await play.events()
    await manager.taps("一般问题，2个工作日内办结", on=question)
    assert "已经是这个分类，没有改动" in manager.answer.text
    assert await play.events() == before


async def test_solved_on_the_spot_is_answer_and_result_in_one(play, filed):
    manager, wang = filed
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    assert "灯泡松了" in wang.finds("已办结（实际解决）").text
    case = await play.case()
    assert (case.state, case.disposition) == (State.RESOLVED, Disposition.GENERAL)
    assert set(await play.running()) == {"survey"}


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
    assert "是5楼" in manager.finds("业主补充").text
    assert not manager.has("王女士")


async def test_every_look_at_the_phone_is_on_record(play, filed):
    manager, _ = filed
    await manager.taps("显示电话")
    assert "业主电话：139" in manager.answer.text
    await manager.taps("显示电话")
    assert (await play.events()).count("PhoneShown") == 2


async def test_a_phone_that_may_not_be_called_is_not_shown_to_a_forged_press(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang, way="bot")
    await manager.presses(manager.card, f"c:phone:{(await play.case()).id}:1:")
    assert "业主不想接电话" in manager.answer.text
    assert not manager.has("139")
    assert "PhoneShown" not in await play.events()


async def test_progress_reaches_the_resident_with_its_photos(play, answered):
    manager, wang = answered
    await manager.taps("反馈进度")
    await manager.sends_album(2, caption="新灯已到货，下午装")
    assert "新灯已到货" in wang.finds("您的问题有新进展").text
    assert wang.photos == 2
    assert "已发给业主" in manager.answer.text


async def test_a_look_on_site_is_told_and_logged(play, answered):
    manager, wang = answered
    await manager.taps("一般问题，2个工作日内办结", on=manager.answer)
    await manager.taps("现场已查看")
    assert wang.has("已有人到现场看过")
    assert "Visited" in await play.events()


@pytest.fixture
async def sorted_(answered):
    manager, wang = answered
    await manager.taps("一般问题，2个工作日内办结", on=manager.answer)
    return manager, wang


async def test_a_sorted_case_offers_what_comes_after(sorted_):
    manager, _ = sorted_
    for label in ("反馈进度", "现场已查看", "提交办结", "申请延期", "联系业主", "显示电话"):
        assert label in manager.card.labels


async def test_the_result_reaches_the_resident_with_photos_and_four_levels(play, sorted_):
    manager, wang = sorted_
    await manager.taps("提交办结")
    await manager.sends_album(2, caption="灯泡已更换，恢复照明。")
    assert "业主会看到" in manager.answer.text
    assert (await play.case()).state is State.ANSWERED
    await manager.taps("提交")
    result = wang.finds("已办结（实际解决）")
    assert result.labels == ["满意", "基本满意", "一般", "不满意"]
    assert wang.photos == 2


async def test_a_result_can_be_explained_instead_of_solved(sorted_):
    manager, wang = sorted_
    await manager.taps("提交办结")
    await manager.says("经核实灯是感应式的，白天不亮属正常。")
    await manager.taps("改为解释说明")
    await manager.taps("提交")
    assert wang.has("已办结（解释说明）")


async def test_a_result_is_kept_as_a_draft_and_taken_up_again(play, sorted_):
    manager, wang = sorted_
    await manager.taps("提交办结")
    await manager.says("灯泡已更换，恢复照明。")
    await manager.taps("保存")
    assert "结果已保存，还没有提交" in manager.answer.text
    assert (await play.case()).state is State.ANSWERED
    await play.city.pass_by(hours=1)
    await manager.taps("提交办结")
    assert "灯泡已更换，恢复照明。" in manager.answer.text
    await manager.taps("提交")
    assert "灯泡已更换，恢复照明。" in wang.finds("已办结").text


@pytest.mark.parametrize(("says", "told"), [("可以", "业主说：可以结案"), ("还没好", "业主说：还没好")])
async def test_the_resident_is_asked_whether_the_case_may_be_closed(play, sorted_, says, told):
    manager, wang = sorted_
    await manager.taps("提交办结")
    await manager.says("灯泡已更换，恢复照明。")
    await manager.taps("这样可以结案吗？")
    asked = wang.finds("这样可以结案吗？")
    assert "灯泡已更换" in asked.text
    assert asked.labels == ["可以", "还没好"]
    await wang.taps(says)
    assert manager.has(told)
    assert (await play.case()).state is State.ANSWERED
    await manager.taps("提交办结")
    await manager.taps("提交")
    assert (await play.case()).state is State.RESOLVED


async def test_more_time_is_asked_of_the_resident(play, sorted_):
    manager, wang = sorted_
    await manager.taps("申请延期")
    await manager.says("灯具要从厂家订，三天后到货。")
    await manager.says("11月25日 18:00")
    asked = wang.finds("建议 11月25日(周三) 18:00 前办结")
    assert "灯具要从厂家订" in asked.text
    assert (await play.running())["resolve_general"].day == 20
    await wang.taps("同意")
    running = await play.running()
    assert set(running) == {"resolve_major"}
    assert running["resolve_major"].day == 25


async def test_the_head_hands_a_case_to_another_manager(play):
    _manager, head, other = await play.staff("经理甲", "负责人甲", "经理乙")
    wang = await play.resident()
    await play.files(wang)
    await head.taps("转派")
    await head.taps("经理乙")
    assert "已指定 经理乙" in head.answer.text
    assert "已指定您来办这个问题" in other.card.text
    assert "3栋楼道灯不亮" in other.card.text
    assert wang.has("您的问题现由")
    await other.says(ANSWER, reply_to=other.card)
    assert ANSWER in wang.finds("答复了您").text


async def test_the_manager_sees_the_open_cases(play, filed):
    manager, _ = filed
    await manager.says("/todo")
    assert "待办1件" in manager.answer.text
    await manager.taps("公共照明不亮", on=manager.answer)
    assert "新问题，等您响应" in manager.answer.text


async def test_words_of_staff_outside_a_dialogue_show_what_is_open(filed):
    manager, _ = filed
    await manager.says("今天有什么事")
    assert "待办1件" in manager.answer.text


async def test_the_head_sees_the_projects_and_only_the_overdue_ones(play):
    head, wang = await play.staff("负责人甲"), await play.resident()
    await play.files(wang)
    await head.says("/company")
    assert "锦城花园：未结1，超时0" in head.answer.text
    await head.taps("只看超时")
    assert "没有哪个项目超时" in head.answer.text
    await play.at(14, 1)
    await head.says("/company")
    await head.taps("只看超时")
    assert "锦城花园：未结1，超时1" in head.answer.text
    assert "望江苑" not in head.answer.text


async def test_the_deputy_may_answer_for_the_manager(play):
    _manager, deputy = await play.staff("经理甲", "副经理丁")
    wang = await play.resident()
    await play.files(wang)
    await deputy.says("/todo")
    await deputy.taps("公共照明不亮", on=deputy.answer)
    await deputy.says(ANSWER, reply_to=deputy.answer)
    assert wang.has(ANSWER)
    assert (await play.case()).state is State.ANSWERED


async def test_a_manager_of_another_community_may_not_answer(play):
    _manager, other = await play.staff("经理甲", "经理乙")
    wang = await play.resident()
    await play.files(wang)
    before = await play.events()
    await other.says("/start")
    await other.presses(other.answer, f"c:sort:{(await play.case()).id}:1:general")
    assert "没找到这个问题" in other.answer.text
    assert await play.events() == before
