"""One case by its number, open or closed, for whoever may read it."""

import pytest
from scenes import scene


@scene
async def closed(play):
    """A case that was answered, resolved and rated; manager, officer, inspector, resident."""
    manager, officer, inspector = await play.staff("经理甲", "经办员甲", "监督员甲")
    wang = await play.resident()
    await play.files(wang)
    await manager.says("电工已到现场查看，是灯泡坏了，今天17:00前更换。", reply_to=manager.card)
    await play.resolves(manager)
    await wang.taps("满意")
    return manager, officer, inspector, wang


@pytest.mark.parametrize("tail", [22, 12, 4])
@pytest.mark.parametrize("reader", [1, 2])
async def test_officer_and_inspector_find_a_closed_case_with_its_course(play, closed, reader, tail):
    who = closed[reader]
    await who.says(f"/find {(await play.case()).number[-tail:]}")
    text = who.answer.text
    assert "3栋楼道灯不亮" in text
    assert "评价：满意" in text
    for step in ("提交 · 住户", "响应 · 项目经理 经理甲", "办结 · 项目经理 经理甲", "评价 · 住户"):
        assert step in text
    assert who.answer.labels == []


@pytest.mark.parametrize("command", ["/triage", "/todo", "", "编号"])
async def test_a_number_is_never_answered_with_the_list_of_what_is_open(play, closed, command):
    _, officer, *_ = closed
    await officer.says(f"{command} {(await play.case()).number}".strip())
    assert "3栋楼道灯不亮" in officer.answer.text


async def test_nobody_finds_what_is_not_theirs(play, closed):
    foreign, stranger = await play.staff("经办员丁"), await play.resident("李先生", ("9栋", "101"))
    number = (await play.case()).number
    for who in (foreign, stranger):
        for tail in (number, number[-12:]):
            await who.says(f"/find {tail}")
            assert "没找到编号" in who.answer.text


async def test_the_company_and_the_household_find_their_own(play, closed):
    manager, *_, wang = closed
    number = (await play.case()).number
    for who in (manager, wang):
        await who.says(f"/find {number[-4:]}")
        assert number in who.answer.text


async def test_several_cases_with_the_same_end_are_listed(play, closed):
    _, officer, *_, wang = closed
    await play.at(11)
    await play.files(wang, "3栋门口的灯又不亮了")
    await officer.says("/find 0001")
    assert "的有2件" in officer.answer.text
    assert officer.answer.labels == ["公共照明不亮 111811000001", "公共照明不亮 111810000001"]  # as its lines begin
    await officer.taps("111811000001")
    assert "3栋门口的灯又不亮了" in officer.answer.text


async def test_a_community_lists_its_closed_cases_in_private(play, closed):
    _, officer, *_ = closed
    await officer.says("/project 锦城花园")
    assert "已结案" in officer.answer.labels[0]
    await officer.taps("公共照明不亮")
    assert "评价：满意" in officer.answer.text


async def test_a_city_officer_reads_what_the_list_shows(play):
    city, wang = await play.staff("市局经办员"), await play.resident()
    await play.files(wang)
    await play.at(15)
    await city.says("/overdue")
    await city.taps("公共照明不亮")
    assert "3栋楼道灯不亮" in city.answer.text
    assert city.answer.labels == []


async def test_find_without_a_number_says_how(play, closed):
    _, officer, *_ = closed
    await officer.says("/find 电梯")
    assert "请发编号或尾号" in officer.answer.text
