"""Notices of a case to the project manager and the company's head."""

from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model.complaint import State
from complaints.model.events import (
    After,
    ClosingAnswered,
    DateAgreed,
    DateProposed,
    FindingConfirmed,
    HandlerLost,
    Level,
    Rated,
    RatingExplained,
    ReviewDecided,
    Supervised,
    Supplemented,
)
from complaints.policy.retention_periods import PHONE_VISIBLE_FOR
from views.company.card import with_card
from views.company.card_buttons import way_in
from views.framework import alarm, parts, terms, told
from views.framework.case_names import named
from views.framework.formats import moment_from
from views.framework.notice_views import notice
from views.framework.parts import act_button
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Html, Translator


@notice("manager.joined")
def joined(t: Translator, view: CaseView) -> Screen:
    more = t.n("{count} household has reported it", "{count} households have reported it", len(view.case.households))
    words = (parts.speaker(t, view), parts.quote(view.event_words))
    return with_card(t, view, t("One more household has the same problem"), more, *words)


def _adds(t: Translator, after: After | None) -> str:
    return {
        None: t("The resident adds"),
        After.DISSATISFIED: t("The resident says why dissatisfied"),
        After.REFUSED: t("The resident says why the date doesn't suit"),
        After.NOT_DONE: t("The resident says what isn't done"),
    }[after]


@notice("manager.supplemented")
def supplemented(t: Translator, view: CaseView) -> Screen:
    said = view.words.get(view.of(Supplemented).words)
    mark = _adds(t, view.of(Supplemented).after)
    words = (parts.speaker(t, view), parts.quote(view.event_words), parts.files(t, said))
    return with_card(t, view, mark, *words, t("Reply to this message to answer."))


@notice("manager.urged")
def urged(t: Translator, view: CaseView) -> Screen:
    clock = view.main_clock
    left = str(parts.deadline(t, view, clock)) if clock else ""
    return with_card(t, view, t("The resident urges"), parts.speaker(t, view), left)


@notice("manager.withdrawn")
def withdrawn(t: Translator, view: CaseView) -> Screen:
    if view.case.danger:
        sure = alarm.make_sure(t, view, of_company=True)
        return with_card(t, view, t("The resident has withdrawn the case"), sure)
    return with_card(t, view, t("The resident has withdrawn the case"), t("There is nothing more for you to do."))


@notice("manager.date_countered")
def date_countered(t: Translator, view: CaseView) -> Screen:
    event = view.of(DateProposed)
    out = Lines()(
        parts.title(t("The resident proposes {until}", until=moment_from(t, event.until, view.now))),
        parts.quote(view.event_words),
        named(t, view),
    )
    taps = rows(
        [
            act_button(t, view, "agree_too"),
            act_button(t, view, "more_time", wording="counter"),
            act_button(t, view, "refuse_too"),
        ]
    )
    return Screen(str(out), taps)


@notice("manager.date_agreed")
def date_agreed(t: Translator, view: CaseView) -> Screen:
    event = view.of(DateAgreed)
    return with_card(
        t,
        view,
        t("Agreed: resolved by {until}", until=moment_from(t, event.until, view.now)),
        parts.clause(t, view, "resolve_major"),
    )


@notice("manager.date_refused")
def date_refused(t: Translator, view: CaseView) -> Screen:
    clock = view.case.clock("agree", "running")
    left = str(parts.deadline(t, view, clock)) if clock else ""
    mark = t("The resident doesn't agree to the date")
    return with_card(t, view, mark, parts.quote(view.event_words), t("Please propose another date."), left)


@notice("manager.closing_answered")
def closing_answered(t: Translator, view: CaseView) -> Screen:
    event = view.of(ClosingAnswered)
    if event.agrees:
        said = with_card(t, view, t("The resident says: it may be closed"), t("Please submit the result."))
        return replace(said, buttons=rows([act_button(t, view, "resolve") if view.reader_acts else None]))
    return with_card(t, view, t("The resident says: not done yet"))


@notice("manager.resolved")
def resolved(t: Translator, view: CaseView) -> Screen:
    out = Lines()(
        parts.title(t("Resolved, waiting for the rating")), parts.about(t, view), parts.quote(view.event_words)
    )
    return Screen(str(out))


@notice("manager.finding")
def finding(t: Translator, view: CaseView) -> Screen:
    found = terms.finding(t, view.of(FindingConfirmed).finding)
    mark = t("{office} has found the complaint to be {finding}", office=told.actor(t, view), finding=found)
    return Screen(str(Lines()(parts.title(mark), parts.about(t, view))), silent=True)


@notice("manager.rated")
def rated(t: Translator, view: CaseView) -> Screen:
    event = view.of(Rated)
    out = Lines()(parts.title(t("Rated: {level}", level=terms.level(t, event.level))), parts.about(t, view))
    unfair = event.level in (Level.SO_SO, Level.DISSATISFIED)
    return Screen(str(out), rows([act_button(t, view, "review") if unfair else None]))


@notice("manager.rating_explained")
def rating_explained(t: Translator, view: CaseView) -> Screen:
    event = view.of(RatingExplained)
    reason = terms.reasons(t).get(event.reason, event.reason)
    out = Lines()(parts.title(t("Why dissatisfied: {reason}", reason=reason)), parts.about(t, view))
    return Screen(str(out(parts.quote(view.event_words))), way_in(t, view))


@notice("manager.review_decided")
def review_decided(t: Translator, view: CaseView) -> Screen:
    event = view.of(ReviewDecided)
    mark = t("Review: the rating counts") if event.counts else t("Review: the rating doesn't count")
    out = Lines()(parts.title(mark), parts.about(t, view))
    if not event.counts and view.case.is_open:
        out(t("The case stays open: the resident is still to be contacted, and the problem solved."))
    if not event.counts and view.case.state is State.CLOSED:
        out(t("The result stands, and the case is closed again."))
    return Screen(str(out))


@notice("manager.reopened")
def reopened(t: Translator, view: CaseView) -> Screen:
    """「重新办理」, with all that is due now: the contact as well as the solution."""
    due = [str(parts.deadline(t, view, clock)) for clock in view.in_hand]
    mark = t("Reopened: the resident is dissatisfied")
    said = with_card(t, view, mark, t("Please call or write to the resident and handle it again."), *due)
    return replace(
        said, buttons=said.buttons + rows([act_button(t, view, "review") if view.reader_is_company else None])
    )


@notice("manager.assigned")
def assigned(t: Translator, view: CaseView) -> Screen:
    clock = view.main_clock
    left = str(parts.deadline(t, view, clock)) if clock else ""
    return with_card(
        t, view, t("You have been named to handle this case"), parts.quote(view.said(view.case.words)), left
    )


@notice("manager.handler_lost")
def handler_lost(t: Translator, view: CaseView) -> Screen:
    """To the next in line."""
    clock = view.main_clock
    left = str(parts.deadline(t, view, clock)) if clock else ""
    if view.of(HandlerLost).left:
        why = t("You get this because by today's registry you are next in line. The time goes on as it was.")
        return _handed_on(t, view, t("This case is with you now: its handler has left office"), left, why)
    if view.of(HandlerLost).away:
        why = t("You get this because of /away. The time goes on as it was.")
        return _handed_on(t, view, t("This case is with you now: somebody stands in, or is back"), left, why)
    mark = t("Whoever handles this case can't be reached here any more")
    return with_card(
        t, view, mark, parts.quote(view.said(view.case.words)), left, t("Please see to it, or name somebody.")
    )


def _handed_on(t: Translator, view: CaseView, title: Html, time_left: str, why: Html) -> Screen:
    """Not "can't be reached": somebody else has to see to it."""
    out = Lines()(parts.title(title))
    out(named(t, view, room=True))
    out(parts.quote(view.said(view.case.words)), time_left, why)
    return Screen(str(out), way_in(t, view))


@notice("manager.accepted")
def accepted(t: Translator, view: CaseView) -> Screen:
    return with_card(t, view, t("The housing bureau has accepted the case"), t("There is nothing more for you to do."))


@notice("manager.sent_back")
def sent_back(t: Translator, view: CaseView) -> Screen:
    clock = view.main_clock
    left = str(parts.deadline(t, view, clock)) if clock else ""
    return with_card(t, view, t("The housing bureau sends the case back to you"), parts.quote(view.event_words), left)


@notice("manager.supervised")
def supervised(t: Translator, view: CaseView) -> Screen:
    """The numbered order (督办单) that must be signed for."""
    event = view.of(Supervised)
    out = Lines()(parts.title(t("Supervision order {order}", order=event.order)))
    out(named(t, view))
    out(
        t("To be carried out and reported by {until}", until=moment_from(t, event.until, view.now)),
        parts.quote(view.event_words),
    )
    out(parts.clause(t, view, "comply"))
    out(t("Ordered by the {district} housing bureau. Please sign for it.", district=view.district.name))
    sign = act_button(t, view, "sign", str(view.case.orders_given))
    return Screen(str(out), rows([sign], [act_button(t, view, "report_done")]))


@notice("manager.order_worded")
def order_worded(t: Translator, view: CaseView) -> Screen:
    order = view.case.order.number if view.case.order else ""
    out = Lines()(parts.title(t("What order {order} demands", order=order)), parts.quote(view.event_words))
    return Screen(str(out(parts.about(t, view))))


@notice("manager.act")
def act(t: Translator, view: CaseView) -> Screen:
    return with_card(t, view, parts.acted(t, view), parts.quote(view.event_words))


def phone(t: Translator, view: CaseView, numbers: list[str]) -> Screen:
    """The number, to an entitled person in private; the look is on record."""
    out = Lines()(t("Resident's phone: {numbers}", numbers=", ".join(numbers)), parts.about(t, view))
    out(t("This look is on record. Please use it for this case only."))
    minutes = int(PHONE_VISIBLE_FOR.total_seconds()) // 60
    return Screen(str(out(t("This message disappears in {minutes} minutes.", minutes=minutes))))


@notice("manager.penalty_opened", "manager.penalty_extended")
def penalty_step(t: Translator, view: CaseView) -> Screen:
    """To the company that it is about."""
    out = parts.head(t, view, parts.penalty_step(t, view, told.actor(t, view)))
    return Screen(str(out(*parts.penalty_due(t, view))))


@notice("manager.penalised")
def penalised(t: Translator, view: CaseView) -> Screen:
    mark = t("{department} has decided on a penalty", department=told.actor(t, view))
    return Screen(str(parts.head(t, view, mark)(parts.quote(view.event_words))))


@notice("manager.erased")
def erased(t: Translator, view: CaseView) -> Screen:
    mark = t("A resident of this case has had their personal data deleted")
    if view.case.households:
        return with_card(t, view, mark, t("The other households go on with it."))
    return with_card(
        t, view, mark, t("Nobody can be asked or told any more. Please bring the case to its end all the same.")
    )
