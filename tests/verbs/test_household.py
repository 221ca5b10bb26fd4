"""A household adds words, urges, withdraws; or is erased."""

import pytest
from sample_cases import RESULT, at, said

from complaints.errors import NotFound, TooLate, UrgedToday, WordsNeeded
from complaints.model.complaint import State
from complaints.model.people import File
from complaints.usecases.company import resolution
from complaints.usecases.resident import erasure, household

PHOTO = (File(kind="photo", file_id="p"),)


@pytest.mark.parametrize(("text", "media"), [("灯还闪", ()), ("", PHOTO)])
async def test_more_words_or_files_reach_the_handler(case, text, media):
    done = await case.does(household.supplement, "wang", text, media)
    assert (done.events, done.notices) == (["Supplemented"], [("manager.supplemented", "handler")])
    assert case.work.statements[case.event.words].media == media
    assert case.work.told[-1].words == case.event.words


async def test_nothing_is_no_supplement(case):
    with pytest.raises(WordsNeeded):
        await case.does(household.supplement, "wang", "")


async def test_urging_is_told_to_handler_and_head_once_a_household_and_day(case):
    await case.joined("li")
    done = await case.does(household.urge, "wang")
    assert (done.events, done.notices) == (
        ["Urged"], [("manager.urged", "handler"), ("manager.urged", "company_head")],
    )  # fmt: skip
    with pytest.raises(UrgedToday):
        await case.does(household.urge, "wang")
    await case.does(household.urge, "li")
    case.work.now = at(19, 0, 0)  # a day of the pack's time zone
    assert "Urged" in (await case.does(household.urge, "wang")).events


async def test_the_first_household_that_leaves_leaves_the_case_to_the_next(case):
    await case.joined("li")
    done = await case.does(household.withdraw, "wang")
    assert (done.events, done.notices) == (["HouseholdWithdrew"], [])
    assert case.case.first_complainant == case.household("li").id
    assert not case.household("wang").active
    assert case.case.is_open


async def test_the_last_household_that_leaves_closes_the_case(case):
    done = await case.does(household.withdraw, "wang")
    assert done.events == ["HouseholdWithdrew", "Withdrawn"]
    assert done.notices == [
        ("manager.withdrawn", "handler"), ("manager.withdrawn", "company_head"), ("bureau.withdrawn", "bureau_group"),
    ]  # fmt: skip
    assert (case.case.state, case.running, case.waiting) == (State.WITHDRAWN, {}, set())


@pytest.mark.parametrize(
    ("verb", "words"), [(household.supplement, ("灯还闪",)), (household.urge, ()), (household.withdraw, ())]
)
async def test_only_who_belongs_to_the_case_does_it(case, verb, words):
    for who in ("stranger", "li", "manager", "officer"):
        with pytest.raises(NotFound):
            await case.does(verb, who, *words)
    await case.joined("li")
    await case.does(household.withdraw, "li")
    with pytest.raises(NotFound):
        await case.does(verb, "li", *words)


async def test_what_is_resolved_is_urged_no_more_and_may_be_added_to(case):
    await case.does(resolution.resolve, "manager", said(RESULT))
    with pytest.raises(TooLate):
        await case.does(household.urge, "wang")
    assert (await case.does(household.supplement, "wang", "还有一盏")).events == ["Supplemented"]
    await case.passes_to(at(30, 18))
    with pytest.raises(TooLate):  # closed in silence
        await case.does(household.supplement, "wang", "还有一盏")


async def test_erasing_tells_the_handler_and_the_bureau_too_where_nobody_is_left(case):
    await case.joined("li")
    done = await case.outcome(lambda: erasure.erase(case.work, case.people["wang"], case.household("wang")))
    assert (done.events, done.notices) == (["Erased"], [("manager.erased", "handler")])
    assert case.case.erased == (case.household("wang").id,)
    done = await case.outcome(lambda: erasure.erase(case.work, case.people["li"], case.household("li")))
    assert done.notices == [("manager.erased", "handler"), ("bureau.erased", "bureau_group")]
    assert case.case.is_open


async def test_nobody_is_told_of_an_erasure_in_a_case_that_is_closed(case):
    await case.does(household.withdraw, "wang")
    done = await case.outcome(lambda: erasure.erase(case.work, case.people["wang"], case.household("wang")))
    assert (done.events, done.notices) == (["Erased"], [])
