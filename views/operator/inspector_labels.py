"""Words for what the page shows behind a case: points in time, states of clocks, timers and messages."""

from views.framework import terms
from views.framework.translator import Translator


def point(t: Translator, which: str) -> str:
    """ "nudge2", "expiry1" and "morning7" as people call them."""
    kind, number = which.rstrip("0123456789"), which.lstrip("abcdefghijklmnopqrstuvwxyz")
    if kind == "morning":
        return t.p("point", "residents told in the morning")
    if kind == "nudge":
        return t.p("point", "nudge {number}", number=number)
    return t.p("point", "expiry {number}", number=number) if number not in ("", "1") else t.p("point", "expiry")


def timer_state(t: Translator, state: str) -> str:
    names = {
        "waiting": t.p("timer", "waiting"),
        "done": t.p("timer", "done"),
        "void": t.p("timer", "fell away"),
    }
    return names[state]


def message_state(t: Translator, state: str) -> str:
    names = {
        "ready": t.p("outbox", "waiting to be sent"),
        "sending": t.p("outbox", "on its way"),
        "sent": t.p("outbox", "delivered"),
        "dropped": t.p("outbox", "no longer needed"),
        "dead": t.p("outbox", "can't be delivered"),
        "digested": t.p("outbox", "told in another message"),
        "unknown": t.p("outbox", "nobody knows whether it arrived"),
    }
    return names[state]


def clock_state(t: Translator, state: str) -> str:
    names = {
        "running": t.p("clock", "running"),
        "met": t.p("clock", "in time"),
        "expired": t.p("clock", "ran out"),
        "void": t.p("clock", "fell away"),
    }
    return names[state]


def responsible(t: Translator, which: str) -> str:
    """Who has to keep a promise of a pack."""
    if which == "handler":
        return t.p("role", "handler")
    return terms.role(t, "resident" if which == "households" else which)
