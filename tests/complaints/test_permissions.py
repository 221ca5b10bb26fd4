"""Who may do what? The whole table, verb by person, as the case stands with the manager, the company, the bureau."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from complaints.complaint import Complaint, Handler
from complaints.errors import NotFound, NotYours
from complaints.people import Actor, Appointment, Household, Place, Role
from complaints.permissions import MAY, require

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
    "manager": (holds(41, Role.PROJECT_MANAGER, "jchy"), None),
    "deputy": (holds(42, Role.DEPUTY_MANAGER, "jchy"), None),
    "head": (holds(43, Role.COMPANY_HEAD, "jinan"), None),
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
    "other department": (holds(54, Role.DEPARTMENT_OFFICER, "510107/police"), None),
}
HOUSEHOLDS, COMPANY = {"first", "second"}, {"manager", "deputy", "head"}
BUREAU = {"officer", "section"}
HANDLERS = {Handler.MANAGER: COMPANY, Handler.COMPANY: {"head"}, Handler.BUREAU: BUREAU | {"fire"},
            Handler.DEPARTMENT: {"fire"}}  # fmt: skip
WHO = {
    "read": set(PEOPLE),
    **dict.fromkeys(("supplement", "urge", "withdraw", "rate", "say_whether_done"), HOUSEHOLDS),
    "negotiate": {"first"},
    **dict.fromkeys(("answer", "classify", "propose", "contact", "show_phone", "resolve"), "handler"),
    **dict.fromkeys(("acknowledge", "progress"), "handler or company"),
    **dict.fromkeys(("ask_review", "sign", "report_done"), COMPANY),
    "take_over": {"head"},
    "assign": {"head"},
    **dict.fromkeys(("supervise", "accept", "decide_review"), BUREAU),
    "read_all": "handler, company or bureau",
    "name": BUREAU,
    "give_preliminary": "handler or bureau",
    **dict.fromkeys(("commit", "take_in", "plan"), "handler"),
    **dict.fromkeys(("call", "fail_contact"), "handler or company"),
    "contact_for_street": {"street"},
    "penalise": BUREAU | {"fire", "street"},
    "sign_off_street": {"street", "community"},
    "sign_off_bureau": BUREAU,
    "strike_off": {"city"},
}


def test_the_table_knows_every_verb():
    assert set(WHO) == set(MAY)


@pytest.mark.parametrize("handler", Handler)
@pytest.mark.parametrize("verb", WHO)
def test_who_may(verb, handler):
    mine = HANDLERS[handler]
    also = {"handler": mine, "handler or company": mine | COMPANY, "handler or bureau": mine | BUREAU,
            "handler, company or bureau": mine | COMPANY | BUREAU}  # fmt: skip
    wanted = also.get(str(WHO[verb]))
    case = replace(CASE, handler=handler)
    assert {name for name in PEOPLE if may(verb, case, name)} == (WHO[verb] if wanted is None else wanted)


def may(verb, case, name):
    actor, household = PEOPLE[name]
    try:
        require(verb, actor, case, household)
    except NotYours:
        return False
    return True


@pytest.mark.parametrize("verb", WHO)
@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_does_not_learn_that_the_case_exists(verb, name):
    actor, household = STRANGERS[name]
    with pytest.raises(NotFound):
        require(verb, actor, CASE, household)


def test_whom_the_head_names_handles_the_case():
    actor = holds(55, Role.PROJECT_MANAGER, "wjy")
    require("answer", actor, replace(CASE, handler=Handler.COMPANY, assignee=55))
    with pytest.raises(NotYours):
        require("take_over", actor, replace(CASE, handler=Handler.COMPANY, assignee=55))


def test_a_manager_whose_time_ran_out_still_reaches_the_resident():
    actor, _ = PEOPLE["manager"]
    require("progress", actor, replace(CASE, handler=Handler.COMPANY))
