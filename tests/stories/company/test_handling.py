"""After the answer: progress, the result, more time, handing on, and the lists of staff."""

import pytest
from scenes import scene

from complaints.model.complaint import State

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"


async def test_progress_reaches_the_resident_with_its_photos(play, answered):
    manager, wang = answered
    await manager.taps("反馈进度")
    await manager.sends_album(2, caption="新灯已到货，下午装")
    assert "新灯已到货" in wang.finds("您的问题有新进展").text
    assert wang.photos == 2
    assert "已发给住户" in manager.answer.text


@pytest.mark.covered
async def test_a_look_on_site_is_told_and_logged(play, answered):
    manager, wang = answered
    await manager.taps("一般问题，2个工作日内办结", on=manager.answer)
    await manager.taps("现场已查看")
    assert wang.has("到现场看过")
    assert "Visited" in await play.events()


@scene
async def sorted_(answered):
    manager, wang = answered
    await manager.taps("一般问题，2个工作日内办结", on=manager.answer)
    return manager, wang


async def test_a_sorted_case_offers_what_comes_after(sorted_):
    manager, _ = sorted_
    assert manager.card.labels == ["回复住户", "联系 ▸", "提交办结", "反馈进度", "更多 ▸"]
    await manager.taps("更多 ▸")
    assert manager.card.labels == ["现场已查看", "申请延期", "改事项", "返回"]
    await manager.taps("返回")
    await manager.taps("联系 ▸")
    assert manager.card.labels == ["联系业主", "显示电话", "返回"]


async def test_the_result_reaches_the_resident_with_photos_and_four_levels(play, sorted_):
    manager, wang = sorted_
    await manager.taps("提交办结")
    await manager.sends_album(2, caption="灯泡已更换，恢复照明。")
    assert "住户会看到" in manager.answer.text
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
    await manager.taps("先存草稿")
    assert "结果已存为草稿，还没有提交" in manager.answer.text
    assert (await play.case()).state is State.ANSWERED
    await play.city.pass_by(hours=1)
    await manager.taps("提交办结")
    assert "灯泡已更换，恢复照明。" in manager.answer.text
    await manager.taps("提交")
    assert "灯泡已更换，恢复照明。" in wang.finds("已办结").text


@pytest.mark.parametrize(("says", "told"), [("可以", "住户说：可以结案"), ("还没好", "住户说：还没好")])
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
    if says == "还没好":  # what the resident has refused is no draft any more
        assert "请写办理结果" in manager.answer.text
        await manager.says("门厅的灯也换了，都亮了。")
    await manager.taps("提交")
    assert (await play.case()).state is State.RESOLVED
    assert ("灯泡已更换" in wang.finds("已办结（实际解决）").text) is (says == "可以")


@pytest.mark.covered
async def test_more_time_is_asked_of_the_resident(play, sorted_):
    manager, wang = sorted_
    await manager.taps("申请延期")
    await manager.says("灯具要从厂家订，三天后到货。")
    await manager.says("11月25日 18:00")
    await manager.taps("发")
    asked = wang.finds("建议11月25日(周三) 18:00前办结")
    assert "灯具要从厂家订" in asked.text
    assert (await play.running())["resolve_general"].day == 20
    await wang.taps("同意")
    running = await play.running()
    assert set(running) == {"resolve_major"}
    assert running["resolve_major"].day == 25


@pytest.mark.covered
async def test_the_head_hands_a_case_to_another_manager(play):
    _manager, head, other = await play.staff("经理甲", "负责人甲", "经理乙")
    wang = await play.resident()
    await play.files(wang)
    await head.taps("转派")
    await head.taps("经理乙")
    assert "已指定：经理乙" in head.answer.text
    assert "已指定您来办这个问题" in other.card.text
    assert "3栋楼道灯不亮" in other.card.text
    assert wang.has("您的问题现由")
    await other.says(ANSWER, reply_to=other.card)
    assert ANSWER in wang.finds("答复了您").text


@pytest.mark.covered
async def test_the_manager_sees_the_open_cases(play, filed):
    manager, _ = filed
    await manager.says("/todo")
    assert "待办1件" in manager.answer.text
    await manager.taps("公共照明不亮", on=manager.answer)
    assert "新问题，等您响应" in manager.answer.text


async def test_words_of_staff_outside_a_dialogue_are_asked_about_and_sent_to_nobody(filed):
    manager, _ = filed
    await manager.says("今天有什么事")
    assert "还没有发给任何人。要发给哪个问题的住户" in manager.answer.text


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


@pytest.mark.covered
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
    assert await play.events() == ["Refused", *before]


async def test_words_after_not_done_say_what_is_missing(play, sorted_):
    manager, wang = sorted_
    await manager.taps("提交办结")
    await manager.says("灯泡换了，3栋楼道灯亮了。")
    await manager.taps("这样可以结案吗？")
    await wang.taps("还没好")
    await wang.says("二楼的灯还不亮")
    assert "二楼的灯还不亮" in manager.finds("住户说明哪里还没好").text


async def test_a_photo_right_after_the_look_on_site_goes_with_it(sorted_):
    manager, wang = sorted_
    await manager.taps("现场已查看")
    before = wang.photos
    await manager.sends_photo()
    assert wang.photos == before + 1
    await manager.says("二楼的灯座也坏了，明天换。")
    assert wang.has("二楼的灯座也坏了")


async def test_what_comes_long_after_the_look_on_site_waits_for_its_case(play, sorted_):
    manager, wang = sorted_
    await manager.taps("现场已查看")
    await play.at(11)
    await manager.says("二楼的灯座也坏了，明天换。")
    assert not wang.has("二楼的灯座也坏了")
    assert "还没有发给任何人" in manager.answer.text
