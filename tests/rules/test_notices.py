"""The notices of events: recipients and urgency."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from complaints.lifecycle.moves import MOVES
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Place
from complaints.notifications import notices, rules
from complaints.notifications.notices import Priority
from complaints.policy.pack import load_packs

PACK = load_packs()["chengdu"]
AT = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
CASE = Complaint(
    id=1, number="1", pack="chengdu", place=Place(project="jchy", company="jinan", district="510107", city="成都市"),
    matter="lighting_out", kind="repair", danger=False, building="3栋", words=1, filed_at=AT, first_complainant=1,
    households=(1,),
)  # fmt: skip
FILED = {
    "number": "1", "pack": "chengdu", "project": "jchy", "company": "jinan", "district": "510107", "city": "成都市",
    "street": "", "community": "", "matter": "lighting_out", "kind": "repair", "building": "3栋", "complainant": 1,
    "words": 1,
}  # fmt: skip


def told(event):
    return notices.notices(CASE, event, CASE, PACK)


def readers(event):
    return [notice.recipient.value for notice in told(event)]


def moved(*stages, by=60):
    """These stages are due that many minutes later than they were."""
    later = AT + timedelta(minutes=by)
    counts = (e.Recount(stage=s, round=1, was=AT, due=later, window=None, provisional=False) for s in stages)
    return e.Recomputed(counts=tuple(counts))


def expired(stage, **facts):
    return e.Expired(stage=stage, point=facts.pop("point", "expiry1"), due=AT, **facts)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (e.Filed(**FILED, danger=False), ["households", "manager", "company_head", "bureau_group"]),
        (e.Filed(**FILED, danger=True),
         ["households", "manager", "company_head", "bureau_group", "duty"]),
        (e.Joined(complainant=2), ["household", "handler"]),
        (e.Supplemented(complainant=1, words=2), ["handler"]),
        (e.Transcribed(of=1, words=2, by=5, speaker=1), ["household"]),
        (e.Transcribed(of=1, words=2, by=5), []),
        (e.TranscriptDrafted(of=1, words=2), []),
        (e.TranscriptCorrected(of=1, words=2, complainant=1), ["handler"]),
        (e.DangerRaised(complainant=1, words=2), ["manager", "handler", "company_head", "duty", "bureau_group"]),
        (e.DangerRaised(words=2), ["household", "manager", "handler", "company_head", "duty", "bureau_group"]),
        (e.DangerDenied(complainant=1),
         ["manager", "handler", "company_head", "duty", "bureau_group", "called_out"]),
        (e.MatterNamed(matter="lighting_out", kind="repair", complainant=1, by=1), ["handler", "manager"]),
        (e.MatterNamed(matter="lighting_out", kind="repair", by=1), ["households"]),
        (e.Urged(complainant=1), ["handler", "company_head"]),
        (e.HouseholdWithdrew(complainant=1), []),
        (e.Erased(complainant=1), ["handler"]),
        (e.Withdrawn(), ["handler", "company_head", "bureau_group"]),
        (e.Acknowledged(by=1), ["households"]),
        (e.Answered(words=2, by=1, by_company=True, classified=False), ["households"]),
        (e.Answered(words=2, by=1, by_company=True, classified=True), []),
        (e.Classified(disposition=e.Disposition.GENERAL), ["households"]),
        (e.Classified(disposition=e.Disposition.BUREAU_DUTY), ["households", "bureau_group", "section_head"]),
        (e.Classified(disposition=e.Disposition.NEITHER), ["households", "bureau_group", "grid_leader"]),
        (e.DateProposed(until=AT, side=e.Side.HANDLER), ["household"]),
        (e.DateProposed(until=AT, side=e.Side.RESIDENT), ["handler"]),
        (e.DateAgreed(until=AT, side=e.Side.RESIDENT), ["households", "handler"]),
        (e.DateRefused(side=e.Side.RESIDENT), ["handler"]),
        (e.Progressed(words=2), ["households"]),
        (e.Visited(by=1), ["households"]),
        (e.MatterCorrected(before="other", matter="pets"), ["households"]),
        (e.Contacted(words=2), ["households"]),
        (e.PhoneShown(complainant=1, to=2), []),
        (e.ClosingAsked(words=2), ["households"]),
        (e.ClosingAnswered(complainant=1, agrees=True), ["handler"]),
        (e.Resolved(words=2, closing=e.ClosingKind.SOLVED, by=1), ["households", "company_head", "bureau_group"]),
        (e.Rated(complainant=1, level=e.Level.SATISFIED, complete=True), ["resolver"]),
        (e.RatingExplained(complainant=1, reason="slow"), ["handler", "company_head"]),
        (e.ReviewAsked(words=2), ["section_head"]),
        (e.ReviewDecided(counts=True), ["handler", "company_head", "households"]),
        (e.Reopened(round=2), ["households", "handler", "company_head", "bureau_group"]),
        (e.Closed(how=e.Ending.SILENT), ["households"]),
        (e.Closed(how=e.Ending.RATED), []),
        (e.TakenOver(by=1), ["households"]),
        (e.Assigned(to=1, by=2), ["assignee", "households"]),
        (e.Accepted(by=1), ["households", "manager"]),
        (e.SentBack(words=2), ["handler", "households"]),
        (e.Supervised(order="1", until=AT, by=1), ["manager", "company_head", "bureau_group", "households"]),
        (e.OrderWorded(order="1", words=2), ["manager", "company_head"]),
        (e.Signed(order="1", by=1), ["bureau_group"]),
        (e.ReportedDone(order="1", words=2), ["bureau_group", "section_head"]),
        (e.Referred(department="fire", words=2),
         ["department", "manager", "company_head", "bureau_group", "households"]),
        (e.Called(by=1), ["households"]),
        (e.Committed(until=AT, by=1), ["households"]),
        (e.ContactFailed(by=1), ["street", "company_head", "households"]),
        (e.StreetContacted(words=2, by=1), ["households", "handler"]),
        (e.PreliminaryGiven(words=2, by=1), ["households", "handler", "bureau_group"]),
        (e.ReferralAccepted(by=1), ["households", "bureau_group"]),
        (e.ReferralReturned(words=2), ["bureau_group", "section_head"]),
        (e.PlanProgressed(words=2), ["households", "bureau_group", "section_head"]),
        (e.StruckOff(by=1), ["households", "bureau_group"]),
        *((act(words=2), ["manager", "company_head", "bureau_group", "households"])
          for act in (e.Listed, e.Raised, e.Convened, e.Waived)),
        (expired("respond", to_company=True),
         ["manager", "handler", "company_head", "bureau_group", "section_head", "households"]),
        (expired("takeover"), ["handler", "bureau_group", "section_head", "households"]),
        (expired("urgent", final=False), ["manager", "duty", "company_head"]),
        (expired("urgent", point="expiry2"), ["manager", "bureau_group", "bureau_duty", "street", "households"]),
        (expired("resolve_major"), ["handler", "company_head", "bureau_group", "section_head", "households"]),
        (expired("resolve_major", again=True),
         ["handler", "company_head", "bureau_group", "section_head", "households", "city_group"]),
        (expired("supervise"), ["section_head", "bureau_group", "city_group", "households"]),
        (expired("survey"), []),
        (moved("resolve_general"), ["handler", "households"]),
        (moved("classify", "resolve_general"), ["handler", "households"]),
        (moved("takeover"), ["handler", "company_head", "households"]),
        (moved("supervise"), ["section_head"]),
        (moved("takeover", "supervise"), ["handler", "company_head", "households", "section_head"]),
        (moved("survey"), ["households"]),
        (moved("resolve_general", by=0), []),  # only the mark falls away
        (e.Nudged(stage="respond", point="nudge1", due=AT), ["manager"]),
        (e.Nudged(stage="respond", point="nudge3", due=AT), ["manager", "company_head"]),
        (e.Nudged(stage="survey", point="nudge1", due=AT), ["households"]),
    ],
)  # fmt: skip
def test_who_is_told(event, expected):
    assert readers(event) == expected


TO_GROUPS = [
    notice for tells in (rules.FILED, *(found.move.tells for found in MOVES.values())) for notice in tells
    if notice.recipient.value.endswith("_group")
]  # fmt: skip


@pytest.mark.parametrize("notice", TO_GROUPS, ids=lambda notice: notice.kind)
def test_a_group_gets_only_the_bureaus_own_notices(notice):
    assert notice.kind.startswith("bureau.")


@pytest.mark.parametrize("notice", TO_GROUPS, ids=lambda notice: notice.kind)
def test_files_never_travel_with_a_notice_to_a_group(notice):
    assert notice.files is None


@pytest.mark.parametrize(
    ("event", "priority"),
    [
        (e.Filed(**FILED, danger=False), Priority.NOTICE),
        (e.Filed(**FILED, danger=True), Priority.ESCALATION),
        (expired("respond"), Priority.ESCALATION),
        (e.Nudged(stage="respond", point="nudge1", due=AT), Priority.NUDGE),
        (e.Supervised(order="1", until=AT, by=1), Priority.ESCALATION),
    ],
)
def test_how_urgent_it_is_for_the_company(event, priority):
    company = ("manager", "handler", "company_head")
    assert {n.priority for n in told(event) if n.recipient.value in company} == {priority}


def test_a_survey_reminder_waits_for_everything_else():
    [notice] = told(e.Nudged(stage="survey", point="nudge1", due=AT))
    assert (notice.kind, notice.priority) == ("resident.survey_reminder", Priority.SURVEY)


def test_only_the_first_household_is_asked_for_a_date():
    [notice] = told(e.DateProposed(until=AT, side=e.Side.HANDLER))
    assert notice.complainant == CASE.first_complainant


def test_an_event_that_nobody_is_told_of_tells_nobody():
    assert notices.notices(CASE, SimpleNamespace(), CASE, PACK) == ()
