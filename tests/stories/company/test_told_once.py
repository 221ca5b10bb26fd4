"""Whoever has done something reads so once; everybody else concerned is notified."""

from dataclasses import replace

from scenes import scene

from complaints.model.people import Home
from storage.repositories import people


@scene
async def overdue(play):
    """A case whose response is the head's by now, and hers to give."""
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    group, wang = await play.group(officer), await play.resident()
    await play.files(wang)
    await play.at(14, 1)
    return manager, head, group, wang


async def test_a_head_who_resolves_it_reads_so_once(play, overdue):
    _, head, group, wang = overdue
    await head.taps("我来处理")
    await head.says("电工已到现场查看，是灯泡坏了，今天17:00前更换。", reply_to=head.card)
    await head.taps("一般问题，2个工作日内办结", on=head.answer)
    before = len(head.hears)
    await play.resolves(head)
    said = [shown.text for shown in head.hears[before:]]
    assert sum("结果已提交" in text for text in said) == 1
    assert not any("已办结，等住户评价" in text for text in said)
    assert wang.has("已办结（")
    assert group.finds("已办结，等住户评价")


async def test_a_head_who_comes_to_a_danger_reads_so_once(play):
    head, officer = await play.staff("负责人甲", "经办员甲")
    group, wang = await play.group(officer), await play.resident()
    await wang.says("电梯困人，老人在里面")
    await wang.taps("有危险")
    await play.city.pass_by(minutes=21)
    before = len(head.hears)
    await head.taps("知道了，马上到")
    assert len(head.hears) == before + 1
    assert "您正在赶去" in head.answer.text
    assert group.finds("危险情况已有人接手")
    assert "已知道，正在赶来" in wang.finds("赶来").text


async def test_a_head_who_answers_late_is_not_told_that_she_was(play, overdue):
    _, head, group, _ = overdue
    await play.at(18, 1)  # the company's own time to respond is over, too
    await head.says("电工已到现场查看，是灯泡坏了，今天17:00前更换。", reply_to=head.card)
    assert not head.has("超时后已办")
    assert any("超时后已办" in shown.text for shown in group.sees)


async def test_a_handler_hears_once_that_the_resident_is_dissatisfied(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.taps("已当场解决")
    await manager.says("灯泡松了，已当场拧紧，灯亮了。")
    before = len(manager.hears)
    await wang.taps("不满意")
    assert len(manager.hears) == before + 1
    assert {"去办理", "申请复核"} <= set(manager.finds("重新办理：住户不满意").labels)


async def test_a_head_who_lives_there_reads_her_own_complaint_as_both(play):
    head = await play.staff("负责人甲")
    async with play.city.app.store.work(play.clock.now()) as work:
        known = await people.by_user(work, head.id)
        people.put(work, replace(known, home=Home(project="jchy", building="3栋", room="1201")))
        await work.commit()
    await play.files(head)
    assert head.has("已收到，开始计时")
    assert head.has("新问题，等您响应")
