"""Clocks that an event starts, meets, voids or starts anew, with the chengdu pack, from a Wednesday at 10:00."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from complaints.lifecycle import moves, recounts, stages, timer_points
from complaints.model import events as e
from complaints.policy.pack import load_packs
from complaints.time.workdays import Workdays

CHINA = ZoneInfo("Asia/Shanghai")
PACK = load_packs()["chengdu"]
HOURS = PACK.hours(Workdays())
D = e.Disposition


def on(day, hour=10, minute=0):
    """A moment of November 2026: the 18th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


def filed(**facts):
    base = {
        "number": "51010720261118100000", "pack": "chengdu", "project": "jchy", "company": "jinan",
        "district": "510107", "city": "成都市", "street": "浆洗街街道", "community": "洗面桥社区",
        "matter": "lighting_out", "kind": "repair", "danger": False, "building": "3栋", "complainant": 1, "words": 10,
    }  # fmt: skip
    return e.Filed(**{**base, **facts})


def story(*steps, **facts):
    """The case after filing on the 18th at 10:00 and each (event, moment)."""
    first = filed(**facts)
    case, _ = stages.advance(moves.born(1, first, on(18)), moves.born(1, first, on(18)), first, on(18), PACK, HOURS)
    for event, at in steps:
        case, _ = stages.advance(case, moves.apply(case, event, at), event, at, PACK, HOURS)
    return case


def running(case):
    return {clock.stage for clock in case.running}


ANSWERED = e.Answered(words=11, by=5, by_company=True, classified=False)
SORTED_TOO = e.Answered(words=11, by=5, by_company=True, classified=True)
RESOLVED = e.Resolved(words=12, closing=e.ClosingKind.SOLVED, by=5)
LATE = e.Expired(stage="respond", point="expiry1", due=on(18, 14), to_company=True)


def sorted_as(disposition):
    return e.Classified(disposition=disposition)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # what happened, and which stages run then
        ([], {"respond"}),
        ([(ANSWERED, on(18, 11))], {"classify", "resolve_general"}),
        ([(SORTED_TOO, on(18, 11))], {"resolve_general"}),
        ([(ANSWERED, on(18, 11)), (sorted_as(D.GENERAL), on(18, 12))], {"resolve_general"}),
        ([(ANSWERED, on(18, 11)), (sorted_as(D.MAJOR), on(18, 12))], {"agree"}),
        ([(ANSWERED, on(18, 11)), (sorted_as(D.BUREAU_DUTY), on(18, 12))], {"accept"}),
        ([(ANSWERED, on(18, 11)), (sorted_as(D.NEITHER), on(18, 12))], {"coordinate"}),
        ([(e.Progressed(words=1), on(18, 11))], {"respond"}),
        ([(e.Contacted(words=1), on(18, 11))], {"respond"}),
        ([(e.Visited(by=5), on(18, 11))], {"respond"}),
        ([(RESOLVED, on(18, 11))], {"survey"}),
        ([(LATE, on(18, 14))], {"takeover", "supervise"}),
        ([(LATE, on(18, 14)), (ANSWERED, on(18, 15))], {"supervise", "classify", "resolve_general"}),
        ([(LATE, on(18, 14)), (e.Answered(words=1, by=7, by_company=False, classified=False), on(18, 15))],
         {"takeover", "supervise", "classify", "resolve_general"}),
        ([(LATE, on(18, 14)), (e.Supervised(order="督1", until=on(19), by=7), on(18, 15))], {"takeover", "comply"}),
        ([(LATE, on(18, 14)), (e.Waived(words=1), on(18, 15))], {"takeover"}),
        ([(LATE, on(18, 14)), (e.Withdrawn(), on(18, 15))], set()),
        ([(RESOLVED, on(18, 11)), (e.Closed(how=e.Ending.RATED), on(18, 12))], set()),
        ([(RESOLVED, on(18, 11)), (e.Reopened(round=2), on(18, 12))], {"resolve_general"}),
        ([(ANSWERED, on(18, 11)), (sorted_as(D.BUREAU_DUTY), on(18, 12)), (e.SentBack(words=1), on(18, 13))],
         {"resolve_general"}),
        ([(ANSWERED, on(18, 11)), (sorted_as(D.MAJOR), on(18, 12)),
          (e.DateAgreed(until=on(27, 18), side=e.Side.RESIDENT), on(18, 13))], {"resolve_major"}),
    ],
)  # fmt: skip
def test_what_runs_after_what(steps, expected):
    assert running(story(*steps)) == expected


@pytest.mark.parametrize(
    ("event", "stage", "verdict"),
    [
        (ANSWERED, "respond", "met"),
        (RESOLVED, "respond", "met"),
        (LATE, "respond", "expired"),
        (e.Withdrawn(), "respond", "void"),
    ],
)
def test_how_a_clock_ends(event, stage, verdict):
    assert story((event, on(18, 13))).clock(stage).state == verdict


def test_danger_is_a_clock_of_its_own_that_a_confirmation_stops():
    case = story(danger=True)
    assert running(case) == {"urgent", "respond"}
    assert case.clock("urgent").due == on(18, 10, 20)
    confirmed = story((e.Acknowledged(by=5), on(18, 10, 5)), danger=True)
    assert running(confirmed) == {"respond"}


def test_a_warning_leaves_the_danger_running():
    warned = e.Expired(stage="urgent", point="expiry1", due=on(18, 10, 20), final=False)
    assert "urgent" in running(story((warned, on(18, 10, 10)), danger=True))


def test_an_answer_in_time_is_resolved_two_working_days_after_it():
    assert story((ANSWERED, on(18, 13))).clock("resolve_general").due == on(20, 18)


def test_a_late_answer_is_resolved_two_working_days_after_it_was_due():
    case = story((LATE, on(18, 14)), (ANSWERED, on(20, 9)))
    assert case.clock("resolve_general").due == on(20, 18)


def test_a_second_agreed_date_replaces_the_first():
    def agreed(day):
        return e.DateAgreed(until=on(day, 18), side=e.Side.RESIDENT)

    case = story((sorted_as(D.MAJOR), on(18, 11)), (agreed(25), on(18, 12)), (agreed(27), on(19)))
    dates = [(c.due, c.state) for c in case.clocks if c.stage == "resolve_major"]
    assert dates == [(on(25, 18), "void"), (on(27, 18), "running")]


def test_a_slipped_date_stays_on_record_beside_the_next():
    def agreed(day):
        return e.DateAgreed(until=on(day, 18), side=e.Side.RESIDENT)

    slipped = e.Expired(stage="resolve_major", point="expiry1", due=on(25, 18), to_company=True)
    case = story(
        (sorted_as(D.MAJOR), on(18, 11)), (agreed(25), on(18, 12)), (slipped, on(25, 18)), (agreed(30), on(26))
    )
    assert [c.state for c in case.clocks if c.stage == "resolve_major"] == ["expired", "running"]


def test_sorting_back_and_forth_keeps_the_first_start():
    case = story(
        (ANSWERED, on(18, 11)),
        (sorted_as(D.MAJOR), on(18, 12)),
        (sorted_as(D.GENERAL), on(23)),
    )
    clock = case.clock("resolve_general")
    assert (clock.started, clock.due, clock.state) == (on(18, 11), on(20, 18), "running")


def test_sorting_back_after_a_notice_counts_the_first_start_by_it():
    """Nobody counts a clock anew that doesn't run, so it is done when it runs again."""
    eve = datetime(2026, 12, 31, 10, tzinfo=CHINA)
    first = filed()
    case, _ = stages.advance(moves.born(1, first, eve), moves.born(1, first, eve), first, eve, PACK, HOURS)
    notice = PACK.hours(Workdays({date(2027, 1, 4): False}, noticed=frozenset({2027})))
    for event, hours in ((SORTED_TOO, HOURS), (sorted_as(D.MAJOR), HOURS), (sorted_as(D.GENERAL), notice)):
        case, _ = stages.advance(case, moves.apply(case, event, eve), event, eve, PACK, hours)
    clock = case.clock("resolve_general", "running")
    assert (clock.due, clock.provisional) == (datetime(2027, 1, 6, 18, tzinfo=CHINA), False)


def test_a_date_that_people_agreed_on_is_never_counted_anew():
    agreed = e.DateAgreed(until=datetime(2027, 1, 8, 18, tzinfo=CHINA), side=e.Side.RESIDENT)
    case = story((ANSWERED, on(18, 11)), (sorted_as(D.MAJOR), on(18, 12)), (agreed, on(18, 13)))
    notice = PACK.hours(Workdays({date(2027, 1, 8): False}, noticed=frozenset({2027})))
    assert list(recounts.recounts(case, PACK, notice, on(20))) == []


def test_reopening_starts_anew_without_a_second_response():
    case = story((ANSWERED, on(18, 11)), (RESOLVED, on(19)), (e.Reopened(round=2), on(23)))
    clock = case.clock("resolve_general", "running")
    assert (clock.round, clock.due) == (2, on(25, 18))
    assert case.clock("respond").round == 1


def test_the_bureau_is_called_again_for_a_second_expiry():
    takeover = e.Expired(stage="takeover", point="expiry1", due=on(18, 18))
    steps = [(LATE, on(18, 14)), (e.Waived(words=1), on(18, 15)), (takeover, on(18, 18))]
    assert "supervise" in running(story(*steps))


def test_a_complete_rating_meets_the_survey_and_half_of_one_does_not():
    def rated(complete):
        return e.Rated(complainant=1, level=e.Level.SATISFIED, complete=complete)

    assert "survey" in running(story((RESOLVED, on(18, 11)), (rated(False), on(19))))
    assert "survey" not in running(story((RESOLVED, on(18, 11)), (rated(True), on(19))))


def test_the_points_of_a_response():
    first = filed()
    _, changes = stages.advance(moves.born(1, first, on(18)), moves.born(1, first, on(18)), first, on(18), PACK, HOURS)
    assert [(t.point, t.due_at) for t in changes.timers] == [
        ("nudge1", on(18, 12)),
        ("nudge2", on(18, 13)),
        ("nudge3", on(18, 13, 36)),
        ("expiry1", on(18, 14)),
    ]


def test_nudges_of_stages_in_days_come_at_considerate_hours():
    case = story((ANSWERED, on(18, 11)))
    points = timer_points.timers(PACK, case.clock("resolve_general"), HOURS)
    assert all(8 <= t.due_at.astimezone(CHINA).hour < 21 for t in points)
