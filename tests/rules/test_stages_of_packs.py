"""Kinds of stages that Chengdu has none of: dated by events, counted from another start, recurring, outliving."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaints.lifecycle import moves, recounts, stages
from complaints.model import events as e
from complaints.model.roles import RecipientRole
from complaints.notifications.rules import TOLD_FOR, recipients_of
from complaints.policy.pack import load_packs
from complaints.policy.pack_schema import CountsIn
from complaints.time.workdays import Workdays

CHINA = ZoneInfo("Asia/Shanghai")
PACKS = load_packs()
D = e.Disposition
RESOLVED = e.Resolved(words=12, closing=e.ClosingKind.SOLVED, by=5)


def on(day, hour=10, month=11):
    return datetime(2026, month, day, hour, tzinfo=CHINA)


def story(pack, *steps, **facts):
    """The case after filing on Wednesday the 18th at 10:00 and each (event, moment)."""
    found = PACKS[pack]
    hours = found.hours(Workdays())
    base = {
        "number": "1", "pack": pack, "project": "p", "company": "c", "district": "d", "city": "市", "street": "街",
        "community": "区", "matter": "lighting_out", "kind": "repair", "danger": False, "building": "3栋",
        "complainant": 1, "words": 10, "handler": found.first_handler,
    }  # fmt: skip
    first = e.Filed(**{**base, **facts})
    case, _ = stages.advance(moves.born(1, first, on(18)), moves.born(1, first, on(18)), first, on(18), found, hours)
    for event, at in steps:
        case, _ = stages.advance(case, moves.apply(case, event, at), event, at, found, hours)
    return case


def running(case):
    return {clock.stage: clock.due for clock in case.running}


REFERRED = (e.Referred(department="fire", words=2), on(18))
TAKEN_IN = (REFERRED, (e.ReferralAccepted(by=19), on(18, 11)))
MAJOR = (e.Classified(disposition=D.MAJOR), on(20))
PLAN = (e.PlanSubmitted(words=3, until=on(30, month=12)), on(23))


def test_an_agreed_date_replaces_the_packs_days():
    agreed = (e.DateAgreed(until=on(30), side=e.Side.RESIDENT), on(19))
    assert running(story("changzhi", agreed))["resolve"] == on(30)


def test_a_dated_clock_is_never_counted_anew():
    case = story("changzhi", (e.DateAgreed(until=on(30), side=e.Side.RESIDENT), on(19)))
    hours = PACKS["changzhi"].hours(Workdays())
    assert list(recounts.recounts(case, PACKS["changzhi"], hours, on(19))) == []


def test_a_late_turn_to_major_counts_from_the_delivery():
    assert running(story("county", *TAKEN_IN, MAJOR)) == {"resolve_major": on(18, 18, month=12)}


def test_a_plan_takes_the_months_place_and_starts_the_monthly_progress():
    case = story("county", *TAKEN_IN, MAJOR, (e.DeclaredUnsolvable(words=2), on(21)), PLAN)
    assert running(case) == {"resolve_major": on(30, month=12), "progress": on(23, 18, month=12)}


def test_a_month_that_ran_out_owes_a_plan():
    late = (e.Expired(stage="resolve_major", point="expiry1", due=on(18, 18, month=12)), on(18, 18, month=12))
    assert running(story("county", *TAKEN_IN, MAJOR, late)) == {"plan": on(25, 18, month=12)}


def test_told_progress_starts_the_next_month():
    told = (e.PlanProgressed(words=4), on(10, month=12))
    case = story("county", REFERRED, MAJOR, (e.DeclaredUnsolvable(words=2), on(21)), PLAN, told)
    assert running(case)["progress"] > on(10, month=12) + timedelta(days=30)
    assert [c.stage for c in case.running].count("progress") == 1


def test_what_comes_back_is_sorted_out_anew():
    case = story("county", REFERRED, (e.ReferralReturned(words=3), on(19)))
    assert running(case) == {"decide": on(20, 18)}


def test_a_second_referral_gives_the_resident_no_later_day():
    again = (e.Referred(department="police", words=3), on(20))
    assert running(story("county", REFERRED, again)) == {"resolve_general": on(25, 18), "take_in": on(23, 18)}


def test_a_penalty_outlives_its_case_and_the_rating_does_not():
    steps = ((e.PenaltyOpened(words=4), on(19)), (RESOLVED, on(20)), (e.Closed(how=e.Ending.RATED), on(21)))
    assert set(running(story("county", REFERRED, *steps))) == {"penalise"}


def test_a_dangerous_case_of_a_county_is_referred_at_once():
    assert set(running(story("county", danger=True))) == {"urgent", "triage_danger"}


def test_a_danger_that_is_called_a_major_problem_is_given_no_month():
    """《物业服务企业投诉举报处理流程》 三(一) gives it to what endangers neither house nor person."""
    case = story("county", REFERRED, MAJOR, danger=True)
    assert "resolve_major" not in running(case)
    assert "resolve_danger" in running(case)


IN_DANGER = (e.DangerRaised(complainant=1), on(20))


def test_danger_that_is_said_after_the_referral_takes_the_seven_days_place():
    """《物业服务企业投诉举报处理流程》 三(一) gives them to what endangers neither house nor person."""
    owed = running(story("county", *TAKEN_IN, IN_DANGER))
    assert "resolve_general" not in owed
    assert owed["resolve_danger"] == on(23, 18)


def test_so_does_it_with_the_month():
    assert {"resolve_general", "resolve_major"} & set(running(story("county", *TAKEN_IN, MAJOR, IN_DANGER))) == set()


def test_danger_that_is_said_before_the_referral_owes_no_result_yet():
    assert set(running(story("county", IN_DANGER))) == {"triage", "urgent", "triage_danger"}


@pytest.mark.parametrize("sorted_as", [(), (MAJOR,)])
def test_what_danger_had_replaced_is_owed_by_its_old_day_once_it_was_a_misunderstanding(sorted_as):
    denied = (e.DangerDenied(complainant=1), on(20, 11))
    before = story("county", *TAKEN_IN, *sorted_as)
    assert running(story("county", *TAKEN_IN, *sorted_as, IN_DANGER, denied)) == running(before)


def test_a_case_that_was_delivered_in_danger_has_its_days_from_then_once_it_was_a_misunderstanding():
    denied = (e.DangerDenied(complainant=1), on(20, 11))
    raised = (e.DangerRaised(complainant=1), on(18, 12))
    delivered = (e.Referred(department="fire", words=2), on(18, 13))
    assert running(story("county", raised, delivered, denied))["resolve_general"] == on(25, 18)


def test_what_had_run_out_before_the_danger_is_still_late_after_the_misunderstanding():
    late = (e.Expired(stage="resolve_general", point="expiry1", due=on(25, 18)), on(25, 18))
    raised, denied = (e.DangerRaised(complainant=1), on(26)), (e.DangerDenied(complainant=1), on(26, 11))
    case = story("county", *TAKEN_IN, late, raised, denied)
    owed = case.owed("resolve_general")
    assert (owed.state, owed.due) == ("expired", on(25, 18))


def test_reopening_starts_a_new_round_with_the_packs_own_stages():
    reopened = (e.Reopened(round=2), on(20))
    assert set(running(story("pudong", (RESOLVED, on(19)), reopened))) == {"commit", "recover"}
    assert set(running(story("changzhi", (RESOLVED, on(19)), reopened))) == {"resolve"}


def test_nothing_pauses_a_clock():
    waiting = (e.Contacted(words=3), on(19))
    assert running(story("changzhi", waiting)) == running(story("changzhi"))


def test_what_waits_for_an_answer():
    """Their clocks are those of which the handler reads that the answer has stopped them."""
    found = {name: {stage.id for stage in pack.stages if stage.of_answer} for name, pack in PACKS.items()}
    assert found == {
        "chengdu": {"respond", "takeover"}, "pudong": {"contact", "contact_other"},
        "changzhi": {"preliminary"}, "county": set(),
    }  # fmt: skip


# --- who hears that time is up ----------------------------------------------------------------------------------

OF_CASES = [
    pytest.param(pack, stage, id=f"{pack.id}-{stage.id}")
    for pack in PACKS.values()
    for stage in pack.stages
    if not stage.of_company and not any(expiry.closes for expiry in stage.expiries)
]


@pytest.mark.parametrize(("pack", "stage"), OF_CASES)
def test_whoever_is_held_to_a_deadline_hears_that_it_has_run_out(pack, stage):
    case = story(pack.id)
    owes = case.party(stage.owner)
    held = {*TOLD_FOR[owes.role], *recipients_of(owes, case), RecipientRole.DEBTOR, RecipientRole.HANDLER}
    assert all(held & set(expiry.tell) for expiry in stage.expiries)


@pytest.mark.parametrize(("pack", "stage"), OF_CASES)
def test_a_resident_hears_that_what_the_receipt_has_promised_has_run_out(pack, stage):
    if CountsIn.RECEIPT in stage.counts_in:
        assert RecipientRole.HOUSEHOLDS in stage.expiries[-1].tell
