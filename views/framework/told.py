"""Sentences on who was told, who has done something, and whom nobody can tell: nothing that the facts don't bear."""

from collections.abc import Iterable

from complaints.case_view import CaseView
from complaints.model.party import Party
from complaints.model.people import COMPANY_ROLES, OFFICER_ROLES, Role, anonymised
from complaints.model.roles import RecipientRole, Responsible
from complaints.told import OutOfReach, Reach, Told
from views.framework import parts, terms
from views.framework.translator import Html, Translator, escaped

R = RecipientRole
OF_BUREAU = (R.BUREAU_GROUP, R.BUREAU_DUTY, R.SECTION_HEAD)
PUBLIC = (*OF_BUREAU, R.CITY_GROUP, R.STREET, R.COMMUNITY, R.GRID_LEADER, R.DEPARTMENT, R.DUTY_DESK)
OF_PARTY = {
    Responsible.SECTION_HEAD: OF_BUREAU, Responsible.BUREAU_AND_COMPANY: OF_BUREAU, Responsible.STREET: (R.STREET,),
    Responsible.COMMUNITY: (R.COMMUNITY,), Responsible.DEPARTMENT: (R.DEPARTMENT,),
}  # fmt: skip
CITY, BUREAU = (Role.CITY_OFFICER,), (Role.DISTRICT_OFFICER, Role.SECTION_HEAD)


def was_told(view: CaseView, *recipients: RecipientRole) -> bool:
    """Whether somebody was told in one of these roles."""
    return any(one.recipient in recipients for one in view.told)


def bureau_was_told(view: CaseView) -> bool:
    return was_told(view, *OF_BUREAU) or any(one.role in BUREAU for one in view.told)


def offices_line(t: Translator, view: CaseView, late: Party | None = None) -> str:
    """Everybody of the public side who was told of it, but for whoever reads it, and who was `late` with it itself."""
    others = [one for one in view.told if _is_public(one) and one.recipient is not view.recipient]
    of_late = OF_PARTY.get(late.role, ()) if late is not None else ()
    found = (_name(t, view, one, masked=True) for one in others if one.recipient not in of_late)
    offices = parts.joined(t(", "), dict.fromkeys(found))
    return t("Also told: {offices}", offices=offices) if offices else ""


def _is_public(one: Told) -> bool:
    return one.recipient in PUBLIC or one.role in (*BUREAU, *CITY)


def households_were_told(view: CaseView) -> bool:
    return was_told(view, R.HOUSEHOLDS)


def unread(t: Translator, view: CaseView) -> str:
    """Where no household can read what was written to it: how they can be told, by the way they are to be reached."""
    if households_were_told(view):
        return ""
    match view.first.contact if view.first else "phone":
        case "phone":
            return t("The resident hasn't joined here and can't read it: please call or go there.")
        case "bot":
            return t("The resident hasn't joined here and can't read it, nor agreed to calls: please go there.")
        case _:
            return t("The resident hasn't joined here, and can read it only after that.")


def line(t: Translator, view: CaseView, *, masked: bool = False) -> str:
    """Who is told of what has just been done; that nobody is, where it is so."""
    return _told(t, view, view.told, masked=masked) or t("Nobody else is told of it.")


def _told(t: Translator, view: CaseView, told: Iterable[Told], *, masked: bool = False) -> str:
    people = names(t, view, told, masked=masked)
    return t("Told: {people}", people=people) if people else ""


def names(t: Translator, view: CaseView, told: Iterable[Told], *, masked: bool = False) -> Html:
    """Each once; people of the company by role and name, which strangers read `masked`, offices as offices."""
    return parts.joined(t("; "), dict.fromkeys(_name(t, view, one, masked=masked) for one in told))


def offices(t: Translator, view: CaseView, recipients: Iterable[RecipientRole]) -> Html:
    """Those of the public side among these, where the case's place has them."""
    nowhere = () if view.case.place.street else (R.STREET,)
    return roles(t, view, (one for one in recipients if one in PUBLIC and one not in nowhere))


def roles(t: Translator, view: CaseView, recipients: Iterable[RecipientRole]) -> Html:
    """Whoever holds these roles, nobody by name."""
    return parts.joined(t(", "), dict.fromkeys(_name(t, view, Told(recipient=r), masked=True) for r in recipients))


def _name(t: Translator, view: CaseView, one: Told, *, masked: bool) -> Html:
    if one.recipient in (R.HOUSEHOLDS, R.HOUSEHOLD):
        if masked:  # who reads it is a household of the case, too
            return escaped(t("the other households"))
        return escaped(t.n("the resident", "the residents", max(1, len(view.case.households))))
    if one.recipient is R.CITY_GROUP or one.role in CITY:
        return escaped(terms.role(t, "city_group"))
    if one.recipient in OF_BUREAU or one.role in BUREAU:
        return bureau(t, view)
    if one.recipient is R.DEPARTMENT and one.role == Role.DEPARTMENT_OFFICER:
        return escaped(t.of(view.department_label))
    if one.recipient is R.STREET or one.role == Role.STREET_OFFICER:
        return t("{street} office", street=view.case.place.street)
    if one.role in COMPANY_ROLES:
        return parts.person(t, one.role, anonymised(one.name) if masked else one.name)
    return escaped(terms.role(t, one.recipient.value))


def bureau(t: Translator, view: CaseView) -> Html:
    return t("{district} housing bureau", district=view.district.name)


# --- who has done it --------------------------------------------------------------------------------------------


def actor(t: Translator, view: CaseView) -> Html:
    """Whoever has done what the notice is about, by the ledger: never whoever happens to handle the case."""
    return signed(t, view, view.actor)


def signed(t: Translator, view: CaseView, person: int | None, *, masked: bool = True) -> Html:
    """How a person of staff signs, as residents read it; without a known name the company, never another's."""
    found = view.signers.get(person) if person is not None else None
    if found is None:
        return escaped(view.company.name)
    if found.office is not None:
        return escaped(t.of(found.office))
    if found.role in OFFICER_ROLES:
        return escaped(terms.role(t, "city_group")) if found.role in CITY else bureau(t, view)
    if found.role == Role.STREET_OFFICER:
        return t("{street} office", street=view.case.place.street)
    if found.role == Role.COMMUNITY_WORKER:
        return escaped(view.case.place.community)
    return parts.person(t, found.role, anonymised(found.name) if masked else found.name)


def last_words(t: Translator, view: CaseView) -> Html:
    """Above the newest words of staff: who has written them."""
    said = view.words.get(view.case.last_words) if view.case.last_words is not None else None
    if said is None or said.person not in view.signers:
        return t("The last words:")
    return t("The last words, from {who}:", who=signed(t, view, said.person))


# --- whom nobody can tell ---------------------------------------------------------------------------------------


def out_of_reach(t: Translator, view: CaseView) -> tuple[Html, list[Html]]:
    """What is so of manager and head: in a few words, and each in a line with who it is and why."""
    missed = [one for one in view.company_reach if one.why is not None]
    if len(missed) == len(view.company_reach):
        mark = t("Nobody of the company can be reached here")
    else:
        mark = t("Can't be reached here: {role}", role=parts.joined(t(", "), (_role(t, one) for one in missed)))
    return mark, [_how(t, one) for one in view.company_reach]


def _role(t: Translator, one: Reach) -> str:
    return terms.role(t, one.recipient.value)


def _how(t: Translator, one: Reach) -> Html:
    who = parts.person(t, one.recipient.value, one.name)
    if one.why is None:
        return t("{who}: can be reached here", who=who)
    return {
        OutOfReach.UNNAMED: t("{who}: the registry names nobody", who=who),
        OutOfReach.NEVER_JOINED: t("{who}: hasn't joined yet", who=who),
        OutOfReach.BLOCKED: t("{who}: has joined, but can't be reached any more", who=who),
    }[one.why]
