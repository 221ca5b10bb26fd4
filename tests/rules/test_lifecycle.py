"""The moves that are possible in each state, and what each makes of the case."""

from datetime import UTC, datetime, timedelta

import pytest

from complaints.errors import TooLate
from complaints.lifecycle.moves import MOVES, allows, apply, born
from complaints.model import events as e
from complaints.model.complaint import CaseOwner, State
from complaints.model.party import Party
from complaints.model.roles import Responsible

AT = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=3)
FILED = e.Filed(
    number="51010720261118100000", pack="chengdu", project="jchy", company="jinan", district="510107", city="成都市",
    street="浆洗街街道", community="洗面桥社区", matter="lighting_out", kind="repair", danger=False, building="3栋",
    complainant=1, words=10,
)  # fmt: skip
ANSWERED = e.Answered(words=11, by=5, by_company=True, classified=False)
RESOLVED = e.Resolved(words=12, closing=e.ClosingKind.SOLVED, by=5)
STATES = {
    State.FILED: (),
    State.ANSWERED: (ANSWERED,),
    State.RESOLVED: (ANSWERED, RESOLVED),
    State.CLOSED: (ANSWERED, RESOLVED, e.Closed(how=e.Ending.RATED)),
    State.WITHDRAWN: (e.Withdrawn(),),
}
OPEN = {State.FILED, State.ANSWERED}
ALIVE = OPEN | {State.RESOLVED}
OWES = Party(role=Responsible.MANAGER, scope="jchy")
EVENTS = [
    # the event, and the states from which it may come
    (e.Joined(complainant=2), OPEN),
    (e.Transcribed(of=10, words=20, by=5), ALIVE),
    (e.TranscriptDrafted(of=10, words=20), ALIVE),
    (e.TranscriptCorrected(of=10, words=20, complainant=1), ALIVE),
    (e.DangerRaised(complainant=1, words=20), OPEN),
    (e.DangerDenied(complainant=1), OPEN),
    (e.MatterNamed(matter="lighting_out", kind="repair", complainant=1, by=1), ALIVE),
    (e.Supplemented(complainant=1, words=20), ALIVE),
    (e.Urged(complainant=1), OPEN),
    (e.HouseholdWithdrew(complainant=1), ALIVE),
    (e.Erased(complainant=1), set(State)),
    (e.Withdrawn(), ALIVE),
    (e.Acknowledged(by=5), OPEN),
    (ANSWERED, OPEN),
    (e.Classified(disposition=e.Disposition.MAJOR), OPEN),
    (e.DateProposed(until=LATER, side=e.Side.HANDLER), OPEN),
    (e.DateAgreed(until=LATER, side=e.Side.RESIDENT), OPEN),
    (e.DateRefused(side=e.Side.RESIDENT), OPEN),
    (e.Progressed(words=20), OPEN),
    (e.Visited(by=5), OPEN),
    (e.MatterCorrected(before="other", matter="pets"), OPEN),
    (e.Contacted(words=20), ALIVE),
    (e.PhoneShown(complainant=1, to=5), ALIVE),
    (e.ClosingAsked(words=20), OPEN),
    (e.ClosingAnswered(complainant=1, agrees=True), OPEN),
    (RESOLVED, OPEN),
    (e.Rated(complainant=1, level=e.Level.SATISFIED, complete=True), {State.RESOLVED}),
    (e.Reopened(round=2), {State.RESOLVED, State.CLOSED}),
    (e.Closed(how=e.Ending.SILENT), {State.RESOLVED, State.ANSWERED}),
    (e.Recomputed(counts=()), ALIVE),
    (e.TakenOver(by=6), OPEN),
    (e.Assigned(to=5, by=6), OPEN),
    (e.HandlerLost(person=5), OPEN),
    (e.Accepted(by=7), OPEN),
    (e.SentBack(words=20), OPEN),
    (e.Supervised(order="督1", until=LATER, by=7), OPEN),
    (e.OrderWorded(order="督1", words=20), OPEN),
    (e.Signed(order="督1", by=6), ALIVE),
    (e.ReportedDone(order="督1", words=20), OPEN),
    (e.Listed(words=20), OPEN),
    (e.Raised(words=20), OPEN),
    (e.Convened(words=20), OPEN),
    (e.Waived(words=20), OPEN),
    (e.Referred(department="fire", words=20), OPEN),
    (e.RatingExplained(complainant=1, reason="slow"), set(State)),
    (e.ReviewAsked(words=20), set(State)),
    (e.ReviewDecided(counts=True), set(State)),
    (e.Nudged(stage="respond", point="nudge1", due=LATER), set(State)),  # a penalty's clock outlives its case
    (e.Expired(stage="respond", point="expiry1", due=LATER), set(State)),
    (e.Called(by=5), OPEN),
    (e.ContactFailed(by=5), OPEN),
    (e.ContactTried(by=5), OPEN),
    (e.ReportedBeyond(words=20, to="street", by=5), OPEN),
    (e.Committed(until=LATER, by=5), OPEN),
    (e.PreliminaryGiven(words=20, by=5), OPEN),
    (e.ReferralAccepted(by=5), OPEN),
    (e.ReferralReturned(words=20), OPEN),
    (e.DeclaredUnsolvable(words=20), OPEN),
    (e.PlanSubmitted(words=20, until=LATER), OPEN),
    (e.PlanProgressed(words=20), OPEN),
    (e.LeadReceived(words=20), set(State)),
    (e.LeadVerified(words=20), set(State)),
    (e.PenaltyOpened(words=20), set(State)),
    (e.PenaltyExtended(words=20, until=LATER), set(State)),
    (e.PenaltyDecided(words=20), set(State)),
    (e.StreetContacted(words=20, by=5), OPEN),
    (e.Redelivered(source="12345"), OPEN),
    (e.SignedOff(side=e.Signer.STREET, by=5, complete=False), {State.RESOLVED, State.CLOSED}),
    (e.SignOffEntrusted(by=5), {State.RESOLVED, State.CLOSED}),
    (e.FindingConfirmed(finding=e.Finding.TRUE, by=5), {State.RESOLVED, State.CLOSED}),
    (e.StruckOff(by=5), {State.RESOLVED, State.CLOSED}),
    (e.RulesChanged(void=(), started=()), ALIVE),
    (e.RenewalAsked(stage="plan", words=20), OPEN),
    (e.RenewalDecided(stage="plan", granted=True, by=5), OPEN),
    (e.MetLate(stage="respond", clock=1, due=LATER, debtor=OWES, through="Answered"), set(State)),
]


def case_in(state=State.FILED):
    case = born(1, FILED, AT)
    for event in STATES[state]:
        case = apply(case, event, AT)
    return case


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(("event", "states"), EVENTS, ids=lambda v: type(v).__name__)
def test_an_event_comes_only_from_its_states(event, states, state):
    case = case_in(state)
    assert allows(case, type(event)) is (state in states)
    if state in states:
        assert apply(case, event, LATER).version == case.version + 1
        return
    with pytest.raises(TooLate) as refused:
        apply(case, event, LATER)
    assert refused.value.facts["state"] is state


def test_every_event_has_its_move_in_the_table():
    assert set(MOVES) == {type(event) for event, _ in EVENTS} == set(e.EVENTS.values()) - {e.Filed}


@pytest.mark.parametrize(
    ("before", "event", "fields"),
    [
        # from the state, by the event, to these fields
        (State.FILED, ANSWERED, {"state": State.ANSWERED, "answered_at": LATER, "last_words": 11}),
        (State.ANSWERED, ANSWERED, {"answered_at": AT}),  # the first answer counts
        (State.FILED, RESOLVED, {"state": State.RESOLVED, "answered_at": LATER, "resolved_at": LATER, "result": 12}),
        (State.FILED, e.Withdrawn(), {"state": State.WITHDRAWN, "closed_at": LATER}),
        (State.FILED, e.Joined(complainant=2), {"households": (1, 2), "first_complainant": 1}),
        (State.FILED, e.Raised(words=9), {"handler": CaseOwner.BUREAU, "acts": ("Raised",)}),
        (State.FILED, e.Listed(words=9), {"handler": CaseOwner.MANAGER, "acts": ("Listed",)}),
        (State.FILED, e.TakenOver(by=6), {"assignee": 6}),
        (State.FILED, e.Assigned(to=5, by=6), {"assignee": 5}),
        (State.FILED, e.Accepted(by=7), {"handler": CaseOwner.BUREAU, "accepted": True}),
        (State.FILED, e.Classified(disposition=e.Disposition.NEITHER, department="fire"),
         {"handler": CaseOwner.BUREAU, "department": "fire"}),
        (State.FILED, e.Classified(disposition=e.Disposition.MAJOR), {"handler": CaseOwner.MANAGER}),
        (State.FILED, e.Referred(department="fire", words=9),
         {"handler": CaseOwner.DEPARTMENT, "department": "fire", "referral": "waiting", "acts": ("Referred",)}),
        (State.FILED, e.ReferralAccepted(by=7), {"referral": "accepted"}),
        (State.FILED, e.ReferralReturned(words=9), {"handler": CaseOwner.BUREAU, "department": "", "accepted": False}),
        (State.FILED, e.Committed(until=LATER, by=5), {"state": State.ANSWERED, "agreed_until": LATER}),
        (State.FILED, e.PreliminaryGiven(words=9, by=5), {"state": State.ANSWERED, "last_words": 9}),
        (State.ANSWERED, e.PlanSubmitted(words=9, until=LATER), {"agreed_until": LATER, "plan_until": LATER}),
        (State.CLOSED, e.SignedOff(side=e.Signer.BUREAU, by=7, complete=False), {"signed_off": (e.Signer.BUREAU,)}),
        (State.CLOSED, e.StruckOff(by=7), {"struck_off_at": LATER}),
        (State.CLOSED, e.FindingConfirmed(finding=e.Finding.PARTLY, by=7),
         {"finding": e.Finding.PARTLY, "finding_confirmed": True}),
        (State.CLOSED, e.SignOffEntrusted(by=7), {"acts": ("SignOffEntrusted",)}),
        (State.ANSWERED, e.ContactTried(by=5), {"attempts": (LATER,)}),
        (State.FILED, e.ReportedBeyond(words=9, to="street", by=5),
         {"state": State.ANSWERED, "last_words": 9, "acts": ("ReportedBeyond",), "handler": CaseOwner.MANAGER}),
        (State.RESOLVED, e.Closed(how=e.Ending.RATED), {"state": State.CLOSED, "closed_at": LATER}),
        (State.CLOSED, e.Reopened(round=2),
         {"state": State.ANSWERED, "round": 2, "resolved_at": None, "closed_at": None, "agreed_until": None}),
    ],
)  # fmt: skip
def test_what_an_event_makes_of_the_case(before, event, fields):
    after = apply(case_in(before), event, LATER)
    assert {name: getattr(after, name) for name in fields} == fields


def test_when_the_first_household_leaves_the_next_negotiates():
    case = apply(case_in(), e.Joined(complainant=2), AT)
    after = apply(case, e.HouseholdWithdrew(complainant=1), AT)
    assert (after.households, after.first_complainant) == ((2,), 2)


def test_an_expiry_hands_the_case_to_the_company_and_frees_it_of_its_assignee():
    case = apply(case_in(), e.Assigned(to=5, by=6), AT)
    after = apply(case, e.Expired(stage="respond", point="expiry1", due=AT, to_company=True), AT)
    assert (after.handler, after.assignee) == (CaseOwner.COMPANY, None)


@pytest.mark.parametrize(("due", "slips"), [(LATER, 1), (LATER + timedelta(hours=1), 0)])
def test_only_the_agreed_date_itself_is_a_slip(due, slips):
    case = apply(case_in(State.ANSWERED), e.DateAgreed(until=LATER, side=e.Side.RESIDENT), AT)
    assert apply(case, e.Expired(stage="any", point="expiry1", due=due), due).slips == slips


def test_a_warning_before_the_due_time_is_no_slip():
    case = apply(case_in(State.ANSWERED), e.DateAgreed(until=LATER, side=e.Side.RESIDENT), AT)
    assert apply(case, e.Expired(stage="any", point="expiry1", due=LATER, final=False), AT).slips == 0


def test_a_household_that_rates_again_is_counted_once():
    case = apply(case_in(State.RESOLVED), e.Rated(complainant=1, level=e.Level.SO_SO, complete=False), AT)
    after = apply(case, e.Rated(complainant=1, level=e.Level.SATISFIED, complete=False), AT)
    assert after.ratings == ((1, e.Level.SATISFIED),)


def test_signing_twice_signs_once():
    case = apply(case_in(), e.Supervised(order="督1", until=LATER, by=7), AT)
    for _ in range(2):
        case = apply(case, e.Signed(order="督1", by=6), AT)
    assert case.order.signed == (6,)
