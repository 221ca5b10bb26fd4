"""Several duties of one person, deputies for the absent, and who answers at night."""

from itertools import pairwise

import pytest

from storage.repositories import duties


@pytest.mark.covered
async def test_a_deputy_gets_the_cases_and_may_act(play):
    manager, other, wang = *(await play.staff("经理甲", "经理乙")), await play.resident()
    await manager.says("/away")
    await manager.taps("经理乙")
    await manager.says("11-18到11-20")
    assert "经理乙" in manager.answer.text
    assert other.has("由您代经理甲")
    await play.files(wang)
    assert not manager.has("新问题，等您响应")
    await other.says("电工已到现场查看，今天17:00前更换灯泡。", reply_to=other.finds("新问题，等您响应"))
    assert wang.has("今天17:00前更换灯泡")


async def test_the_deputy_is_one_no_longer_than_told(play):
    manager, other, wang = *(await play.staff("经理甲", "经理乙")), await play.resident()
    await manager.says("/away")
    await manager.taps("经理乙")
    await manager.says("11-18到11-19")
    await play.files(wang)
    card = other.card
    await play.at(10, day=20)
    await other.presses(card, f"c:progress:{(await play.case()).id}:1:")
    assert other.answer.text == "没找到这个问题。"


async def test_whoever_is_back_gets_the_cases_again(play):
    manager, other, wang = *(await play.staff("经理甲", "经理乙")), await play.resident()
    await manager.says("/away")
    await manager.taps("经理乙")
    await manager.says("11-25")
    await manager.says("/away")
    assert "经理乙" in manager.answer.text
    await manager.taps("我回来了")
    await play.files(wang)
    assert manager.has("新问题，等您响应")
    assert not other.has("新问题，等您响应")


async def test_a_dismissed_deputy_stands_in_for_nobody(play):
    manager, other, wang = *(await play.staff("经理甲", "经理乙")), await play.resident()
    await manager.says("/away")
    await manager.taps("经理乙")
    await manager.says("11-25")
    await play.dismisses("经理乙")
    await play.files(wang)
    assert manager.has("新问题，等您响应")
    assert not other.has("新问题，等您响应")


@pytest.mark.parametrize("words", ["下个季度", "11-20到11-19"])
async def test_a_time_that_cannot_be_is_sent_back(play, words):
    manager, _ = await play.staff("经理甲", "经理乙")
    await manager.says("/away")
    await manager.taps("经理乙")
    await manager.says(words)
    assert not manager.has("由经理乙代您")
    await manager.says("11-25")
    assert manager.has("由经理乙代您")


async def test_many_colleagues_are_shown_a_few_at_a_time(play):
    manager = await play.staff("经理甲")
    names = [f"同事{chr(0x7532 + n)}" for n in range(13)]
    for name in names:
        await play.holds(await play.resident(name), "duty_person", "jchy")
    await manager.says("/duty")
    seen = set()
    for _ in range(2):
        assert len(manager.answer.buttons) <= 4
        seen |= {label.partition("（")[0] for label in manager.answer.labels}
        await manager.taps("更多 ▸", on=manager.answer)
    assert set(names) <= seen
    assert names[0] in " ".join(manager.answer.labels)


async def test_a_resident_has_nobody_to_stand_in(play):
    wang = await play.resident()
    for command in ("/away", "/duty", "/invite", "/role"):
        await wang.says(command)
        assert not wang.answer.labels or "反映问题" in " ".join(wang.answer.labels)


async def test_whoever_answers_tonight_hears_of_a_danger_and_may_acknowledge_it(play):
    manager, other, wang = *(await play.staff("经理甲", "副经理丁")), await play.resident()
    await manager.says("/duty")
    await manager.taps("副经理丁")
    await manager.taps("今晚")
    assert other.has("由您值班")
    await play.at(23)
    await play.files(wang, "3栋电梯困人了", "lift_trapped", danger=True)
    await other.taps("知道了，马上到")
    assert "Acknowledged" in await play.events()


async def test_after_the_watch_the_right_is_gone(play):
    manager, other = await play.staff("经理甲", "经理乙")
    await play.holds(other, "duty_person", "jchy")
    await manager.says("/duty")
    await manager.taps("经理乙")
    await manager.says("11-18 18:00到11-18 20:00")
    await play.dismisses("经理乙", role="duty_person")
    wang = await play.resident()
    await play.at(19)
    await play.files(wang)
    assert other.has("新问题，等您响应")
    await play.at(21)
    await other.presses(other.card, f"c:progress:{(await play.case()).id}:1:")
    assert other.answer.text == "没找到这个问题。"


@pytest.mark.covered
async def test_somebody_with_two_duties_chooses_whose_numbers_to_see(play):
    officer = await play.staff("经办员甲")
    await play.holds(officer, "district_officer", "510104")
    await officer.says("/today")
    assert "武侯区" in officer.answer.text
    await officer.says("/role")
    await officer.taps("锦江区")
    await officer.says("/today")
    assert "锦江区" in officer.answer.text


async def test_a_manager_who_lives_here_chooses_as_whom_to_write(play):
    wang = await play.resident()
    await play.holds(wang, "project_manager", "wjy")
    await wang.says("/role")
    await wang.taps("望江苑")
    await wang.says("3栋楼道灯不亮")
    assert "公共照明不亮" not in wang.answer.labels
    await wang.says("/role")
    await wang.taps("住户")
    await wang.says("3栋楼道灯不亮")
    assert "公共照明不亮" in wang.answer.labels


async def test_a_forged_duty_is_none(play):
    manager = await play.staff("经理甲")
    await manager.says("/role")
    await manager.presses(manager.answer, "m:role:somebody")
    assert "全部身份" in manager.answer.text


# --- nobody gets more than a colleague would ------------------------------------------------------------------------


async def away(manager, name="经理乙", words="11-25"):
    await manager.says("/away")
    await manager.taps(name)
    await manager.says(words)


async def test_only_duties_of_the_same_company_go_to_the_deputy(play):
    manager, other = await play.staff("经理甲", "经理乙")
    await play.holds(manager, "district_officer", "510107")
    await play.holds(manager, "company_head", "heju")
    await away(manager)
    await other.says("/role")
    assert not any("武侯区" in label or "和居" in label for label in other.answer.labels)
    assert any("锦城花园" in label for label in other.answer.labels)


async def test_a_deputy_who_goes_to_another_company_stands_in_no_more(play):
    manager, other, wang = *(await play.staff("经理甲", "经理乙")), await play.resident()
    await away(manager)
    await play.holds(other, "project_manager", "dhl")
    await play.dismisses("经理乙", role="project_manager", scope="wjy")
    await play.files(wang)
    assert manager.has("新问题，等您响应")
    assert not other.has("新问题，等您响应")
    await other.presses(other.answer, f"c:phone:{(await play.case()).id}:1:")
    assert other.answer.text == "没找到这个问题。"


async def test_a_watch_of_somebody_dismissed_swallows_no_alarm(play):
    manager, deputy = await play.staff("经理甲", "副经理丁")
    await play.holds(manager, "duty_person", "jchy")
    await manager.says("/duty")
    await manager.taps("副经理丁")
    await manager.taps("今晚")
    await play.dismisses("副经理丁")
    await play.at(23)
    await play.files(await play.resident(), "3栋电梯困人了", "lift_trapped", danger=True)
    assert "知道了，马上到" in manager.card.labels
    assert not deputy.has("困人")


async def test_open_cases_go_to_the_deputy_and_back_within_a_minute(play):
    manager, other, wang = *(await play.staff("经理甲", "经理乙")), await play.resident()
    await play.files(wang)
    await away(manager)
    await play.city.pass_by(seconds=60)
    assert "这件事现在由您办" in other.card.text
    await play.files(wang, words="3栋水管漏水", matter="pipe_blocked")
    assert not manager.has("水管漏水")
    await manager.says("/away")
    await manager.taps("我回来了")
    await play.city.pass_by(seconds=60)
    assert other.has("不用您代了")
    assert manager.has("水管漏水")
    assert (await play.events()).count("HandlerLost") == 2


@pytest.mark.covered
async def test_a_short_watch_leaves_the_rest_of_the_week(play):
    manager, *_ = await play.staff("经理甲", "副经理丁", "经理乙")
    await manager.says("/duty")
    await manager.taps("副经理丁")
    await manager.says("11-18 18:00到11-25 09:00")
    await play.holds(manager, "deputy_manager", "jchy")
    await manager.says("/duty")
    await manager.taps("经理甲")
    await manager.says("11-20 20:00到11-20 22:00")
    await manager.says("/duty")
    assert manager.answer.text.count("副经理丁") == 2


async def test_seven_nights_leave_another_one_the_days_between_and_no_night(play):
    manager, *_ = await play.staff("经理甲", "副经理丁")
    await play.holds(manager, "deputy_manager", "jchy")
    for name, words in (("副经理丁", "11-18 12:00到11-30 12:00"), ("经理甲", None)):
        await manager.says("/duty")
        await manager.taps(name)
        await (manager.says(words) if words else manager.taps("7天"))
    async with play.city.app.store.work(play.clock.now()) as work:
        spans = [(w.since, w.until) for w in await duties.rota(work, "jchy")]
    assert len(spans) == 7 + 8
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("day", ["2026-02-31", "9999-12-31", "2026-13-01"])
async def test_a_forged_day_is_sent_back(play, day):
    manager, _ = await play.staff("经理甲", "经理乙")
    await manager.says("/away")
    await manager.taps("经理乙")
    await manager.presses(manager.answer, f"m:away_until:{day}")
    assert not manager.has("由经理乙代您")
    assert not manager.has("没能处理")
