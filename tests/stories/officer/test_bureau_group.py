"""The bureau's group: bound by an officer, told without personal data, and where officers act."""

import pytest
from scenes import scene

WORDS = "3栋楼道灯不亮，我家孩子摔了"


@scene
async def overdue(play, characters):
    """A case that nobody has answered in time."""
    *_, wang = characters
    await play.files(wang, WORDS)
    await play.at(14)
    return characters


# --- what it reads ----------------------------------------------------------------------------------------------


async def test_a_new_case_is_one_quiet_line(play, characters):
    *_, group, wang = characters
    await play.files(wang, WORDS)
    case = await play.case()
    assert group.last.text == f"抄告 {case.number} 锦城花园 3栋 · 公共照明不亮，11月18日(周三) 14:00前响应"


async def test_an_overdue_case_says_who_by_how_much_and_what_now(overdue):
    *_, group, _ = overdue
    text = group.finds("超时 · 响应").text
    for part in (
        "锦城花园 3栋", "锦安物业 · 项目经理 经理甲没有按时办理", "成住建发〔2023〕62号 一(二)",
        "现由企业负责人 负责人甲办理", "项目电话：028-80000011", "本季度超时1件",
    ):  # fmt: skip
        assert part in text
    assert group.finds("超时 · 响应").labels == ["督办", "挂牌督办", "提级", "会商", "转办", "详情"]


async def test_the_group_never_sees_who_the_resident_is_or_what_was_said(play, overdue):
    _manager, head, officer, group, wang = overdue
    await head.taps("我来处理")
    await head.says("电工已到现场查看，今天17:00前更换灯泡，王女士家孩子已问候。", reply_to=head.card)
    await wang.sends_album(2, caption="照片在这里")
    await wang.taps("补充", on=wang.answer)
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.says("请今天修好")
    await officer.taps("下达")
    await head.taps("一般问题，2个工作日内办结")
    await play.resolves(head, "1201门口的灯修好了。")
    await wang.taps("不满意")
    await wang.taps("其他")
    await wang.says("灯还是闪")
    said = "\n".join(shown.text for shown in group.sees)
    for secret in ("王女士", "1201", "摔了", "139", "照片在这里", "更换灯泡", "还是闪", "请今天修好"):
        assert secret not in said
    assert [shown.media for shown in group.sees if shown.media] == []


# --- acts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preset", "until"),
    [("2小时", "11月18日(周三) 16:00"), ("下班前", "11月18日(周三) 18:00"), ("1个工作日", "11月19日(周四) 18:00")],
)
async def test_an_order_goes_to_manager_and_head_who_sign_for_it(play, overdue, preset, until):
    manager, head, officer, group, wang = overdue
    await officer.taps("督办", to=group)
    await officer.taps(preset, to=group)
    await officer.taps("下达")
    order = (await play.case()).order.number
    assert order.startswith("督〔2026〕")
    assert f"经办员甲督办，{until}前办好并反馈" in group.finds(f"督办单 {order}").text
    assert f"要求{until}前办好并反馈" in wang.finds("住建部门已督办").text
    assert order in manager.finds("督办单").text
    await head.taps("签收")
    assert f"负责人甲已签收督办单 {order}" in group.last.text


async def test_another_time_and_the_demand_are_given_in_private(play, overdue):
    manager, head, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("其他", to=group)
    await officer.says("11月19日 12:00")
    await officer.says("先装临时灯")
    await officer.taps("下达")
    assert "先装临时灯" in head.finds("督办单 督").text
    assert "先装临时灯" in manager.finds("督办单 督").text
    assert (await play.running())["comply"].hour == 12


async def test_signing_twice_counts_once(play, overdue):
    _, head, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    order, case = head.finds("督办单 督"), await play.case()
    await head.taps("签收")
    await head.presses(order, f"c:sign:{case.id}:{case.round}:{case.orders_given}")
    assert "情况已经变了" in head.answer.text
    assert (await play.events()).count("Signed") == 1


async def test_what_is_reported_of_an_order_is_told_as_a_report(play, overdue):
    """Nobody but its reader knows whether the words say that it is done."""
    _, head, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    await head.taps("反馈督办结果")
    await head.says("临时灯已装好。")
    assert "临时灯" not in group.finds("公司反馈了督办结果").text
    assert "临时灯已装好" in officer.finds("公司反馈了督办结果").text
    assert head.has("已反馈。")
    assert "comply" not in await play.running()


@pytest.mark.parametrize(
    ("act", "event"), [("挂牌督办", "Listed"), ("提级", "Raised"), ("会商", "Convened"), ("转办", "Referred")]
)
async def test_an_act_of_the_bureau_has_its_reason_and_is_told(play, overdue, act, event):
    _manager, head, officer, group, wang = overdue
    await officer.taps(act, to=group)
    if act == "转办":
        await officer.taps("消防救援部门")
    await officer.says("多次超时，影响出行")
    assert (await play.events())[-1] == event
    said = "给消防救援部门" if act == "转办" else f"住建部门决定：{act}"
    for told in (head, wang):
        assert "多次超时，影响出行" in told.finds(said).text
    assert "多次超时" not in group.finds(said).text
    assert "supervise" not in await play.running()


@pytest.mark.covered
async def test_raising_makes_the_bureau_the_handler(play, overdue):
    _, head, officer, group, _ = overdue
    await officer.taps("提级", to=group)
    await officer.says("多次超时")
    assert (await play.case()).handler == "bureau"
    await head.says("我们马上换灯泡，今天17:00前换好。", reply_to=head.finds("超时"))
    assert "respond" not in await play.running()


async def test_details_are_told_in_private(overdue):
    _, _, officer, group, _ = overdue
    before = len(group.sees)
    await officer.taps("详情", to=group)
    assert WORDS in officer.answer.text
    assert len(group.sees) == before


async def test_a_stranger_who_presses_is_told_quietly_and_it_is_on_record(play, overdue):
    manager, _, _, group, _ = overdue
    group.add(manager.account)
    before = len(group.sees)
    await manager.taps("督办", to=group)
    assert manager.toasts == ["只有本区住建部门的人能操作。这次点按已记录。"]
    assert len(group.sees) == before
    assert "Refused" in await play.events()
    assert (await play.case()).order is None


async def test_an_officer_of_another_district_may_not_press(play, overdue):
    group, stranger = overdue[3], await play.staff("经办员丙")
    group.add(stranger.account)
    await stranger.taps("提级", to=group)
    assert stranger.toasts == ["只有本区住建部门的人能操作。这次点按已记录。"]


async def test_what_is_the_bureaus_duty_is_accepted(play, characters):
    manager, _, officer, group, wang = characters
    await play.files(wang, WORDS)
    await manager.taps("属住建部门职责")
    await manager.says("交接资料在区住建局，需由住建部门核查。")
    await officer.taps("接收", to=group)
    assert (await play.case()).handler == "bureau"
    assert wang.has("您的问题由武侯区住建部门办理")
    assert manager.has("住建部门已接收")


async def test_what_is_not_the_bureaus_duty_is_sent_back_with_a_reason(play, characters):
    manager, _, officer, group, wang = characters
    await play.files(wang, WORDS)
    await manager.taps("属住建部门职责")
    await manager.says("交接资料在区住建局，需由住建部门核查。")
    await officer.taps("退回", to=group)
    await officer.says("公共照明按合同由物业维护。")
    assert "公共照明按合同" in manager.finds("住建部门退回").text
    assert wang.has("您的问题由物业办理")
    assert "resolve_general" in await play.running()


# --- numbers ----------------------------------------------------------------------------------------------------


async def test_the_group_asks_for_numbers(overdue):
    _, _, officer, group, _ = overdue
    await officer.says("/today", to=group)
    assert group.last.text.splitlines()[:5] == ["武侯区 · 今天", "提交：1", "按时响应：0", "超时：1", "未结：1"]
    await officer.says("/overdue", to=group)
    assert "锦城花园 · 公共照明不亮" in group.last.text
    await officer.says("/project 锦城", to=group)
    assert group.last.text.splitlines() == ["锦城花园（锦安物业）", "未结：1", "超时：1", "已评价：0"]


@pytest.mark.parametrize("asked", ["/project", "/project 东湖里"])
async def test_a_project_that_is_not_of_the_district_is_asked_for_again(play, characters, asked):
    _, _, officer, group, _ = characters
    await officer.says(asked, to=group)
    assert "请写上本区的小区名" in group.last.text


@pytest.mark.covered
async def test_a_group_that_became_a_supergroup_is_still_told(play, characters):
    *_, group, wang = characters
    group.migrate()
    await play.city.settle()
    await play.files(wang)
    assert "抄告" in group.last.text
