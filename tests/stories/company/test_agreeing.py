"""Both sides agree on a date, by tap or in words."""

import pytest
from scenes import scene

REASON = "屋面防水层老化，要先做检测再施工。"


@scene
async def proposed(play):
    """A complex case for which the manager has proposed the end of November."""
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.taps("情况复杂，和业主商定")
    await manager.says(REASON)
    await manager.says("11月30日 18:00")
    await manager.taps("发")
    return manager, wang


async def test_the_resident_reads_date_reason_and_three_answers(proposed):
    _, wang = proposed
    asked = wang.finds("项目经理 经**建议11月30日(周一) 18:00前办结")
    assert REASON in asked.text
    assert asked.labels == ["同意", "换个时间", "不同意"]


@pytest.mark.covered
async def test_the_agreed_date_binds(play, proposed):
    manager, wang = proposed
    await wang.taps("同意")
    running = await play.running()
    assert set(running) == {"resolve_major"}
    assert (running["resolve_major"].day, running["resolve_major"].hour) == (30, 18)
    assert manager.has("已商定：11月30日(周一) 18:00前办结")
    assert wang.has("已商定")


@pytest.mark.parametrize("answer", ["同意", "不同意"])
@pytest.mark.covered
async def test_the_resident_proposes_another_date_in_words(play, proposed, answer):
    manager, wang = proposed
    await wang.taps("换个时间")
    await wang.says("11月27日 18:00")
    await wang.taps("发")
    assert "agree" in await play.running()
    assert manager.answer.labels == ["同意", "换个时间", "不同意"]
    await manager.taps(answer)
    running = await play.running()
    assert ("resolve_major" in running) is (answer == "同意")
    assert (await play.case()).proposal is None


async def test_the_resident_proposes_another_date_by_tap(proposed):
    manager, wang = proposed
    await wang.taps("换个时间")
    await wang.taps("11月25日(周三) 18:00")
    assert manager.has("住户希望11月25日(周三) 18:00前办结")


async def test_an_earlier_date_is_offered_as_well_as_a_later_one(play, proposed):
    manager, wang = proposed
    await wang.taps("换个时间")
    assert {"11月18日(周三) 18:00", "11月19日(周四) 18:00", "12月2日(周三) 18:00"} <= set(wang.answer.labels)
    await wang.taps("11月25日(周三) 18:00")
    await manager.taps("换个时间")
    await manager.says("检测还没做完。")
    assert {"11月21日(周六) 18:00", "12月2日(周三) 18:00"} <= set(manager.answer.labels)


async def test_what_goes_out_with_a_date_is_shown_before_it_is_sent(proposed):
    manager, wang = proposed
    assert REASON in manager.finds("提议11月30日(周一) 18:00前办好，发给住户？").text
    await wang.taps("换个时间")
    await wang.says("11月27日下午6点，之后我要出差")
    asked = wang.answer.text.splitlines()
    assert asked[:2] == ["您要的时间：11月27日(周五) 18:00前，发给经办人？", "11月27日下午6点，之后我要出差"]
    await wang.taps("发")
    assert "之后我要出差" in manager.finds("住户希望11月27日(周五) 18:00前办结").text


async def test_a_date_that_was_refused_is_not_offered_again(proposed):
    manager, wang = proposed
    await wang.taps("换个时间")
    await wang.taps("11月25日(周三) 18:00")
    await manager.taps("换个时间")
    await manager.says("检测还没做完。")
    assert "12月2日(周三) 18:00" in manager.answer.labels
    assert "11月25日(周三) 18:00" not in manager.answer.labels
    await manager.taps("12月2日(周三) 18:00")
    await wang.taps("换个时间")
    assert not {"11月25日(周三) 18:00", "12月2日(周三) 18:00"} & set(wang.answer.labels)


async def test_a_refused_date_lets_the_clock_run_and_asks_for_another(play, proposed):
    manager, wang = proposed
    await wang.taps("不同意")
    assert "请另外提一个时间" in manager.finds("住户不同意这个时间").text
    assert set(await play.running()) == {"agree"}


@pytest.mark.parametrize(
    ("words", "says"),
    [("看情况吧", "没看懂时间"), ("2026-11-01", "已经过了"), ("400天", "在一年以后")],
)
async def test_a_date_that_cannot_be_is_refused_and_asked_for_again(play, proposed, words, says):
    _, wang = proposed
    before = await play.events()
    await wang.taps("换个时间")
    await wang.says(words)
    assert says in wang.answer.text
    assert await play.events() == before
    await wang.says("11月27日 18:00")
    await wang.taps("发")
    assert (await play.events())[-1] == "DateProposed"


async def test_only_the_first_household_negotiates(play, proposed):
    _, _wang = proposed
    li = await play.resident("李先生", ("5栋", "302"))
    await li.says("灯坏了")
    await li.taps("公共照明不亮")
    await li.taps("我也遇到")
    case = await play.case()
    await li.presses(li.card, f"c:agree:{case.id}:1:")
    assert "由最先反映的那一户商定" in li.answer.text
    assert (await play.case()).agreed_until is None


@pytest.mark.covered
async def test_a_slipped_date_is_counted_and_goes_to_the_head_and_the_second_to_the_city(play, proposed):
    _manager, wang = proposed
    head, officer, city_officer = await play.staff("负责人甲", "经办员甲", "市局经办员")
    group = await play.group(officer)
    city_group = await play.group(city_officer, "成都市", "成都市住建工作群")
    await wang.taps("同意")
    await play.at(18, 0, day=30)
    case = await play.case()
    assert (case.slips, case.handler) == (1, "company")
    assert head.has("重大问题办结超时")
    assert group.finds("超时 · 重大问题办结")
    assert not [shown for shown in city_group.sees if "重大问题" in shown.text]
    await head.taps("我来处理")
    await head.taps("去办理")
    await head.taps("申请延期")
    await head.says("检测后发现要整体翻新。")
    await head.says("12月4日 18:00")
    await head.taps("发")
    await wang.taps("同意")
    await play.at(18, 0, day=4, month=12)
    assert (await play.case()).slips == 2
    assert city_group.finds("超时 · 重大问题办结")


async def test_words_and_voice_after_a_refusal_are_its_reason(proposed):
    manager, wang = proposed
    await wang.taps("不同意")
    await wang.says("周末家里没人")
    assert "周末家里没人" in manager.finds("住户说明为什么不同意").text
    await wang.sends_voice()
    assert manager.count("住户说明为什么不同意") == 2
