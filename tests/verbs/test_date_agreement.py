"""Handler and resident agree on a date."""

from datetime import timedelta

import pytest
from sample_cases import REASON, at, said

from complaints.errors import DatePast, DateTooFar, NotFound, NotYours, PromisedAlready, TooLate, WordsNeeded
from complaints.model.events import Disposition, Side
from complaints.usecases.company import answers, date_agreement

FRIDAY, MONDAY = at(20, 18), at(23, 18)


@pytest.fixture
async def proposed(case):
    await case.does(date_agreement.propose, "manager", FRIDAY, said(REASON))
    return case


async def test_a_proposal_answers_and_sorts_the_case_where_nobody_has(case):
    done = await case.does(date_agreement.propose, "manager", FRIDAY, said(REASON))
    assert done.events == ["Answered", "Classified", "DateProposed"]
    assert done.notices == [("resident.classified", "households"), ("resident.date_proposed", "household")]
    assert (done.ended, done.started) == ({"respond"}, {"agree"})
    assert (case.case.proposal.until, case.text(case.case.proposal.words)) == (FRIDAY, REASON)
    assert case.work.told[-1].notice.complainant == case.case.first_complainant


async def test_a_proposal_in_a_sorted_case_is_only_that(case):
    await case.does(answers.classify, "manager", Disposition.GENERAL, said())
    done = await case.does(date_agreement.propose, "manager", FRIDAY, said("等配件"))
    assert done.events == ["DateProposed"]
    assert case.text(case.case.proposal.words) == "等配件"


@pytest.mark.parametrize(
    ("until", "reason", "refusal"),
    [
        (at(), REASON, DatePast), (at() + timedelta(days=365, seconds=1), REASON, DateTooFar),
        (FRIDAY, "", WordsNeeded),
    ],
)  # fmt: skip
async def test_a_proposal_has_a_possible_date_and_a_reason(case, until, reason, refusal):
    with pytest.raises(refusal):
        await case.does(date_agreement.propose, "manager", until, said(reason))
    assert case.event.name == "Filed"


async def test_what_the_resident_agrees_to_binds(proposed):
    done = await proposed.does(date_agreement.agree, "wang", Side.RESIDENT)
    assert (done.events, done.notices) == (
        ["DateAgreed"], [("resident.date_agreed", "households"), ("manager.date_agreed", "handler")],
    )  # fmt: skip
    assert (done.ended, done.started) == ({"agree"}, {"resolve_major"})
    assert proposed.running["resolve_major"] == FRIDAY


async def test_agreeing_makes_a_general_problem_a_complex_one(case):
    await case.does(answers.classify, "manager", Disposition.GENERAL, said())
    await case.does(date_agreement.propose, "manager", FRIDAY, said("等配件"))
    done = await case.does(date_agreement.agree, "wang", Side.RESIDENT)
    assert done.events == ["Classified", "DateAgreed"]
    assert case.case.disposition is Disposition.MAJOR
    assert set(case.running) == {"resolve_major"}


async def test_the_resident_names_another_date_and_the_handler_agrees(proposed):
    done = await proposed.does(date_agreement.counter, "wang", MONDAY)
    assert (done.events, done.notices) == (["DateProposed"], [("manager.date_countered", "handler")])
    await proposed.does(date_agreement.agree, "manager", Side.HANDLER)
    assert proposed.running["resolve_major"] == MONDAY


@pytest.mark.parametrize("until", [at(), at() - timedelta(days=1)])
async def test_nobody_proposes_the_past(proposed, until):
    with pytest.raises(DatePast):
        await proposed.does(date_agreement.counter, "wang", until)


async def test_nobody_agrees_to_their_own_date_or_to_none(proposed):
    with pytest.raises(TooLate):
        await proposed.does(date_agreement.agree, "manager", Side.HANDLER)
    await proposed.does(date_agreement.agree, "wang", Side.RESIDENT)
    with pytest.raises(TooLate):
        await proposed.does(date_agreement.agree, "wang", Side.RESIDENT)


async def test_a_date_that_has_passed_can_no_more_be_agreed_to(proposed):
    proposed.work.now = FRIDAY
    with pytest.raises(TooLate):
        await proposed.does(date_agreement.agree, "wang", Side.RESIDENT)


@pytest.mark.parametrize("reason", ["", "周五家里没人"])
async def test_a_refusal_ends_the_proposal_and_no_clock(proposed, reason):
    done = await proposed.does(date_agreement.refuse, "wang", Side.RESIDENT, reason)
    assert (done.events, done.notices, done.ended) == (
        ["DateRefused"], [("manager.date_refused", "handler")], set(),
    )  # fmt: skip
    assert proposed.case.proposal is None
    assert (proposed.event.words is None) == (reason == "")
    with pytest.raises(TooLate):
        await proposed.does(date_agreement.refuse, "wang", Side.RESIDENT)


async def test_nobody_refuses_their_own_date(proposed):
    with pytest.raises(TooLate):
        await proposed.does(date_agreement.refuse, "manager", Side.HANDLER)


async def test_only_the_first_household_negotiates(proposed):
    await proposed.joined("li")
    for verb, words in (
        (date_agreement.counter, (MONDAY,)),
        (date_agreement.agree, (Side.RESIDENT,)),
        (date_agreement.refuse, (Side.RESIDENT,)),
    ):
        with pytest.raises(NotYours):
            await proposed.does(verb, "li", *words)
        with pytest.raises(NotFound):
            await proposed.does(verb, "stranger", *words)


# --- a date that binds at once ----------------------------------------------------------------------------------


async def test_a_date_that_is_named_binds_and_starts_the_clock(pudong):
    done = await pudong.does(date_agreement.commit, "manager", FRIDAY, said("周五前换好"))
    assert (done.events, done.notices) == (["Committed"], [("resident.committed", "households")])
    assert (done.ended, done.started) == ({"contact", "commit"}, {"resolve"})
    assert pudong.running["resolve"] == FRIDAY


async def test_nobody_moves_his_own_date_while_it_runs_or_later(pudong):
    await pudong.does(date_agreement.commit, "manager", FRIDAY, said(""))
    assert pudong.event.words is None
    with pytest.raises(PromisedAlready):
        await pudong.does(date_agreement.commit, "manager", MONDAY, said(""))
    await pudong.passes_to(at(21, 9))
    with pytest.raises(PromisedAlready):
        await pudong.does(date_agreement.commit, "manager", MONDAY, said(""))
    await pudong.does(date_agreement.propose, "manager", MONDAY, said(REASON))
    await pudong.does(date_agreement.agree, "wang", Side.RESIDENT)
    assert pudong.running["resolve"] == MONDAY


@pytest.mark.parametrize(("until", "refusal"), [(at(), DatePast), (at() + timedelta(days=366), DateTooFar)])
async def test_a_date_that_binds_is_possible(pudong, until, refusal):
    with pytest.raises(refusal):
        await pudong.does(date_agreement.commit, "manager", until, said(""))
