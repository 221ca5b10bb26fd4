"""Saying what a case is about that went out in danger without a word."""

import pytest
from sample_cases import SampleCase

from complaints.errors import NotFound, TooLate
from complaints.usecases.company import matters


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
