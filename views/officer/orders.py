"""督办: until when, the order before it goes out, and that it is out."""

from collections.abc import Sequence
from datetime import datetime

from complaints.case_view import CaseView
from complaints.model.people import Appointment
from views.framework import parts, told, ways_out
from views.framework.act_labels import label
from views.framework.callbacks import form
from views.framework.formats import moment_from
from views.framework.parts import tap
from views.framework.screen import Button, Lines, Screen, laid, rows
from views.framework.translator import Html, Translator

PRESETS = ("2h", "today", "1wd", "other")
NONE = "none"  # carried by 「取消」


def _running(t: Translator, view: CaseView) -> str:
    """That an order is out already, which a new one takes the place of."""
    order, owed = view.case.order, view.case.owed("comply")
    if order is None or owed is None:
        return ""
    return t(
        "Order {order} is out already, to be carried out and reported by {until}. A new one takes its place.",
        order=order.number,
        until=moment_from(t, order.until, view.now),
    )


def presets(t: Translator, view: CaseView, officer: str) -> Screen:
    """Until when? Asked where 「督办」 was pressed."""
    out = parts.head(
        t, view, t("Supervision by {officer}: by when is it to be carried out and reported?", officer=officer)
    )
    names = {
        "2h": t.p("button", "2 hours"),
        "today": t.p("button", "Before close of business"),
        "1wd": t.p("button", "1 working day"),
        "other": t.p("button", "Something else"),
    }
    count = view.case.orders_given  # a preset that an order has overtaken does nothing any more
    taps = [tap(view, names[which], "order", f"{which}-{count}") for which in PRESETS]
    cancel = tap(view, t.p("button", "Cancel"), "order", f"{NONE}-{count}")
    return Screen(str(out(_running(t, view))), rows(taps[:2], [*taps[2:], cancel]))


def goes_on(t: Translator, view: CaseView, officer: str) -> Screen:
    """What stands in the group instead, once somebody has chosen."""
    return Screen(str(parts.head(t, view, t("Supervision: {officer} writes the order in private", officer=officer))))


def none_given(t: Translator, view: CaseView) -> Screen:
    """「取消」 of the same."""
    return Screen(str(parts.head(t, view, t("Cancelled, no order was given"))))


def by_when(t: Translator, view: CaseView, dates: Sequence[tuple[str, str]]) -> Screen:
    """Another time, by tap or in words. `dates`: (value, shown)."""
    out = Lines()(t("Until when? Write for example: tomorrow 15:00"), _running(t, view), parts.about(t, view))
    taps = [Button(shown, form("date", value, view.case.id)) for value, shown in dates]
    return Screen(str(out), laid(taps, *ways_out.both(t, view)))


def preview(t: Translator, view: CaseView, until: datetime, demands: str, files: int) -> Screen:
    """Who gets it, until when, and what it demands."""
    shown = moment_from(t, until, view.now)
    out = Lines()(parts.title(t("Order, not given yet: to be carried out and reported by {until}", until=shown)))
    out(parts.about(t, view), t("For: {people}", people=_people(t, view)), parts.quote(demands))
    out(t.n("{count} file", "{count} files", files) if files else "")
    write = t("Write what exactly you demand, or give the order as it is.")
    out(_running(t, view), t("Further words are added.") if demands or files else write)
    give = Button(t.p("button", "Give the order"), form("give_order", f"{int(until.timestamp())}", view.case.id))
    change = Button(label(t, "correct"), form("change_order", about=view.case.id))
    return Screen(str(out), rows([give, change, ways_out.cancel(t)]))


def _people(t: Translator, view: CaseView) -> Html:
    def named(role: str, held: Appointment | None) -> Html:
        return parts.person(t, role, held.name if held is not None else "")

    return parts.joined(t("; "), (named("manager", view.manager), named("company_head", view.head)))


def given(t: Translator, view: CaseView) -> Screen:
    order = view.case.order
    line = (
        t(
            "Order {order} is out, to be carried out and reported by {until}.",
            order=order.number,
            until=moment_from(t, order.until, view.now),
        )
        if order
        else ""
    )
    return Screen(str(Lines()(line, parts.about(t, view), told.line(t, view))))
