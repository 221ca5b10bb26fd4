"""The greeting of somebody whom the registry names: in which duty, and what comes of it here."""

from collections.abc import Callable, Sequence

from complaints.model.people import (  # fmt: skip
    COMPANY_ROLES,
    OFFICE_ROLES,
    REGISTRARS,
    Appointment,
    Role,
)
from views.framework import terms
from views.framework.screen import Lines, Screen
from views.framework.translator import Html, Translator
from views.officer import file_on_behalf


def staff_welcome(
    t: Translator, appointments: Sequence[tuple[Appointment, str]], promise: str, *, to_head: bool = True
) -> Screen:
    """Each role with its scope by name, and what it can do here. `to_head`: what expires goes to the head."""
    out = Lines()
    for appointment, scope in appointments:
        out(_appointed(t, appointment, scope))
    roles = {a.role for a, _ in appointments}
    out(*(Html(f"{n}. {rule}") for n, rule in enumerate(_rules(t, roles, promise, to_head=to_head), 1)))
    files_for_others = any(a.role in REGISTRARS for a, _ in appointments)
    return Screen(str(out), keyboard=file_on_behalf.keyboard(t) if files_for_others else ())


def _appointed(t: Translator, appointment: Appointment, scope: str) -> Html:
    if appointment.role is Role.DEPARTMENT_OFFICER:
        return t("<b>You are an officer of {office}.</b>", office=scope)
    return t("<b>You are the {role} of {scope}.</b>", role=terms.role(t, appointment.role.value), scope=scope)


def _rules(t: Translator, roles: set[Role], promise: str, *, to_head: bool) -> list[Html]:
    """What these roles can do and will get, each once; nothing that they can't."""
    if roles & set(COMPANY_ROLES):
        return _company_rules(t, promise, _after_expiry(t, is_head=Role.COMPANY_HEAD in roles, to_head=to_head))
    lines = [line for which, rules in RULES for line in rules(t) if roles & which]
    if roles & TOLD_OF_RESIDENTS:
        lines.append(t("Residents' phones and rooms are for the case only, and looks are on record."))
    return list(dict.fromkeys(lines))


def _company_rules(t: Translator, promise: str, after_expiry: Html) -> list[Html]:
    return [
        t("New cases come here at once. Reply to the card in words: that is the response."),
        t("The clock: {promise}.", promise=promise),
        after_expiry,
        t("/todo shows what is open, the most urgent first."),
    ]


def _after_expiry(t: Translator, *, is_head: bool, to_head: bool) -> Html:
    if not to_head:
        return t("You are reminded before time runs out. After that the bureau is told.")
    if is_head:
        return t("You are reminded before time runs out. After that you handle it, and the bureau knows.")
    return t("You are reminded before time runs out. After that the company's head handles it and the bureau knows.")


def _officer_rules(t: Translator) -> list[Html]:
    return [
        t("Overdue cases are shown in your group, and to the section head in private."),
        t("Bind your group: send /bind here."),
        t("/today, /overdue and /project NAME give the numbers, /find NUMBER one case."),
        t("Residents' personal data never goes to a group."),
    ]


def _city_rules(t: Translator) -> list[Html]:
    return [
        t("What a district leaves overdue is shown in your group; to bind one, send /bind here."),
        t("/today, /overdue and /project NAME give the numbers, /find NUMBER one case."),
        t("Residents' personal data never goes to a group."),
    ]


def _place_rules(t: Translator) -> list[Html]:
    return [
        t("What is referred to you, or waits for your call or signature, comes here with its buttons: /todo"),
        t("A resident who can't write: tap “File for a resident”."),
    ]


def _grid_rules(t: Translator) -> list[Html]:
    return [
        t("Cases of your grid that belong to another department come here: please help the resident find the way."),
        t("A resident who can't write: tap “File for a resident”."),
    ]


def _steward_rules(t: Translator) -> list[Html]:
    return [t("A resident who can't write: tap “File for a resident”.")]


def _department_rules(t: Translator) -> list[Html]:
    return [t("What the housing bureau refers to you comes here: take it in or send it back, then tell how it goes."),
            t("/todo shows what is open, the most urgent first.")]  # fmt: skip


def _inspector_rules(t: Translator) -> list[Html]:
    return [t("You read what officers read: /today, /overdue, /project NAME, and one case by /find NUMBER."),
            t("You change nothing here.")]  # fmt: skip


def _desk_rules(t: Translator) -> list[Html]:
    return [t("Dangers of which your duty desk is to know come here at once. There is nothing to tap.")]


def _committee_rules(t: Translator) -> list[Html]:
    return [t("/today gives the numbers of your community. Single cases aren't shown to you.")]


def _association_rules(t: Translator) -> list[Html]:
    return [t("You are on record here. There is nothing yet that you would have to do.")]


# What is said to whom, in the order in which it stands.
RULES: tuple[tuple[set[Role], Callable[[Translator], list[Html]]], ...] = (
    ({Role.DISTRICT_OFFICER, Role.SECTION_HEAD}, _officer_rules),
    ({Role.CITY_OFFICER}, _city_rules),
    ({Role.STREET_OFFICER, Role.COMMUNITY_WORKER}, _place_rules),
    ({Role.DEPARTMENT_OFFICER}, _department_rules),
    ({Role.GRID_LEADER}, _grid_rules),
    ({Role.STEWARD}, _steward_rules),
    ({Role.INSPECTOR}, _inspector_rules),
    ({Role.DUTY_DESK}, _desk_rules),
    ({Role.OWNERS_COMMITTEE}, _committee_rules),
    ({Role.ASSOCIATION_OFFICER}, _association_rules),
)
TOLD_OF_RESIDENTS = {*OFFICE_ROLES, Role.GRID_LEADER, Role.STEWARD}
