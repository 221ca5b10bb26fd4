"""What the registry knows is told where it helps: hours, rescue lines, whose number, and who can't be reached."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from complaints.policy.pack import load_packs
from storage.registry import SAMPLE, preview, read
from storage.repositories.people import APPOINTMENT
from storage.repositories.places import DISTRICT, OFFICE, PROJECT


@pytest.fixture
def facts(play):
    """Change what the registry says."""

    async def changed(table, *where, **values):
        async with play.city.app.store.engine.begin() as connection:
            await connection.execute(update(table).where(*where).values(**values))

    return changed


async def test_the_notice_board_has_three_numbers_with_their_hours(play, facts):
    wang = await play.resident()
    await wang.says("我的小区")
    board = wang.answer.text
    assert "028-80000011（每天 08:00-22:00）" in board
    assert "锦安物业：028-80000001（工作日 09:00-18:00）" in board
    assert "028-85293449（工作日 09:00-18:00）" in board
    assert "武侯区电梯困人救援：028-80000201\n武侯区燃气抢险：028-80000301" in board
    await facts(PROJECT, hours="", phone="")
    await facts(DISTRICT, lift_rescue="", gas_rescue="")
    await wang.says("我的小区")
    assert "每天" not in wang.answer.text
    assert "救援" not in wang.answer.text


async def test_in_danger_the_districts_rescue_lines_come_first(play):
    wang = await play.resident()
    await wang.says("电梯困人了，3栋有人被关在电梯里")
    await wang.taps("电梯困人")
    await wang.taps("有危险")
    numbers = wang.finds("请先打电话")
    assert numbers.text.index("119") < numbers.text.index("武侯区电梯困人救援：028-80000201")
    assert "武侯区燃气抢险：028-80000301" in numbers.text
    await play.city.pass_by(minutes=21)
    assert "武侯区电梯困人救援：028-80000201" in wang.finds("还没有人确认会来").text


async def shown_the_way(play, department="消防救援部门"):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang, "消防通道被堵住了")
    await manager.taps("不归物业管，帮业主指路")
    await manager.taps(department)
    await manager.says("消防通道由消防部门管，我们已拍照上报。")
    return wang.finds("既不归物业").text if wang.has("既不归物业") else wang.hears[-1].text


@pytest.mark.covered
async def test_whoever_is_shown_the_way_reads_the_number_and_how_to_claim(play):
    told = await shown_the_way(play)
    assert "消防救援部门" in told
    assert "电话：028-80000404（工作日 09:00-18:00）" in told
    assert f"我们这边的编号：{(await play.case()).number}" in told


@pytest.mark.covered
async def test_the_street_is_found_by_its_own_name(play):
    assert "电话：028-80000461（工作日 09:00-18:00）" in await shown_the_way(play, "街道")


async def test_without_an_office_the_hotline_connects(play, facts):
    await facts(OFFICE, phone="")
    told = await shown_the_way(play)
    assert "12345" in told
    assert "怎么反映" not in told


@pytest.mark.parametrize(("direct", "first"), [(True, "能源部门"), (False, "街道")])
async def test_a_condition_of_the_document_is_asked_of_the_project(play, facts, direct, first):
    """《物业服务企业投诉举报处理流程》 二(七): without 直供电 it isn't the energy department's."""
    await facts(PROJECT, PROJECT.c.code == "jchy", direct_power=direct)
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang, "有人偷电", "power_stolen")
    await manager.taps("不归物业管，帮业主指路")
    assert manager.answer.labels[0] == first


# --- who can't be reached -----------------------------------------------------------------------------------------


@pytest.mark.covered
async def test_officers_see_who_cant_be_reached_the_most_urgent_first(play):
    officer, manager = await play.staff("经办员甲", "经理乙")
    await manager.blocks_bot()
    await play.files(await play.resident(project="wjy"))
    await officer.says("/unreachable")
    seen = officer.answer
    lines = seen.text.splitlines()
    assert lines[0].startswith("武侯区：有")
    assert "负责人甲 · 锦安物业" in lines[1] + lines[3] + lines[5]
    assert "项目经理 经理乙 · 望江苑\n停用了机器人 · 未结1件 · 办公电话 028-80000012" in seen.text
    assert "1380000" not in seen.text
    pages = seen.text
    while "下一页" in seen.labels:
        await officer.taps("下一页", on=seen)
        seen = officer.finds("在这里联系不上")
        assert len(seen.text.splitlines()) <= 12
        pages += seen.text
    for name, where in (("经理甲", "锦城花园"), ("街道专员甲", "浆洗街街道"), ("消防专员", "消防救援部门")):
        assert f"{name} · {where}\n还没加入" in pages
    assert not any(name in pages for name in ("经办员甲", "经理丙", "负责人乙", "楼栋管家甲", "监督员甲"))


async def test_nobody_but_officers_may_look(play):
    manager = await play.staff("经理甲")
    await manager.says("/unreachable")
    assert "联系不上" not in manager.answer.text
    await manager.presses(manager.answer, "m:unreachable:0")
    assert not manager.has("还没加入")


async def test_a_city_officer_sees_every_district_of_the_city(play, facts):
    officer = await play.staff("市局经办员")
    await officer.says("/unreachable")
    assert officer.answer.text.startswith("成都市：有")
    await facts(APPOINTMENT, APPOINTMENT.c.person.is_(None), until=play.clock.now().date().replace(day=1))
    await officer.says("/unreachable")
    assert officer.answer.text == "成都市的负责人都联系得上。"


@pytest.mark.parametrize("started", [False, True])
async def test_a_case_passes_over_whoever_cant_be_reached_and_says_so(play, started):
    deputy = await play.staff("副经理丁")
    if started:
        manager = await play.staff("经理甲")
        await manager.blocks_bot()
    wang = await play.resident()
    await play.files(wang)
    assert "在这里联系不上项目经理，所以通知您" in deputy.card.text
    assert "一般问题，2个工作日内办结" in deputy.card.labels


@pytest.mark.parametrize(("missing", "cases"), [({"经理甲"}, 1), ({"经理乙", "网格长甲"}, 0)])
async def test_a_preview_counts_the_open_cases_that_lose_their_handler(play, filed, missing, cases):
    await play.staff("经理乙", "网格长甲")
    registry = read(SAMPLE, list(load_packs())).registry
    stay = tuple(a for a in registry.appointments if a.name not in missing)
    shown = await preview(play.city.app.store.engine, replace(registry, appointments=stay), play.clock.now())
    assert (shown.moving.ending, shown.moving.cases) == (len(missing), cases)
