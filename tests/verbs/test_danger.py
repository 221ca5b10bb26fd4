"""Danger that is said of an open case, and everybody who hears that it is over."""

import pytest
from sample_cases import ANSWER, REASON, RESULT, at, said

from complaints.errors import NotFound, TooLate
from complaints.model import events as e
from complaints.model.complaint import State
from complaints.usecases.company import answers, date_agreement, resolution
from complaints.usecases.officer import supervision
from complaints.usecases.resident import danger, household, rating

LATER = "冒烟起火了，有人被困"
ALARMED = {"manager", "company_head", "duty", "bureau_group"}


def readers(done, what):
    return {recipient for kind, recipient in done.notices if kind.endswith(what)}


async def test_danger_in_more_words_raises_the_case(case):
    done = await case.does(household.supplement, "wang", LATER)
    assert done.events == ["Supplemented", "DangerRaised"]
    assert (case.case.danger, case.text(case.case.danger_words), done.started) == (True, LATER, {"urgent"})
    assert readers(done, ".danger_raised") >= ALARMED
    assert {recipient for kind, recipient in done.urgent} >= ALARMED


async def test_harmless_words_raise_nothing(case):
    done = await case.does(household.supplement, "wang", "三楼也不亮")
    assert done.events == ["Supplemented"]


async def test_what_a_handler_writes_raises_nothing(case):
    done = await case.does(answers.answer, "manager", said("已到场，没有起火，也没有人被困，是灯泡冒烟，已断电更换。"))
    assert "DangerRaised" not in done.events


async def test_a_household_that_joins_says_it(case):
    done = await case.joined(text=LATER)
    assert done.events == ["Joined", "DangerRaised"]
    assert readers(done, "resident.danger_raised") == {"household"}


async def test_it_is_said_against_a_date(case):
    await case.does(date_agreement.propose, "manager", at(20, 18), said("要换门机，配件在路上，需要先测量。"))
    done = await case.does(date_agreement.refuse, "wang", e.Side.RESIDENT, LATER)
    assert "DangerRaised" in done.events


async def test_it_is_said_as_the_reason_of_a_rating(case):
    await case.does(resolution.resolve, "manager", said(RESULT))
    await case.does(rating.rate, "wang", e.Level.DISSATISFIED)
    done = await case.does(rating.explain, "wang", "other", said(LATER))
    assert done.events == ["RatingExplained", "DangerRaised"]


async def test_a_result_that_waits_to_be_rated_is_none_then(case):
    await case.does(resolution.resolve, "manager", said(RESULT))
    done = await case.does(household.supplement, "wang", LATER)
    assert done.events == ["Supplemented", "Reopened", "DangerRaised"]
    assert (case.case.state, case.case.round, "urgent" in case.running) == (State.ANSWERED, 2, True)


async def test_the_button_raises_it_once_while_the_alarm_goes(case):
    assert (await case.does(danger.say, "wang")).events == ["DangerRaised"]
    assert (await case.does(danger.say, "wang")).events == []


async def test_it_is_raised_anew_once_somebody_has_confirmed(filed_in):
    case = await filed_in(danger=True)
    await case.does(answers.acknowledge, "manager")
    case.work.now = at(18, 11)
    done = await case.does(danger.say, "wang")
    assert done.started == {"urgent"}
    assert case.running["urgent"] == at(18, 11, 20)


async def test_words_of_a_dangerous_case_alarm_nobody_anew(filed_in):
    case = await filed_in(danger=True)
    await case.does(answers.acknowledge, "manager")
    assert (await case.does(household.supplement, "wang", "火灭了，没有人被困")).events == ["Supplemented"]


async def test_only_households_say_it(case):
    with pytest.raises(NotFound):
        await case.does(danger.say, "stranger")


async def test_a_misunderstanding_ends_every_clock_of_danger_and_is_told_to_all(filed_in):
    case = await filed_in("county")
    raised = await case.does(household.supplement, "wang", LATER)
    assert raised.started == {"urgent", "triage_danger"}
    done = await case.does(danger.deny, "wang")
    assert (done.ended, case.case.danger) == ({"urgent", "triage_danger"}, False)
    assert readers(done, ".danger_denied") >= ALARMED | {"street", "duty_desk", "section_head"}
    assert "triage" in case.running


async def test_danger_after_the_acceptance_takes_the_place_of_the_countys_seven_days(filed_in):
    case = await filed_in("county")
    await case.does(supervision.accept, "officer")
    raised = await case.does(household.supplement, "wang", LATER)
    assert "resolve_general" in raised.ended
    assert "resolve_danger" in raised.started
    denied = await case.does(danger.deny, "wang")
    assert "resolve_danger" in denied.ended
    assert "resolve_general" in case.running


async def test_what_was_filed_in_danger_is_not_denied(filed_in):
    case = await filed_in(danger=True)
    with pytest.raises(TooLate):
        await case.does(danger.deny, "wang")


# --- the end of an alarm ----------------------------------------------------------------------------------------


async def test_everybody_who_got_the_alarm_hears_that_it_is_in_hand_however_late(filed_in):
    case = await filed_in(danger=True)
    await case.passes_to(at(18, 10, 30))
    done = await case.does(answers.acknowledge, "head")
    assert done.events == ["Acknowledged", "MetLate"]
    alarmed = {"manager", "company_head", "duty", "called_out", "bureau_group", "bureau_duty", "street"}
    assert readers(done, ".in_hand") == alarmed
    assert not readers(done, ".met_late")  # one message to each, not two
    assert ("resident.acknowledged", "households") in done.notices


async def test_everybody_who_got_the_alarm_hears_the_end_of_the_case(filed_in):
    case = await filed_in(danger=True)
    await case.passes_to(at(18, 10, 30))
    done = await case.does(resolution.resolve, "manager", said(RESULT))
    alarmed = {"manager", "company_head", "duty", "called_out", "bureau_group", "bureau_duty", "street"}
    assert readers(done, ".danger_over") == alarmed


@pytest.mark.parametrize("pack", ["chengdu", "pudong", "changzhi", "county"])
async def test_the_end_of_a_danger_comes_to_the_manager_and_whoever_was_called_out_in_every_place(filed_in, pack):
    case = await filed_in(pack, matter="fire_smoke", danger=True)
    if pack == "county":
        await case.does(supervision.refer, "officer", "fire", said(REASON))
    done = await case.does(resolution.resolve, "fire" if pack == "county" else "head", said(RESULT))
    assert readers(done, ".danger_over") >= {"manager", "company_head", "duty", "called_out", "bureau_group"}


async def test_the_government_s_duty_desk_hears_that_a_danger_was_referred_too_late_and_of_its_end(filed_in):
    case = await filed_in("county", matter="fire_smoke", danger=True)
    late = await case.passes_to(at(18, 10, 10))
    assert ("bureau.expired_desk", "duty_desk") in late.notices
    done = await case.does(answers.acknowledge, "manager")
    assert {"duty_desk", "section_head", "street"} <= readers(done, ".in_hand")
    end = await case.does(household.withdraw, "wang")
    assert {"duty_desk", "section_head", "street"} <= readers(end, ".danger_over")


async def test_progress_on_a_case_that_was_answered_confirms_the_danger(case):
    await case.does(answers.answer, "manager", said(ANSWER))
    await case.does(household.supplement, "wang", LATER)
    done = await case.does(answers.answer, "manager", said("我马上到，五分钟。"))
    assert "urgent" in done.ended
    assert readers(done, ".in_hand") >= {"company_head", "duty", "bureau_group"}
