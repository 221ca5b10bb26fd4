"""The commands in the messenger's menu."""

from views.framework.translator import Translator


def commands(t: Translator) -> list[tuple[str, str]]:
    """Name and what it does, residents' first."""
    return [
        ("report", t.p("command", "Report a problem")),
        ("mine", t.p("command", "My cases")),
        ("home", t.p("command", "My community's notice board")),
        ("todo", t.p("command", "Staff: what is open")),
        ("company", t.p("command", "Company head: my projects")),
        ("role", t.p("command", "Staff: choose in which duty you speak")),
        ("away", t.p("command", "Staff: who stands in for you")),
        ("duty", t.p("command", "Manager: who answers at night")),
        ("unreachable", t.p("command", "Head, officers: who can't be reached, and links for them")),
        ("today", t.p("command", "Officers: today's numbers")),
        ("overdue", t.p("command", "Officers: what is overdue")),
        ("bind", t.p("command", "Officers: bind a group")),
        ("register", t.p("command", "Staff: file for a resident")),
        ("language", t.p("command", "中文 / English")),
        ("privacy", t.p("command", "How your data is treated")),
        ("cancel", t.p("command", "Leave the dialogue")),
        ("help", t.p("command", "Help")),
    ]
