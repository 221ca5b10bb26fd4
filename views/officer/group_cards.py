"""What stands in a bureau's group of a case and is edited in place: who ordered, who has signed, and how it ended."""

from complaints.case_view import CaseView
from complaints.model.complaint import State
from complaints.model.events import Expired, Signed, Supervised
from views.framework import alarm, office_buttons, parts, terms, told
from views.framework.formats import moment_from
from views.framework.notice_views import View, notice
from views.framework.parts import act_button
from views.framework.screen import Buttons, Screen, rows
from views.framework.translator import Translator
from views.officer.notices import ended, expired_lines


@notice("bureau.expired")
def expired(t: Translator, view: CaseView) -> Screen:
    """A loud card, with what has become of the case since."""
    out = expired_lines(t, view, view.of(Expired))(*_ordered(t, view), *_end(t, view))
    return Screen(str(out), _powers(t, view) if view.case.is_open else _details(t, view))


@notice("bureau.supervised")
def supervised(t: Translator, view: CaseView) -> Screen:
    """Who ordered what, and who has signed for it."""
    event = view.of(Supervised)
    officer = view.names.get(event.by, "—")
    out = parts.head(t, view, t("Supervision order {order}", order=event.order))
    out(
        t(
            "Ordered by {officer}, to be carried out and reported by {until}",
            officer=officer,
            until=moment_from(t, event.until, view.now),
        )
    )
    out(parts.clause(t, view, "comply"), *_signed(t, view, event.order), *_end(t, view))
    return Screen(str(out), _details(t, view))


@notice("bureau.resolved")
def resolved(t: Translator, view: CaseView) -> Screen:
    """The result waits for its rating; later how it was rated, or that it goes on."""
    c = view.case
    if c.is_open:
        return Screen(str(parts.head(t, view, t("Reopened, to be handled again"))), _details(t, view), silent=True)
    waits = c.state is State.RESOLVED
    out = parts.head(t, view, t("Resolved, waiting for the rating") if waits else t("Closed"))
    out(parts.proposed_finding(t, view), *ended(t, view))
    return Screen(str(out), rows(parts.finding_buttons(t, view)) if waits else (), silent=True)


def until_decided(asks: View) -> View:
    """What asks the bureau who handles the case; once it has said so, how the case stands and who has it."""

    def live(t: Translator, view: CaseView) -> Screen:
        if office_buttons.asks_to_decide(view):
            return asks(t, view)
        c, now = view.case, t("Now: {state}", state=terms.state(t, view.case))
        out = parts.head(t, view, t("Dangerous · {what}", what=now) if c.danger and c.is_open else now)
        if c.is_open:
            out(*alarm.lines(t, view), t("Now with: {handler}", handler=parts.handler(t, view, masked=False)))
        return Screen(str(out(*ended(t, view))), office_buttons.incoming(t, view))

    return live


def _powers(t: Translator, view: CaseView) -> Buttons:
    return office_buttons.act_buttons(t, view)


def _details(t: Translator, view: CaseView) -> Buttons:
    return rows([act_button(t, view, "details")])


def _ordered(t: Translator, view: CaseView) -> list[str]:
    """The order that is out, and who has signed for it."""
    order = view.case.order
    if order is None:
        return []
    officer, until = view.names.get(order.by, "—"), moment_from(t, order.until, view.now)
    return [
        t("Ordered by {officer}, to be carried out and reported by {until}", officer=officer, until=until),
        *_signed(t, view, order.number),
    ]


def _signed(t: Translator, view: CaseView, order: str) -> list[str]:
    """Who of the company has signed, and when; nothing of an order that was just given."""
    signed = [(at, event.by) for at, event, _ in view.history if isinstance(event, Signed) and event.order == order]
    people = [
        t("{who} {at}", who=told.signed(t, view, person, masked=False), at=moment_from(t, at, view.now))
        for at, person in signed
    ]
    return [t("Signed for: {people}", people=parts.joined(t("; "), people))] if people else []


def _end(t: Translator, view: CaseView) -> list[str]:
    if view.case.is_open:
        return []
    return [t("Now: {state}", state=terms.state(t, view.case)), *ended(t, view)]
