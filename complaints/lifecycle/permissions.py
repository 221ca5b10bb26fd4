"""Who may do what to a case: the relations that somebody has to it, by role and scope, and the rights that follow."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from complaints.errors import NotFound, NotYours, TooLate
from complaints.lifecycle.acts import ACTS
from complaints.model.complaint import CaseOwner, Complaint, State
from complaints.model.people import COMPANY_ROLES, HEADS, Actor, Household, Role
from complaints.model.roles import Relation as Relation

S = Relation
# Roles that stand in no way to a single case (committee, association, steward) are not here.
RELATIONS_OF_ROLE: dict[Role, set[Relation]] = {
    Role.HEAD_DELEGATE: {S.COMPANY, S.HEAD},
    Role.PROJECT_MANAGER: {S.COMPANY},
    Role.DEPUTY_MANAGER: {S.COMPANY},
    Role.DUTY_PERSON: {S.COMPANY},
    Role.COMPANY_HEAD: {S.COMPANY, S.HEAD},
    Role.DISTRICT_OFFICER: {S.OFFICER},
    Role.SECTION_HEAD: {S.OFFICER},
    Role.CITY_OFFICER: {S.CITY},
    Role.DEPARTMENT_OFFICER: {S.DEPARTMENT},
    Role.STREET_OFFICER: {S.STREET},
    Role.COMMUNITY_WORKER: {S.COMMUNITY},
    Role.GRID_LEADER: {S.WATCHER},
    Role.INSPECTOR: {S.INSPECTOR},
    Role.DUTY_DESK: {S.WATCHER},
}
# Who receives what is referred to a department; all others are departments of their own.
RECEIVES = {
    "street": {S.STREET, S.DEPARTMENT},
    "community": {S.COMMUNITY, S.DEPARTMENT},
    "housing": {S.OFFICER},
}


@dataclass(frozen=True)
class Right:
    """Who may do it, one of these relations, and in which states of the case it can be done at all."""

    who: AbstractSet[Relation]
    states: frozenset[State]


RIGHTS: dict[str, Right] = {act.right: Right(act.by, act.states) for act in ACTS.values()}


def relations(actor: Actor, complaint: Complaint, household: Household | None = None) -> frozenset[Relation]:
    """Every way in which the actor stands to the case, by today's registry and the case's state."""
    found: set[Relation] = set()
    if household is not None and household.active and household.id in complaint.households:
        found |= _at_home(complaint, household)
    scopes = complaint.place.scopes
    for appointment in actor.appointments:
        if _covers(appointment.role, appointment.scope, complaint, scopes):
            found |= RELATIONS_OF_ROLE.get(appointment.role, set())
    if _handles(actor, complaint, found):
        found.add(S.HANDLER)
    if S.STREET in found and "recover_street" in complaint.unmet:
        found.add(S.CALLER)
    return frozenset(found)


def _at_home(complaint: Complaint, household: Household) -> set[Relation]:
    if household.follows:
        return {S.FAMILY}
    return {S.HOUSEHOLD, S.FIRST_HOUSEHOLD} if household.id == complaint.first_complainant else {S.HOUSEHOLD}


def _covers(role: Role, scope: str, complaint: Complaint, scopes: frozenset[str]) -> bool:
    if role is Role.DEPARTMENT_OFFICER:
        return scope == f"{complaint.place.district}/{complaint.department}"
    return scope in scopes


def _handles(actor: Actor, complaint: Complaint, found: set[Relation]) -> bool:
    """The manager's own people handle until the time runs out; then the head, and whomever he names of the company."""
    if actor.person is not None and actor.person == complaint.assignee and _serves(actor, complaint.place.company):
        return True
    if complaint.handler is CaseOwner.MANAGER:
        return S.COMPANY in found
    if complaint.handler is CaseOwner.COMPANY:
        return S.HEAD in found
    if complaint.handler is CaseOwner.DEPARTMENT:
        return bool(found & RECEIVES.get(complaint.department, {S.DEPARTMENT}))
    return S.OFFICER in found or S.DEPARTMENT in found


def _serves(actor: Actor, company: str) -> bool:
    """Whether somebody works for the company today, here or at another of its projects."""
    mine = [a for a in actor.appointments if a.role in COMPANY_ROLES]
    return any(a.scope == company if a.role in HEADS else a.company in ("", company) for a in mine)


def require(verb: str, actor: Actor, complaint: Complaint, household: Household | None = None) -> frozenset[Relation]:
    """The actor's relations, if they allow the verb now; else the refusal that says no more than they may know.

    NotYours or TooLate where the actor could do it in another state of this case; NotFound to everybody else, whether
    or not they know the case, so that a forged press learns nothing.
    """
    found, right = relations(actor, complaint, household), RIGHTS[verb]
    if found & right.who:
        if complaint.state not in right.states:
            raise TooLate(state=complaint.state)
        return found
    if found & _at_other_times(right, complaint):
        raise NotYours(handler=complaint.handler, verb=verb)
    raise NotFound


def _at_other_times(right: Right, complaint: Complaint) -> set[Relation]:
    """Those who stand beside the right's holders: the handler changes, and the first household may leave."""
    found: set[Relation] = set()
    if S.HANDLER in right.who:
        found |= {S.COMPANY, S.OFFICER} | RECEIVES.get(complaint.department, {S.DEPARTMENT})
    if S.FIRST_HOUSEHOLD in right.who:
        found.add(S.HOUSEHOLD)
    return found
