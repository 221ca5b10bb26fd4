"""「替业主登记」: somebody files for a resident who can't."""

import pytest
from sqlalchemy import select

from complaints.model.people import Home
from demo.sample_city import SampleCity
from demo.stories.chengdu import gather
from demo.stories.steps import do, files
from storage.repositories import people
from storage.tables import DIALOGUE

PHONE = "13900000077"


async def home_of(play, who):
    async with play.city.app.store.work(play.clock.now()) as work:
        found = await people.by_user(work, who.id)
        return found.home if found else None


async def registers(city: SampleCity, who, room: str = "8栋 102"):
    await do(city, lambda: who.taps("替业主登记"), lambda: who.says(PHONE), lambda: who.says(room))
    await files(city, who, "公共照明不亮", "8栋一楼的灯不亮")


async def begins(leader, phone=PHONE, words="8栋一楼的灯不亮"):
    """As far as the question what it is about."""
    await leader.says("/register")
    await leader.says(phone)
    await leader.says("8栋 102")
    await leader.says(words)


@pytest.mark.covered
async def test_a_grid_leader_files_for_a_resident_and_gets_the_number(city: SampleCity):
    characters = await gather(city)
    await registers(city, characters.grid_leader)
    assert "编号 510107" in characters.grid_leader.finds("已登记").text
    assert "8栋 102" in characters.manager.last.text


@pytest.mark.covered
async def test_the_resident_sees_the_case_once_they_join_with_that_phone(city: SampleCity):
    characters = await gather(city)
    await registers(city, characters.grid_leader)
    granny = await city.resident("冯奶奶", PHONE, room="8栋 102")
    await do(city, lambda: granny.taps("我的问题"))
    assert "公共照明不亮" in granny.last.text
    await do(city, lambda: characters.manager.says("电工下午更换灯泡，17:00前恢复。", reply_to=characters.manager.last))
    granny.finds("电工下午更换灯泡")


async def test_the_residents_contact_card_is_just_what_is_wanted(play):
    leader, wang = await play.staff("网格长甲"), await play.resident()
    await leader.says("/register")
    await leader.forwards_contact(wang.account)
    assert "楼栋和房号" in leader.answer.text
    await leader.says("8栋 102")
    await leader.says("8栋一楼的灯不亮")
    await leader.taps("公共照明不亮")
    await leader.taps("提交")
    assert wang.has("已收到，")


async def test_whoever_files_is_asked_to_ask_the_resident_about_calls(play):
    manager, leader = await play.staff("经理甲", "网格长甲")
    await begins(leader)
    await leader.taps("公共照明不亮")
    assert "怎么联系住户：只用机器人联系\n住户同意接电话的话，请点“可以打电话”。" in leader.answer.text
    assert "住户还没用马上：不打电话的话，加入后才能看到答复。" in leader.answer.text
    assert "怎么联系我" not in leader.answer.text
    await leader.taps("可以打电话")
    assert "怎么联系住户：可以打电话" in leader.answer.text
    assert "住户同意接电话" not in leader.answer.text
    await leader.taps("只用机器人联系")
    await leader.taps("提交")
    await manager.taps("联系 ▸")
    assert "显示电话" not in manager.card.labels


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("可以打电话", "请打电话或上门告诉他"),
        ("只用机器人联系", "也没同意接电话，请上门告诉他"),
        ("不让物业知道我是谁", "加入后才能看到这条"),
    ],
)
async def test_whoever_answers_is_sent_no_other_way_than_the_resident_agreed_to(play, way, told):
    manager, leader = await play.staff("经理甲", "网格长甲")
    await begins(leader)
    await leader.taps("公共照明不亮")
    await leader.taps(way)
    await leader.taps("提交")
    await manager.says("电工下午更换灯泡，17:00前恢复。", reply_to=manager.card)
    assert told in manager.answer.text


async def test_a_resident_who_has_joined_is_reached_in_the_bot_unless_they_agree_to_calls(play):
    leader, wang = await play.staff("网格长甲"), await play.resident()
    await begins(leader, wang.phone)
    await leader.taps("公共照明不亮")
    assert "怎么联系住户：只用机器人联系" in leader.answer.text
    assert "还没用马上" not in leader.answer.text


async def test_in_danger_a_resident_that_others_file_for_may_be_called(play):
    manager, leader = await play.staff("经理甲", "网格长甲")
    await begins(leader, words="3栋电梯困人了，有老人喘不过气")
    await leader.taps("有危险")
    await manager.taps("联系 ▸")
    assert "显示电话" in manager.card.labels


async def test_a_stored_home_is_neither_shown_nor_changed(play):
    """The number of a resident of another community: the case is theirs, where they live stays as it was."""
    leader, wang = await play.staff("网格长甲"), await play.resident(where=("5栋", "507"), project="wjy")
    await leader.says("/register")
    await leader.says(wang.phone)
    assert "楼栋和房号" in leader.answer.text
    await leader.says("8栋 102")
    await leader.says("8栋一楼的灯不亮")
    await leader.taps("公共照明不亮")
    assert "8栋 102" in leader.answer.text
    await leader.taps("提交")
    assert not any("507" in shown.text for shown in leader.hears)
    assert wang.has("已收到，")
    assert await home_of(play, wang) == Home(project="wjy", building="5栋", room="507")


async def test_a_registrar_can_t_try_out_whose_number_is_in_which_case(play):
    leader, wang = await play.staff("网格长甲"), await play.resident()
    await play.files(wang, way="anonymous")
    for number in (wang.phone, PHONE):
        await leader.says("/register")
        for words in (number, "8栋 102", "3栋楼道灯不亮"):
            await leader.says(words)
        await leader.taps("公共照明不亮")
        assert "提交" in leader.answer.labels
        await leader.says("/cancel")


async def test_nothing_of_the_resident_stays_where_nothing_is_filed(play):
    leader = await play.staff("网格长甲")
    await leader.says("/register")
    for words in (PHONE, "8栋 四零二", "/cancel"):
        await leader.says(words)
    async with play.city.app.store.work(play.clock.now()) as work:
        assert await people.by_phone(work, PHONE) is None
        rows = await work.rows(select(DIALOGUE.c.data))
    assert PHONE not in str(rows)
    assert "四零二" not in str(rows)


async def test_a_community_elsewhere_is_said_to_be_outside_the_area(play):
    officer = await play.staff("经办员甲")
    await officer.says("/register")
    await officer.says(PHONE)
    await officer.says("望江")
    await officer.presses(officer.answer, "m:register:dhl")
    assert "不在您的辖区" in officer.answer.text


async def test_an_officer_chooses_among_the_communities_of_their_own_area(city: SampleCity):
    characters = await gather(city)
    await do(city, lambda: characters.officer.says("/register"), lambda: characters.officer.says(PHONE))
    await do(city, lambda: characters.officer.says("东湖里"))
    assert "没找到" in characters.officer.last.text
    await do(city, lambda: characters.officer.says("望江"))
    assert characters.officer.last.labels[0] == "望江苑"


@pytest.mark.parametrize(
    "words",
    ["不知道", *(pytest.param(w, marks=pytest.mark.covered) for w in ("12", "一三八", "1380000020", "138000002011"))],
)
async def test_what_is_no_phone_number_is_asked_again(city: SampleCity, words: str):
    characters = await gather(city)
    await do(city, lambda: characters.grid_leader.taps("替业主登记"), lambda: characters.grid_leader.says(words))
    assert "这不是手机号" in characters.grid_leader.last.text
    await do(city, lambda: characters.grid_leader.says(PHONE))
    assert "楼栋和房号" in characters.grid_leader.last.text


async def test_a_manager_cannot_file_for_residents(city: SampleCity):
    manager = await city.staff("经理甲", "13800000101")
    await do(city, lambda: manager.says("/register"))
    assert "提交" not in manager.last.labels
    assert "手机号" not in manager.last.text
