"""The household rates; a dissatisfied one opens the case again."""

import pytest
from scenes import scene

from complaints.model.complaint import State
from storage.queries import figures


@scene
async def resolved(play):
    """A case with its result before the resident."""
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    group, wang = await play.group(officer), await play.resident()
    await play.files(wang)
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    return manager, wang, head, officer, group


@pytest.mark.parametrize(("label", "level"), [("满意", "satisfied"), ("基本满意", "mostly"), ("一般", "so_so")])
@pytest.mark.covered
async def test_one_tap_closes_the_case(play, resolved, label, level):
    manager, wang, *_ = resolved
    await wang.taps(label)
    case = await play.case()
    assert (case.state, case.worst_rating) == (State.CLOSED, level)
    assert f"住户评价：{label}" in manager.finds("住户评价").text
    assert f"您的评价：{label}" in wang.finds("谢谢").text
    assert await play.running() == {}


@pytest.mark.covered
async def test_dissatisfied_opens_the_case_again_and_says_so_to_everybody(play, resolved):
    manager, wang, head, _, group = resolved
    await wang.taps("不满意")
    case = await play.case()
    assert (case.state, case.round) == (State.ANSWERED, 2)
    assert set(await play.running()) == {"resolve_general"}
    assert "已请项目经理 经**联系您" in wang.finds("正在重新办理").text
    assert not any("基本满意" in shown.labels for shown in wang.hears)
    for told in (manager, head):
        assert told.has("重新办理：住户不满意")
    assert group.finds("重新办理")


async def test_another_household_reads_for_whom_the_case_is_open_again(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    li = await play.resident("李先生", ("3栋", "502"))
    await play.files(wang)
    await li.says("3栋楼道灯不亮")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    await wang.taps("满意")
    await li.taps("不满意")
    assert "另一户反映还没办好" in wang.answer.text
    assert "联系您" not in wang.answer.text
    assert "已请项目经理 经**联系您" in li.answer.text


async def test_dissatisfied_is_answered_once_above_and_once_below(resolved):
    _, wang, *_ = resolved
    result, before = wang.finds("已办结（"), len(wang.hears)
    await wang.taps("不满意")
    assert len(wang.hears) == before + 1
    asked = next(shown for shown in wang.hears if shown.message_id == result.message_id)
    assert "没有解决" in asked.labels
    assert "对不起" in asked.text
    assert wang.count("联系您") == 1


async def test_the_reasons_stay_until_one_is_tapped(play, resolved):
    _, wang, *_ = resolved
    await wang.taps("不满意")
    await play.city.pass_by(minutes=5)
    assert "没有解决" in wang.finds("对不起").labels
    await wang.taps("没有解决")
    assert not any("没有解决" in shown.labels for shown in wang.hears)


async def test_the_bot_is_sorry_before_it_says_that_the_case_is_open_again(resolved):
    _, wang, *_ = resolved
    await wang.taps("不满意")
    sorry, again = wang.finds("对不起"), wang.finds("您的问题正在重新办理")
    assert sorry.message_id < again.message_id


async def test_the_rating_is_asked_once_where_it_rings(resolved):
    _, wang, *_ = resolved
    assert [shown.text.splitlines()[0] for shown in wang.hears if "满意" in shown.labels] == ["已办结（实际解决）"]


async def test_the_card_leads_to_the_rating_and_keeps_no_button_for_it_afterwards(play, resolved):
    _, wang, *_ = resolved
    await wang.says("/mine")
    await wang.taps("去评价")
    await wang.taps("基本满意", on=wang.answer)
    assert (await play.case()).worst_rating == "mostly"
    assert not {"去评价", "满意"} & {label for shown in wang.hears for label in shown.labels}


@pytest.mark.parametrize("reason", ["没有解决", "没办好却说办好了", "态度不好", "拖得太久"])
async def test_the_reason_is_one_tap(resolved, reason):
    manager, wang, head, *_ = resolved
    await wang.taps("不满意")
    await wang.taps(reason)
    for told in (manager, head):
        assert told.has(f"不满意的原因：{reason}")
    assert "\n已通知：项目经理 经**；企业负责人 负**" in wang.finds("谢谢您告诉我们原因。").text


async def test_the_reason_may_be_ones_own_words(resolved):
    manager, wang, *_ = resolved
    await wang.taps("不满意")
    await wang.taps("其他")
    await wang.says("装的灯太暗了")
    assert "装的灯太暗了" in manager.finds("不满意的原因：其他").text


@pytest.mark.covered
async def test_the_reason_can_be_given_from_the_live_card_too(resolved):
    manager, wang, *_ = resolved
    await wang.taps("去评价", on=wang.finds("提交投诉 ●—●—●—○"))
    await wang.taps("不满意", on=wang.answer)
    await wang.taps("拖得太久")
    assert manager.has("不满意的原因：拖得太久")


async def test_a_second_tap_changes_nothing_and_shows_the_case_as_it_is(play, resolved):
    _, wang, *_ = resolved
    result, card = wang.finds("已办结（"), (await play.case()).id
    await wang.taps("满意")
    before = await play.events()
    await wang.presses(result, f"c:rate:{card}:1:dissatisfied")
    assert "情况已经变了，现在是这样" in wang.answer.text
    assert "已结案" in wang.answer.text
    assert await play.events() == before


@scene
async def two(play):
    """Two households with the result of their case before them."""
    manager, wang = await play.staff("经理甲"), await play.resident()
    li = await play.resident("李先生", ("5栋", "302"))
    await play.files(wang)
    await li.says("灯坏了")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    return wang, li


@pytest.mark.covered
async def test_the_last_household_to_rate_closes_the_case(play, two):
    wang, li = two
    await wang.taps("满意")
    assert (await play.case()).state is State.RESOLVED
    await li.taps("基本满意")
    assert (await play.case()).state is State.CLOSED


@pytest.mark.covered
async def test_a_dissatisfied_household_voids_the_other_open_surveys(play, two):
    wang, li = two
    await wang.taps("不满意")
    await li.taps("满意", on=li.finds("已办结（"))
    assert "情况已经变了" in li.answer.text
    assert (await play.case()).round == 2


@pytest.mark.covered
async def test_a_reopened_case_is_resolved_and_rated_anew(play, resolved):
    manager, wang, *_ = resolved
    await wang.taps("不满意")
    await play.resolves(manager, "换了新灯，亮度正常。")
    await wang.taps("满意")
    case = await play.case()
    assert (case.state, case.round, case.worst_rating) == (State.CLOSED, 2, "satisfied")


@pytest.mark.parametrize(("decision", "told"), [("评价有效", "复核结果：评价有效"), ("评价不计入", "评价不计入")])
async def test_an_unfair_rating_is_reviewed_by_the_bureau(play, resolved, decision, told):
    manager, wang, _, officer, _ = resolved
    await wang.taps("一般")
    await manager.taps("申请复核")
    await manager.says("住户评的是别的问题。")
    assert "住户评的是别的问题" in officer.finds("公司申请复核评价").text
    await officer.taps(decision)
    assert manager.has(told)
    assert (await play.events())[-1] == "ReviewDecided"


@pytest.mark.covered
async def test_silence_is_reminded_once_and_can_still_be_broken(play, resolved):
    _, wang, *_ = resolved
    await play.at(9, day=21)
    reminder = wang.finds("办得怎么样？")
    assert "灯泡松了" in reminder.text
    assert "自动结案" in reminder.text
    await wang.taps("基本满意", on=reminder)
    assert (await play.case()).state is State.CLOSED
    await play.city.pass_by(days=20)
    assert not wang.has("您没有评价，已自动结案")


@pytest.mark.covered
async def test_silence_closes_the_case_after_seven_days(play, resolved):
    _, wang, *_ = resolved
    await play.at(18, 1, day=25)
    case = await play.case()
    assert (case.state, case.ratings) == (State.CLOSED, ())
    assert wang.has("您没有评价，已自动结案")


# --- words after a tap ------------------------------------------------------------------------------------------


async def test_words_after_the_rating_are_the_reason_without_another_tap(play, resolved):
    manager, wang, head, *_ = resolved
    await wang.taps("不满意")
    await wang.says("还是有异响，而且没人打电话")
    for told in (manager, head):
        assert "还是有异响" in told.finds("不满意的原因：其他").text
    assert "谢谢您告诉我们原因" in wang.answer.text
    assert len(await play.cases()) == 1


@pytest.mark.parametrize("tap", [None, "没有解决"])
async def test_a_photo_after_the_rating_goes_with_it(resolved, tap):
    manager, wang, *_ = resolved
    await wang.taps("不满意")
    if tap:
        await wang.taps(tap)
    before = manager.photos
    await wang.sends_photo()
    assert manager.photos == before + 1
    assert "谢谢您告诉我们原因" in wang.answer.text


async def test_words_long_after_the_rating_are_words_of_their_own(play, resolved):
    manager, wang, *_ = resolved
    await wang.taps("不满意")
    await play.at(11)
    await wang.says("还是有异响")
    assert not manager.has("还是有异响")
    assert {"补充", "新问题"} <= set(wang.answer.labels)


async def test_a_rated_case_counts_for_its_project_once_it_is_closed(play, resolved):
    _, wang, *_ = resolved
    counted = []
    for label in ("", "满意"):
        if label:
            await wang.taps(label)
        async with play.city.app.store.work(play.clock.now()) as work:
            counted.append((await figures.now(work, "company", [(await play.case()).place.company])).get("jchy", {}))
    assert [one.get("rated", 0) for one in counted] == [0, 1]
    assert [one.get("open", 0) for one in counted] == [0, 0]
