"""The clocks of a company whose grade is checked, from a Wednesday at 10:00 (the county's pack)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from complaints import grade_check
from complaints.errors import TooLate
from complaints.model import events as e
from complaints.policy.pack import load_packs
from complaints.time.workdays import Workdays

CHINA = ZoneInfo("Asia/Shanghai")
PACK = load_packs()["county"]
HOURS = PACK.hours(Workdays())


def on(day, hour=10, month=11, year=2026):
    return datetime(year, month, day, hour, tzinfo=CHINA)


def story(*steps):
    """The check after its opening on the 18th and each (event, moment)."""
    check, _ = grade_check.opened(
        1, e.CheckOpened(company="xianju", pack="county", why="complaints"), on(18), PACK, HOURS
    )
    for event, at in steps:
        check, _ = grade_check.apply(check, event, at, PACK, HOURS)
    return check


def running(check):
    return {clock.stage: clock.due for clock in check.running}


LOW, FINE = grade_check.survey(PACK, 59), grade_check.survey(PACK, 60)
REGRADED = e.Regraded(lowered=True)
LATE = e.Expired(stage="owners_survey", point="expiry1", due=on(30, 18))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # what happened, and which clocks run then, until when
        ([], {"owners_survey": on(30, 18)}),  # the 28th is a Saturday
        ([(FINE, on(20))], {}),
        ([(LOW, on(20))], {"regrade": on(25, 18)}),
        ([(e.RectificationRefused(), on(20))], {"owners_survey": on(30, 18), "regrade": on(25, 18)}),
        ([(LATE, on(30, 18))], {}),
        ([(LATE, on(30, 18)), (LOW, on(1, month=12))], {"regrade": on(7, 18, month=12)}),  # the 6th is a Sunday
        ([(LOW, on(20)), (e.Regraded(lowered=False), on(23))], {}),
        ([(LOW, on(20)), (REGRADED, on(23))], {"reprice": on(30, 18)}),
        ([(LOW, on(20)), (REGRADED, on(23)), (e.Repriced(), on(24))], {}),
        ([(LOW, on(20)), (REGRADED, on(23)), (e.RepricingRefused(), on(24))],
         {"refund": on(22, 18, month=2, year=2027)}),
        ([(LOW, on(20)), (REGRADED, on(23)), (e.RepricingRefused(), on(24)), (e.Refunded(), on(30))], {}),
        ([(LOW, on(20)), (e.CheckClosed(), on(21))], {}),
    ],
)  # fmt: skip
def test_each_step_starts_and_meets_its_clock(steps, expected):
    assert running(story(*steps)) == expected


@pytest.mark.parametrize(("satisfied", "low"), [(0, True), (59, True), (60, False), (100, False)])
def test_below_the_packs_percentage_the_grade_is_set_anew(satisfied, low):
    assert grade_check.survey(PACK, satisfied).low is low


@pytest.mark.parametrize("step", [REGRADED, e.Repriced(), e.RepricingRefused(), e.Refunded()])
def test_a_step_that_nobody_waits_for_is_refused(step):
    with pytest.raises(TooLate):
        story((step, on(19)))


def test_nothing_happens_to_a_closed_check():
    with pytest.raises(TooLate):
        story((e.CheckClosed(), on(19)), (FINE, on(20)))


def test_what_ran_out_stays_on_record():
    check = story((LATE, on(30, 18)))
    assert check.clock("owners_survey").state == "expired"


def test_every_clock_of_a_company_is_nudged_and_tells_the_bureau():
    _, changes = grade_check.opened(
        1, e.CheckOpened(company="xianju", pack="county", why="low_grade"), on(18), PACK, HOURS
    )
    assert [timer.point for timer in changes.timers] == ["nudge1", "nudge2", "nudge3", "expiry1"]
    assert all("bureau_group" in s.expiries[-1].tell for s in PACK.stages if s.of_company)
