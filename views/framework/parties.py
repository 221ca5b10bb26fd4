"""What a party is called: whoever owes something of a case, or has it in hand."""

from complaints.case_view import CaseView
from complaints.model.clock import Clock
from complaints.model.events import Expired
from complaints.model.party import Party
from complaints.model.people import anonymised
from complaints.model.roles import Responsible
from views.framework import terms
from views.framework.formats import moment_from
from views.framework.parts import person
from views.framework.translator import Html, Translator, escaped


def called(t: Translator, view: CaseView, party: Party, *, to_resident: bool = False, named: int | None = None) -> Html:
    """Staff are named in full among staff, and with stars to a resident; `named` is who handled it for the company."""
    district = t("{district} housing bureau", district=view.district.name)
    match party.role:
        case Responsible.MANAGER | Responsible.COMPANY_HEAD:
            which, name = _of_company(view, party, named)
            return person(t, which, anonymised(name) if to_resident else name)
        case Responsible.SECTION_HEAD:
            return district
        case Responsible.BUREAU_AND_COMPANY:
            if to_resident:  # the bureau gets it out of the company (长建发〔2025〕72号 五)
                return district
            return t("{bureau} and {company}", bureau=district, company=view.company.name)
        case Responsible.DEPARTMENT | Responsible.DEVELOPMENT | Responsible.MARKET:
            which = party.scope.rpartition("/")[2] if party.role is Responsible.DEPARTMENT else party.role.value
            label = view.departments.get(which)
            return escaped(t.of(label)) if label else escaped(terms.role(t, "department"))
        case Responsible.STREET | Responsible.COMMUNITY:
            return escaped(party.scope.rpartition("/")[2]) or escaped(terms.role(t, party.role.value))
        case _:
            return escaped(terms.role(t, "resident"))


def late(view: CaseView, event: Expired) -> Party:
    """Who owed what has expired."""
    return owing(view, event.debtor, event.stage)


def owing(view: CaseView, debtor: Party | None, stage: str) -> Party:
    """Who owes what a stage asks for: whom the event names, else whom the pack does."""
    return debtor or view.case.party(view.pack.stage(stage).owner)


def _of_company(view: CaseView, party: Party, named: int | None) -> tuple[str, str]:
    """The role and the name; whoever was named to handle it stands for the company."""
    if named is not None and (name := view.names.get(named)):
        if view.manager and named == view.manager.person:
            return "manager", name
        return ("company_head" if view.head and named == view.head.person else "assignee"), name
    if party.role is Responsible.MANAGER:
        return "manager", view.manager.name if view.manager else ""
    return "company_head", view.head.name if view.head else ""


def overdue_since(t: Translator, view: CaseView, clock: Clock, *, to_resident: bool = False) -> Html:
    """What has run out; whose it was where that is somebody else than whoever has the case in hand."""
    if view.holds(clock.debtor):
        return t("Overdue since {due}", due=moment_from(t, clock.due, view.now))
    return t(
        "{who}: {stage} overdue since {due}",
        who=called(t, view, clock.debtor, to_resident=to_resident),
        stage=t.of(view.stage(clock).name),
        due=moment_from(t, clock.due, view.now),
    )


def owed_by(t: Translator, view: CaseView, clock: Clock, *, to_resident: bool = False) -> str:
    """Whose deadline it is, where that is somebody else than whoever has the case in hand."""
    if view.holds(clock.debtor):
        return ""
    return t("Owed by: {who}", who=called(t, view, clock.debtor, to_resident=to_resident))
