"""A county (《物业服务企业投诉举报处理流程》): triage, referral, plan, monthly progress, penalties, striking off."""

from datetime import datetime

import pytest
from scenes import scene

from complaints.errors import TooLate
from complaints.usecases.officer import sign_off
from demo.sample_city import CIVIL
from storage.repositories import people

DONE = "管网已改造，消防栓有水，测试合格。"


@scene
async def hydrant(play):
    """A case of 县城家园 filed on Wednesday at 10:00: officer, fire officer, group, resident."""
    officer, fire = await play.staff("经办员己", "消防专员乙")
    group = await play.group(officer, "140499", "示例县住建工作群")
    bai = await play.resident("白先生", ("5栋", "1801"), "xcjy")
    await play.files(bai, "5栋消防栓没有水", "fire_equipment")
    return officer, fire, group, bai


@scene
async def referred(hydrant):
    officer, fire, group, bai = hydrant
    await officer.taps("转办", to=group)
    await officer.taps("消防救援部门")
    await officer.says("消防设施失效，请督促整改。")
    return officer, fire, group, bai


@scene
async def taken_in(referred):
    await referred[1].taps("接收")
    return referred


@scene
async def planned(play, taken_in):
    _, fire, _, _ = taken_in
    await fire.taps("一时解决不了")
    await fire.says("管网整体老化，要动用维修资金改造。")
    await fire.taps("提交方案")
    await fire.says("先检测，再表决，后改造。")
    await fire.says("2027-02-26 18:00")
    await fire.taps("发")
    return taken_in


def on(day, hour=18, minute=0, month=11, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=CIVIL)


async def test_a_case_waits_for_the_bureau_first(play, hydrant):
    assert (await play.case()).handler == "bureau"
    assert await play.running() == {"triage": on(27)}


async def test_what_the_bureau_has_taken_in_waits_for_its_decision_no_more(play, hydrant):
    officer, _, group, _ = hydrant
    await officer.taps("接收", to=group)
    assert officer.card.text.startswith("正在办理")
    assert not officer.has("由住建部门决定谁来办")


async def test_the_groups_card_asks_no_more_what_the_bureau_has_decided(play, hydrant):
    officer, _, group, _ = hydrant
    asked = group.finds("新问题，请接收或转办")
    assert asked.labels == ["接收", "转办", "详情"]
    await officer.taps("接收", to=group)
    await play.city.pass_by(seconds=10)
    now = next(shown for shown in group.sees if shown.message_id == asked.message_id)
    assert (now.text.splitlines()[0], now.labels) == ("现在：等待响应", ["详情"])
    assert "现由示例县住建部门办理" in now.text


@pytest.mark.covered
async def test_a_referred_case_arrives_with_its_reason_and_two_buttons(play, referred):
    _, fire, _, _ = referred
    card = fire.finds("住建部门转来的问题")
    assert "消防设施失效" in card.text
    assert card.labels == ["接收", "退回"]
    assert await play.running() == {"resolve_general": on(25), "take_in": on(19)}


async def test_what_was_sent_back_waits_for_the_bureau_anew(play, referred):
    officer, fire, group, _ = referred
    await fire.taps("退回")
    await fire.says("管网属物业维护。")
    assert await play.running() == {"decide": on(19)}
    assert "管网属物业维护" in officer.finds("被退回").text
    assert "管网属物业维护" not in group.finds("被退回").text
    await officer.taps("接收", to=group)
    assert (await play.case()).accepted


async def test_who_took_it_in_can_not_send_it_back_any_more(play, taken_in):
    _, fire, *_ = taken_in
    referred, case = fire.finds("住建部门转来的问题"), await play.case()
    assert referred.labels == []
    await fire.presses(referred, f"c:hand_back:{case.id}:{case.round}:")
    assert "情况已经变了" in fire.answer.text
    assert (await play.case()).department == "fire"


@pytest.mark.covered
async def test_a_major_problem_counts_its_month_from_the_delivery(play, taken_in):
    _, fire, _, bai = taken_in
    await play.at(10, day=20)
    await fire.taps("重大问题，1个月内办结")
    await fire.says("管网改造量大，先检测管网，一个月内完成。")
    assert (await play.running())["resolve_major"] == on(18, month=12)
    assert bai.has("重大问题：12月18日(周五) 18:00前办结")


@pytest.mark.covered
async def test_a_plan_is_owed_in_seven_days_and_its_day_takes_the_months_place(play, planned):
    assert await play.running() == {
        "resolve_major": on(26, month=2, year=2027),
        "progress": on(18, month=12),
    }


@pytest.mark.covered
async def test_progress_is_owed_every_month_anew(play, planned):
    officer, fire, _, bai = planned
    await play.at(10, day=10, month=12)
    await fire.taps("反馈")
    await fire.says("管网检测已完成，正在表决。")
    assert (await play.running())["progress"] == on(11, month=1, year=2027)  # the 10th is a Sunday
    assert "管网检测已完成" in officer.finds("本月进展").text
    assert "管网检测已完成" in bai.finds("新进展").text


async def test_a_month_without_progress_alerts_the_bureau(play, planned):
    _, _, group, _ = planned
    await play.at(19, day=18, month=12)
    late = group.finds("超时 · 按月反馈进展")
    assert "消防救援部门没有按时办理" in late.text


@pytest.mark.covered
async def test_what_a_department_has_closed_goes_to_the_city_at_once(play, taken_in):
    _, fire, _, bai = taken_in
    city_officer = await play.staff("市局经办员乙")
    above = await play.group(city_officer, "示例市", "示例市住建工作群")
    await play.at(10, 30)
    await fire.taps("办结")
    await fire.says(DONE)
    await fire.taps("提交")
    assert "由市级部门审核后销号" in above.finds("消防救援部门已办结").text
    await city_officer.taps("销号", to=above)
    await city_officer.says("市消〔2026〕18号")
    assert "市消〔2026〕18号" in bai.finds("正式办结").text


async def test_the_city_strikes_nothing_off_before_both_have_signed(play, hydrant):
    officer, _, group, _ = hydrant
    street, city_officer = await play.staff("街道专员丁", "市局经办员乙")
    above = await play.group(city_officer, "示例市", "示例市住建工作群")
    await officer.taps("接收", to=group)
    await officer.taps("办结")
    await officer.says(DONE)
    await officer.taps("提交")
    await officer.taps("签署办结意见", to=group)
    assert not above.sees
    async with play.city.app.store.work(play.clock.now()) as work:
        who = await people.actor(work, await people.by_user(work, city_officer.id))
        with pytest.raises(TooLate):
            await sign_off.strike_off(work, who, (await play.case()).id)
    await street.taps("签署办结意见")
    await city_officer.taps("销号", to=above)
    assert (await play.case()).struck_off_at is not None
    await street.taps("签署办结意见", on=street.finds("请签署办结意见"))
    assert (await play.case()).signed_off == ("bureau", "street")


async def test_a_penalty_has_its_clock_and_one_extension(play, taken_in):
    _, fire, _, bai = taken_in
    for act, words in (("立案", "消防设施失效，立案调查。"), ("延长一次", "案情复杂，经副局长批准延长。")):
        await fire.taps("行政处罚", on=fire.card)
        await fire.taps(act)
        await fire.says(words)
    due = (await play.running())["penalise"]
    assert due == on(18, month=3, year=2027)  # 90 days and 30 more
    await fire.taps("行政处罚", on=fire.card)
    assert "延长一次" not in fire.answer.labels
    await fire.taps("处罚决定")
    await fire.says("对物业企业罚款两万元，限期改正。")
    assert "罚款两万元" in bai.finds("已作出处罚决定").text


async def test_danger_is_never_given_the_days_of_an_ordinary_problem(play):
    """三(一) gives its 7 days to what endangers neither house nor person."""
    officer, manager = await play.staff("经办员己", "经理庚")
    group = await play.group(officer, "140499", "示例县住建工作群")
    li = await play.resident("李先生", project="xcjy")
    await li.says("电梯困人，老人在里面")
    await li.taps("电梯困人")
    await li.taps("有危险")
    await manager.taps("知道了，马上到")
    await officer.taps("接收", to=group)
    [case] = await play.cases()
    assert case.clock("resolve_general") is None
    assert case.clock("resolve_danger", "running") is not None
    assert "三(一)" not in li.answer.text


async def test_the_company_keeps_its_buttons_and_may_mend_before_the_bureau_decides(play, hydrant):
    """二(一): the bureau urges, the company does the work."""
    _, _, group, bai = hydrant
    manager, street = await play.staff("经理庚", "街道专员丁")
    await play.files(bai, "5栋楼道灯不亮", "lighting_out")
    assert manager.card.labels[:3] == ["已当场解决", "现场已查看", "反馈进度"]
    assert "抄送" in street.finds("您辖区有新问题").text
    await manager.taps("已当场解决")
    await manager.says("灯泡换好了，灯亮了。")
    assert bai.has("已办结")
    assert "签署办结意见" in group.finds("请签署办结意见").labels


async def test_once_accepted_the_company_is_ordered_and_the_officer_can_order_anew(play, hydrant):
    officer, _, group, bai = hydrant
    [manager] = [await play.staff("经理庚")]
    await officer.taps("接收", to=group)
    assert "11月23日(周一) 18:00" in manager.finds("督办单").text
    assert "您不用再办了" not in "".join(shown.text for shown in manager.hears)
    await officer.taps("更多 ▸")
    assert "督办" in officer.card.labels
    await manager.taps("签收")
    await manager.taps("反馈督办结果")
    await manager.says("消防栓阀门换了，有水了。")
    assert "消防栓阀门换了" in officer.finds("督办").text or group.finds("督办")
    assert bai.has("督办")


async def test_whether_a_complaint_is_so_is_seen_before_it_is_sent_and_confirmed_by_the_street(play, hydrant):
    officer, _, group, bai = hydrant
    street = await play.staff("街道专员丁")
    await play.files(bai, "物业在电梯里打广告，钱没公示", "public_income")
    await officer.taps("接收", to=group)
    await officer.taps("办结", on=officer.card)
    await officer.says("核对了合同，广告费3万元已补公示。")
    assert "是否属实：属实" in officer.answer.text
    await officer.taps("改为部分属实")
    await officer.taps("提交")
    assert "经办人认为：部分属实" in bai.finds("已办结").text
    await street.taps("属实", on=street.finds("请签署办结意见"))
    assert "核实：您反映的情况属实" in bai.answer.text
