"""After filing: similar cases, who may reach the resident, and what follows the receipt."""

import pytest
from playing import ANSWER, DONE, LIGHT

from complaints.model.complaint import State
from complaints.usecases.company import answers, resolution
from complaints.usecases.resident import filing
from complaints.usecases.statements import Said
from storage.repositories import people


@pytest.mark.covered
async def test_a_like_case_is_shown_in_one_line_and_can_be_joined(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    li = await play.resident("李先生", ("5栋", "302"))
    await play.files(wang)
    await li.says("我家楼下灯也坏了")
    await li.taps("公共照明不亮")
    assert "已有1户反映" in li.answer.text
    assert li.answer.labels[:2] == ["我也遇到", "不一样，继续"]
    await li.taps("我也遇到")
    [case] = await play.cases()
    assert len(case.households) == 2
    receipt = li.finds("已收到，").text
    assert receipt.startswith("已收到，您家已经加进来。")
    assert case.number in receipt
    assert "4小时内响应" not in receipt
    assert "我家楼下灯也坏了" in manager.finds("又有一户反映同样的问题").text


@pytest.mark.parametrize(
    ("matter", "choice", "before", "after"),
    [
        ("lighting_out", "不让物业知道我是谁", "5栋 302", "匿名住户"),
        ("attitude", "可以打电话", "再多一户", "5栋 302"),
    ],
)
async def test_whoever_joins_sees_what_the_manager_will_see_and_may_change_it(play, matter, choice, before, after):
    """Anonymous is proposed against the company's own conduct; the choice stands before anything is sent."""
    manager, wang = await play.staff("经理甲"), await play.resident()
    li = await play.resident("李先生", ("5栋", "302"))
    await play.files(wang, matter=matter, way="anonymous")
    await li.says("我也遇到这样的事")
    await li.presses(li.answer, f"f:matter:{matter}:0")
    assert before in li.answer.text
    await li.taps(choice)
    assert "怎么联系我：" + choice in li.answer.text
    await li.taps("我也遇到")
    assert after in manager.finds("又有一户反映同样的问题").text
    await manager.taps("去办理", on=manager.finds("又有一户反映同样的问题"))
    await manager.taps("联系 ▸")
    assert ("显示电话" in manager.card.labels) is (choice == "可以打电话")


async def test_an_old_button_joins_no_case_about_something_else(play):
    wang, li = await play.resident(), await play.resident("李先生", ("5栋", "302"))
    await play.files(wang)
    await li.says("5栋路灯坏了")
    await li.taps("公共照明不亮")
    offer = li.answer
    await li.taps("返回")
    await li.says("垃圾三天没人清")
    await li.taps("垃圾清运不及时")
    await li.presses(offer, f"f:me_too:{(await play.case()).id}:0")
    assert li.answer.labels[0] == "提交"
    assert len((await play.case()).households) == 1


async def test_a_different_problem_gets_a_case_of_its_own(play):
    wang, li = await play.resident(), await play.resident("李先生", ("5栋", "302"))
    await play.files(wang)
    await li.says("5栋路灯坏了")
    await li.taps("公共照明不亮")
    await li.taps("不一样，继续")
    await li.taps("提交")
    assert len(await play.cases()) == 2


async def test_the_same_household_joins_only_once(play):
    wang, li = await play.resident(), await play.resident("李先生")
    await play.files(wang)
    await li.says("3栋路灯坏了")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    assert "您家已经在这个问题里" in li.answer.text
    assert len((await play.case()).households) == 1


async def test_a_like_case_of_another_community_is_not_offered(play):
    wang, li = await play.resident(), await play.resident("李先生", project="wjy")
    await play.files(wang)
    await li.says("灯坏了")
    await li.taps("公共照明不亮")
    assert "提交" in li.answer.labels


@pytest.mark.parametrize(
    ("choice", "room", "phone", "says"),
    [
        ("可以打电话", True, True, "可以给住户打电话"),
        ("只用机器人联系", True, False, "住户不想接电话"),
        ("不让物业知道我是谁", False, False, "住户匿名"),
    ],
)
async def test_the_manager_sees_no_more_than_the_resident_allows(play, choice, room, phone, says):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps(choice)
    await wang.taps("提交")
    assert says in manager.card.text
    assert ("1201" in manager.card.text) is room
    await manager.taps("联系 ▸")
    assert ("显示电话" in manager.card.labels) is phone
    assert "王女士" not in manager.card.text


async def test_company_and_bureau_read_the_same_of_an_anonymous_household_s_files(play, characters):
    manager, _, officer, group, wang = characters
    await wang.says("物业侵占公共收益，从不公示")
    await wang.taps("公共收益不公开被挪用")
    assert "您发的文件和位置不转给物业" in wang.answer.text
    await wang.taps("提交")
    assert "住户发来的文件和位置不转给您" in manager.card.text
    await manager.taps("属住建部门职责")
    await manager.says("公共收益由原物业企业收取，交接资料在区住建局，需由住建部门核查。")
    await officer.taps("接收", to=group)
    assert "住户发来的文件和位置不转给物业" in officer.card.text
    assert "不转给您" not in officer.card.text


async def test_the_card_hides_the_room_of_somebody_anonymous(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("不让物业知道我是谁")
    assert "1201" not in wang.answer.text


async def test_of_an_anonymous_household_s_place_only_the_building_goes_out(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("楼道灯不亮")
    await wang.sends_location()
    await wang.taps("公共照明不亮")
    await wang.taps("不让物业知道我是谁")
    await wang.taps("修改")
    await wang.taps("地点")
    await wang.says("5栋1207")
    assert "只转告楼栋" in wang.answer.text
    await wang.taps("提交")
    assert "5栋" in manager.card.text
    assert not manager.has("1207")
    assert not any(shown.media == ["location"] for shown in manager.hears)


@pytest.mark.covered
async def test_long_words_are_folded_before_they_are_sent(play):
    wang = await play.resident()
    await wang.says("灯不亮" * 200)
    await wang.taps("公共照明不亮")
    assert "还有520个字" in wang.answer.text
    assert len(wang.answer.text) < 250


@pytest.mark.covered
async def test_the_receipt_names_the_head_and_the_bureau_as_well(play):
    _, _, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    await play.group(officer)
    wang = await play.resident()
    await play.files(wang)
    assert "已通知：项目经理 经**；企业负责人 负**；武侯区住建部门" in wang.finds("已收到，").text


@pytest.mark.covered
async def test_the_receipt_offers_what_can_be_done(play):
    wang = await play.resident()
    await play.files(wang)
    can = ["查看进度", "补充", "催一催", "撤回", "时限怎么算的", "有危险", "请家人一起看"]
    assert wang.finds("已收到，").labels == can


async def test_the_receipt_is_the_live_card_once_the_case_has_moved_on(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    receipt = wang.finds("已收到，")
    await manager.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=manager.card)
    now = wang.finds("提交投诉 ●—●—○—○ 已评价")
    assert (now.message_id, now.labels) == (receipt.message_id, receipt.labels)
    assert "编号 " in now.text
    await wang.taps("查看进度", on=now)
    newest = wang.finds("提交投诉 ●—●—○—○ 已评价")
    assert (newest.message_id > now.message_id, "查看进度" in newest.labels) == (True, False)


@pytest.mark.covered
async def test_submitting_twice_files_once(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    wang.account.taps("提交")
    wang.account.taps("提交")
    await play.city.settle()
    assert len(await play.cases()) == 1


async def test_nothing_is_left_of_the_draft_after_submitting(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    await wang.says("反映问题")
    assert "请说说哪里有问题" in wang.answer.text


@pytest.mark.covered
async def test_free_words_with_an_open_case_are_added_to_it(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await wang.says("今天更黑了，看不见路")
    assert wang.answer.labels == ["补充", "新问题"]
    await wang.taps("补充", on=wang.answer)
    assert "今天更黑了，看不见路" in manager.finds("住户补充").text
    assert len(await play.cases()) == 1


async def test_free_words_with_an_open_case_may_be_a_new_problem(play):
    wang = await play.resident()
    await play.files(wang)
    await wang.says("垃圾三天没人清")
    await wang.taps("新问题")
    await wang.taps("垃圾清运不及时")
    await wang.taps("提交")
    assert [case.matter for case in await play.cases()] == ["lighting_out", "rubbish"]


async def test_with_two_open_cases_the_resident_says_which(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    play.clock.wait(1)
    await play.files(wang, "垃圾三天没人清", "rubbish")
    await wang.says("还是没人来")
    await wang.taps("补充", on=wang.answer)
    assert len(wang.answer.labels) == 3
    await wang.taps("公共照明不亮", on=wang.answer)
    assert "公共照明不亮" in manager.finds("住户补充").text


@pytest.mark.covered
async def test_words_after_a_closed_case_begin_a_new_one(play):
    wang = await play.resident()
    await play.files(wang)
    await wang.taps("撤回")
    await wang.taps("确定撤回")
    assert (await play.case()).state is State.WITHDRAWN
    await wang.says("3栋楼道灯不亮")
    assert wang.answer.labels[0] == "公共照明不亮"


@pytest.mark.parametrize(
    ("verb", "words", "stands"), [(answers.answer, ANSWER, "正在办理"), (resolution.resolve, DONE, "已办结，等待评价")]
)
async def test_a_receipt_that_is_sent_late_promises_no_answer_any_more(play, verb, words, stands):
    """Nothing is sent before both have been stored."""
    manager, wang = await play.staff("经理甲"), await play.resident()
    async with play.city.app.store.work(play.clock.now()) as work:
        resident, staff = [await people.by_user(work, who.id) for who in (wang, manager)]
        draft = filing.Draft(
            text=LIGHT, matter="lighting_out", kind="repair", danger=False, contact="phone", home=resident.home,
            building="3栋",
        )  # fmt: skip
        case = await filing.file(work, await people.actor(work, resident), draft)
        await verb(work, await people.actor(work, staff), case.id, Said(text=words))
        await work.commit()
    await play.city.settle()
    first = wang.hears[0].text
    assert stands in first
    assert case.number in first
    assert "前响应" not in first
