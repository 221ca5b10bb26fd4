"""「替业主登记」: somebody files for a resident who can't."""

import pytest

from bot.city import City
from bot.story import do, files, gather

PHONE = "13900000077"


async def registers(city: City, who, room: str = "8栋 102"):
    await do(city, lambda: who.taps("替业主登记"), lambda: who.says(PHONE), lambda: who.says(room))
    await files(city, who, "公共照明不亮", "8栋一楼的灯不亮")


async def test_a_grid_leader_files_for_a_resident_and_gets_the_number(city: City):
    cast = await gather(city)
    await registers(city, cast.grid_leader)
    assert "投诉编号 510107" in cast.grid_leader.finds("已登记").text
    assert "8栋 102" in cast.manager.last.text


async def test_the_resident_sees_the_case_once_they_join_with_that_phone(city: City):
    cast = await gather(city)
    await registers(city, cast.grid_leader)
    granny = await city.resident("冯奶奶", PHONE, room="8栋 102")
    await do(city, lambda: granny.taps("我的问题"))
    assert "公共照明不亮" in granny.last.text
    await do(city, lambda: cast.manager.says("电工下午更换灯泡，17:00前恢复。", reply_to=cast.manager.last))
    granny.finds("电工下午更换灯泡")


async def test_an_officer_chooses_among_the_communities_of_their_own_area(city: City):
    cast = await gather(city)
    await do(city, lambda: cast.officer.says("/register"), lambda: cast.officer.says(PHONE))
    await do(city, lambda: cast.officer.says("东湖里"))
    assert "没找到" in cast.officer.last.text
    await do(city, lambda: cast.officer.says("望江"))
    assert cast.officer.last.labels[0] == "望江苑"


@pytest.mark.parametrize("words", ["不知道", "12", "一三八"])
async def test_what_is_no_phone_number_is_asked_again(city: City, words: str):
    cast = await gather(city)
    await do(city, lambda: cast.grid_leader.taps("替业主登记"), lambda: cast.grid_leader.says(words))
    assert "这不是手机号" in cast.grid_leader.last.text
    await do(city, lambda: cast.grid_leader.says(PHONE))
    assert "楼栋和房号" in cast.grid_leader.last.text


async def test_a_manager_cannot_file_for_residents(city: City):
    manager = await city.staff("经理甲", "13800000101")
    await do(city, lambda: manager.says("/register"))
    assert "提交" not in manager.last.labels
    assert "手机号" not in manager.last.text
