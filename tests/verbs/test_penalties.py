"""A department looks into a lead and penalises."""

from datetime import timedelta

import pytest
from sample_cases import RESULT, at, said

from complaints.errors import NotFound, TooLate, WordsNeeded
from complaints.usecases.company import resolution
from complaints.usecases.officer import penalties, supervision

WORDS = said("擅自改变规划用途，已立案。")


def told(kind):
    """Whoever complained, and the bureau."""
    return [(f"resident.{kind}", "households"), (f"bureau.{kind}", "bureau_group")]


def accused(kind):
    """Whom the proceedings are about."""
    return [(f"manager.{kind}", "manager"), (f"manager.{kind}", "company_head")]


async def test_a_lead_is_verified_a_case_opened_and_decided(county):
    steps = [
        # the step, its event, who hears of it, which clocks end and begin
        ("lead", "LeadReceived", told("lead"), set(), {"verify"}),
        ("verified", "LeadVerified", told("verified"), {"verify"}, set()),
        ("opened", "PenaltyOpened", [*told("penalty_opened"), *accused("penalty_opened")], set(), {"penalise"}),
        ("decided", "PenaltyDecided", [*told("penalised"), *accused("penalised")], {"penalise"}, set()),
    ]  # fmt: skip
    for which, event, notices, ended, started in steps:
        done = await county.does(penalties.step, "street", which, WORDS)
        assert (done.events, done.notices, done.ended, done.started) == ([event], notices, ended, started)
        assert county.text(county.event.words) == WORDS.text


async def test_opening_the_penalty_ends_the_verification_too(county):
    await county.does(penalties.step, "officer", "lead", WORDS)
    assert (await county.does(penalties.step, "officer", "opened", WORDS)).ended == {"verify"}


@pytest.mark.parametrize("which", ["verified", "decided"])
async def test_a_step_needs_the_one_before(county, which):
    with pytest.raises(TooLate):
        await county.does(penalties.step, "officer", which, WORDS)


async def test_a_penalty_is_opened_once(county):
    await county.does(penalties.step, "officer", "opened", WORDS)
    with pytest.raises(TooLate):
        await county.does(penalties.step, "officer", "opened", WORDS)


async def test_every_step_has_its_words(county):
    for which in penalties.STEPS:
        with pytest.raises(WordsNeeded):
            await county.does(penalties.step, "officer", which, said(""))
    with pytest.raises(WordsNeeded):
        await county.does(penalties.extend, "officer", said(""))


async def test_a_penalty_is_extended_once_by_thirty_days(county):
    await county.does(penalties.step, "officer", "opened", WORDS)
    before = county.running["penalise"]
    assert (await county.does(penalties.extend, "officer", WORDS)).events == ["PenaltyExtended"]
    assert county.running["penalise"] - before >= timedelta(days=30)
    with pytest.raises(TooLate):
        await county.does(penalties.extend, "officer", WORDS)


async def test_nothing_is_extended_that_does_not_run_or_that_the_pack_does_not_know(county, case):
    for one in (county, case):
        with pytest.raises(TooLate):
            await one.does(penalties.extend, "officer", WORDS)


async def test_the_clock_of_a_penalty_outlives_the_case(county):
    await county.does(supervision.accept, "officer")
    await county.does(penalties.step, "officer", "opened", WORDS)
    await county.does(resolution.resolve, "officer", said(RESULT))
    await county.passes_to(at(30, 18))
    assert (county.case.state, set(county.running)) == ("closed", {"penalise"})
    assert (await county.does(penalties.step, "officer", "decided", WORDS)).ended == {"penalise"}


@pytest.mark.parametrize("who", ["manager", "head", "wang", "city", "foreign officer"])
async def test_nobody_else_penalises(county, who):
    with pytest.raises(NotFound):
        await county.does(penalties.step, who, "lead", WORDS)
