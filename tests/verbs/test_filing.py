"""Filing, and joining a case that is there already."""

from datetime import timedelta

import pytest
from sample_cases import RESULT, SampleCase, at, said

from complaints.errors import AlreadyIn, NotFound, NotServed, TooLate, TooManyToday, UnknownCode
from complaints.model.complaint import CaseOwner, State
from complaints.model.notice import Files
from complaints.model.people import Home
from complaints.usecases.company import resolution
from complaints.usecases.resident import filing, household
from complaints.usecases.resident.filing import A_DAY

FILED = [
    # pack, dangerous, who hears of it (kind and reader), and what runs from then on
    ("chengdu", False,
     [("resident.receipt", "households"), ("manager.filed", "manager"),
      ("manager.filed_copy", "company_head"), ("bureau.filed", "bureau_group")], {"respond"}),
    ("chengdu", True,
     [("resident.receipt", "households"), ("manager.filed", "manager"),
      ("manager.filed_copy", "company_head"), ("bureau.filed", "bureau_group"), ("manager.filed", "duty")],
     {"urgent", "respond"}),
    ("county", False,
     [("resident.receipt", "households"), ("manager.filed", "manager"),
      ("manager.filed_copy", "company_head"), ("bureau.incoming", "bureau_group"),
      ("bureau.incoming_private", "section_head"), ("street.copy", "street")], {"triage"}),
    ("county", True,
     [("resident.receipt", "households"), ("manager.filed", "manager"),
      ("manager.filed_copy", "company_head"), ("bureau.incoming", "bureau_group"),
      ("bureau.incoming_private", "section_head"), ("manager.filed", "duty"), ("department.danger", "street"),
      ("department.danger", "department"), ("department.danger", "duty_desk")], {"urgent", "triage_danger"}),
    ("pudong", False,
     [("resident.receipt", "households"), ("manager.filed", "manager"),
      ("manager.filed_copy", "company_head"), ("bureau.filed", "bureau_group")], {"contact", "commit"}),
    ("changzhi", False,
     [("resident.receipt", "households"), ("manager.filed", "manager"),
      ("manager.filed_copy", "company_head"), ("bureau.incoming", "bureau_group"),
      ("bureau.incoming_private", "section_head")], {"assign", "preliminary", "resolve"}),
]  # fmt: skip


BRING_FILES = ("manager.filed", "manager.filed_copy")


@pytest.mark.parametrize(("pack", "danger", "notices", "running"), FILED)
async def test_filing_tells_and_starts_what_the_pack_says(pack, danger, notices, running):
    case = SampleCase(pack)
    done = await case.filed(danger=danger)
    assert (done.events, done.notices, done.started) == (["Filed"], notices, running)
    offices = [told for told in notices if told[1] != "households"]
    assert done.urgent == (offices if danger else [])
    assert done.with_files == {told: Files.OF_EVENT for told in notices if told[0] in BRING_FILES}
    assert case.case.state is State.FILED


async def test_a_timer_waits_for_every_nudge_and_expiry(case):
    points = {"nudge1": (12, 0), "nudge2": (13, 0), "nudge3": (13, 36), "expiry1": (14, 0)}
    assert {(t.point, t.due_at) for t in case.work.timers} == {(p, at(18, *when)) for p, when in points.items()}


async def test_the_case_stands_where_the_registry_says(case):
    assert case.case.place == case.place
    assert case.text(case.case.words) == "3栋楼道灯不亮，晚上看不见"
    assert (case.household("wang").room, case.household("wang").contact) == ("1201", "phone")


async def test_a_number_is_district_time_and_a_counter(case):
    assert case.case.number == "5101072026111810000001"
    await case.filed("li")
    assert case.case.number == "5101072026111810000002"


async def test_after_the_ninety_ninth_of_a_second_comes_the_hundredth(case, monkeypatch):
    async def last(prefix):
        return f"{prefix}99"

    monkeypatch.setattr(case.work, "last_number", last)
    await case.filed("li")
    assert case.case.number == "51010720261118100000100"


async def test_who_files_for_somebody_else_is_on_record(case):
    await case.filed("li", filed_by=21)
    assert (case.event.filed_by, case.household("li").person) == (21, 2)


@pytest.mark.parametrize(
    ("pack", "matter", "danger", "owner", "department"),
    [
        ("chengdu", "lighting_out", False, CaseOwner.MANAGER, ""),
        ("county", "lighting_out", False, CaseOwner.BUREAU, ""),
        ("county", "hydrant_blocked", True, CaseOwner.BUREAU, "fire"),  # whose matter it is hears of a danger at once
        ("county", "hydrant_blocked", False, CaseOwner.BUREAU, ""),
    ],
)
async def test_the_pack_says_who_has_it_first(filed_in, pack, matter, danger, owner, department):
    case = await filed_in(pack, matter=matter, danger=danger)
    assert (case.case.handler, case.case.department) == (owner, department)


async def test_a_community_that_left_the_registry_takes_no_case():
    case = SampleCase()
    case.work.places.clear()
    with pytest.raises(UnknownCode):
        await case.filed()


async def test_a_district_without_a_pack_takes_no_case():
    case = SampleCase()
    case.work.packs_of.clear()
    with pytest.raises(NotServed):
        await case.filed()


async def test_the_eleventh_case_of_a_day_is_refused_and_a_danger_never():
    case = SampleCase()
    for _ in range(A_DAY):
        await case.filed()
    with pytest.raises(TooManyToday):
        await case.filed()
    await case.filed(danger=True)
    await case.filed(filed_by=21)
    case.work.now = at(19, 0, 0)
    await case.filed()


async def test_staff_may_file_as_many_as_there_are():
    case = SampleCase()
    for _ in range(A_DAY + 1):
        await case.filed("grid")


# --- the same again ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "found"), [(0, True), (30, True), (31, False)])
async def test_the_same_matter_in_the_same_community_is_found_within_the_packs_days(case, days, found):
    case.work.now = at() + timedelta(days=days)
    assert [c.id for c in await filing.alike(case.work, case.home, "lighting_out")] == [case.id] * found


async def test_another_matter_or_a_settled_case_is_not_the_same(case):
    assert await filing.alike(case.work, case.home, "lift_trapped") == []
    await case.does(household.withdraw, "wang")
    assert await filing.alike(case.work, case.home, "lighting_out") == []


async def test_where_the_community_is_unknown_nothing_is_the_same(case):
    case.work.places.clear()
    assert await filing.alike(case.work, case.home, "lighting_out") == []


async def test_joining_brings_a_household_with_its_own_words(case):
    done = await case.joined("li")
    assert done.events == ["Joined"]
    assert done.notices == [
        ("resident.receipt", "household"), ("manager.joined", "handler"),
    ]  # fmt: skip
    assert case.case.households == (case.household("wang").id, case.household("li").id)
    assert case.text(case.event.words) == "我家门口也不亮"
    assert {told.notice.complainant for told in case.work.told[-3:]} == {case.household("li").id, None}


async def test_joining_without_a_word_is_possible(case):
    await case.joined("li", text="")
    assert case.event.words is None


async def test_who_is_in_already_does_not_join_twice(case):
    with pytest.raises(AlreadyIn):
        await case.joined("wang", room="9999")
    with pytest.raises(AlreadyIn):  # the same flat
        await case.joined("li", room="1201")


async def test_who_has_withdrawn_may_join_again(case):
    await case.joined("li")
    await case.does(household.withdraw, "li")
    assert (await case.joined("li")).events == ["Joined"]


async def test_nobody_joins_a_case_of_another_community(case):
    case.home = Home(project="elsewhere")
    with pytest.raises(NotFound):
        await case.joined("li")


async def test_nobody_joins_what_is_settled(case):
    await case.does(resolution.resolve, "manager", said(RESULT))
    with pytest.raises(TooLate):
        await case.joined("li")


async def test_the_eleventh_of_a_day_is_not_joined_either_unless_it_is_dangerous(case):
    for _ in range(A_DAY):
        await filing.file(case.work, case.people["li"], case.draft())
    with pytest.raises(TooManyToday):
        await case.joined("li")
    await case.joined("li", danger=True)


async def test_a_joining_in_a_dangerous_case_is_never_too_many(filed_in):
    case = await filed_in("chengdu", danger=True)
    for _ in range(A_DAY):
        await filing.file(case.work, case.people["li"], case.draft())
    assert (await case.joined("li")).events == ["Joined"]
