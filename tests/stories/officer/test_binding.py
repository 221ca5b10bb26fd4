"""An officer binds a group; nobody else can."""

import pytest


def line_of(officer):
    return next(line for line in officer.answer.text.splitlines() if line.startswith("/bind "))


@pytest.mark.covered
async def test_a_group_is_bound_by_code_and_confirmation(play):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("武侯区住建工作群", members=[officer.account])
    group.add_bot(by=officer.account)
    await officer.says("/bind")
    await officer.says(line_of(officer), to=group)
    assert "已私信请经办员确认" in group.last.text
    assert "把“武侯区住建工作群”设为武侯区的工作群吗？" in officer.answer.text
    await officer.taps("确认")
    assert "本群已是武侯区的工作群" in group.last.text
    assert "GroupBound" in await play.events()


async def test_a_binding_can_be_called_off(play):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("武侯区住建工作群", members=[officer.account])
    group.add_bot(by=officer.account)
    await officer.says("/bind")
    await officer.says(line_of(officer), to=group)
    await officer.taps("取消")
    assert "已取消，没有绑定这个群" in officer.answer.text
    assert await play.events() == []


async def test_a_code_can_be_used_once(play):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("群一", members=[officer.account])
    group.add_bot(by=officer.account)
    await officer.says("/bind")
    line = line_of(officer)
    await officer.says(line, to=group)
    await officer.taps("确认")
    await officer.says(line, to=group)
    assert "这个码用过了" in group.last.text
    assert (await play.events()).count("GroupBound") == 1


async def test_nobody_else_can_use_the_code(play):
    officer, other = await play.staff("经办员甲", "经办员乙")
    group = play.city.sim.group("群一", members=[officer.account, other.account])
    group.add_bot(by=officer.account)
    await officer.says("/bind")
    await other.says(line_of(officer), to=group)
    assert "这个码只有取码的人能用" in group.last.text


@pytest.mark.parametrize(("line", "says"), [("/bind ABCDEFGHJK", "没有这个码"), ("/bind", "请私信我发 /bind")])
async def test_a_line_without_a_good_code_is_refused(play, line, says):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("群一", members=[officer.account])
    group.add_bot(by=officer.account)
    await officer.says(line, to=group)
    assert says in group.last.text


async def test_an_old_code_is_refused(play):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("群一", members=[officer.account])
    group.room.bot = "member"
    await officer.says("/bind")
    line = line_of(officer)
    play.clock.wait(3601)
    await officer.says(line, to=group)
    assert "没有这个码" in group.last.text


async def test_only_officers_get_a_code(play):
    manager = await play.staff("经理甲")
    await manager.says("/bind")
    assert "只有住建部门的人能绑定群" in manager.answer.text


async def test_a_bound_group_is_not_bound_again(play, characters):
    _, _, officer, group, _ = characters
    await officer.says("/bind")
    await officer.says(line_of(officer), to=group)
    assert "这个群已经绑定，没有改动" in group.last.text


async def test_an_unbound_group_is_told_how_and_left_after_a_quarter_of_an_hour(play):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("别的群", members=[officer.account])
    group.add_bot(by=officer.account)
    await play.city.app.settle()
    assert "本群尚未绑定" in group.last.text
    play.clock.wait(14 * 60)
    await play.city.app.settle()
    assert group.room.bot == "member"
    play.clock.wait(61)
    await play.city.app.settle()
    assert group.room.bot == "left"


async def test_an_unbound_group_gets_no_numbers(play):
    officer = await play.staff("经办员甲")
    group = play.city.sim.group("别的群", members=[officer.account])
    group.room.bot = "member"
    await officer.says("/today", to=group)
    assert "提交" not in group.last.text
