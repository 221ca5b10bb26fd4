"""A resident reads of each lapsed promise what it was, who is held to it now, and by when somebody acts next."""

import pytest
from notice_samples import seen
from sample_cases import REASON, SampleCase, at, said

from complaints.model import events as e
from complaints.policy.pack_schema import RecipientRole
from complaints.usecases.company import answers, resolution
from complaints.usecases.officer import penalties, supervision
from complaints.usecases.resident import rating
from views import notices
from views.framework.translator import translator

ZH = translator("zh")
D = e.Disposition


async def filed_in(pack, **how):
    case = SampleCase(pack)
    await case.filed(**how)
    return case


def read(case, kind):
    """What the household reads of the newest event."""
    of = case.work.everyone[case.case.first_complainant]
    return notices.render(ZH, kind, seen(case, RecipientRole.HOUSEHOLDS, case.event, of)).text


@pytest.mark.parametrize(
    ("pack", "moment", "what", "who", "until"),
    [
        ("chengdu", at(18, 14), "响应超时", "现由锦安物业的企业负责人办理。",
         "企业负责人 负**最迟11月18日(周三) 18:00给您答复"),
        ("pudong", at(18, 10, 30), "先行联系超时", "仍由项目经理 经**负责",
         "项目经理 经**最迟11月19日(周四) 18:00向您承诺办结时间"),
        ("changzhi", at(18, 10, 30), "责任到人超时", "仍由潞州区住建部门负责",
         "潞州区住建部门最迟11月18日(周三) 13:00给您初步结果"),
        ("changzhi", at(18, 13), "初步结果超时", "仍由潞州区住建部门负责",
         "项目经理 经**最迟11月21日(周六) 24:00基本办结"),
        ("county", at(27, 18), "受理或转办超时", "仍由示例县住建部门负责", ""),
    ],
)  # fmt: skip
async def test_what_has_lapsed_who_owes_it_and_what_comes_next(pack, moment, what, who, until):
    case = await filed_in(pack)
    while due := await case.work.due_timers(case.id, moment):
        await case.passes_to(due[0].due_at)
    text = read(case, "resident.expired")
    assert text.startswith(f"<b>{what}")
    assert who in text
    assert until in text


async def test_a_lapsed_coordination_says_whose_it_still_is():
    case = await filed_in("chengdu")
    await case.does(answers.classify, "manager", D.NEITHER, said("现场已查看，" + REASON))
    await case.passes_to(at(20, 18))
    text = read(case, "resident.expired")
    assert "协调指路超时" in text
    assert "仍由武侯区住建部门负责，已记为超时。" in text


async def test_what_an_office_does_beside_the_case_is_not_what_comes_next():
    case = await filed_in("county")
    await case.does(supervision.refer, "officer", "enforcement", said("请核查"))
    await case.does(penalties.step, "officer", "lead", said("接到线索"))
    await case.passes_to(at(25, 18))
    assert "核查清楚" not in read(case, "resident.expired")


async def test_a_danger_that_nobody_has_confirmed_comes_before_all_that_is_due_later():
    case = await filed_in("county", matter="fire_smoke", danger=True)
    await case.passes_to(at(18, 10, 10))
    text = read(case, "resident.expired")
    assert "仍由示例县住建部门负责" in text
    assert "有危险：物业须在11月18日(周三) 10:20前确认有人赶去" in text


# --- whoever has the case from now on ---------------------------------------------------------------------------


async def test_a_referral_says_by_when_the_department_resolves_it():
    case = await filed_in("chengdu")
    await case.passes_to(at(18, 14))
    await case.does(supervision.refer, "officer", "fire", said("消防设施，请核查"))
    assert "消防救援部门最迟11月25日(周三) 18:00办结" in read(case, "resident.act")


async def test_the_bureau_that_takes_a_case_says_by_when():
    case = await filed_in("chengdu")
    await case.passes_to(at(18, 14))
    await case.does(supervision.act, "officer", "raise", said("多次超时，影响出行"))
    assert "武侯区住建部门最迟11月25日(周三) 18:00办结" in read(case, "resident.act")


@pytest.mark.parametrize(
    ("sort", "until"),
    [
        (D.BUREAU_DUTY, "武侯区住建部门最迟11月19日(周四) 18:00决定是否受理"),
        (D.NEITHER, "武侯区住建部门最迟11月20日(周五) 18:00协调好由谁办理"),
    ],
)
async def test_what_the_company_holds_not_to_be_its_own_has_a_date_too(sort, until):
    case = await filed_in("chengdu")
    await case.does(answers.classify, "manager", sort, said("现场已查看，" + REASON))
    assert until in read(case, "resident.classified")


async def test_a_case_that_is_opened_again_says_by_when_somebody_calls():
    case = await filed_in("pudong")
    await case.does(resolution.resolve, "manager", said("灯泡已更换，3栋楼道灯恢复正常。"))
    await case.does(rating.rate, "wang", e.Level.DISSATISFIED)
    assert "项目经理 经**最迟11月19日(周四) 18:00" in read(case, "resident.reopened")


async def test_who_has_the_case_is_said_as_it_is_by_the_morning():
    """An expiry at night is told in the morning; meanwhile the bureau may have referred the case."""
    case = await filed_in("chengdu")
    await case.passes_to(at(18, 14))
    expiry = case.event
    await case.does(supervision.refer, "officer", "fire", said(REASON))
    view = seen(case, RecipientRole.HOUSEHOLDS, expiry, case.work.everyone[case.case.first_complainant])
    text = notices.render(ZH, "resident.expired", view).text
    assert "响应超时" in text
    assert "锦安物业的企业负责人" not in text
    assert "消防救援部门最迟" in text


@pytest.mark.parametrize(("pack", "more"), [("county", "示例县住建部门最迟11月25日(周三) 18:00办结"), ("chengdu", "")])
async def test_an_order_says_by_when_the_bureau_that_has_the_case_is_done_with_it(pack, more):
    case = await filed_in(pack)
    if pack == "county":
        await case.does(supervision.accept, "officer")
    else:
        await case.does(supervision.supervise, "officer", at(19, 18))
    text = read(case, "resident.supervised")
    assert "住建部门已督办" in text
    assert more in text
    assert more or "最迟" not in text
