"""The handler closes the case with a result, or asks first whether it may."""

import pytest
from sample_cases import RESULT, at, said

from complaints.errors import NotFound, NotYours, SaysNothing, TooLate, WordsNeeded
from complaints.model.complaint import State
from complaints.model.events import ClosingKind, Disposition
from complaints.usecases.company import answers, resolution
from complaints.usecases.officer import supervision

TOLD = [
    ("resident.resolved", "households"), ("manager.resolved", "company_head"), ("bureau.resolved", "bureau_group"),
]  # fmt: skip


async def test_resolving_on_the_spot_is_answer_sort_and_result_in_one(case):
    done = await case.does(resolution.resolve, "manager", said(RESULT))
    assert done.events == ["Classified", "Resolved"]
    assert done.notices == [("resident.classified", "households"), *TOLD]
    assert (done.ended, done.started) == ({"respond"}, {"survey"})
    assert (case.case.state, case.text(case.case.result)) == (State.RESOLVED, RESULT)
    assert case.case.disposition is Disposition.GENERAL


async def test_resolving_what_is_answered_ends_every_clock_of_the_company(case):
    await case.does(answers.answer, "manager", said())
    done = await case.does(resolution.resolve, "manager", said(RESULT), ClosingKind.EXPLAINED)
    assert (done.ended, done.started) == ({"classify", "resolve_general"}, {"survey"})
    assert (case.event.closing, case.event.by) == (ClosingKind.EXPLAINED, 11)


async def test_a_pack_that_sorts_nothing_as_general_has_it_unsorted(pudong):
    assert (await pudong.does(resolution.resolve, "manager", said(RESULT))).events == ["Resolved"]
    assert pudong.case.disposition is None


async def test_a_result_is_words_or_files_and_says_something_where_it_is_the_answer(case):
    for verb in (resolution.resolve, resolution.ask_closing):
        with pytest.raises(WordsNeeded):
            await case.does(verb, "manager", said(""))
    with pytest.raises(SaysNothing):
        await case.does(resolution.resolve, "manager", said("收到，尽快处理"))
    assert (await case.does(resolution.resolve, "manager", said("", photos=1))).events[-1] == "Resolved"


@pytest.mark.parametrize("verb", [resolution.resolve, resolution.ask_closing])
@pytest.mark.parametrize("form", ["已处理", "已整改到位", "问题已解决，感谢您的理解与支持"])
async def test_a_form_answer_is_no_result_after_a_response_either(case, verb, form):
    await case.does(answers.answer, "manager", said())
    with pytest.raises(SaysNothing):
        await case.does(verb, "manager", said(form))
    assert (await case.does(verb, "manager", said("灯换好了"))).events


async def test_photos_show_what_few_words_say(case):
    await case.does(answers.answer, "manager", said())
    assert (await case.does(resolution.resolve, "manager", said("已处理", photos=1))).events[-1] == "Resolved"


async def test_what_the_bureau_has_handled_is_signed_for(county):
    await county.does(supervision.accept, "officer")
    done = await county.does(resolution.resolve, "officer", said(RESULT))
    assert done.notices[-4:] == [
        ("resident.resolved", "households"), ("manager.resolved", "company_head"), ("bureau.sign_off", "bureau_group"),
        ("street.sign_off", "street"),
    ]  # fmt: skip


async def test_the_company_may_mend_at_once_while_the_bureau_has_not_decided(county):
    """《物业服务企业投诉举报处理流程》 二(一): the bureau urges, the company does the work."""
    assert (await county.does(answers.answer, "manager", said("电工在3栋查线路"))).events == ["Progressed"]
    assert not county.event.late
    done = await county.does(resolution.resolve, "manager", said(RESULT))
    assert (done.events, done.ended) == (["Classified", "Resolved"], {"triage"})
    assert {"bureau.sign_off", "street.sign_off"} <= done.kinds


async def test_once_the_bureau_has_it_the_company_is_ordered_and_reports(county):
    done = await county.does(supervision.accept, "officer")
    assert done.events == ["Accepted", "Supervised"]
    assert not {"manager.accepted", "resident.accepted"} & done.kinds
    assert {"manager.supervised", "resident.supervised"} <= done.kinds
    assert (done.started, county.running["comply"]) == ({"resolve_general", "comply"}, at(23, 18))
    with pytest.raises(NotYours):
        await county.does(resolution.resolve, "manager", said(RESULT))
    assert (await county.does(supervision.report_done, "manager", said(RESULT))).ended == {"comply"}


async def test_elsewhere_the_company_mends_nothing_that_is_the_bureaus(case):
    await case.does(answers.classify, "manager", Disposition.BUREAU_DUTY, said())
    done = await case.does(supervision.accept, "officer")
    assert done.events == ["Accepted"]
    with pytest.raises(NotYours):
        await case.does(resolution.resolve, "manager", said(RESULT))


async def test_what_another_department_has_handled_goes_to_the_city(county):
    await county.does(supervision.refer, "officer", "fire", said())
    done = await county.does(resolution.resolve, "fire", said(RESULT))
    assert done.notices[-4:] == [*TOLD, ("bureau.strike_off", "city_group")]


@pytest.mark.parametrize("agrees", [True, False])
async def test_the_household_is_asked_and_says_whether_it_is_done(case, agrees):
    asked = await case.does(resolution.ask_closing, "manager", said(RESULT))
    assert (asked.events, asked.notices) == (["ClosingAsked"], [("resident.closing_asked", "households")])
    done = await case.does(resolution.answer_closing, "wang", agrees=agrees)
    assert (done.events, done.notices) == (["ClosingAnswered"], [("manager.closing_answered", "handler")])
    assert (case.event.agrees, case.case.state) == (agrees, State.FILED)
    with pytest.raises(TooLate):
        await case.does(resolution.answer_closing, "wang", agrees=agrees)


async def test_nobody_is_asked_twice_what_is_resolved(case):
    await case.does(resolution.ask_closing, "manager", said(RESULT))
    await case.does(resolution.resolve, "manager", said(RESULT))
    for verb in (resolution.resolve, resolution.ask_closing):
        with pytest.raises(TooLate):
            await case.does(verb, "manager", said(RESULT))
    with pytest.raises(TooLate):
        await case.does(resolution.answer_closing, "wang", agrees=True)


async def test_only_the_handler_resolves(case):
    await case.passes_to(at(18, 14))
    for verb in (resolution.resolve, resolution.ask_closing):
        with pytest.raises(NotYours):
            await case.does(verb, "manager", said(RESULT))
        for who in ("stranger", "wang"):
            with pytest.raises(NotFound):
                await case.does(verb, who, said(RESULT))
    with pytest.raises(NotFound):
        await case.does(resolution.answer_closing, "head", agrees=True)
