"""Answering, sorting, and telling how it goes on."""

import pytest
from sample_cases import ANSWER, REASON, RESULT, at, said

from complaints.errors import NotFound, NotYours, SaysNothing, SortedAlready, TooLate, WordsNeeded
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, State
from complaints.usecases.company import answers, resolution
from complaints.usecases.officer import referrals, supervision
from complaints.usecases.resident import rating

D = e.Disposition


# --- answering --------------------------------------------------------------------------------------------------


async def test_the_first_answer_stops_the_clock_and_starts_those_that_follow(case):
    done = await case.does(answers.answer, "manager", said())
    assert (done.events, done.notices) == (["Answered"], [("resident.answered", "households")])
    assert (done.ended, done.started) == ({"respond"}, {"classify", "resolve_general"})
    assert (case.case.state, case.text(case.case.last_words)) == (State.ANSWERED, ANSWER)
    assert ("respond", "expiry1") not in case.waiting
    assert not case.event.late


async def test_words_after_the_first_answer_are_progress(case):
    await case.does(answers.answer, "manager", said())
    done = await case.does(answers.answer, "deputy", said("灯泡已下单。"))
    assert (done.events, done.notices) == (["Progressed"], [("resident.progressed", "households")])
    assert (done.started, done.ended) == (set(), set())


async def test_a_photo_alone_is_progress_but_no_answer(case):
    with pytest.raises(WordsNeeded):
        await case.does(answers.answer, "manager", said("", photos=1))
    await case.does(answers.answer, "manager", said())
    assert (await case.does(answers.answer, "manager", said("", photos=1))).events == ["Progressed"]
    with pytest.raises(WordsNeeded):
        await case.does(answers.answer, "manager", said(""))


async def test_an_empty_acknowledgement_is_refused_before_it_is_sent(case):
    with pytest.raises(SaysNothing) as refused:
        await case.does(answers.answer, "manager", said("收到，尽快处理"))
    assert refused.value.facts["missing"]
    assert case.case.state is State.FILED


async def test_a_manager_whose_time_ran_out_reaches_the_resident_and_stops_no_clock(case):
    await case.passes_to(at(18, 14))
    done = await case.does(answers.answer, "manager", said())
    assert (done.events, done.notices, done.ended) == (
        ["Progressed"], [("resident.progressed", "households")], set(),
    )  # fmt: skip
    assert case.event.late
    assert case.case.state is State.FILED


async def test_the_heads_answer_after_the_expiry_is_late_and_counts_from_when_it_was_due(case):
    await case.passes_to(at(19, 10))
    done = await case.does(answers.answer, "head", said())
    [answer] = [entry.event for entry in case.work.ledger if entry.event.name == "Answered"]
    assert answer.late
    assert (case.event.name, case.event.stage, case.event.through) == ("MetLate", "takeover", "Answered")
    assert done.started == {"classify", "resolve_general"}
    assert case.running["resolve_general"] == at(20, 18)  # two working days from the 18th


async def test_a_timer_that_was_due_before_strikes_before_the_answer_counts(case):
    case.work.now = at(18, 14, 1)
    done = await case.does(answers.answer, "manager", said())
    assert done.events == ["Nudged", "Nudged", "Nudged", "Expired", "Progressed"]


async def test_at_the_very_last_second_the_answer_is_in_time(case):
    await case.passes_to(at(18, 13, 59))
    case.work.now = at(18, 14)
    assert (await case.does(answers.answer, "manager", said())).events == ["Answered"]


async def test_under_a_plan_the_handlers_words_are_the_months_progress(county):
    await county.does(supervision.accept, "officer")
    await county.does(referrals.declare_unsolvable, "officer", said(REASON))
    await county.does(referrals.plan, "officer", at(18, 17, month=12), said(REASON))
    await county.passes_to(at(19))
    done = await county.does(answers.answer, "officer", said("已挂网招标。"))
    assert done.events == ["PlanProgressed"]
    assert done.kinds == {"resident.progressed", "bureau.plan_progressed", "bureau.plan_words"}
    assert done.started == done.ended == {"progress"}  # the month begins anew
    assert (await county.does(answers.answer, "manager", said("我们也在催厂家。"))).events == ["Progressed"]


async def test_later_words_say_something_of_the_case_too_unless_a_file_shows_it_or_they_ask(case):
    await case.does(answers.answer, "manager", said())
    for form in ("嗯", "已处理", "正在处理中，请您耐心等待"):
        with pytest.raises(SaysNothing):
            await case.does(answers.answer, "manager", said(form))
    for words in (said("灯换好了"), said("您什么时候在家？"), said("", photos=1)):
        assert (await case.does(answers.answer, "manager", words)).events == ["Progressed"]


async def test_where_somebody_is_in_danger_no_words_are_held_up(filed_in):
    danger = await filed_in("chengdu", danger=True)
    assert (await danger.does(answers.answer, "manager", said("收到"))).events == ["Answered"]
    assert (await danger.does(answers.answer, "manager", said("处理中"))).events == ["Progressed"]


# --- sorting ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("disposition", "events", "kinds", "started", "owner"),
    [
        (D.GENERAL, ["Answered", "Classified"], {"resident.classified"}, {"resolve_general"}, CaseOwner.MANAGER),
        (D.MAJOR, ["Answered", "Classified"], {"resident.classified"}, {"agree"}, CaseOwner.MANAGER),
        (D.BUREAU_DUTY, ["Answered", "Classified"],
         {"resident.classified", "bureau.accept", "bureau.accept_private"}, {"accept"}, CaseOwner.MANAGER),
        (D.NEITHER, ["Answered", "Classified"],
         {"resident.classified", "bureau.coordinate", "bureau.coordinate_private"}, {"coordinate"},
         CaseOwner.BUREAU),
        (D.OWN_PART, ["Answered", "Classified", "Resolved"],
         {"resident.classified", "resident.resolved", "manager.resolved", "bureau.resolved"}, {"survey"},
         CaseOwner.MANAGER),
    ],
)  # fmt: skip
async def test_sorting_at_once_is_the_answer_too(case, disposition, events, kinds, started, owner):
    done = await case.does(answers.classify, "manager", disposition, said())
    assert (done.events, done.kinds) == (events, kinds)
    assert (done.ended, done.started) == ({"respond"}, started)
    assert (case.case.disposition, case.case.handler) == (disposition, owner)
    [answered] = [entry.event for entry in case.work.ledger if entry.event.name == "Answered"]
    assert answered.classified  # so the notice of the disposition brings the words


async def test_sorting_later_needs_words_but_for_a_general_problem(case):
    await case.does(answers.answer, "manager", said())
    with pytest.raises(WordsNeeded):
        await case.does(answers.classify, "manager", D.MAJOR, said(""))
    done = await case.does(answers.classify, "manager", D.GENERAL, said(""))
    assert (done.events, done.ended) == (["Classified"], {"classify"})
    assert case.event.words is None


async def test_one_answer_brings_one_message_where_sorting_confirms_what_it_said(case):
    await case.does(answers.answer, "manager", said())
    assert (await case.does(answers.classify, "manager", D.GENERAL, said(""))).notices == []


async def test_sorting_is_told_where_it_brings_words_or_another_time(case):
    await case.does(answers.answer, "manager", said())
    worded = await case.does(answers.classify, "manager", D.MAJOR, said())
    assert worded.notices == [("resident.classified", "households")]
    again = await case.does(answers.classify, "manager", D.GENERAL, said(""))
    assert again.notices == [("resident.classified", "households")]


async def test_sorting_the_same_way_again_is_refused(case):
    await case.does(answers.classify, "manager", D.GENERAL, said())
    with pytest.raises(SortedAlready):
        await case.does(answers.classify, "manager", D.GENERAL, said())


async def test_what_is_not_the_companys_names_whose_it_is(filed_in):
    case = await filed_in(matter="biting_dogs")
    await case.does(answers.classify, "manager", D.NEITHER, said())
    assert case.case.department == "police"


async def test_where_nobody_has_said_the_street_is_first_responsible(case):
    await case.does(answers.classify, "manager", D.NEITHER, said())
    assert case.case.department == "street"


async def test_a_department_that_was_named_stays(case):
    await case.does(answers.classify, "manager", D.NEITHER, said(), department="energy")
    assert case.case.department == "energy"


async def test_after_the_expiry_only_the_head_sorts(case):
    await case.passes_to(at(18, 14))
    with pytest.raises(NotYours):
        await case.does(answers.classify, "manager", D.GENERAL, said())
    assert (await case.does(answers.classify, "head", D.GENERAL, said())).ended == {"takeover"}


# --- beside the answer ------------------------------------------------------------------------------------------


async def test_acknowledging_stops_the_alarm_and_not_the_response(filed_in):
    case = await filed_in(danger=True)
    done = await case.does(answers.acknowledge, "manager")
    assert (done.events, done.notices) == (
        ["Acknowledged"],
        [("resident.acknowledged", "households"), ("manager.in_hand", "manager"), ("manager.in_hand", "company_head"),
         ("manager.in_hand", "duty"), ("bureau.in_hand", "bureau_group"), ("manager.in_hand", "called_out")],
    )  # fmt: skip
    assert (done.ended, set(case.running)) == ({"urgent"}, {"respond"})
    with pytest.raises(TooLate):
        await case.does(answers.acknowledge, "manager")


async def test_a_preliminary_result_is_given_once_a_round_by_company_or_bureau(changzhi):
    with pytest.raises(SaysNothing):
        await changzhi.does(answers.give_preliminary, "officer", said("收到"))
    done = await changzhi.does(answers.give_preliminary, "officer", said())
    assert (done.events, done.kinds) == (
        ["PreliminaryGiven"],
        {"resident.preliminary", "bureau.preliminary", "manager.preliminary"},
    )
    assert done.ended == {"assign", "preliminary"}
    with pytest.raises(TooLate):
        await changzhi.does(answers.give_preliminary, "manager", said())


async def test_a_visit_is_logged_and_is_no_contact(case, pudong):
    for each in (case, pudong):
        done = await each.does(answers.visit, "manager")
        assert (done.events, done.kinds, done.ended) == (["Visited"], {"resident.visited"}, set())


async def test_words_to_a_household_need_words_or_a_file(case):
    done = await case.does(answers.contact, "manager", said("您几点在家？"))
    assert (done.events, done.kinds, done.ended) == (["Contacted"], {"resident.contacted"}, set())
    with pytest.raises(WordsNeeded):
        await case.does(answers.contact, "manager", said(""))
    assert (await case.does(answers.contact, "manager", said("", photos=1))).events == ["Contacted"]


# --- telephone numbers ------------------------------------------------------------------------------------------


async def test_every_look_at_a_number_is_on_record(case):
    await case.joined("li", contact="bot")
    _, shown = await answers.show_phone(case.work, case.people["manager"], case.id)
    assert [household.person for household in shown] == [1]
    assert (case.event.complainant, case.event.to) == (case.household("wang").id, 11)


@pytest.mark.parametrize("way", ["bot", "anonymous"])
async def test_who_did_not_allow_calls_is_not_shown(filed_in, way):
    case = await filed_in(contact=way)
    with pytest.raises(NotYours) as refused:
        await case.does(answers.show_phone, "manager")
    assert refused.value.facts["phone"]


async def test_the_street_may_look_only_while_it_has_to_call(pudong):
    with pytest.raises(NotFound):
        await pudong.does(answers.show_phone, "street")
    await pudong.does(resolution.resolve, "manager", said(RESULT))
    await pudong.does(rating.rate, "wang", e.Level.DISSATISFIED)
    await pudong.passes_to(at(19, 18))  # the manager lets his working day pass
    assert (await pudong.does(answers.show_phone, "street")).events == ["PhoneShown"]


# --- who may, and who learns that there is something ------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (answers.answer, (said(),)), (answers.classify, (D.GENERAL, said())), (answers.acknowledge, ()),
        (answers.give_preliminary, (said(),)), (answers.visit, ()), (answers.contact, (said(),)),
        (answers.show_phone, ()),
    ],
)  # fmt: skip
async def test_whoever_only_reads_or_has_no_part_in_it_learns_nothing(filed_in, verb, words):
    case = await filed_in(danger=True)
    for who in ("inspector", "grid", "wang", "foreign officer", "stranger"):
        with pytest.raises(NotFound):
            await case.does(verb, who, *words)
    assert case.event.name == "Filed"


async def test_a_case_that_is_not_there_is_not_found(case):
    case.id = 7
    with pytest.raises(NotFound):
        await case.does(answers.answer, "manager", said())
    with pytest.raises(NotFound):
        await answers.case_for(case.work, case.people["manager"], 7)


async def test_the_case_is_read_by_whoever_stands_to_it(case):
    wang = case.household("wang")
    assert await answers.case_for(case.work, case.people["manager"], case.id) == case.case
    assert await answers.case_for(case.work, case.people["wang"], case.id, wang) == case.case
    with pytest.raises(NotFound):
        await answers.case_for(case.work, case.people["stranger"], case.id)


async def test_what_is_settled_takes_no_answer(case):
    await case.does(resolution.resolve, "manager", said(RESULT))
    for verb in (answers.answer, answers.give_preliminary):
        with pytest.raises(TooLate):
            await case.does(verb, "manager", said())
