"""What time does to a case, and what a notice of working days does to its deadlines."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sample_cases import ANSWER, REASON, RESULT, SampleCase, at, said

from complaints.errors import NotFound
from complaints.model.complaint import CaseOwner
from complaints.model.events import MetLate, Side
from complaints.usecases import recounts, timers
from complaints.usecases.company import answers, date_agreement, resolution

CHENGDU = [
    # until when, which event, who is told (kind and reader)
    (at(18, 12), "Nudged", [("manager.nudge", "manager")]),
    (at(18, 13), "Nudged", [("manager.nudge", "manager"), ("manager.nudge", "company_head")]),
    (at(18, 13, 36), "Nudged", [("manager.nudge", "manager"), ("manager.nudge", "company_head")]),
    (at(18, 14), "Expired",
     [("manager.expired", "manager"), ("manager.expired_head", "handler"), ("manager.expired_head", "company_head"),
      ("bureau.expired", "bureau_group"), ("bureau.expired_private", "section_head"),
      ("resident.expired", "households")]),
]  # fmt: skip


async def test_three_nudges_and_then_the_company_has_it(case):
    for moment, event, notices in CHENGDU:
        done = await case.passes_to(moment)
        assert (done.events, done.notices) == ([event], notices)
        assert (done.urgent, done.with_files) == (notices if event == "Expired" else [], {})
        assert case.work.ledger[-1].at == moment
    assert (done.ended, done.started) == ({"respond"}, {"takeover", "supervise"})
    assert case.case.handler is CaseOwner.COMPANY


async def test_who_ran_out_of_time_is_found_in_the_case_as_it_was(case):
    await case.passes_to(at(18, 14))
    found = {told.notice.kind: told.complaint.handler for told in case.work.told}
    assert found["manager.expired"] is CaseOwner.MANAGER
    assert found["manager.expired_head"] is CaseOwner.COMPANY


async def test_a_danger_climbs_in_ten_and_twenty_minutes(filed_in):
    case = await filed_in(danger=True)
    first = await case.passes_to(at(18, 10, 10))
    held = [("manager.unanswered_danger", "manager")]
    assert first.notices == [
        *held, ("manager.unanswered_danger", "duty"), ("manager.unanswered_danger", "company_head"),
    ]  # fmt: skip
    assert not case.event.final
    assert "urgent" in case.running
    second = await case.passes_to(at(18, 10, 20))
    assert second.notices == [
        *held, ("bureau.expired", "bureau_group"), ("bureau.expired_private", "bureau_duty"),
        ("bureau.expired_street", "street"), ("resident.expired", "households"),
    ]  # fmt: skip
    assert (first.urgent, second.urgent) == (first.notices, second.notices)
    assert second.ended == {"urgent"}


@pytest.mark.parametrize(
    ("pack", "moment", "kinds"),
    [
        ("pudong", at(18, 10, 30), {"manager.nudge", "manager.expired_head", "bureau.expired_street", "bureau.expired",
                                    "bureau.expired_private", "resident.expired"}),
        ("changzhi", at(18, 10, 30), {"bureau.nudge", "bureau.expired", "bureau.expired_private", "resident.expired"}),
        ("county", at(27, 18), {"bureau.nudge", "bureau.expired", "bureau.expired_private", "resident.expired"}),
    ],
)  # fmt: skip
async def test_the_first_clock_of_each_pack_runs_out(filed_in, pack, moment, kinds):
    case = await filed_in(pack)
    assert (await case.passes_to(moment)).kinds == kinds


@pytest.mark.parametrize(
    ("pack", "moment", "who", "verb", "late"),
    [
        ("changzhi", at(18, 10, 31), "officer", answers.give_preliminary, set()),  # nobody has to be named any more
        ("changzhi", at(18, 10, 31), "manager", resolution.resolve, set()),
        ("changzhi", at(18, 13, 1), "manager", answers.answer, {"preliminary"}),
        ("chengdu", at(19, 18), "head", resolution.resolve, {"takeover"}),  # but for 介入督办
        ("county", at(27, 18), "manager", resolution.resolve, set()),
        ("pudong", at(19, 18), "manager", resolution.resolve, {"contact"}),  # no date was named
    ],
)
async def test_what_another_act_has_made_needless_is_not_told_as_done_late(filed_in, pack, moment, who, verb, late):
    case = await filed_in(pack)
    await case.passes_to(moment)
    before = len(case.work.ledger)
    await case.does(verb, who, said(RESULT if verb is resolution.resolve else ANSWER))
    done = [entry.event for entry in case.work.ledger[before:]]
    assert {event.stage for event in done if isinstance(event, MetLate)} == late


@pytest.mark.parametrize("danger", [False, True])
async def test_residents_read_of_an_expiry_at_night_in_the_morning_unless_there_is_danger(filed_in, danger):
    case = await filed_in("changzhi", danger=danger)
    await case.passes_to(at(21, 22))
    late = ("resident.expired", "households")
    at_midnight = (await case.passes_to(at(22, 0))).notices
    assert ("bureau.expired", "bureau_group") in at_midnight
    assert (late in at_midnight) is danger
    assert (await case.passes_to(at(22, 8))).notices == ([] if danger else [late])


@pytest.mark.parametrize("ended", [False, True])
async def test_so_they_do_where_the_company_has_the_case_by_it(filed_in, ended):
    case = await filed_in("chengdu")
    case.work.now = at(18, 20)
    await case.filed()
    late = ("resident.expired", "households")
    assert late not in (await case.passes_to(at(19, 4))).notices
    assert case.case.handler is CaseOwner.COMPANY
    if ended:
        await case.does(resolution.resolve, "head", said(RESULT))
    assert (late in (await case.passes_to(at(19, 8))).notices) is not ended


async def test_what_was_done_before_the_morning_is_told_as_done_alone(filed_in):
    case = await filed_in("changzhi")
    await case.passes_to(at(22, 0))
    await case.does(resolution.resolve, "manager", said(RESULT))
    assert (await case.passes_to(at(22, 9))).notices == []


async def test_a_second_slip_goes_to_the_city(case):
    for day in (19, 20):
        await case.does(date_agreement.propose, "manager", at(day, 10), said(REASON))
        await case.does(date_agreement.agree, "wang", Side.RESIDENT)
        done = await case.passes_to(at(day, 10))
        case.work.complaints[case.id] = replace(case.case, handler=CaseOwner.MANAGER)  # as the head has handed it back
    assert case.case.slips == 2
    assert ("bureau.expired_city", "city_group") in done.notices


async def test_a_timer_whose_clock_was_met_does_nothing(case):
    [nudge, *_] = await case.work.due_timers(case.id, at(18, 12))
    await case.does(resolution.resolve, "manager", said(RESULT))
    nudge.state = "waiting"  # somebody held it already
    case.work.now = at(18, 12)
    assert (await case.outcome(lambda: timers.fire(case.work, nudge))).events == []
    assert nudge.state == "done"


async def test_a_timer_of_a_case_that_is_gone_is_done(case):
    [nudge, *_] = await case.work.due_timers(case.id, at(18, 12))
    case.work.complaints.clear()
    await timers.fire(case.work, nudge)
    assert (nudge.state, len(case.work.ledger)) == ("done", 1)


@pytest.mark.parametrize(("late", "delayed"), [(timedelta(minutes=1), False), (timedelta(minutes=1, seconds=1), True)])
async def test_what_is_told_late_says_so_and_still_happens_at_its_time(case, late, delayed):
    await case.passes_to(at(18, 13, 59))
    [expiry] = await case.work.due_timers(case.id, at(18, 14))
    case.work.now = at(18, 14) + late
    await timers.fire(case.work, expiry)
    assert case.event.delayed is delayed
    assert case.work.ledger[-1].at == at(18, 14)
    assert case.event.counts  # nobody has lost any of the window


async def test_a_verb_finds_the_case_as_time_has_left_it(case):
    case.work.now = at(18, 12, 30)
    await case.does(answers.visit, "manager")
    assert [entry.event.name for entry in case.work.ledger] == ["Filed", "Nudged", "Visited"]


async def test_a_timer_that_is_due_now_waits_for_the_act_of_this_moment(case):
    case.work.now = at(18, 12)
    await case.does(answers.visit, "manager")
    assert [entry.event.name for entry in case.work.ledger] == ["Filed", "Visited"]


# --- counted anew -----------------------------------------------------------------------------------------------


@pytest.fixture
async def provisional():
    """A case whose deadline rests on days of 2027 that nobody has announced yet."""
    case = SampleCase()
    case.work.now = at(31, 10, month=12)
    await case.filed()
    await case.does(answers.answer, "manager", said())
    assert all(clock.provisional for clock in case.case.running)
    return case


async def test_a_notice_that_moves_a_deadline_is_told_once(provisional):
    before = provisional.running
    provisional.notice_of_2027(_4=False)
    done = await provisional.outcome(lambda: recounts.recount(provisional.work, provisional.id))
    assert done.events == ["Recomputed"]
    assert done.notices == [("manager.recomputed", "handler"), ("resident.recomputed", "households")]
    assert provisional.running["resolve_general"] > before["resolve_general"]
    assert provisional.event.source == "国办发明电〔2026〕9号"
    timer = next(t for t in provisional.work.timers if (t.stage, t.point) == ("resolve_general", "expiry1"))
    assert timer.due_at == provisional.running["resolve_general"]


async def test_a_notice_that_moves_nothing_is_recorded_and_told_to_nobody(provisional):
    before = provisional.running
    provisional.notice_of_2027()
    done = await provisional.outcome(lambda: recounts.recount(provisional.work, provisional.id))
    assert (done.events, done.notices, provisional.running) == (["Recomputed"], [], before)
    assert not any(clock.provisional for clock in provisional.case.running)


async def test_what_was_certain_is_not_counted_anew(case):
    done = await case.outcome(lambda: recounts.recount(case.work, case.id))
    assert (done.events, done.notices) == ([], [])


async def test_a_case_that_is_gone_is_not_counted(case):
    await recounts.recount(case.work, 7)
    assert len(case.work.ledger) == 1
    case.id = 7
    with pytest.raises(NotFound):
        await case.does(answers.visit, "manager")
