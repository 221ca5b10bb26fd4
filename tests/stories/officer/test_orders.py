"""督办: nothing goes out that was not shown back, and nothing is taken for a demand that is none."""

import pytest
from scenes import scene


@scene
async def overdue(play, characters):
    """A case that nobody has answered in time."""
    *_, wang = characters
    await play.files(wang)
    await play.at(14)
    return characters


async def test_an_order_is_shown_before_anybody_gets_it(play, overdue):
    manager, head, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    for part in ("督办单还没下达：11月18日(周三) 16:00前办好并反馈", "项目经理 经理甲", "企业负责人 负责人甲"):
        assert part in officer.answer.text
    assert not any("督办单" in shown.text for who in (manager, head, group) for shown in who.sees)
    assert (await play.case()).order is None
    await officer.taps("下达")
    assert "16:00" in manager.finds("督办单").text
    assert "已下达" in officer.answer.text


@pytest.mark.parametrize("label", ["2小时", "其他"])
async def test_the_question_in_the_group_has_no_buttons_once_it_is_answered(overdue, label):
    _, _, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    question = group.last
    await officer.taps(label, to=group)
    answered = next(shown for shown in group.sees if shown.message_id == question.message_id)
    assert answered.labels == []
    assert "督办：经办员甲正在私聊里填写" in answered.text


async def test_the_question_in_the_group_can_be_cancelled(play, overdue):
    _, _, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("取消", to=group)
    assert "已取消，没有督办" in group.last.text
    assert group.last.labels == []
    assert (await play.case()).order is None


async def test_words_beside_the_time_are_the_demand(play, overdue):
    manager, _, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("其他", to=group)
    await officer.says("请今天晚上八点前恢复照明，并逐户告知")
    assert "11月18日(周三) 20:00" in officer.answer.text
    await officer.taps("下达")
    assert "逐户告知" in manager.finds("督办单").text
    assert (await play.running())["comply"].hour == 20


async def test_a_changed_order_goes_out_once_and_as_it_was_shown_last(play, overdue):
    manager, _, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.says("先装临时灯")
    await officer.taps("改")
    await officer.taps("11月19日(周四) 18:00")
    await officer.taps("下达")
    assert (await play.events()).count("Supervised") == 1
    assert (await play.running())["comply"].day == 19
    assert "临时灯" not in manager.finds("督办单").text


async def test_what_is_written_after_an_order_is_out_is_no_part_of_it(play, overdue):
    manager, _, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    before = len(manager.hears)
    await officer.says("下午开会")
    assert len(manager.hears) == before


async def test_a_second_order_says_that_one_runs_and_takes_its_place_only_by_a_tap(play, overdue):
    _, _, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    number = (await play.case()).order.number
    await officer.taps("督办", to=group)
    assert f"已有督办单{number}在执行，11月18日(周三) 16:00前办好并反馈" in group.last.text
    await officer.taps("下班前", to=group)
    assert f"已有督办单{number}在执行" in officer.answer.text
    assert (await play.case()).order.number == number
    await officer.taps("下达")
    assert (await play.case()).order.number != number


async def test_two_officers_never_order_past_each_other(play, overdue):
    _, _, officer, group, _ = overdue
    other = await play.staff("经办员乙")
    group.add(other.account)
    for one in (officer, other):
        await one.taps("督办", to=group)
        await one.taps("2小时", to=group)
    await officer.taps("下达")
    await other.taps("下达")
    assert "已有督办单" in other.answer.text
    assert (await play.events()).count("Supervised") == 1
    await other.taps("下达")
    assert (await play.events()).count("Supervised") == 2


async def test_an_order_counts_from_when_its_time_was_chosen(play, overdue):
    _, _, officer, group, _ = overdue
    await play.at(17, 59, day=19)
    await officer.taps("督办", to=group)
    await officer.taps("1个工作日", to=group)
    await play.at(18, 5, day=19)
    await officer.taps("下达")
    assert [c.state for c in (await play.case()).clocks if c.stage == "supervise"] == ["met"]


@pytest.mark.parametrize("words", ["/next 电梯", "／查询", "/"])
async def test_what_begins_with_a_slash_is_never_a_demand(play, overdue, words):
    manager, _, officer, group, _ = overdue
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    preview = officer.answer
    await officer.says(words)
    assert "没有" in officer.answer.text
    await officer.taps("下达", on=preview)
    assert words not in manager.finds("督办单").text


async def test_what_begins_with_a_slash_is_never_a_reason_and_the_question_stays(play, overdue):
    _, _, officer, group, wang = overdue
    await officer.taps("挂牌督办", to=group)
    await officer.says("/next")
    assert "Listed" not in await play.events()
    await officer.says("多次超时")
    assert "多次超时" in wang.finds("挂牌督办").text


async def test_the_groups_card_shows_who_ordered_who_has_signed_and_how_it_ended(play, overdue):
    """In place, on the card of the expiry; the resident's words stay out of it."""
    manager, head, officer, group, wang = overdue
    card = group.finds("超时 · 响应")
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    assert "经办员甲督办，11月18日(周三) 16:00前办好并反馈" in on(group, card).text
    assert "已签收" not in on(group, card).text
    await head.taps("签收")
    assert "已签收：企业负责人 负责人甲 11月18日(周三) 14:00" in on(group, card).text
    await manager.taps("签收")
    assert "；项目经理 经理甲 11月18日(周三) 14:00" in on(group, card).text
    await head.taps("已当场解决")
    await head.says("灯泡已更换，3栋楼道灯恢复正常。")
    assert "现在：已办结，等待评价" in on(group, card).text
    await wang.taps("基本满意")
    ended = on(group, card)
    assert "评价：基本满意" in ended.text
    assert "现由" not in ended.text
    assert ended.labels == ["详情"]
    assert "评价：基本满意" in group.finds("已结案").text


async def test_a_second_expiry_takes_the_buttons_of_the_first_and_leaves_its_words(play, overdue):
    *_, group, _ = overdue
    first = group.finds("超时 · 响应")
    await play.at(18)
    second = group.finds("超时 · 企业响应")
    assert "督办" in second.labels
    assert (on(group, first).labels, "经理甲" in on(group, first).text) == ([], True)


def on(group, card):
    """The message as it is now."""
    return next(shown for shown in group.sees if shown.message_id == card.message_id)
