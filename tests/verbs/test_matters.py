"""Saying what a case is about where nobody had when it was filed."""

import pytest
from sample_cases import SampleCase

from complaints.errors import NotFound, TooLate
from complaints.model.people import Home
from complaints.usecases.company import matters
from complaints.usecases.resident import filing


async def unsaid(pack="chengdu"):
    case = SampleCase(pack)
    await case.filed(text="", matter="unsaid", danger=True)
    return case


@pytest.mark.parametrize("who", ["wang", "manager", "head", "duty"])
async def test_the_household_says_it_or_whoever_is_to_come(who):
    case = await unsaid()
    who = "deputy" if who == "duty" else who
    done = await case.does(matters.name, who, "lift_trapped")
    assert (done.events, case.case.matter) == (["MatterNamed"], "lift_trapped")
    assert ("bureau.matter_named", "bureau_group") in done.notices
    assert (("resident.matter_named", "households") in done.notices) is (who != "wang")


async def test_it_is_said_once():
    case = await unsaid()
    await case.does(matters.name, "wang", "lift_trapped")
    with pytest.raises(TooLate):
        await case.does(matters.name, "manager", "lighting_out")


async def test_what_was_said_at_the_filing_stays(case):
    with pytest.raises(TooLate):
        await case.does(matters.name, "wang", "lift_trapped")


async def test_what_no_shelf_has_is_no_name():
    case = await unsaid()
    for matter in ("unsaid", "unclear", "ghosts"):
        with pytest.raises(NotFound):
            await case.does(matters.name, "manager", matter)


@pytest.mark.parametrize("before", ["unsaid", "unclear"])
async def test_what_a_resident_couldnt_name_is_named_by_whoever_handles_it(before):
    case = SampleCase()
    await case.filed(matter=before)
    done = await case.does(matters.name, "manager", "attitude")
    assert (done.events, done.notices) == (["MatterNamed"], [("resident.matter_corrected", "households")])
    assert (case.case.matter, case.case.kind) == ("attitude", "complaint")


async def test_without_danger_the_household_tells_whoever_handles_it_and_nobody_else():
    case = SampleCase()
    await case.filed(matter="unsaid")
    done = await case.does(matters.name, "wang", "lighting_out")
    assert {recipient for _, recipient in done.notices} == {"handler", "manager"}


async def test_the_kind_that_a_resident_has_chosen_stays():
    case = SampleCase()
    await case.filed(matter="unsaid", kind="complaint")
    await case.does(matters.name, "manager", "lift_stopped")
    assert case.case.kind == "complaint"


async def test_the_button_of_a_correction_names_what_nobody_had_said():
    case = SampleCase()
    await case.filed(matter="unclear", kind="complaint")
    done = await case.does(matters.correct, "manager", "lighting_out")
    assert (done.events, case.case.matter) == (["MatterNamed"], "lighting_out")


async def test_cases_of_which_nobody_said_what_they_are_are_not_alike():
    case = SampleCase()
    await case.filed(matter="unsaid")
    assert (
        await filing.alike(case.work, Home(project=case.case.place.project, building="3栋", room="2"), "unsaid") == []
    )


async def test_nobody_else_says_it():
    case = await unsaid()
    with pytest.raises(NotFound):
        await case.does(matters.name, "stranger", "lift_trapped")


async def test_the_department_whose_matter_it_is_hears_of_the_danger_then():
    case = await unsaid("county")
    assert case.case.department == ""
    done = await case.does(matters.name, "wang", "fire_smoke")
    assert case.case.department == "fire"
    assert ("department.danger", "department") in done.urgent
    assert ("street.matter_named", "duty_desk") in done.notices
