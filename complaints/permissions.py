"""Who may do what to a case? One table, verb by standing."""

from enum import StrEnum

from complaints.complaint import Complaint, Handler
from complaints.errors import NotFound, NotYours
from complaints.people import Actor, Household, Role


class Standing(StrEnum):
    """How somebody stands to a case; one person may stand in several ways."""

    HOUSEHOLD = "household"
    FIRST_HOUSEHOLD = "first_household"
    COMPANY = "company"  # works for the company of the case, here
    HEAD = "head"
    HANDLER = "handler"  # must act now
    OFFICER = "officer"  # of the case's district
    CITY = "city"
    DEPARTMENT = "department"
    STREET = "street"
    COMMUNITY = "community"
    WATCHER = "watcher"  # reads, has no other right


S = Standing
ROLE_STANDING = {
    Role.PROJECT_MANAGER: S.COMPANY,
    Role.DEPUTY_MANAGER: S.COMPANY,
    Role.DUTY_PERSON: S.COMPANY,
    Role.COMPANY_HEAD: S.COMPANY,
    Role.DISTRICT_OFFICER: S.OFFICER,
    Role.SECTION_HEAD: S.OFFICER,
    Role.CITY_OFFICER: S.CITY,
    Role.DEPARTMENT_OFFICER: S.DEPARTMENT,
    Role.STREET_OFFICER: S.STREET,
    Role.COMMUNITY_WORKER: S.COMMUNITY,
    Role.GRID_LEADER: S.WATCHER,
    Role.INSPECTOR: S.WATCHER,
    Role.DUTY_DESK: S.WATCHER,
}
HOUSEHOLD, FIRST, HANDLER, HEAD = {S.HOUSEHOLD}, {S.FIRST_HOUSEHOLD}, {S.HANDLER}, {S.HEAD}
STAFF = {S.COMPANY, S.OFFICER}
OFFICER = {S.OFFICER}
# Who receives what is referred to a department; all others are departments of their own.
RECEIVES = {"street": {S.STREET, S.DEPARTMENT}, "community": {S.COMMUNITY, S.DEPARTMENT}, "housing": OFFICER}

MAY: dict[str, set[Standing]] = {
    "read": set(Standing),
    "supplement": HOUSEHOLD,
    "urge": HOUSEHOLD,
    "withdraw": HOUSEHOLD,
    "negotiate": FIRST,
    "rate": HOUSEHOLD,
    "say_whether_done": HOUSEHOLD,
    "answer": HANDLER,
    "acknowledge": {S.COMPANY, S.HANDLER},
    "classify": HANDLER,
    "propose": HANDLER,
    "progress": {S.HANDLER, S.COMPANY},
    "contact": HANDLER,
    "show_phone": HANDLER,
    "resolve": HANDLER,
    "ask_review": {S.COMPANY},
    "take_over": HEAD,
    "assign": HEAD,
    "sign": {S.COMPANY},
    "report_done": {S.COMPANY},
    "supervise": OFFICER,
    "accept": OFFICER,
    "decide_review": OFFICER,
    "read_all": STAFF | HANDLER,
    "name": OFFICER,
    "give_preliminary": {S.HANDLER, S.OFFICER},
    "commit": HANDLER,
    "call": {S.HANDLER, S.COMPANY},
    "fail_contact": {S.HANDLER, S.COMPANY},
    "contact_for_street": {S.STREET},
    "take_in": HANDLER,
    "plan": HANDLER,
    "penalise": {S.DEPARTMENT, S.STREET, S.OFFICER},
    "sign_off_street": {S.STREET, S.COMMUNITY},
    "sign_off_bureau": OFFICER,
    "strike_off": {S.CITY},
}


def standings(actor: Actor, complaint: Complaint, household: Household | None = None) -> frozenset[Standing]:
    """Every way in which the actor stands to the case, by today's registry and the case's state."""
    found: set[Standing] = set()
    if household is not None and household.active and household.id in complaint.households:
        found.add(S.HOUSEHOLD)
        if household.id == complaint.first_complainant:
            found.add(S.FIRST_HOUSEHOLD)
    scopes = complaint.place.scopes
    for appointment in actor.appointments:
        if _covers(appointment.role, appointment.scope, complaint, scopes):
            found.add(ROLE_STANDING[appointment.role])
            if appointment.role is Role.COMPANY_HEAD:
                found.add(S.HEAD)
    if _handles(actor, complaint, found):
        found.add(S.HANDLER)
    return frozenset(found)


def _covers(role: Role, scope: str, complaint: Complaint, scopes: frozenset[str]) -> bool:
    if role is Role.DEPARTMENT_OFFICER:
        return scope == f"{complaint.place.district}/{complaint.department}"
    return scope in scopes


def _handles(actor: Actor, complaint: Complaint, found: set[Standing]) -> bool:
    """The manager's own people handle until the time runs out; then the head, and whomever he names."""
    if actor.person is not None and actor.person == complaint.assignee:
        return True
    if complaint.handler is Handler.MANAGER:
        return S.COMPANY in found
    if complaint.handler is Handler.COMPANY:
        return S.HEAD in found
    if complaint.handler is Handler.DEPARTMENT:
        return bool(found & RECEIVES.get(complaint.department, {S.DEPARTMENT}))
    return S.OFFICER in found or S.DEPARTMENT in found


def require(verb: str, actor: Actor, complaint: Complaint, household: Household | None = None) -> frozenset[Standing]:
    """The actor's standings, if they allow the verb; NotYours or, to whoever may not know of the case, NotFound."""
    found = standings(actor, complaint, household)
    if not found:
        raise NotFound
    if not found & MAY[verb]:
        raise NotYours(handler=complaint.handler, verb=verb)
    return found
