"""Before anybody has confirmed a danger its cards offer what helps in it; its end is told in the handler's words."""

from dataclasses import replace

import pytest
from notice_samples import seen
from sample_cases import SampleCase, said

from complaints.model import events as e
from complaints.policy.pack_schema import RecipientRole
from complaints.told import Told
from complaints.usecases.company import answers, resolution
from complaints.usecases.officer import referrals, supervision
from complaints.usecases.resident import danger, household, rating
from views import confirmations, notices
from views.company.card import card
from views.framework.translator import translator
from views.officer.file_on_behalf import registered

ZH = translator("zh")
R = RecipientRole
PACKS = ["chengdu", "pudong", "changzhi", "county"]
FITS = 12  # lines
COMING = "知道了，马上到"
HELPS = {COMING, "回复住户", "联系 ▸", "已当场解决", "现场已查看", "反馈进度", "提交办结", "转派", "更多 ▸"}
OFFICES = {COMING, "办结", "反馈", "联系 ▸"}
OUT = "火已扑灭，没有人受伤。"


async def danger_in(pack):
    case = SampleCase(pack)
    await case.filed(text="楼道着火", matter="fire_smoke", danger=True)
    return case


async def referred():
    """A county's danger, with the fire department."""
    case = await danger_in("county")
    await case.does(supervision.refer, "officer", "fire", said("楼道冒烟，请立即到场。"))
    return case


def labels(screen):
    return [button.label for row in screen.buttons for button in row]


def told(case, kind, reader):
    of = case.work.everyone[case.case.first_complainant]
    return notices.render(ZH, kind, seen(case, reader, case.event, of))


# --- the company and the offices --------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("reader", [R.MANAGER, R.COMPANY_HEAD])
async def test_the_company_confirms_first_and_sorts_nothing(pack, reader):
    case = await danger_in(pack)
    found = labels(card(ZH, seen(case, reader, None)))
    assert found[0] == COMING
    assert set(found) <= HELPS


async def test_once_it_is_confirmed_the_card_is_whole_again():
    case = await danger_in("chengdu")
    await case.does(answers.acknowledge, "manager")
    found = labels(card(ZH, seen(case, R.MANAGER, None)))
    assert COMING not in found
    assert "分类 ▸" in found


async def test_a_department_confirms_first_and_puts_nothing_off():
    case = await referred()
    await case.does(referrals.take_in, "fire")
    found = labels(card(ZH, seen(case, R.DEPARTMENT, None)))
    assert found[0] == COMING
    assert set(found) <= OFFICES
    await case.does(answers.acknowledge, "fire")
    assert "一时解决不了" in labels(card(ZH, seen(case, R.DEPARTMENT, None)))


async def test_a_referral_begins_with_the_danger_and_says_where_it_is():
    case = await referred()
    screen = told(case, "department.referred_here", R.DEPARTMENT)
    assert screen.text.startswith("<b>危险 · 起火冒烟</b>")
    assert "地点：城关镇 县城家园 3栋 1201" in screen.text
    assert labels(screen) == [COMING, "接收", "退回"]


@pytest.mark.parametrize(("kind", "reader"), [("department.danger", R.STREET), ("department.danger", R.DUTY_DESK)])
async def test_whoever_is_alarmed_reads_where_it_is(kind, reader):
    case = await danger_in("county")
    assert "地点：城关镇 县城家园 3栋 1201" in told(case, kind, reader).text


@pytest.mark.parametrize("pack", PACKS)
async def test_who_is_told_where_nobody_confirms_is_named_in_words(pack):
    case = await danger_in(pack)
    assert "就上报" in (text := card(ZH, seen(case, R.MANAGER, None)).text)
    assert "debtor" not in text


# --- the resident -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("kind", ["resident.receipt", "resident.card"])
async def test_whoever_has_tapped_danger_by_mistake_can_take_it_back(pack, kind):
    case = await danger_in(pack)
    assert {"撤回", "时限怎么算的"} < set(labels(told(case, kind, R.HOUSEHOLDS)))


def with_all_numbers(view):
    """In a district whose registry lacks nothing, with somebody who was told."""
    district = replace(view.district, lift_rescue="028-80000201", gas_rescue="028-80000301")
    return replace(view, district=district, told=(Told(recipient=R.MANAGER),))


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("joins", [False, True])
async def test_a_receipt_in_danger_fits_a_telephone(pack, joins):
    case = await danger_in(pack)
    if joins:
        await case.joined()
        of = case.household("li")
    else:
        of = case.work.everyone[case.case.first_complainant]
    view = with_all_numbers(seen(case, R.HOUSEHOLD, case.event, of))
    assert len(notices.render(ZH, "resident.receipt", view).text.splitlines()) <= FITS


async def test_whoever_says_danger_later_reads_it_on_one_screen():
    case = SampleCase()
    await case.filed()
    await case.does(danger.say, "wang")
    view = seen(case, R.HOUSEHOLDS, case.event, case.work.everyone[case.case.first_complainant])
    assert len(confirmations.in_danger(ZH, with_all_numbers(view)).text.splitlines()) <= FITS


async def test_whoever_files_for_somebody_in_danger_reads_who_must_come_by_when():
    case = await danger_in("chengdu")
    text = registered(ZH, seen(case, R.GRID_LEADER, case.event)).text
    assert "物业须在11月18日(周三) 10:20前确认有人赶去" in text


async def test_the_street_office_is_named_only_where_there_is_one():
    case = SampleCase()
    case.work.places["jchy"] = replace(case.work.places["jchy"], street="")
    await case.filed(text="楼道着火", matter="fire_smoke", danger=True)
    await case.passes_to(case.work.now.replace(minute=10))
    text = told(case, "manager.unanswered_danger", R.MANAGER).text
    assert "到11月18日(周三) 10:20还没人确认，就上报武侯区住建部门。" in text


async def test_nobody_is_on_the_way_any_more_once_the_case_is_reopened():
    case = await danger_in("chengdu")
    await case.does(answers.acknowledge, "manager")
    assert "正在赶往现场" in told(case, "resident.card", R.HOUSEHOLDS).text
    await case.does(resolution.resolve, "manager", said(OUT))
    await case.does(rating.rate, "wang", e.Level.DISSATISFIED)
    assert "正在赶往现场" not in told(case, "resident.card", R.HOUSEHOLDS).text


# --- its end ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reader", "title"),
    [
        ("manager.danger_over", R.MANAGER, "警报解除"),
        ("manager.danger_over", R.CALLED_OUT, "警报解除"),
        ("street.danger_over", R.STREET, "警报解除"),
        ("street.danger_over", R.DUTY_DESK, "终报"),
        ("bureau.danger_over", R.SECTION_HEAD, "警报解除"),
    ],
)
async def test_the_end_of_a_danger_says_what_was_done(kind, reader, title):
    case = await referred()
    await case.does(resolution.resolve, "fire", said(OUT))
    text = told(case, kind, reader).text
    assert title in text
    assert OUT in text


async def test_a_group_reads_that_it_is_over_and_nobodys_words():
    case = await referred()
    await case.does(resolution.resolve, "fire", said(OUT))
    text = told(case, "bureau.danger_over", R.BUREAU_GROUP).text
    assert "警报解除" in text
    assert OUT not in text


async def test_words_that_confirm_a_danger_come_with_it():
    case = await danger_in("chengdu")
    await case.does(answers.answer, "manager", said("已到场，火已扑灭，正在排烟。"))
    assert "火已扑灭，正在排烟" in told(case, "manager.in_hand", R.COMPANY_HEAD).text


async def test_whoever_signs_for_a_danger_reads_that_it_is_over():
    case = await danger_in("county")
    await case.does(supervision.accept, "officer")
    await case.does(resolution.resolve, "officer", said(OUT))
    assert "警报解除" in told(case, "bureau.sign_off", R.BUREAU_GROUP).text
    assert OUT in told(case, "street.sign_off", R.STREET).text


async def test_the_manager_reads_that_his_time_to_confirm_is_over_and_who_knows():
    case = await danger_in("chengdu")
    await case.passes_to(case.work.now.replace(minute=20))
    text = told(case, "manager.unanswered_danger", R.MANAGER).text
    assert "有危险，超时没人确认" in text
    assert "已通知武侯区住建部门、浆洗街街道" in text


async def test_a_withdrawn_danger_asks_the_company_itself_to_make_sure():
    case = await danger_in("county")
    await case.does(household.withdraw, "wang")
    assert "请到现场看一眼" in told(case, "manager.danger_over", R.MANAGER).text
