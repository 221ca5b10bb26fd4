"""Those who read and change nothing: inspectors, an owners' committee; and a steward, who files for others."""

import pytest
from scenes import scene


@scene
async def overdue(play):
    """A case of 武侯区 whose manager has let the time pass, and an inspector of the city."""
    inspector = await play.staff("监督员甲")
    wang = await play.resident()
    await play.files(wang)
    await play.at(15)
    return inspector


async def test_an_inspector_reads_what_officers_read_and_has_no_button(overdue):
    await overdue.says("/overdue")
    await overdue.taps("公共照明不亮")
    assert "3栋楼道灯不亮" in overdue.answer.text
    assert overdue.answer.labels == []


@pytest.mark.parametrize("verb", ["supervise", "act", "refer", "phone", "progress", "sign_bureau"])
async def test_an_inspector_changes_nothing(play, overdue, verb):
    await overdue.says("/overdue")
    before = await play.events()
    await overdue.presses(overdue.answer, f"c:{verb}:{(await play.case()).id}:1:list")
    assert overdue.answer.text == "没找到这个问题。"
    assert await play.events() == ["Refused", *before]


async def test_what_an_inspector_replies_reaches_nobody(play, overdue):
    await overdue.says("/overdue")
    await overdue.taps("公共照明不亮")
    before = await play.events()
    await overdue.says("请尽快处理", reply_to=overdue.answer)
    assert [name for name in await play.events() if name != "Refused"] == before


async def test_a_committee_sees_the_numbers_of_its_own_community_and_no_case(play):
    member = await play.resident("孙主任")
    await play.holds(member, "owners_committee", "jchy")
    await member.says("/today")
    assert "锦城花园" in member.answer.text
    for command in ("/overdue", "/project 望江苑"):
        await member.says(command)
        assert "望江苑" not in member.answer.text
        assert not any("公共照明" in label for label in member.answer.labels)


async def test_whoever_speaks_as_a_manager_has_no_district(play):
    officer = await play.staff("经办员甲")
    await play.holds(officer, "project_manager", "jchy")
    await officer.says("/role")
    await officer.taps("锦城花园")
    await officer.says("/today")
    assert "武侯区" not in officer.answer.text
    assert not officer.has("没能处理")


async def test_a_city_officer_finds_only_communities_of_the_own_city(play):
    officer = await play.staff("市局经办员")
    await officer.says("/project 滨江花园")
    assert "滨江物业" not in officer.answer.text
    await officer.says("/project 锦城花园")
    assert "锦安物业" in officer.answer.text


async def test_a_steward_files_for_a_resident_and_cannot_look_into_other_cases(play):
    wang = await play.resident()
    await play.files(wang)
    steward = play.stranger("管家")
    await steward.opens()
    await play.holds(steward, "steward", "jchy")
    await steward.presses(steward.answer, f"c:card:{(await play.case()).id}:1:")
    assert steward.answer.text == "没找到这个问题。"
    await steward.says("/register")
    await steward.says("13900000077")
    await steward.says("8栋 102")
    await steward.says("8栋一楼的灯不亮")
    await steward.taps("公共照明不亮")
    if "不一样，继续" in steward.answer.labels:
        await steward.taps("不一样，继续")
    await steward.taps("提交")
    assert "已登记" in steward.finds("已登记").text
