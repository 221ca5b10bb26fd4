"""What do the project manager and the company's head read about a case?"""

from complaints.case_view import Dossier
from complaints.model.events import (
    ClosingAnswered,
    DateAgreed,
    DateProposed,
    Expired,
    HandlerLost,
    Level,
    Nudged,
    Rated,
    RatingExplained,
    ReviewDecided,
    Supervised,
)
from complaints.policy.retention_periods import LOOK
from views.company.card import buttons, with_card
from views.framework import parts, terms
from views.framework.formats import moment, span
from views.framework.parts import tap
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Html, Translator
from views.resident.notices import bureau_act


def joined(t: Translator, d: Dossier) -> Screen:
    more = t.n("{count} household has reported it", "{count} households have reported it", len(d.case.households))
    words = (parts.speaker(t, d), parts.quote(d.event_words))
    return with_card(t, d, t("One more household has the same problem"), more, *words)


def supplemented(t: Translator, d: Dossier) -> Screen:
    said = d.words.get(getattr(d.event, "words", 0))
    mark = t("The resident adds")
    words = (parts.speaker(t, d), parts.quote(d.event_words), parts.files(t, said))
    return with_card(t, d, mark, *words, t("Reply to this message to answer."))


def urged(t: Translator, d: Dossier) -> Screen:
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    return with_card(t, d, t("The resident urges"), parts.speaker(t, d), left)


def withdrawn(t: Translator, d: Dossier) -> Screen:
    return with_card(t, d, t("The resident has withdrawn the case"), t("There is nothing more for you to do."))


def nudge(t: Translator, d: Dossier) -> Screen:
    """第1次, 第2次, 最后一次: time left, and the card's buttons again."""
    event = d.of(Nudged)
    stage = d.pack.stage(event.stage)
    which = int(event.point.removeprefix("nudge"))
    last = which == len(stage.nudges)
    mark = t("Last reminder") if last else t("Reminder no. {which}", which=which)
    left = t(
        "{stage} due {due}, {left} left",
        stage=t.of(stage.name),
        due=moment(t, event.due),
        left=span(t, event.due - d.now),
    )
    return with_card(t, d, mark, left, parts.clause(t, d, event.stage), _consequence(t, d, event))


def _consequence(t: Translator, d: Dossier, event: Nudged) -> str:
    if any(x.handler for x in d.pack.stage(event.stage).expiries):
        return t(
            "After that the company's head must handle it, and the {district} housing bureau is alerted.",
            district=d.district.name,
        )
    return t("After that the {district} housing bureau is alerted.", district=d.district.name)


def _expiry(t: Translator, d: Dossier) -> tuple[str, str]:
    event = d.of(Expired)
    stage = t.of(d.pack.stage(event.stage).name)
    late = t("This notice is late because our own system was down.") if event.delayed else ""
    return t("Overdue: {stage} was due {due}", stage=stage, due=moment(t, event.due)), late


def expired(t: Translator, d: Dossier) -> Screen:
    """To the manager whose time ran out."""
    mark, late = _expiry(t, d)
    return with_card(
        t, d, mark,
        t("Your company's head now handles the case. Told too: {district} housing bureau.", district=d.district.name),
        t("Your words still reach the resident, but the clock runs on."),
        parts.clause(t, d, getattr(d.event, "stage", "")), late,
    )  # fmt: skip


def expired_head(t: Translator, d: Dossier) -> Screen:
    """To the head: the case is his now, or his company's time ran out again."""
    mark, late = _expiry(t, d)
    event = d.of(Expired)
    who = t("You now handle this case; you may name somebody else.") if event.to_company else ""
    clock = d.main_clock
    return with_card(
        t, d, mark, who, parts.quote(d.said(d.case.words)),
        str(parts.deadline(t, d, clock)) if clock else "",
        t("The {district} housing bureau has been told.", district=d.district.name), late,
    )  # fmt: skip


def _alarm(t: Translator, d: Dossier) -> str:
    clock = d.case.clock("urgent")
    return moment(t, clock.due) if clock else "—"


def unanswered_danger(t: Translator, d: Dossier) -> Screen:
    return with_card(
        t, d, t("Danger: nobody has confirmed yet"), parts.quote(d.said(d.case.words)),
        t("Please confirm and go there. At {due} the bureau and the street office are alerted.", due=_alarm(t, d)),
    )  # fmt: skip


def date_countered(t: Translator, d: Dossier) -> Screen:
    event = d.of(DateProposed)
    out = Lines()(parts.title(t("The resident proposes {until}", until=moment(t, event.until))), parts.about(t, d))
    taps = rows(
        [
            tap(d, t.p("button", "Agree"), "agree_too"),
            tap(d, t.p("button", "Another date"), "more_time"),
            tap(d, t.p("button", "Don't agree"), "refuse_too"),
        ]
    )
    return Screen(str(out(t("Number {number}", number=parts.number(d.case)))), taps)


def date_agreed(t: Translator, d: Dossier) -> Screen:
    event = d.of(DateAgreed)
    return with_card(
        t, d, t("Agreed: resolved by {until}", until=moment(t, event.until)), parts.clause(t, d, "resolve_major")
    )


def date_refused(t: Translator, d: Dossier) -> Screen:
    clock = d.case.clock("agree", "running")
    left = str(parts.deadline(t, d, clock)) if clock else ""
    mark = t("The resident doesn't agree to the date")
    return with_card(t, d, mark, parts.quote(d.event_words), t("Please propose another date."), left)


def closing_answered(t: Translator, d: Dossier) -> Screen:
    event = d.of(ClosingAnswered)
    if event.agrees:
        return with_card(t, d, t("The resident says: it may be closed"), t("Please submit the result."))
    return with_card(t, d, t("The resident says: not done yet"))


def resolved(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t("Resolved, waiting for the rating")), parts.about(t, d), parts.quote(d.event_words))
    return Screen(str(out))


def rated(t: Translator, d: Dossier) -> Screen:
    event = d.of(Rated)
    out = Lines()(parts.title(t("Rated: {level}", level=terms.level(t, event.level))), parts.about(t, d))
    unfair = event.level in (Level.SO_SO, Level.DISSATISFIED)
    return Screen(str(out), rows([tap(d, t.p("button", "Ask for review"), "review") if unfair else None]))


def rating_explained(t: Translator, d: Dossier) -> Screen:
    event = d.of(RatingExplained)
    reason = terms.reasons(t).get(event.reason, event.reason)
    out = Lines()(parts.title(t("Why dissatisfied: {reason}", reason=reason)), parts.about(t, d))
    return Screen(str(out(parts.quote(d.event_words))), buttons(t, d))


def review_decided(t: Translator, d: Dossier) -> Screen:
    event = d.of(ReviewDecided)
    mark = t("Review: the rating counts") if event.counts else t("Review: the rating doesn't count")
    return Screen(str(Lines()(parts.title(mark), parts.about(t, d))))


def reopened(t: Translator, d: Dossier) -> Screen:
    """「重新办理」."""
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    mark = t("Reopened: the resident is dissatisfied")
    return with_card(t, d, mark, t("Please call or write to the resident and handle it again."), left)


def assigned(t: Translator, d: Dossier) -> Screen:
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    return with_card(t, d, t("You have been named to handle this case"), parts.quote(d.said(d.case.words)), left)


def handler_lost(t: Translator, d: Dossier) -> Screen:
    """To the next in line."""
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    if d.of(HandlerLost).left:
        why = t("You get this because by today's registry you are next in line. The time goes on as it was.")
        return _handed_on(t, d, t("This case is with you now: its handler has left office"), left, why)
    if d.of(HandlerLost).away:
        why = t("You get this because of /away. The time goes on as it was.")
        return _handed_on(t, d, t("This case is with you now: somebody stands in, or is back"), left, why)
    mark = t("Whoever handles this case can't be reached here any more")
    return with_card(t, d, mark, parts.quote(d.said(d.case.words)), left, t("Please see to it, or name somebody."))


def _handed_on(t: Translator, d: Dossier, title: Html, time_left: str, why: Html) -> Screen:
    """Not "can't be reached": somebody else has to see to it."""
    out = Lines()(parts.title(title))
    out(t("Number {number}", number=parts.number(d.case)), parts.about(t, d, room=True))
    out(parts.quote(d.said(d.case.words)), time_left, why)
    return Screen(str(out), buttons(t, d))


def accepted(t: Translator, d: Dossier) -> Screen:
    return with_card(t, d, t("The housing bureau has accepted the case"), t("There is nothing more for you to do."))


def sent_back(t: Translator, d: Dossier) -> Screen:
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    return with_card(t, d, t("The housing bureau sends the case back to you"), parts.quote(d.event_words), left)


def supervised(t: Translator, d: Dossier) -> Screen:
    """The numbered order (督办单) that must be signed for."""
    event = d.of(Supervised)
    out = Lines()(parts.title(t("Supervision order {order}", order=event.order)))
    out(t("Number {number}", number=parts.number(d.case)), parts.about(t, d))
    out(t("To be carried out and reported by {until}", until=moment(t, event.until)), parts.clause(t, d, "comply"))
    out(t("Ordered by the {district} housing bureau. Please sign for it.", district=d.district.name))
    sign = tap(d, t.p("button", "Sign for it"), "sign", str(d.case.acts.count("Supervised")))
    return Screen(str(out), rows([sign], [tap(d, t.p("button", "Report the order as done"), "report_done")]))


def order_worded(t: Translator, d: Dossier) -> Screen:
    order = d.case.order.number if d.case.order else ""
    out = Lines()(parts.title(t("What order {order} demands", order=order)), parts.quote(d.event_words))
    return Screen(str(out(parts.about(t, d))))


def act(t: Translator, d: Dossier) -> Screen:
    mark = t("The housing bureau has acted: {act}", act=bureau_act(t, d))
    return with_card(t, d, mark, parts.quote(d.event_words))


def phone(t: Translator, d: Dossier, numbers: list[str]) -> Screen:
    """The number, to an entitled person in private; the look is on record."""
    out = Lines()(t("Resident's phone: {numbers}", numbers=", ".join(numbers)), parts.about(t, d))
    out(t("This look is on record. Please use it for this case only."))
    minutes = int(LOOK.total_seconds()) // 60
    return Screen(str(out(t("This message disappears in {minutes} minutes.", minutes=minutes))))


def erased(t: Translator, d: Dossier) -> Screen:
    mark = t("A resident of this case has had their personal data deleted")
    if d.case.households:
        return with_card(t, d, mark, t("The other households go on with it."))
    return with_card(
        t, d, mark, t("Nobody can be asked or told any more. Please bring the case to its end all the same.")
    )
