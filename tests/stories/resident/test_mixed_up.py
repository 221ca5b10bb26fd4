"""Mix-ups and misuse: what must not happen through either."""

import pytest
from sqlalchemy import select

from demo.sample_city import SampleCity
from demo.stories.chengdu import gather
from demo.stories.steps import card, do, files
from storage.messaging import inbox
from storage.repositories.cases import COMPLAINT, load_complaint
from storage.repositories.ledger import EVENT

pytestmark = pytest.mark.thorough


async def cases(city: SampleCity):
    async with city.app.store.work(city.clock.now()) as work:
        rows = await work.rows(select(COMPLAINT.c.body).order_by(COMPLAINT.c.filed_at, COMPLAINT.c.number))
    return [load_complaint(row.body) for row in rows]


async def happened(city: SampleCity, kind: str) -> int:
    async with city.app.store.work(city.clock.now()) as work:
        return len(await work.rows(select(EVENT.c.id).where(EVENT.c.kind == kind)))


async def test_a_tap_under_the_question_of_one_case_never_acts_on_another(city: SampleCity):
    characters = await gather(city)
    wang = await city.resident("王女士", "13900000001")
    li = await city.resident("李先生", "13900000002", room="5栋 302")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await files(city, li, "屋顶外墙渗水", "5栋顶楼屋面漏水，下雨就滴")
    asked, dates = [], []
    for building, words in (("3栋", "灯要换线路，需要三天以上"), ("5栋", "防水层老化，需要先做检测")):
        shown = next(s for s in characters.manager.sees if building in s.text and "新问题" in s.text)
        await do(city, lambda s=shown: characters.manager.taps("分类 ▸", on=s))
        await do(city, lambda s=shown: characters.manager.taps("情况复杂，和业主商定", on=s))
        await do(city, lambda w=words: characters.manager.says(w))
        asked.append(next(s for s in reversed(characters.manager.sees) if "什么时候能办结" in s.text))
        dates.append(characters.manager.room.posts[asked[-1].message_id].fields["reply_markup"].inline_keyboard[0][0])
    first, second = asked
    assert first.message_id != second.message_id
    await do(city, lambda: characters.manager.presses(first, dates[0].callback_data))  # before its buttons have gone
    assert await happened(city, "DateProposed") == 0


async def test_a_registration_that_was_cancelled_leaves_nothing_behind(city: SampleCity):
    characters = await gather(city)
    leader = characters.grid_leader
    await do(
        city, lambda: leader.taps("替业主登记"), lambda: leader.says("13900000077"), lambda: leader.says("8栋 102")
    )
    await do(city, lambda: leader.says("/cancel"), lambda: leader.opens("p_wjy"), lambda: leader.taps("同意并继续"))
    await do(city, lambda: leader.says("2栋 201"), lambda: leader.taps("暂不分享"))
    await files(city, leader, "公共照明不亮", "2栋灯不亮")
    (case,) = await cases(city)
    assert case.place.project == "wjy"


async def test_nobody_learns_who_lives_outside_their_own_area(city: SampleCity):
    characters = await gather(city)
    await city.resident("钱先生", "13900000008", code="p_dhl", room="9栋 909")
    await do(
        city, lambda: characters.grid_leader.taps("替业主登记"), lambda: characters.grid_leader.says("13900000008")
    )
    assert "909" not in characters.grid_leader.last.text
    assert "东湖里" not in characters.grid_leader.last.text


@pytest.mark.parametrize("place", ["张三 13900000003 老婆被打", "13900000003栋", "张三家楼", "Building 13900000003"])
async def test_words_about_the_place_never_reach_the_group(city: SampleCity, place: str):
    characters = await gather(city)
    wang = await city.resident("王女士", "13900000001")
    await do(city, lambda: wang.says("楼道灯不亮"), lambda: wang.taps("公共照明不亮"), lambda: wang.taps("修改"))
    await do(city, lambda: wang.taps("地点"), lambda: wang.says(place), lambda: wang.taps("提交"))
    told = "\n".join(shown.text for shown in characters.group.sees if shown.from_bot)
    assert "抄告" in told
    assert "13900000003" not in told
    assert "张三" not in told
    assert place in characters.manager.finds("新问题").text


async def test_a_manager_who_lives_there_gets_both_the_receipt_and_the_card(city: SampleCity):
    characters = await gather(city)
    manager = characters.manager
    await do(city, lambda: manager.opens("p_jchy"), lambda: manager.taps("同意并继续"), lambda: manager.says("9栋 101"))
    await do(city, lambda: manager.taps("暂不分享"))
    await files(city, manager, "公共照明不亮", "9栋灯不亮")
    receipt = manager.finds("已收到，")
    work = manager.finds("新问题，等您响应")
    await do(city, lambda: manager.says("电工今天17:00前更换灯泡。", reply_to=work))
    assert await happened(city, "Answered") == 1
    await do(city, lambda: manager.says("还有二楼的也不亮", reply_to=receipt))
    assert await happened(city, "Supplemented") == 1


async def test_one_preset_makes_one_order(city: SampleCity):
    characters = await gather(city)
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await city.pass_by(hours=4)
    await do(city, lambda: characters.officer.taps("督办", to=characters.group))
    question = characters.group.last
    presets = {button.label: button.data for row in question.buttons for button in row}

    async def chooses(*labels):
        """Also once the buttons are gone: whoever is quick has pressed them before."""
        for label in labels:
            await do(city, lambda x=presets[label]: characters.officer.presses(question, x))

    await chooses("2小时", "2小时", "下班前")
    await do(city, lambda: characters.officer.taps("下达"))
    await chooses("2小时", "下班前")  # of the same question, which an order has overtaken
    assert not any("下达" in shown.labels for shown in characters.officer.sees[-1:])
    assert await happened(city, "Supervised") == 1


async def test_a_bound_group_is_not_taken_over_by_another_district(city: SampleCity):
    characters = await gather(city)
    other = await city.staff("经办员丙", "13800000109")
    characters.group.add(other)
    await do(city, lambda: other.says("/bind"))
    line = next(x for x in other.last.text.splitlines() if x.startswith("/bind "))
    await do(city, lambda: other.says(line, to=characters.group))
    assert "确认" not in other.last.labels
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    characters.group.finds("抄告")


@pytest.mark.parametrize("verb", ["why:{}:1:slow", "may_close:{}:1:", "not_done:{}:1:", "why:{}:1:garbage"])
async def test_answers_to_questions_that_nobody_asked_do_nothing(city: SampleCity, verb: str):
    characters = await gather(city)
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    (case,) = await cases(city)
    before = len(characters.manager.sees)
    wang.presses(wang.last, "c:" + verb.format(case.id))
    await city.settle()
    assert len(characters.manager.sees) == before
    assert await happened(city, "RatingExplained") + await happened(city, "ClosingAnswered") == 0


@pytest.mark.parametrize(
    "data",
    ["f:matter:x:0", "f:date:x:0", "f:me_too:x:0", "m:districts:x", "f:department:x:0", "f:closing:x:0",
     "f:contact:garbage:0", "c:card:99999999999999999999:1:", "f:me_too:999999999999999999:0", "zzz"],
)  # fmt: skip
async def test_forged_buttons_are_answered_at_once_and_leave_no_failure(city: SampleCity, data: str):
    wang = await city.resident("王女士", "13900000001")
    await do(city, lambda: wang.says("3栋楼道灯不亮"))
    wang.presses(wang.last, data)
    await city.settle()
    async with city.app.store.work(city.clock.now()) as work:
        assert await inbox.counts(work) == {}


async def test_the_head_may_simply_write_after_taking_over(city: SampleCity):
    characters = await gather(city)
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await city.pass_by(hours=4)
    await do(city, lambda: characters.head.taps("我来处理"), lambda: characters.head.says("电工今天17:00前更换灯泡。"))
    assert "一般问题，2个工作日内办结" in characters.head.last.labels
    assert "电工今天" in wang.finds("答复了您").text
    assert card(characters.head)
