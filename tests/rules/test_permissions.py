"""The whole table of rights, by verb and person, with the case at the manager, the company, the bureau."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from complaints.errors import NotFound, NotYours, TooLate
from complaints.lifecycle.permissions import RIGHTS, require
from complaints.model.complaint import CaseOwner, Clock, Complaint, State
from complaints.model.people import Actor, Appointment, Household, Place, Role
from complaints.model.roles import Responsible

PLACE = Place(
    project="jchy", company="jinan", district="510107", city="成都市", street="浆洗街街道", community="洗面桥社区"
)
CASE = Complaint(
    id=1, number="1", pack="chengdu", place=PLACE, matter="lighting_out", kind="repair", danger=False, building="3栋",
    words=1, filed_at=datetime(2026, 11, 18, tzinfo=UTC), first_complainant=1, households=(1, 2), department="fire",
)  # fmt: skip
FIRST = Household(id=1, complaint=1, person=31)
SECOND = Household(id=2, complaint=1, person=32)


def holds(person, role, scope):
    held = Appointment(role=role, scope=scope, name="某", phone="1", since=date(2026, 1, 1))
    return Actor(person=person, appointments=(held,))


PEOPLE = {
    "first": (Actor(person=31), FIRST),
    "second": (Actor(person=32), SECOND),
    "family": (Actor(person=33), replace(FIRST, person=33, follows=True)),
    "manager": (holds(41, Role.PROJECT_MANAGER, "jchy"), None),
    "deputy": (holds(42, Role.DEPUTY_MANAGER, "jchy"), None),
    "head": (holds(43, Role.COMPANY_HEAD, "jinan"), None),
    "duty": (holds(56, Role.DUTY_PERSON, "jchy"), None),
    "delegate": (holds(57, Role.HEAD_DELEGATE, "jinan"), None),
    "grid": (holds(58, Role.GRID_LEADER, "jchy"), None),
    "officer": (holds(44, Role.DISTRICT_OFFICER, "510107"), None),
    "section": (holds(45, Role.SECTION_HEAD, "510107"), None),
    "city": (holds(46, Role.CITY_OFFICER, "成都市"), None),
    "fire": (holds(47, Role.DEPARTMENT_OFFICER, "510107/fire"), None),
    "street": (holds(48, Role.STREET_OFFICER, "510107/浆洗街街道"), None),
    "community": (holds(50, Role.COMMUNITY_WORKER, "510107/浆洗街街道/洗面桥社区"), None),
    "inspector": (holds(49, Role.INSPECTOR, "成都市"), None),
}
STRANGERS = {
    "nobody": (Actor(person=99), None),
    "left": (Actor(person=31), replace(FIRST, active=False)),
    "other manager": (holds(51, Role.PROJECT_MANAGER, "wjy"), None),
    "other head": (holds(52, Role.COMPANY_HEAD, "heju"), None),
    "other officer": (holds(53, Role.DISTRICT_OFFICER, "510104"), None),
    "steward": (holds(59, Role.STEWARD, "jchy"), None),
    "committee": (holds(60, Role.OWNERS_COMMITTEE, "jchy"), None),
    "association": (holds(61, Role.ASSOCIATION_OFFICER, "成都市"), None),
    "other department": (holds(54, Role.DEPARTMENT_OFFICER, "510107/police"), None),
}
HOUSEHOLDS, COMPANY = {"first", "second"}, {"manager", "deputy", "duty", "head", "delegate"}
HEADS = {"head", "delegate"}
BUREAU = {"officer", "section"}
HANDLERS = {CaseOwner.MANAGER: COMPANY, CaseOwner.COMPANY: HEADS, CaseOwner.BUREAU: BUREAU | {"fire"},
            CaseOwner.DEPARTMENT: {"fire"}}  # fmt: skip
OPEN, ALIVE, SETTLED = {"filed", "answered"}, {"filed", "answered", "resolved"}, {"resolved", "closed"}
EVER = set(State)
WHO = {
    "read": (set(PEOPLE), EVER),
    "read_work": ("handler, company, bureau or street", EVER),
    "read_details": (BUREAU | {"city", "inspector"}, EVER),
    **dict.fromkeys(("supplement", "withdraw", "invite"), (HOUSEHOLDS, ALIVE)),
    "transcribe": ("handler or company", ALIVE),
    "correct_transcript": (HOUSEHOLDS, ALIVE),
    "name_matter": ("household, handler or company", ALIVE),
    **dict.fromkeys(("urge", "say_whether_done", "raise_danger", "deny_danger"), (HOUSEHOLDS, OPEN)),
    "rate": (HOUSEHOLDS, {"resolved"}),
    "explain": (HOUSEHOLDS, EVER),
    "unfollow": ({"family"}, EVER),
    "negotiate": ({"first"}, OPEN),
    **dict.fromkeys(
        ("answer", "classify", "propose", "resolve", "commit", "take_in", "plan", "go_beyond", "correct_matter"),
        ("handler", OPEN),
    ),
    **dict.fromkeys(("contact", "show_phone"), ("handler", ALIVE)),
    **dict.fromkeys(("acknowledge", "progress", "call", "fail_contact"), ("handler or company", OPEN)),
    "give_preliminary": ("handler or bureau", OPEN),
    "ask_review": (COMPANY, EVER),
    "sign": (COMPANY, ALIVE),
    **dict.fromkeys(("report_done", "mend"), (COMPANY, OPEN)),
    **dict.fromkeys(("take_over", "assign"), (HEADS, OPEN)),
    **dict.fromkeys(("supervise", "accept", "name"), (BUREAU, OPEN)),
    "decide_review": (BUREAU, EVER),
    "decide_renewal": (BUREAU, OPEN),
    "sign_off_bureau": (BUREAU, SETTLED),
    "sign_off_street": ({"street", "community"}, SETTLED),
    "entrust_sign_off": ({"street"}, SETTLED),
    "confirm_finding": (BUREAU | {"street"}, SETTLED),
    "strike_off": ({"city"}, SETTLED),
    "contact_for_street": ({"street"}, OPEN),
    "penalise": (BUREAU | {"fire", "street"}, EVER),
}


def test_the_table_knows_every_verb():
    assert set(WHO) == set(RIGHTS)


@pytest.mark.parametrize("handler", CaseOwner)
@pytest.mark.parametrize("verb", WHO)
def test_who_may(verb, handler):
    mine = HANDLERS[handler]
    named = {"handler": mine, "handler or company": mine | COMPANY, "handler or bureau": mine | BUREAU,
             "household, handler or company": HOUSEHOLDS | mine | COMPANY,
             "handler, company, bureau or street": mine | COMPANY | BUREAU | {"street"}}  # fmt: skip
    who, states = WHO[verb]
    wanted = named[who] if isinstance(who, str) else who
    for state in State:
        case = replace(CASE, handler=handler, state=state)
        assert {name for name in PEOPLE if may(verb, case, name)} == (wanted if state in states else set())


def may(verb, case, name):
    actor, household = PEOPLE[name]
    try:
        require(verb, actor, case, household)
    except (NotYours, NotFound, TooLate):
        return False
    return True


def test_the_street_may_look_at_the_number_while_it_must_call():
    """浦建委物管〔2023〕55号 三(二)."""
    actor, _ = PEOPLE["street"]
    owes = CASE.party(Responsible.STREET)
    recovering = Clock(id=1, stage="recover_street", round=1, debtor=owes, started=CASE.filed_at, due=CASE.filed_at)
    require("show_phone", actor, replace(CASE, clocks=(recovering,)))


@pytest.mark.parametrize(("name", "verb"), [("manager", "answer"), ("officer", "answer"), ("second", "negotiate")])
def test_whoever_could_at_another_time_is_told_who_can_now(name, verb):
    actor, household = PEOPLE[name]
    with pytest.raises(NotYours):
        require(verb, actor, replace(CASE, handler=CaseOwner.COMPANY), household)


@pytest.mark.parametrize(
    ("name", "verb"), [("inspector", "supervise"), ("first", "answer"), ("manager", "rate"), ("street", "answer")]
)
def test_whoever_never_can_learns_no_more_than_a_stranger(name, verb):
    actor, household = PEOPLE[name]
    with pytest.raises(NotFound):
        require(verb, actor, CASE, household)


@pytest.mark.parametrize("verb", WHO)
@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_does_not_learn_that_the_case_exists(verb, name):
    actor, household = STRANGERS[name]
    with pytest.raises(NotFound):
        require(verb, actor, CASE, household)


def test_whom_the_head_names_handles_the_case():
    actor = holds(55, Role.PROJECT_MANAGER, "wjy")
    require("answer", actor, replace(CASE, handler=CaseOwner.COMPANY, assignee=55))
    with pytest.raises(NotFound):
        require("take_over", actor, replace(CASE, handler=CaseOwner.COMPANY, assignee=55))


def test_a_manager_whose_time_ran_out_still_reaches_the_resident():
    actor, _ = PEOPLE["manager"]
    require("progress", actor, replace(CASE, handler=CaseOwner.COMPANY))
