"""Whoever takes a case takes what is owed: reminders, alarms, blame and figures follow the debtor of each clock."""

from datetime import datetime, timedelta

import pytest
from playing import DONE
from scenes import scene

from complaints.model.events import Expired
from complaints.model.roles import OF_COMPANY
from demo.sample_city import CIVIL
from storage.queries import figures
from storage.repositories import ledger

WORDS = "3栋楼道灯不亮，晚上看不见"


def on(day, hour=18, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=CIVIL)


async def history(play, kind):
    async with play.city.app.store.work(play.city.clock.now()) as work:
        return [r.event for r in await ledger.history(work, (await play.case()).id) if isinstance(r.event, kind)]


def read(who):
    """All that stands in a chat."""
    return "\n".join(shown.text for shown in who.sees)


@scene
async def with_fire(play, characters):
    """The bureau has referred a fresh case to the fire department."""
    manager, head, officer, group, wang = characters
    fire = await play.staff("消防专员")
    await play.files(wang, WORDS)
    await officer.says("/project 锦城花园")
    await officer.taps("公共照明不亮")
    await officer.taps("转办")
    await officer.taps("消防救援部门")
    await officer.says("属消防设施问题，请办理。")
    return manager, head, officer, group, wang, fire


# --- D1, D2: whose clock it is ----------------------------------------------------------------------------------


async def test_an_office_that_gets_a_case_owes_its_own_clocks_and_not_the_companys(play, with_fire):
    assert await play.running() == {"take_in": on(19), "resolve_referred": on(25)}
    assert {str(c.debtor.role) for c in (await play.case()).running} == {"department"}


async def test_an_office_is_never_named_late_under_the_companys_clause(play, with_fire):
    manager, head, _, group, _, fire = with_fire
    await play.at(18, day=25)
    assert [e.stage for e in await history(play, Expired)] == ["take_in", "resolve_referred"]
    assert "消防救援部门没有按时办理" in group.finds("超时 · 承办部门办结").text
    for reader in (group, fire):
        assert "62号 一(二)" not in read(reader)
    assert "提醒" not in read(manager)
    assert "企业响应" not in read(head)
    async with play.city.app.store.work(play.city.clock.now()) as work:
        counted = await figures.since(work, "district", ["510107"], on(18, 0))
    assert (counted["overdue"], counted["office_overdue"]) == (0, 1)


async def test_what_the_district_takes_itself_is_owed_by_a_time(play, characters):
    _, _, officer, group, wang = characters
    await play.files(wang, WORDS)
    await play.at(14)
    await officer.taps("提级", to=group)
    await officer.says("影响住户出行，区里直接办。")
    assert await play.running() == {"resolve_bureau": on(25)}
    assert "武侯区住建部门最迟11月25日(周三) 18:00办结" in read(wang)
    await play.at(18, day=25)
    late = group.finds("超时 · 住建部门办结")
    assert "这一步由武侯区住建部门自己办" in late.text
    assert late.labels == ["会商", "转办", "详情"]
    private = officer.finds("超时 · 住建部门办结")
    assert private.labels == ["去办理", "会商", "转办", "详情"]
    await officer.taps("去办理", on=private)
    assert "办结" in officer.answer.labels


async def test_what_is_not_the_companys_is_coordinated_by_a_time(play, characters):
    manager, _, _, group, wang = characters
    await play.files(wang, WORDS)
    await manager.taps("不归物业管，帮业主指路")
    await manager.says("路灯属市政管理，请联系市政热线，我们已把位置告诉他们。")
    assert await play.running() == {"coordinate": on(20)}
    await play.at(18, day=20)
    assert "这一步由武侯区住建部门自己办" in group.finds("超时 · 协调指路").text


# --- D3, D8: late is late, not impossible -----------------------------------------------------------------------


async def test_whoever_comes_late_to_a_danger_can_still_say_so_and_all_who_got_the_alarm_hear_it(play, characters):
    manager, head, _, group, wang = characters
    await play.files(wang, "电梯困人，有人被困在里面", "lift_trapped", danger=True)
    await play.at(10, 30)
    group.finds("有危险，超时没人确认")
    await manager.taps("知道了，马上到")
    assert "比规定时间晚了10分" in group.finds("危险情况已有人接手").text
    assert head.has("危险情况已有人接手")
    assert wang.has("正在赶来")


# --- D5: no clock renews itself ---------------------------------------------------------------------------------


@scene
async def unsolvable(play):
    """The fire department of a county has said once that it can't be solved soon; its week for the plan is over."""
    officer, fire = await play.staff("经办员己", "消防专员乙")
    group = await play.group(officer, "140499", "示例县住建工作群")
    bai = await play.resident("白先生", ("5栋", "1801"), "xcjy")
    await play.files(bai, "5栋消防栓没有水", "fire_equipment")
    await officer.taps("转办", to=group)
    await officer.taps("消防救援部门")
    await officer.says("消防设施失效，请督促整改。")
    await fire.taps("接收")
    await fire.taps("一时解决不了")
    await fire.says("管网整体老化，要动用维修资金改造。")
    await play.at(18, day=25)
    return officer, fire, group, bai


async def test_a_second_declaration_begins_no_period_anew_but_asks_the_bureau(play, unsolvable):
    officer, fire, _, bai = unsolvable
    assert (await play.case()).clock("plan").state == "expired"
    await fire.taps("一时解决不了")
    await fire.says("表决还没有结果，请再给一周。")
    assert "plan" not in await play.running()
    assert "表决还没有结果" in officer.finds("申请再延一次：提出方案").text
    await officer.taps("同意再延")
    assert (await play.running())["plan"] > on(25)
    assert bai.has("同意再延一次：提出方案")


async def test_a_late_plan_is_still_taken_and_told_as_late(play, unsolvable):
    _, fire, group, _ = unsolvable
    await fire.taps("提交方案")
    await fire.says("先检测，再表决，后改造。")
    await fire.says("2027-02-26 18:00")
    await fire.taps("发")
    assert (await play.case()).plan_until is not None
    assert "超时后已办：提出方案" in read(group)


# --- D10: figures by debtor -------------------------------------------------------------------------------------


async def test_the_bureaus_lateness_is_shown_as_the_bureaus(play, characters):
    manager, head, _, group, wang = characters
    await play.files(wang, WORDS)
    await manager.taps("属住建部门职责")
    await manager.says("涉及房屋质量保修，已核实是开发遗留，请住建部门受理。")
    await play.at(18, day=19)
    assert "这一步由武侯区住建部门自己办" in group.finds("超时 · 住建部门受理").text
    case = await play.case()
    assert case.is_overdue
    assert not case.is_overdue_by(OF_COMPANY)
    await head.says("/company")
    assert "超时0" in head.last.text
    await wang.says("/home")
    assert "超时0件" in wang.last.text
    assert "武侯区住建部门：住建部门受理已超时" in wang.finds("公共照明不亮：").text


# --- nothing lies for ever --------------------------------------------------------------------------------------


@pytest.mark.thorough
async def test_what_nobody_does_is_brought_up_again_and_again(play, characters):
    _, head, _, group, wang = characters
    await play.files(wang, WORDS)
    await play.at(18, day=20)
    assert await play.running() == {}  # all has run out: the manager's, the company's, the bureau's
    before = read(group).count("还没办：")
    play.city.clock.move(timedelta(days=8))
    await play.city.settle()
    assert read(group).count("还没办：") > before
    assert "已超时" in group.finds("还没办：").text
    assert head.has("还没办：企业响应")
    await head.says("灯泡和线路已查，今天17:00前更换。", reply_to=head.card)
    await play.resolves(head, DONE)
    told = read(group).count("还没办：")
    play.city.clock.move(timedelta(days=20))
    await play.city.settle()
    assert read(group).count("还没办：") == told
