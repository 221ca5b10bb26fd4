"""A household rates the result; the dissatisfied open the case again; the company may ask for a review."""

import pytest
from sample_cases import RESULT, at, said

from complaints.errors import NotFound, TooLate, WordsNeeded
from complaints.model.complaint import State
from complaints.model.events import Ending, Level
from complaints.usecases.company import resolution
from complaints.usecases.resident import household, rating


@pytest.fixture
async def resolved(case):
    await case.does(resolution.resolve, "manager", said(RESULT))
    return case


@pytest.fixture
async def of_two(case):
    await case.joined("li")
    await case.does(resolution.resolve, "manager", said(RESULT))
    return case


@pytest.mark.parametrize("level", [Level.SATISFIED, Level.MOSTLY, Level.SO_SO])
async def test_a_rating_of_the_only_household_closes_the_case(resolved, level):
    done = await resolved.does(rating.rate, "wang", level)
    assert (done.events, done.notices) == (["Rated", "Closed"], [("manager.rated", "resolver")])
    assert (done.ended, resolved.case.state) == ({"survey"}, State.CLOSED)


async def test_the_last_household_that_rates_closes_the_case(of_two):
    assert (await of_two.does(rating.rate, "li", Level.SATISFIED)).events == ["Rated"]
    assert of_two.case.state is State.RESOLVED
    assert (await of_two.does(rating.rate, "wang", Level.SO_SO)).events == ["Rated", "Closed"]
    assert of_two.case.worst_rating is Level.SO_SO


async def test_one_dissatisfied_household_opens_the_case_again(of_two):
    await of_two.does(rating.rate, "li", Level.SATISFIED)
    done = await of_two.does(rating.rate, "wang", Level.DISSATISFIED)
    assert done.events == ["Rated", "Reopened"]
    assert done.notices == [
        ("resident.reopened", "households"), ("manager.reopened", "handler"),
        ("manager.reopened", "company_head"), ("bureau.reopened", "bureau_group"),
    ]  # fmt: skip
    assert (done.ended, done.started) == ({"survey"}, {"resolve_general"})
    assert (of_two.case.state, of_two.case.round) == (State.ANSWERED, 2)


async def test_nobody_rates_twice_or_what_is_not_resolved(of_two, filed_in):
    await of_two.does(rating.rate, "li", Level.SATISFIED)
    with pytest.raises(TooLate):
        await of_two.does(rating.rate, "li", Level.DISSATISFIED)
    with pytest.raises(TooLate):
        await (await filed_in()).does(rating.rate, "wang", Level.SATISFIED)


async def test_only_a_household_of_the_case_rates(resolved):
    for who in ("manager", "officer", "stranger", "li"):
        with pytest.raises(NotFound):
            await resolved.does(rating.rate, who, Level.SATISFIED)


async def test_silence_closes_after_a_week_and_one_reminder(resolved):
    done = await resolved.passes_to(at(30, 18))
    assert done.events == ["Nudged", "Expired", "Closed"]
    assert done.kinds == {"resident.survey_reminder", "resident.closed_silently"}


async def test_why_somebody_is_dissatisfied_is_said_once(resolved):
    await resolved.does(rating.rate, "wang", Level.DISSATISFIED)
    done = await resolved.does(rating.explain, "wang", "other", said("灯还是闪"))
    assert (done.events, done.notices) == (
        ["RatingExplained"], [("manager.rating_explained", "handler"), ("manager.rating_explained", "company_head")],
    )  # fmt: skip
    assert (resolved.event.reason, resolved.text(resolved.event.words)) == ("other", "灯还是闪")
    with pytest.raises(TooLate):
        await resolved.does(rating.explain, "wang", "slow")


async def test_a_reason_may_be_a_tap_alone(resolved):
    await resolved.does(rating.rate, "wang", Level.DISSATISFIED)
    await resolved.does(rating.explain, "wang", "slow")
    assert resolved.event.words is None


async def test_who_is_satisfied_explains_nothing(resolved):
    await resolved.does(rating.rate, "wang", Level.SATISFIED)
    with pytest.raises(TooLate):
        await resolved.does(rating.explain, "wang", "slow")


@pytest.mark.parametrize("counts", [True, False])
async def test_the_bureau_decides_once_whether_a_rating_counts(resolved, counts):
    await resolved.does(rating.rate, "wang", Level.DISSATISFIED)
    asked = await resolved.does(rating.ask_review, "manager", said("灯是住户家里的。"))
    assert (asked.events, asked.notices) == (["ReviewAsked"], [("bureau.review_asked", "section_head")])
    decided = await resolved.does(rating.decide_review, "officer", counts=counts)
    assert decided.events == (["ReviewDecided"] if counts else ["ReviewDecided", "Closed"])
    assert decided.notices == [
        ("manager.review_decided", "handler"), ("manager.review_decided", "company_head"),
        ("resident.review_decided", "households"),
    ]  # fmt: skip
    with pytest.raises(TooLate):
        await resolved.does(rating.decide_review, "officer", counts=counts)


async def reviewed(case, who="wang"):
    await case.does(rating.rate, who, Level.DISSATISFIED)
    await case.does(rating.ask_review, "manager", said("灯是住户家里的。"))
    return await case.does(rating.decide_review, "officer", counts=False)


async def test_a_rating_that_does_not_count_closes_again_what_it_had_opened(resolved):
    done = await reviewed(resolved)
    assert (resolved.case.state, resolved.event.how, resolved.running) == (State.CLOSED, Ending.REVIEWED, {})
    assert done.ended == {"resolve_general"}


async def test_the_dissatisfied_are_contacted_whatever_their_rating_counts(pudong):
    """浦建委物管〔2023〕55号 三(二): 若发现存在不满意的情况，项目经理应当主动联系市民."""
    await pudong.does(resolution.resolve, "manager", said(RESULT))
    assert (await reviewed(pudong)).events == ["ReviewDecided"]
    assert pudong.case.is_open
    assert "recover" in pudong.running


async def test_what_is_resolved_anew_stays_to_be_rated(resolved):
    await resolved.does(rating.rate, "wang", Level.DISSATISFIED)
    await resolved.does(rating.ask_review, "manager", said("灯是住户家里的。"))
    await resolved.does(resolution.resolve, "manager", said(RESULT))
    assert (await resolved.does(rating.decide_review, "officer", counts=False)).events == ["ReviewDecided"]
    assert resolved.case.state is State.RESOLVED


async def test_a_review_has_its_reason_and_its_people(resolved):
    with pytest.raises(WordsNeeded):
        await resolved.does(rating.ask_review, "manager", said(""))
    for verb, who, words, how in (
        (rating.ask_review, "officer", (said(),), {}),
        (rating.ask_review, "wang", (said(),), {}),
        (rating.decide_review, "manager", (), {"counts": False}),
        (rating.decide_review, "foreign officer", (), {"counts": False}),
    ):
        with pytest.raises(NotFound):
            await resolved.does(verb, who, *words, **how)


async def test_who_has_withdrawn_rates_no_more(of_two):
    await of_two.does(household.withdraw, "li")
    with pytest.raises(NotFound):
        await of_two.does(rating.rate, "li", Level.SATISFIED)
    assert (await of_two.does(rating.rate, "wang", Level.SATISFIED)).events == ["Rated", "Closed"]
