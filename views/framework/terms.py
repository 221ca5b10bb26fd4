"""The words for kinds, states and roles of a case."""

from collections.abc import Mapping

from complaints.model.complaint import Complaint, State
from complaints.model.events import Disposition, Finding, Level
from complaints.policy.pack import Pack
from views.framework.pack_terms import length
from views.framework.translator import Translator


def kind(t: Translator, which: str) -> str:
    labels = {
        "repair": t.p("kind", "repair"),
        "complaint": t.p("kind", "complaint"),
        "suggestion": t.p("kind", "suggestion"),
    }
    return labels[which]


def disposition(t: Translator, pack: Pack, which: Disposition | None) -> str:
    """The label of a disposition, as the handler taps it, with the days that the pack gives."""
    general, major = length(t, pack, "resolve_general"), length(t, pack, "resolve_major")
    labels = {
        Disposition.GENERAL: t.p("button", "General problem, resolved within {period}", period=general),
        Disposition.MAJOR: t.p("button", "Major problem, resolved within {period}", period=major)
        if major
        else t.p("button", "Complex, to be agreed with the resident"),
        Disposition.BUREAU_DUTY: t.p("button", "The housing bureau's duty"),
        Disposition.NEITHER: t.p("button", "Not the property service's, show the way"),
        Disposition.OWN_PART: t.p("button", "Owner's own part, paid repair possible"),
    }
    return labels[which] if which else ""


def sort(t: Translator, which: Disposition) -> str:
    """A sort of problem whose time the documents set."""
    return t.p("sort", "a major problem") if which is Disposition.MAJOR else t.p("sort", "a general problem")


def level(t: Translator, which: Level) -> str:
    labels = {
        Level.SATISFIED: t.p("button", "Satisfied"),
        Level.MOSTLY: t.p("button", "Mostly satisfied"),
        Level.SO_SO: t.p("button", "So-so"),
        Level.DISSATISFIED: t.p("button", "Dissatisfied"),
    }
    return labels[which]


def finding(t: Translator, which: Finding) -> str:
    labels = {
        Finding.TRUE: t.p("finding", "so"),
        Finding.PARTLY: t.p("finding", "partly so"),
        Finding.UNTRUE: t.p("finding", "not so"),
    }
    return labels[which]


def reasons(t: Translator) -> dict[str, str]:
    """What a dissatisfied household may say was wrong."""
    return {
        "unsolved": t.p("button", "Not solved"),
        "false": t.p("button", "Said to be done, but not done"),
        "manner": t.p("button", "Bad manners"),
        "slow": t.p("button", "Took too long"),
        "other": t.p("button", "Something else"),
    }


def role(t: Translator, which: str) -> str:
    """A role of the registry or a recipient of a notice, as people call it."""
    labels = {
        "manager": t.p("role", "project manager"),
        "project_manager": t.p("role", "project manager"),
        "deputy_manager": t.p("role", "deputy project manager"),
        "duty_person": t.p("role", "duty person"),
        "duty": t.p("role", "duty person"),
        "assignee": t.p("role", "person named to handle it"),
        "company_head": t.p("role", "head of the property company"),
        "head_delegate": t.p("role", "delegate of the company's head"),
        "steward": t.p("role", "building steward"),
        "owners_committee": t.p("role", "owners' committee"),
        "association_officer": t.p("role", "property association officer"),
        "district_officer": t.p("role", "district housing bureau officer"),
        "section_head": t.p("role", "section head of the district housing bureau"),
        "city_officer": t.p("role", "city housing bureau officer"),
        "street_officer": t.p("role", "street officer"),
        "community_worker": t.p("role", "community worker"),
        "grid_leader": t.p("role", "grid leader"),
        "department_officer": t.p("role", "department officer"),
        "inspector": t.p("role", "inspector"),
        "duty_desk": t.p("role", "government duty desk"),
        "street": t.p("role", "street office"),
        "community": t.p("role", "community"),
        "department": t.p("role", "department"),
        "development": t.p("role", "development and reform department"),
        "market": t.p("role", "market supervision department"),
        "bureau_and_company": t.p("role", "housing bureau and company"),
        "bureau_group": t.p("role", "district housing bureau"),
        "city_group": t.p("role", "city housing bureau"),
        "resident": t.p("role", "resident"),
    }
    return labels.get(which, which)


def state(t: Translator, c: Complaint) -> str:
    labels = {
        State.FILED: t.p("state", "waiting for a response"),
        State.ANSWERED: t.p("state", "being handled"),
        State.RESOLVED: t.p("state", "resolved, waiting for the rating"),
        State.CLOSED: t.p("state", "closed"),
        State.WITHDRAWN: t.p("state", "withdrawn"),
    }
    again = c.round > 1 and c.state is State.ANSWERED
    return t.p("state", "reopened, being handled again") if again else labels[c.state]


def beyond(t: Translator) -> Mapping[str, str]:
    """To whom a company can report that something is beyond it."""
    return {
        "committee": t.p("beyond", "owners' committee"),
        "community": t.p("beyond", "neighbourhood committee"),
        "street": t.p("beyond", "street office"),
    }
