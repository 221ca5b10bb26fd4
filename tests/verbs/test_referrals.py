"""A department takes in what was referred to it, or returns it; what can't be solved soon gets a plan."""

import pytest
from sample_cases import REASON, at, said

from complaints.errors import DatePast, NotFound, NotYours, TooLate, WordsNeeded
from complaints.model.complaint import CaseOwner, State
from complaints.model.events import Disposition
from complaints.usecases.company import answers
from complaints.usecases.officer import referrals, supervision

MONTH = at(18, 17, month=12)


@pytest.fixture
async def referred(county):
    await county.does(supervision.refer, "officer", "fire", said(REASON))
    return county


@pytest.fixture
async def planned(referred):
    await referred.does(referrals.declare_unsolvable, "fire", said(REASON))
    return referred


async def test_what_was_referred_is_taken_in_once(referred):
    done = await referred.does(referrals.take_in, "fire")
    assert (done.events, done.notices) == (
        ["ReferralAccepted"], [("resident.taken_in", "households"), ("bureau.taken_in", "bureau_group")],
    )  # fmt: skip
    assert (done.ended, set(referred.running)) == ({"take_in"}, {"resolve_general"})
    for verb, words in ((referrals.take_in, ()), (referrals.hand_back, (said(REASON),))):
        with pytest.raises(TooLate):
            await referred.does(verb, "fire", *words)


async def test_what_is_handed_back_is_the_bureaus_to_refer_anew(referred):
    with pytest.raises(WordsNeeded):
        await referred.does(referrals.hand_back, "fire", said(""))
    done = await referred.does(referrals.hand_back, "fire", said("不属消防职责"))
    assert (done.events, done.notices) == (
        ["ReferralReturned"], [("bureau.returned", "bureau_group"), ("bureau.returned_private", "section_head")],
    )  # fmt: skip
    assert (done.ended, done.started) == ({"resolve_general", "take_in"}, {"decide"})
    assert (referred.case.handler, referred.case.department) == (CaseOwner.BUREAU, "")


async def test_what_was_never_referred_is_not_taken_in(county):
    with pytest.raises(TooLate):
        await county.does(referrals.take_in, "officer")


async def test_what_cannot_be_solved_owes_a_plan_in_seven_days(referred):
    done = await referred.does(referrals.declare_unsolvable, "fire", said(REASON))
    assert done.events == ["Classified", "DeclaredUnsolvable"]
    assert done.kinds == {
        "resident.unsolvable",
        "bureau.unsolvable",
    }  # and nothing that contradicts it in the same second
    assert (done.ended, done.started) == ({"resolve_general"}, {"resolve_major", "plan"})
    assert (referred.case.disposition, referred.case.state) == (Disposition.MAJOR, State.ANSWERED)
    with pytest.raises(TooLate):
        await referred.does(referrals.declare_unsolvable, "fire", said(REASON))


async def test_a_plan_has_a_date_that_binds_and_is_reported_on_monthly(planned):
    done = await planned.does(referrals.plan, "fire", MONTH, said("12月招标，1月施工"))
    assert (done.events, done.notices) == (
        ["PlanSubmitted"], [("resident.planned", "households"), ("bureau.planned", "bureau_group")],
    )  # fmt: skip
    assert (done.ended, done.started) == ({"plan"}, {"progress"})
    assert planned.running["resolve_major"] == MONTH
    assert planned.case.plan_until == MONTH
    for verb, words in ((referrals.plan, (MONTH,)), (referrals.declare_unsolvable, ())):
        with pytest.raises(TooLate):
            await planned.does(verb, "fire", *words, said(REASON))


async def test_a_plan_lies_ahead_and_has_words(planned):
    with pytest.raises(DatePast):
        await planned.does(referrals.plan, "fire", planned.work.now, said(REASON))
    with pytest.raises(WordsNeeded):
        await planned.does(referrals.plan, "fire", MONTH, said(""))


async def test_a_declaration_has_its_words(referred):
    with pytest.raises(WordsNeeded):
        await referred.does(referrals.declare_unsolvable, "fire", said(""))


async def test_without_a_declaration_no_plan_is_owed(referred):
    with pytest.raises(TooLate):
        await referred.does(referrals.plan, "fire", MONTH, said(REASON))


async def test_a_month_that_expires_owes_a_plan_as_well(referred):
    await referred.does(answers.classify, "fire", Disposition.MAJOR, said(REASON))
    assert "plan" in (await referred.passes_to(at(19, 18, month=12))).started


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (referrals.take_in, ()), (referrals.hand_back, (said(REASON),)),
        (referrals.declare_unsolvable, (said(REASON),)), (referrals.plan, (MONTH, said(REASON))),
    ],
)  # fmt: skip
async def test_only_whom_it_was_referred_to_does_it(referred, verb, words):
    for who in ("manager", "officer"):
        with pytest.raises(NotYours):
            await referred.does(verb, who, *words)
    for who in ("wang", "stranger", "foreign officer", "inspector"):
        with pytest.raises(NotFound):
            await referred.does(verb, who, *words)
