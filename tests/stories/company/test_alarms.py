"""Whoever of the company had the alarm of a danger hears on until its end; whoever has ended it hears the rating."""

import pytest

TRAPPED = "3栋电梯困人了"
OUT = "老人平安救出，门锁已更换，电梯恢复。"


async def trapped(play, wang):
    await play.files(wang, TRAPPED, "lift_trapped", danger=True)


async def gets_out(who):
    await who.taps("已当场解决")
    await who.says(OUT)


async def test_the_manager_is_told_as_well_while_nobody_confirms(play, characters):
    manager, *_, wang = characters
    await trapped(play, wang)
    await play.at(10, 10)
    assert "请马上确认并赶到现场" in manager.finds("有危险，还没人确认").text
    await play.at(10, 20)
    late = manager.finds("有危险，超时没人确认")
    assert "已通知武侯区住建部门" in late.text
    assert late.labels == ["知道了，马上到"]


async def test_the_manager_hears_that_the_head_is_coming_and_that_it_is_over(play, characters):
    manager, head, _, group, wang = characters
    await trapped(play, wang)
    await head.taps("知道了，马上到")
    assert "负责人甲：已确认" in manager.finds("危险情况已有人接手").text
    await gets_out(head)
    assert OUT in manager.finds("警报解除").text
    assert OUT not in group.finds("警报解除").text


async def test_whoever_was_called_out_at_night_hears_of_its_end_by_day(play, characters):
    """By day somebody else is on duty."""
    manager, head, _, _, wang = characters
    deputy, colleague = await play.staff("副经理丁"), await play.resident("同事甲")
    await play.holds(colleague, "duty_person", "jchy")
    await manager.says("/duty")
    await manager.taps("副经理丁")
    await manager.taps("今晚")
    await play.at(23)
    await trapped(play, wang)
    await deputy.taps("知道了，马上到")
    await play.at(10, day=19)
    await gets_out(head)
    assert OUT in deputy.finds("警报解除").text
    assert deputy.count("警报解除") == 1


@pytest.mark.parametrize("left", [False, True])
async def test_the_rating_is_told_to_whoever_has_resolved_it_while_in_office(play, characters, left):
    manager, head, *_, wang = characters
    await trapped(play, wang)
    await gets_out(head)
    if left:
        await play.dismisses("负责人甲")
    await wang.taps("满意")
    assert (head.has("住户评价：满意"), manager.has("住户评价：满意")) == (not left, left)
