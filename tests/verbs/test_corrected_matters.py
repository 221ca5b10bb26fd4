"""Whoever handles a case says which matter it is."""

import pytest

from complaints.errors import NotFound, SortedAlready
from complaints.usecases.company import matters


async def test_a_corrected_matter_is_told_to_the_household_and_moves_no_clock(case):
    kind, filed = case.case.kind, case.case.matter
    done = await case.does(matters.correct, "manager", "power_cut")
    assert (done.events, done.notices) == (["MatterCorrected"], [("resident.matter_corrected", "households")])
    assert (done.started, done.ended) == (set(), set())
    assert (case.event.before, case.case.matter, case.case.kind) == (filed, "power_cut", kind)


async def test_nobody_gets_rid_of_a_complaint_by_calling_it_a_repair(case):
    await case.does(matters.correct, "manager", "attitude")
    kind = case.case.kind
    await case.does(matters.correct, "manager", "lift_stopped")
    assert case.case.kind == kind


async def test_the_same_matter_or_one_that_is_unknown_is_refused(case):
    with pytest.raises(SortedAlready):
        await case.does(matters.correct, "manager", case.case.matter)
    with pytest.raises(NotFound):
        await case.does(matters.correct, "manager", "ghosts")


async def test_only_whoever_handles_it_may(case):
    with pytest.raises(NotFound):
        await case.does(matters.correct, "wang", "power_cut")
