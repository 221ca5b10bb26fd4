"""Leaving office ends all rights at once; a minute later the next in line has the open cases."""

import pytest

from complaints.model.complaint import CaseOwner
from complaints.model.events import Expired
from scheduler.departed_handlers import DepartedHandlers
from storage.repositories import ledger

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
MANAGER = "经理甲,13800000101,project_manager,jchy,2026-01-01,"
DEPUTY = "副经理丁,13800000104,deputy_manager,jchy,2026-01-01,"
HEAD = "负责人甲,13800000105,company_head,jinan,2026-01-01,"
GRID_LEADER = "网格长甲,13800000113,grid_leader,jchy,2026-01-01,"
OTHER = "经理乙,13800000102,project_manager,wjy,2026-01-01,"
NOW_YOURS = "这个问题现在由您负责"


@pytest.fixture
def dismiss(load_anew):
    """Take lines out of the registry, or put others in."""

    async def dismissed(*lines, instead=""):
        def without(text):
            for line in lines:
                assert line in text
                text = text.replace(f"{line}\n", "")
            return text + instead

        await load_anew(without)

    return dismissed


async def a_minute(play, seconds=60):
    play.clock.wait(seconds)
    await play.city.settle()


async def test_old_buttons_and_replies_do_nothing_from_that_second(play, filed, dismiss):
    manager, wang = filed
    card = manager.card
    await dismiss(MANAGER)
    before = await play.events()
    await manager.says(ANSWER, reply_to=card)
    await manager.presses(card, f"c:sort:{(await play.case()).id}:1:general")
    await manager.presses(card, f"c:phone:{(await play.case()).id}:1:")
    await manager.says("/todo")
    assert [name for name in await play.events() if name != "Refused"] == before
    assert not wang.has(ANSWER)
    assert not any(wang.phone in shown.text for shown in manager.hears)
    assert not manager.has("待办1件")


@pytest.mark.parametrize("steps", [("13900000077",), ("13900000077", "8栋 102"), ("13900000077", "8栋 102", "灯不亮")])
async def test_whoever_files_for_others_can_t_go_on_with_it(play, dismiss, steps):
    """Out of office in the middle of the form: no household is entered, nothing is filed."""
    leader = await play.staff("网格长甲")
    await leader.says("/register")
    for words in steps:
        await leader.says(words)
    await dismiss(GRID_LEADER)
    noted = (await play.events()).count("RegistersFor")
    await leader.says("8栋 103")
    if leader.answer.labels:
        await leader.taps(leader.answer.labels[0])
    assert (await play.events()).count("RegistersFor") == noted
    assert await play.cases() == []
    assert not leader.has("已登记")


async def test_the_deputy_has_the_case_within_a_minute_and_is_told_why_once(play, dismiss):
    manager, deputy, head = await play.staff("经理甲", "副经理丁", "负责人甲")
    wang = await play.resident()
    await play.files(wang)
    await dismiss(MANAGER)
    await a_minute(play)
    told = deputy.finds(NOW_YOURS)
    assert "原经办人已不在任" in told.text
    assert "3栋楼道灯不亮" in told.text
    assert told.labels == ["去办理"]
    await deputy.says(ANSWER, reply_to=told)
    assert ANSWER in wang.finds("答复了您").text
    heard = len(manager.hears)
    await dismiss(OTHER)
    await a_minute(play)
    again = DepartedHandlers(play.city.app.store, play.clock, lambda: None)
    assert await again.step() is False
    assert (deputy.count(NOW_YOURS), head.count(NOW_YOURS), len(manager.hears)) == (1, 0, heard)
    assert (await play.events()).count("HandlerLost") == 1


async def test_with_the_deputy_gone_too_the_head_has_it_and_then_the_bureau(play, characters, dismiss):
    _manager, head, _officer, group, wang = characters
    await play.files(wang)
    await dismiss(MANAGER, DEPUTY)
    await a_minute(play)
    told = head.finds(NOW_YOURS)
    await head.taps("去办理", on=told)
    assert "转派" in head.card.labels
    assert not group.finds("抄告") or "联系不上物业公司" not in group.sees[-1].text
    await play.at(15, 0)
    assert (await play.case()).handler is CaseOwner.COMPANY
    await dismiss(HEAD)
    await a_minute(play)
    assert "公共照明不亮" in group.finds("联系不上物业公司").text
    await head.says(ANSWER, reply_to=told)
    assert not wang.has(ANSWER)


async def test_a_successor_who_has_joined_gets_the_case(play, dismiss):
    _manager, deputy, other = await play.staff("经理甲", "副经理丁", "经理乙")
    wang = await play.resident()
    await play.files(wang)
    await dismiss(MANAGER, instead="经理乙,13800000102,project_manager,jchy,2026-11-18,\n")
    await a_minute(play)
    assert "3栋楼道灯不亮" in other.finds(NOW_YOURS).text
    assert not deputy.has(NOW_YOURS)


async def test_whom_the_head_named_can_do_nothing_once_out_of_the_company(play, dismiss):
    manager, head, other = await play.staff("经理甲", "负责人甲", "经理乙")
    wang = await play.resident()
    await play.files(wang)
    await head.taps("转派")
    await head.taps("经理乙")
    card = other.card
    await dismiss(OTHER, instead="经理乙,13800000102,project_manager,dhl,2026-11-18,\n")
    await other.says(ANSWER, reply_to=card)
    assert not wang.has(ANSWER)
    await wang.taps("催一催")
    assert not other.has("住户在催")
    await a_minute(play)
    assert (await play.case()).assignee is None
    assert head.has(NOW_YOURS)  # who has named somebody has taken the case for the company
    assert not manager.has(NOW_YOURS)
    await head.says(ANSWER, reply_to=head.finds(NOW_YOURS))
    assert wang.has(ANSWER)


@pytest.mark.covered
async def test_whoever_handles_it_beside_others_is_missed_by_nobody(play, dismiss):
    _head, manager, _ = await play.staff("负责人甲", "经理甲", "副经理丁")
    await play.files(await play.resident())
    await dismiss(DEPUTY)
    await a_minute(play)
    assert not manager.has(NOW_YOURS)
    assert "HandlerLost" not in await play.events()


async def test_a_term_that_ends_by_itself_is_noticed_at_midnight(play, answered, dismiss):
    (manager, wang), deputy = answered, await play.staff("副经理丁")
    await dismiss(MANAGER, instead=f"{MANAGER}2026-11-18\n")
    await play.at(23, 59)
    assert not deputy.has(NOW_YOURS)
    await manager.says("新灯已到货，明天装。", reply_to=manager.card)
    assert wang.has("新灯已到货")
    await play.at(0, 0, 19)
    assert deputy.has(NOW_YOURS)
    await manager.says("灯装不了了。", reply_to=manager.card)
    assert not wang.has("灯装不了了")


async def test_a_load_while_the_bot_stood_still_is_noticed_when_it_starts(play, filed, dismiss):
    head = await play.staff("负责人甲")
    await dismiss(MANAGER, DEPUTY)
    again = DepartedHandlers(play.city.app.store, play.clock, lambda: None)
    assert await again.step()
    await play.city.settle()
    assert head.count(NOW_YOURS) == 1


async def test_a_case_that_is_passed_on_at_the_start_blames_nobody_for_the_outage_before(play, filed, dismiss):
    """Before any sign of life has been left: the deadline ended while nobody could be heard."""
    await dismiss(MANAGER, DEPUTY)
    play.clock.wait(5 * 3600)
    assert await DepartedHandlers(play.city.app.store, play.clock, lambda: None).step()
    async with play.city.app.store.work(play.clock.now()) as work:
        history = [r.event for r in await ledger.history(work, (await play.case()).id)]
    assert [event.counts for event in history if isinstance(event, Expired)] == [False]


@pytest.mark.covered
async def test_a_department_whose_officer_left_is_missed_by_the_bureau(play, dismiss):
    officer, fire = await play.staff("经办员己", "消防专员乙")
    group = await play.group(officer, "140499", "示例县住建工作群")
    await play.files(await play.resident("白先生", ("5栋", "1801"), "xcjy"), "5栋消防栓没有水", "fire_equipment")
    await officer.taps("转办", to=group)
    await officer.taps("消防救援部门")
    await officer.says("消防设施失效，请督促整改。")
    await dismiss("消防专员乙,13800000129,department_officer,140499/fire,2026-01-01,")
    before = await play.events()
    await fire.taps("接收")
    assert [name for name in await play.events() if name != "Refused"] == before
    await a_minute(play)
    assert "消防" in officer.finds(NOW_YOURS).text
    assert (await play.events()).count("HandlerLost") == 1
