"""Offices are called by their names, told what is theirs to do, and get their buttons when a case becomes theirs."""

import pytest

STEPS = {
    "登记线索": "已登记线索", "核查完成": "已核查完线索", "立案": "已立案", "延长一次": "已延长办案期限",
    "处罚决定": "已作出处罚决定",
}  # fmt: skip
TRAPPED = "电梯困人了，3栋有人被关在电梯里"


async def test_after_accepting_the_officer_gets_the_card_in_private(play, characters):
    manager, _, officer, group, wang = characters
    await play.files(wang)
    await manager.taps("属住建部门职责")
    await manager.says("公共收益由原企业收取，交接资料在区住建局。")
    assert "住建部门受理：11月19日(周四) 18:00截止" in manager.answer.text
    assert "责任方：武侯区住建部门" in manager.answer.text
    assert "前办结" not in manager.answer.text
    await officer.taps("接收", to=group)
    assert {"办结", "反馈"} <= set(officer.card.labels)
    assert "灯不亮" in officer.card.text
    await officer.taps("办结")
    await officer.says("资料已找到，收益32万元已转到业委会账户。")
    await officer.taps("提交")
    assert wang.has("已办结")


async def test_after_raising_the_officer_gets_the_card_in_private(play, characters):
    *_, officer, group, wang = characters
    await play.files(wang)
    await play.at(14)
    await officer.taps("提级", to=group)
    await officer.says("多次超时，影响出行")
    assert "办结" in officer.card.labels


async def test_a_referral_says_to_whom(play, characters):
    manager, _, officer, group, wang = characters
    await play.files(wang)
    await play.at(14)
    await officer.taps("转办", to=group)
    await officer.taps("消防救援部门")
    await officer.says("消防设施，请核查")
    assert "已转办：消防救援部门" in officer.answer.text
    assert wang.has("住建部门已把您的问题转给消防救援部门")
    assert "已转办给消防救援部门" in group.last.text
    assert manager.has("已转办给消防救援部门")


async def test_every_step_towards_a_penalty_is_told(play):
    officer, fire, manager = await play.staff("经办员己", "消防专员乙", "经理庚")
    group = await play.group(officer, "140499", "示例县住建工作群")
    bai = await play.resident("白先生", ("5栋", "1801"), "xcjy")
    await play.files(bai, "5栋消防栓没有水", "fire_equipment")
    await officer.taps("转办", to=group)
    await officer.taps("消防救援部门")
    await officer.says("消防设施失效，请督促整改。")
    await fire.taps("接收")
    for step, said in STEPS.items():
        await fire.taps("行政处罚", on=fire.card)
        await fire.taps(step)
        await fire.says("消防设施失效，情况属实，经副局长批准。")
        assert bai.has(f"消防救援部门{said}") or bai.has(f"消防救援部门 {said}")
        assert "已通知：住户；示例县住建部门" in fire.answer.text
        assert any(said in shown.text or "处罚" in shown.text for shown in group.sees)
        assert manager.has(said) is (step not in ("登记线索", "核查完成"))  # who is looked into isn't warned


async def test_no_closing_is_preceded_by_a_sorting_without_a_class(play):
    officer = await play.staff("经办员己")
    group = await play.group(officer, "140499", "示例县住建工作群")
    bai = await play.resident("白先生", ("5栋", "1801"), "xcjy")
    await play.files(bai, "5栋楼道灯不亮", "lighting_out")
    await officer.taps("接收", to=group)
    await officer.taps("办结")
    await officer.says("灯已更换，亮了。")
    await officer.taps("提交")
    assert bai.has("已办结")
    assert not bai.has("给问题分类")
    assert not bai.has("说明了怎么办")


# --- as which role somebody reads -------------------------------------------------------------------------------


async def test_the_duty_desk_is_called_the_duty_desk(play):
    desk, officer = await play.staff("值班员甲", "经办员己")
    await play.group(officer, "140499", "示例县住建工作群")
    li = await play.resident("李先生", project="xcjy")
    await play.files(li, TRAPPED, "lift_trapped", danger=True)
    await play.at(12)
    assert desk.hears
    assert not desk.has("街道专员")


@pytest.mark.parametrize(
    ("name", "says", "never"),
    [
        ("消防专员乙", ("您是示例县消防救援部门的专员", "接收或退回"), ("替业主登记", "fire")),
        ("监督员甲", ("您只看，不改", "/find"), ("替业主登记", "/bind")),
        ("值班员甲", ("紧急情况",), ("替业主登记", "/todo")),
        ("市局经办员", ("区县超时没办的",), ("科室负责人", "替业主登记")),
        ("街道专员甲", ("替业主登记", "/todo"), ("/bind",)),
        ("网格长甲", ("替业主登记", "指路"), ("/todo", "/bind")),
    ],
)
async def test_a_greeting_names_only_what_the_role_can_do(play, name, says, never):
    who = await play.staff(name)
    await who.says("/start")
    for words in says:
        assert words in who.answer.text
    for words in never:
        assert words not in who.answer.text


@pytest.mark.parametrize(
    ("role", "scope", "says", "never"),
    [
        ("owners_committee", "jchy", "/today 看本小区的数字", "替业主登记"),
        ("association_officer", "成都市", "目前没有要您办的事", "/today"),
    ],
)
async def test_committee_and_association_are_promised_nothing_that_they_have_not(play, role, scope, says, never):
    who = play.stranger("孙主任")
    await who.opens()
    await play.holds(who, role, scope)
    await who.says("/start")
    assert says in who.answer.text
    assert never not in who.answer.text


# --- command menus ----------------------------------------------------------------------------------------------


def listed(play, chat="default", language=""):
    """The commands that the messenger lists in a chat, by the scope that the bot has set."""
    scope = '{"type": "default"}' if chat == "default" else f'{{"chat_id": {chat}, "type": "chat"}}'
    return [one.command for one in play.city.sim.profile.commands.get((scope, language), [])]


async def test_residents_see_residents_commands_only(play):
    wang = await play.resident()
    await wang.says("/help")
    expected = ["report", "mine", "home", "language", "privacy", "cancel", "help"]
    assert listed(play) == listed(play, language="en") == expected
    assert listed(play, wang.id) == []


async def test_everybody_of_staff_sees_the_commands_of_their_roles(play):
    manager, officer, inspector = await play.staff("经理甲", "经办员甲", "监督员甲")
    for who in (manager, officer, inspector):
        await who.says("/help")
    assert listed(play, manager.id) == ["todo", "find", "duty", "away", "language", "privacy", "cancel", "help"]
    assert {"todo", "find", "today", "overdue", "project", "bind", "register"} <= set(listed(play, officer.id))
    assert "bind" not in listed(play, inspector.id)
    assert {"find", "today", "overdue", "project"} <= set(listed(play, inspector.id))


async def test_who_leaves_office_sees_residents_commands_again(play):
    manager = await play.staff("经理甲")
    await manager.says("/help")
    assert listed(play, manager.id)
    await play.dismisses("经理甲")
    await manager.says("/help")
    assert listed(play, manager.id) == []


async def test_a_list_of_commands_is_set_once_and_anew_in_another_language(play):
    manager = await play.staff("经理甲")
    await manager.says("/help")
    before = sum(call.method == "setMyCommands" for call in play.city.sim.calls)
    await manager.says("/help")
    assert sum(call.method == "setMyCommands" for call in play.city.sim.calls) == before
    await manager.says("/language")
    assert sum(call.method == "setMyCommands" for call in play.city.sim.calls) == before + 1
