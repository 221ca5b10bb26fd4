"""What a household reads of the acts of the bureau and the offices."""

from complaints.case_view import CaseView
from complaints.model.complaint import CaseOwner, State
from complaints.model.events import (
    Raised,
    Referred,
    ReviewDecided,
    Supervised,
)
from views.framework import parts, told
from views.framework.act_labels import act_of
from views.framework.formats import moment_from
from views.framework.notice_views import notice
from views.framework.screen import Lines, Screen
from views.framework.translator import Html, Translator
from views.resident.card import follow_buttons
from views.resident.deadlines import next_step


@notice("resident.accepted")
def accepted(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("The {district} housing bureau handles your case", district=view.district.name)))
    return Screen(str(out(parts.about(t, view), *next_step(t, view))), follow_buttons(t, view))


@notice("resident.sent_back")
def sent_back(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("The bureau has decided: the property service must handle your case")))
    out(parts.quote(view.event_words), parts.about(t, view), *next_step(t, view))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.supervised")
def supervised(t: Translator, view: CaseView) -> Screen:
    """The order, and by when whoever else has the case must be done with it."""
    event = view.of(Supervised)
    out = Lines()(
        parts.title(
            t(
                "The bureau has given an order on your case, to be carried out and reported by {until}",
                until=moment_from(t, event.until, view.now),
            )
        )
    )
    out(parts.about(t, view), parts.clause(t, view, "comply"))
    if view.case.handler is CaseOwner.BUREAU:
        out(*next_step(t, view, besides="comply"))
    return Screen(str(out), follow_buttons(t, view))


@notice("resident.act")
def act(t: Translator, view: CaseView) -> Screen:
    """The bureau has listed, raised, convened, referred or waived; to whom it refers is said.

    Whoever has the case from then on is named with what they owe, and until when.
    """
    out = Lines()(parts.title(_acted(t, view)), parts.about(t, view))
    out(parts.quote(view.event_words), *(next_step(t, view) if isinstance(view.event, Referred | Raised) else ()))
    return Screen(str(out), follow_buttons(t, view))


def _acted(t: Translator, view: CaseView) -> Html:
    if isinstance(view.event, Referred):
        department = t.of(view.department_label)
        return t("The housing bureau has passed your case on to: {department}", department=department)
    return t("The housing bureau has acted: {act}", act=act_of(t, view.event))


@notice("resident.lead", "resident.verified", "resident.penalty_opened", "resident.penalty_extended")
def penalty_step(t: Translator, view: CaseView) -> Screen:
    """How far an office is with what it may have to penalise; what it has found out stays with it."""
    out = Lines()(parts.title(parts.penalty_step(t, view, told.actor(t, view))), parts.about(t, view))
    return Screen(str(out(*parts.penalty_due(t, view))), follow_buttons(t, view))


@notice("resident.review_decided")
def review_decided(t: Translator, view: CaseView) -> Screen:
    """What the bureau has decided on a rating, and what becomes of the case."""
    event = view.of(ReviewDecided)
    mark = t("The bureau has looked at your rating: it counts")
    if not event.counts:
        mark = t("The bureau has looked at your rating: it doesn't count in the figures")
    out = Lines()(parts.title(mark), parts.about(t, view))
    if not event.counts and view.case.is_open:
        out(t("Your case stays open all the same: the handler still owes you an answer."))
    if view.case.state is State.CLOSED and not event.counts:
        out(t("The result stands, and the case is closed again. If the problem comes back, just write to me again."))
    return Screen(str(out), follow_buttons(t, view))
