"""浦东新区 (浦建委物管〔2023〕55号): first contact, a binding date, and contact with the dissatisfied."""

from datetime import datetime, timedelta

import pytest
from scenes import scene

from demo.sample_city import CIVIL

LEAK = "外墙渗水，屋顶也漏水"
FOUND = "已到现场查看，是外墙开裂，明天安排防水维修。"


@scene
async def leak(play):
    """A repair of 滨江花园 filed on Wednesday at 10:00: manager, street officer, group, resident."""
    manager, officer, street = await play.staff("经理戊", "经办员丁", "街道专员乙")
    group = await play.group(officer, "310115", "浦东新区住建工作群")
    he = await play.resident("何先生", ("3栋", "1102"), "bjhy")
    await play.files(he, LEAK, "roof_leak")
    return manager, street, group, he


@scene
async def promised(play, leak):
    manager, street, group, he = leak
    await manager.taps("承诺办结时间")
    await manager.says("11月20日 18:00")
    await manager.taps("发")
    return manager, street, group, he


@scene
async def dissatisfied(play, promised):
    manager, street, group, he = promised
    await play.resolves(manager, "外墙裂缝已修补。")
    await he.taps("不满意")
    return manager, street, group, he


def on(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=CIVIL)


@pytest.mark.covered
async def test_a_repair_is_contacted_in_half_an_hour(play, leak):
    assert (await play.running())["contact"] == on(18, 10, 30)


@pytest.mark.covered
async def test_what_is_no_repair_has_two_hours_that_are_ours(play, leak):
    *_, he = leak
    await play.files(he, "物业侵占公共收益", "public_income")
    assert (await play.running())["contact_other"] == on(18, 12)
    assert "第一时间" not in he.finds("已收到，").text


@pytest.mark.parametrize(("act", "owed"), [("已电话联系", {"commit"}), ("现场已查看", {"commit", "contact"})])
@pytest.mark.covered
async def test_a_call_is_a_contact_and_a_visit_is_none(play, leak, act, owed):
    manager, *_ = leak
    await manager.taps(act)
    assert set(await play.running()) == owed


async def test_a_photo_after_a_visit_is_no_answer_and_words_are(play, leak):
    manager, *_, he = leak
    await manager.taps("现场已查看")
    await manager.sends_photo()
    assert (he.photos, (await play.case()).state) == (1, "filed")
    await manager.says(FOUND)
    assert (await play.case()).state == "answered"


@pytest.mark.covered
async def test_a_call_that_was_noted_is_read_by_the_resident(leak):
    manager, _, _, he = leak
    await manager.taps("已电话联系")
    assert "如果没有人给您打过电话" in he.answer.text


async def test_after_the_first_words_the_bot_asks_for_a_date(play, leak):
    manager, *_, he = leak
    await manager.says(FOUND, reply_to=manager.card)
    assert "请向住户承诺办结时间" in manager.answer.text
    await manager.taps("11月19日(周四) 18:00")
    assert he.has("承诺：11月19日(周四) 18:00前办好")
    assert await play.running() == {"resolve": on(19, 18)}


@pytest.mark.covered
async def test_a_date_binds_and_is_not_moved_by_oneself(play, promised):
    manager, *_ = promised
    assert "承诺办结时间" not in manager.card.labels
    asked = manager.finds("请向住户承诺办结时间")
    assert asked.labels == []
    await manager.presses(
        asked, f"f:date:{int(on(21, 18).timestamp())}:{(await play.case()).id}"
    )  # before they are gone
    assert (await play.running())["resolve"] == on(20, 18)


async def test_a_promise_that_is_a_date_alone_is_told_once(play, leak):
    manager, *_, he = leak
    await manager.taps("承诺办结时间")
    await manager.says("11月20日 18:00")
    await manager.taps("发")
    assert he.finds("承诺：11月20日(周五) 18:00前办好").text.count("18:00") == 1


async def test_a_date_in_words_is_shown_back_before_it_binds(play, leak):
    manager, *_, he = leak
    await manager.taps("承诺办结时间")
    await manager.says("师傅1.5小时到，20号下午5点前修好")
    assert "11月20日(周五) 17:00前办好，发给住户？\n师傅1.5小时到，20号下午5点前修好\n" in manager.answer.text
    assert (not he.has("承诺："), (await play.case()).agreed_until) == (True, None)
    await manager.taps("改")
    await manager.says("21号下午5点前修好")
    await manager.taps("发")
    assert (await play.case()).agreed_until == on(21, 17)
    assert "20号" not in he.finds("承诺：11月21日").text


@pytest.mark.parametrize(("minutes", "late"), [(4, False), (11, True)])
async def test_a_date_counts_from_when_it_was_said_where_it_is_confirmed_soon(play, leak, minutes, late):
    manager, *_ = leak
    await manager.taps("已电话联系")
    due = (await play.running())["commit"]
    await play.city.pass_to(due - timedelta(minutes=1))
    await manager.taps("承诺办结时间")
    await manager.says("11月20日 18:00")
    await play.city.pass_to(due + timedelta(minutes=minutes))
    await manager.taps("发")
    case = await play.case()
    clock = next(c for c in case.clocks if c.stage == "commit")
    assert (clock.state == "expired", case.agreed_until) == (late, on(20, 18))


async def test_a_date_that_was_never_confirmed_binds_nobody_and_is_given_back(play, leak):
    manager, *_, he = leak
    await manager.taps("承诺办结时间")
    await manager.says("11月20日 18:00")
    await manager.taps("已当场解决")
    assert manager.has("没有发出")
    assert not he.has("承诺：")


async def test_a_date_that_the_resident_agrees_to_takes_its_place(play, promised):
    manager, _, _, he = promised
    await manager.taps("申请延期")
    await manager.says("要动用维修资金，等审批。")
    assert {"12月18日(周五) 18:00", "2027年2月18日(周四) 18:00"} <= set(manager.answer.labels)
    await manager.says("11月30日 18:00")
    await manager.taps("发")
    await he.taps("同意")
    assert (await play.running())["resolve"] == on(30, 18)


async def test_a_promise_that_slips_is_counted_and_told(play, promised):
    _manager, _, group, he = promised
    await play.at(18, 1, day=20)
    assert (await play.case()).slips == 1
    for told in (group, he):
        assert told.finds("超时")


async def test_a_promise_slips_only_once_what_an_outage_took_is_given_back(play, promised, city):
    *_, he = promised
    await play.at(16, 30, day=20)
    city.clock.wait(2 * 3600)
    await city.settle()
    assert "顺延到11月20日(周五) 20:00" in he.finds("系统中断过，时间顺延").text
    assert (await play.case()).slips == 0
    await play.at(20, 1, day=20)
    assert (await play.case()).slips == 1


async def test_an_outage_that_took_next_to_nothing_of_a_window_excuses_nobody(play, promised, city):
    *_, he = promised
    await play.at(17, 59, day=20)
    city.clock.wait(3600)
    await city.settle()
    assert he.finds("超时")
    assert (await play.case()).slips == 1


@pytest.mark.covered
async def test_the_dissatisfied_are_contacted_by_the_manager_within_a_working_day(play, dissatisfied):
    manager, *_ = dissatisfied
    assert (await play.running())["recover"] == on(19, 18)
    await manager.taps("已电话联系")
    assert "recover" not in await play.running()


async def not_reached(play, manager):
    """Once in the morning, which is not enough, and once in the afternoon."""
    reopened = manager.finds("请先联系住户")
    await manager.taps("联系不上", on=reopened)
    assert "请换个时段" in manager.answer.text
    await play.at(15)
    await manager.taps("联系不上", on=reopened)


async def test_where_the_manager_fails_the_street_contacts(play, dissatisfied):
    manager, street, _, he = dissatisfied
    await not_reached(play, manager)
    assert (await play.running())["recover_street"] == on(19, 18)
    await street.taps("已联系住户")
    await street.says("已上门查看，物业三天内重做防水。")
    assert "已上门查看" in he.finds("记录：已和您联系").text
    assert "recover_street" not in await play.running()


@pytest.mark.covered
async def test_where_the_manager_misses_his_day_the_street_is_next(play, dissatisfied):
    _, street, group, _ = dissatisfied
    await play.at(18, 1, day=19)
    assert "已联系住户" in street.finds("超时 · 不满意回访").labels
    assert group.finds("超时 · 不满意回访")


async def test_a_street_of_another_place_has_no_part_in_it(play, dissatisfied):
    manager, *_ = dissatisfied
    other = await play.staff("街道专员甲")
    await not_reached(play, manager)
    assert not other.hears


async def test_whoever_was_contacted_is_not_handed_to_the_street(play, dissatisfied):
    manager, street, *_ = dissatisfied
    await manager.taps("去办理", on=manager.finds("请先联系住户"))
    await manager.taps("联系 ▸")
    menu = manager.card
    failed = next(b.data for row in menu.buttons for b in row if b.label == "联系不上")
    await manager.taps("已电话联系")
    await manager.presses(menu, failed)
    assert not street.hears
    assert "recover_street" not in await play.running()


async def test_the_street_sees_the_number_while_it_has_to_call_and_only_then(play, dissatisfied):
    """街镇…应亲自联系市民 (浦建委物管〔2023〕55号 三(二)); every look is on record."""
    manager, street, *_ = dissatisfied
    await not_reached(play, manager)
    asked = street.answer
    await street.taps("显示电话", on=asked)
    assert "139" in street.answer.text
    assert "PhoneShown" in await play.events()
    await street.taps("已联系住户", on=asked)
    await street.says("已上门查看，物业三天内重做防水。")
    looks = (await play.events()).count("PhoneShown")
    await street.taps("显示电话", on=asked)
    assert (await play.events()).count("PhoneShown") == looks


@pytest.mark.covered
async def test_a_manager_who_is_late_can_still_log_the_call(play, leak):
    manager, *_ = leak
    await play.at(10, 40)
    await manager.taps("已电话联系")
    assert "Called" in await play.events()


async def test_what_is_beyond_the_company_is_reported_by_two_taps(play, leak):
    manager, street, group, he = leak
    await manager.taps("超出物业能力，上报")
    await manager.taps("街道")
    await manager.says("屋面防水要动用维修资金，得住户表决。")
    assert "请协助解决" in street.answer.text
    assert "屋面防水" not in group.finds("已上报：街道").text
    assert "物业认为" in he.finds("已上报：街道").text
    assert (await play.case()).handler == "manager"


async def test_an_owners_own_part_is_the_companys_claim_with_the_documents_line(leak):
    """三(三) 962121物业维修特约第三方."""
    manager, _, _, he = leak
    await manager.taps("业主自用部位，可特约维修")
    await manager.says("漏点在您家厨房水龙头后面的软管。")
    told = he.finds("自用部位").text
    assert "物业认为这是您家的自用部位" in told
    assert "962121" in told
    assert "不同意" in told
