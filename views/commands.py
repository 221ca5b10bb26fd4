"""The commands in the messenger's menu: a resident's for everybody, a group's, and those of each role."""

from collections.abc import Iterable

from complaints.model.people import COMPANY_ROLES, HEADS, OFFICE_ROLES, OFFICER_ROLES, REGISTRARS, Actor, Role
from views.framework.translator import Translator

Listed = list[tuple[str, str]]
RESIDENT = ("report", "mine", "home", "language", "privacy", "cancel", "help")
GROUP = ("today", "overdue", "project", "bind")
ALWAYS = ("language", "privacy", "cancel", "help")
SUPERVISORS = (*OFFICER_ROLES, Role.INSPECTOR)
# What each command takes, in the order of the menu.
OF_STAFF: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("todo", (*COMPANY_ROLES, *OFFICER_ROLES, *OFFICE_ROLES)),
    ("find", (*COMPANY_ROLES, *OFFICER_ROLES, *OFFICE_ROLES, Role.INSPECTOR)),
    ("company", HEADS),
    ("today", (*SUPERVISORS, Role.OWNERS_COMMITTEE)),
    ("overdue", SUPERVISORS),
    ("project", SUPERVISORS),
    ("bind", OFFICER_ROLES),
    ("unreachable", (*OFFICER_ROLES, Role.INSPECTOR, *HEADS)),
    ("register", REGISTRARS),
    ("duty", (*HEADS, Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER)),
    ("away", (*COMPANY_ROLES, *OFFICER_ROLES, *OFFICE_ROLES)),
)


def residents(t: Translator) -> Listed:
    """For whoever has no other."""
    return _listed(t, RESIDENT)


def of_group(t: Translator) -> Listed:
    return _listed(t, GROUP)


def of_staff(t: Translator, who: Actor, *, at_home: bool) -> Listed:
    """What somebody can do in any of their roles; who lives here as well keeps a resident's."""
    own = [name for name, roles in OF_STAFF if who.has(*roles)]
    several = ("role",) if len(who.appointments) > 1 or at_home else ()
    home = RESIDENT[:3] if at_home else ()
    return _listed(t, (*own, *several, *home, *ALWAYS))


def _listed(t: Translator, names: Iterable[str]) -> Listed:
    what = _what(t)
    return [(name, what[name]) for name in names]


def _what(t: Translator) -> dict[str, str]:
    """What each command does."""
    return {
        "report": t.p("command", "Report a problem"),
        "mine": t.p("command", "My cases"),
        "home": t.p("command", "My community's notice board"),
        "todo": t.p("command", "What is open"),
        "find": t.p("command", "One case by its number"),
        "company": t.p("command", "My projects"),
        "role": t.p("command", "In which duty you speak"),
        "away": t.p("command", "Who stands in for you"),
        "duty": t.p("command", "Who answers at night"),
        "unreachable": t.p("command", "Who can't be reached, and links for them"),
        "today": t.p("command", "Today's numbers"),
        "overdue": t.p("command", "What is overdue"),
        "project": t.p("command", "The numbers of a community"),
        "bind": t.p("command", "Bind a group"),
        "register": t.p("command", "File for a resident"),
        "language": t.p("command", "中文 / English"),
        "privacy": t.p("command", "How your data is treated"),
        "cancel": t.p("command", "Leave the dialogue"),
        "help": t.p("command", "Help"),
    }
