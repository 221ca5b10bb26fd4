"""Officers supervise, list, raise, convene, refer, accept, send back; the company signs and reports."""

import pytest
from sample_cases import REASON, RESULT, at, said

from complaints.errors import DatePast, NotFound, SaysNothing, TooLate, WordsNeeded
from complaints.model.complaint import CaseOwner, State
from complaints.model.events import Disposition
from complaints.model.notice import Files
from complaints.usecases.company import answers, resolution
from complaints.usecases.officer import supervision


@pytest.fixture
async def overdue(case):
    await case.passes_to(at(18, 14))
    assert set(case.running) == {"takeover", "supervise"}
    return case


@pytest.fixture
async def ordered(overdue):
    await overdue.does(supervision.supervise, "officer", at(18, 16))
    return overdue


@pytest.fixture
async def bureaus_duty(case):
    await case.does(answers.classify, "manager", Disposition.BUREAU_DUTY, said())
    return case


# --- orders -----------------------------------------------------------------------------------------------------


async def test_an_order_has_a_number_and_a_date_and_is_told(overdue):
    done = await overdue.does(supervision.supervise, "officer", at(18, 16))
    assert (done.events, done.notices) == (
        ["Supervised"],
        [("manager.supervised", "manager"), ("manager.supervised", "company_head"),
         ("bureau.supervised", "bureau_group"), ("resident.supervised", "households")],
    )  # fmt: skip
    assert done.urgent == done.notices[:2]  # what the company hears
    assert (done.ended, done.started) == ({"supervise"}, {"comply"})
    assert (overdue.case.order.number, overdue.running["comply"]) == ("督〔2026〕1810000001-1", at(18, 16))
    await overdue.does(supervision.supervise, "officer", at(18, 17))
    assert (overdue.case.order.number, overdue.running["comply"]) == ("督〔2026〕1810000001-2", at(18, 17))


async def test_an_order_lies_ahead(overdue):
    with pytest.raises(DatePast):
        await overdue.does(supervision.supervise, "officer", at(18, 14))


async def test_what_an_order_demands_goes_out_with_it_to_the_company(overdue):
    done = await overdue.does(supervision.supervise, "officer", at(18, 16), said("先装临时灯", photos=1))
    assert done.events == ["Supervised"]
    assert overdue.text(overdue.event.words) == "先装临时灯"
    assert done.with_files == dict.fromkeys(done.notices[:2], Files.OF_EVENT)


async def test_manager_and_head_sign_once_each(ordered):
    number = ordered.case.order.number
    for who in ("manager", "head"):
        done = await ordered.does(supervision.sign, who, number)
        assert (done.events, done.notices) == (["Signed"], [("bureau.signed", "bureau_group")])
        with pytest.raises(TooLate):
            await ordered.does(supervision.sign, who, number)
    assert ordered.case.order.signed == (11, 13)


async def test_an_order_that_was_replaced_is_signed_no_more(ordered):
    number = ordered.case.order.number
    await ordered.does(supervision.supervise, "officer", at(18, 17))
    with pytest.raises(TooLate):
        await ordered.does(supervision.sign, "manager", number)


async def test_what_was_done_is_reported_and_ends_the_order(ordered):
    with pytest.raises(WordsNeeded):
        await ordered.does(supervision.report_done, "manager", said(""))
    with pytest.raises(SaysNothing):
        await ordered.does(supervision.report_done, "manager", said("已整改到位"))
    done = await ordered.does(supervision.report_done, "manager", said("临时灯已装好。"))
    assert (done.events, done.notices) == (
        ["ReportedDone"], [("bureau.reported_done", "bureau_group"), ("bureau.done_words", "section_head")],
    )  # fmt: skip
    assert done.ended == {"comply"}


async def test_without_an_order_nothing_is_signed_or_reported(case):
    for verb, who, words in (
        (supervision.sign, "manager", ("督1",)),
        (supervision.report_done, "manager", (said(),)),
    ):
        with pytest.raises(TooLate):
            await case.does(verb, who, *words)


async def test_an_order_that_is_not_carried_out_goes_to_the_city(ordered):
    done = await ordered.passes_to(at(18, 16))
    assert ("bureau.expired_city", "city_group") in done.urgent
    assert "comply" in done.ended


# --- acts with a reason -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "event", "owner", "ended"),
    [
        ("list", "Listed", CaseOwner.COMPANY, {"supervise"}),
        ("raise", "Raised", CaseOwner.BUREAU, {"supervise", "takeover"}),
        ("convene", "Convened", CaseOwner.COMPANY, {"supervise"}),
        ("waive", "Waived", CaseOwner.COMPANY, {"supervise"}),
    ],
)
async def test_an_act_has_its_reason_and_is_told(overdue, verb, event, owner, ended):
    with pytest.raises(WordsNeeded):
        await overdue.does(supervision.act, "officer", verb, said(""))
    done = await overdue.does(supervision.act, "section", verb, said("多次超时，影响出行"))
    assert (done.events, done.notices) == (
        [event],
        [("manager.act", "manager"), ("manager.act", "company_head"), ("bureau.act", "bureau_group"),
         ("resident.act", "households")],
    )  # fmt: skip
    assert (done.urgent, done.with_files) == (done.notices[:2], {})
    assert (done.ended, overdue.case.handler, overdue.case.acts) == (ended, owner, (event,))


async def test_a_referral_hands_the_case_to_the_department(overdue):
    with pytest.raises(WordsNeeded):
        await overdue.does(supervision.refer, "officer", "fire", said(""))
    done = await overdue.does(supervision.refer, "officer", "fire", said(REASON))
    assert (done.events, done.notices) == (
        ["Referred"],
        [("department.referred_here", "department"), ("manager.act", "manager"), ("manager.act", "company_head"),
         ("bureau.act", "bureau_group"), ("resident.act", "households")],
    )  # fmt: skip
    assert (done.urgent, done.with_files) == ([], {("department.referred_here", "department"): Files.OF_EVENT})
    assert (overdue.case.handler, overdue.case.department) == (CaseOwner.DEPARTMENT, "fire")
    with pytest.raises(TooLate):
        await overdue.does(supervision.refer, "officer", "fire", said(REASON))
    assert (await overdue.does(supervision.refer, "officer", "police", said(REASON))).events == ["Referred"]


@pytest.mark.parametrize(("department", "copied"), [("fire", True), ("street", False)])
async def test_where_the_pack_says_so_the_street_has_a_copy(county, department, copied):
    done = await county.does(supervision.refer, "officer", department, said(REASON))
    assert (("street.copy", "street") in done.notices) is copied
    assert (done.ended, done.started) == ({"triage"}, {"resolve_general", "take_in"})


# --- what is the bureau's duty ----------------------------------------------------------------------------------


async def test_the_bureau_accepts_what_is_its_duty(bureaus_duty):
    done = await bureaus_duty.does(supervision.accept, "officer")
    assert (done.events, done.notices) == (
        ["Accepted"], [("resident.accepted", "households"), ("manager.accepted", "manager")],
    )  # fmt: skip
    assert (done.ended, bureaus_duty.case.handler) == ({"accept"}, CaseOwner.BUREAU)
    with pytest.raises(TooLate):
        await bureaus_duty.does(supervision.accept, "officer")


async def test_the_bureau_sends_back_what_is_not(bureaus_duty):
    with pytest.raises(WordsNeeded):
        await bureaus_duty.does(supervision.send_back, "officer", said(""))
    done = await bureaus_duty.does(supervision.send_back, "officer", said("属物业维修责任"))
    assert (done.events, done.notices) == (
        ["SentBack"], [("manager.sent_back", "handler"), ("resident.sent_back", "households")],
    )  # fmt: skip
    assert (done.ended, done.started) == ({"accept"}, {"resolve_general"})
    assert bureaus_duty.case.handler is CaseOwner.MANAGER


async def test_the_county_accepts_what_nobody_has_sent_it_and_cannot_send_it_back(county):
    with pytest.raises(TooLate):
        await county.does(supervision.send_back, "officer", said("属物业维修责任"))
    assert (await county.does(supervision.accept, "officer")).ended == {"triage"}


async def test_what_the_manager_has_is_not_the_bureaus_to_accept(case):
    for verb, words in ((supervision.accept, ()), (supervision.send_back, (said(),))):
        with pytest.raises(TooLate):
            await case.does(verb, "officer", *words)


# --- who, and until when ----------------------------------------------------------------------------------------

OFFICERS = [
    (supervision.supervise, (at(18, 16),)),
    (supervision.act, ("list", said())), (supervision.refer, ("fire", said())), (supervision.accept, ()),
    (supervision.send_back, (said(),)),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "words"), OFFICERS)
async def test_only_an_officer_of_the_district_does_it(case, verb, words):
    for who in ("manager", "head", "wang", "street", "city", "inspector", "foreign officer", "stranger"):
        with pytest.raises(NotFound):
            await case.does(verb, who, *words)


@pytest.mark.parametrize(("verb", "words"), OFFICERS)
async def test_what_is_resolved_is_the_bureaus_no_more(case, verb, words):
    await case.does(resolution.resolve, "manager", said(RESULT))
    assert case.case.state is State.RESOLVED
    with pytest.raises(TooLate):
        await case.does(verb, "officer", *words)
