"""The household's screens of its case: the receipt, the live card, and its buttons."""

from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model.complaint import Complaint, State
from complaints.model.events import Filed, Joined, Level
from complaints.model.roles import RecipientRole
from views.framework import alarm, parties, parts, terms, told
from views.framework.formats import moment_from
from views.framework.notice_views import notice
from views.framework.pack_terms import period
from views.framework.parts import act_button, tap
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Html, Translator
from views.resident.deadlines import deadline


def follow_buttons(
    t: Translator,
    view: CaseView,
    *,
    withdraw: bool = True,
    on_card: bool = False,
    danger: bool = False,
    invites: bool = False,
) -> tuple[tuple[Button, ...], ...]:
    """What a household can do with an open case, and its family with any; the card has no way to itself.

    While nobody has confirmed a danger, what brings it calls for help and nothing else; receipt and card keep the way
    back for whoever has tapped 「有危险」 by mistake.
    """
    card = None if on_card else act_button(t, view, "card")
    if view.household is not None and view.household.follows:
        return rows([card, act_button(t, view, "unfollow")])
    if not view.case.is_open:
        return rows([card])
    calm = view.alarm is None or on_card or invites
    return rows(
        [
            card,
            act_button(t, view, "supplement"),
            act_button(t, view, "urge"),
        ],
        [
            act_button(t, view, "withdraw") if withdraw and calm else None,
            act_button(t, view, "sum") if calm else None,
        ],
        [
            *(danger_buttons(t, view) if on_card or danger else []),
            act_button(t, view, "invite") if on_card or invites else None,
        ],
    )


def danger_buttons(t: Translator, view: CaseView) -> list[Button]:
    """「有危险」 on an open case; 「没有危险」 while the alarm that somebody's later words have raised goes."""
    if view.alarm is None:
        return [act_button(t, view, "in_danger")]
    return [act_button(t, view, "no_danger")] if view.case.raised_at is not None else []


@notice("resident.receipt")
def receipt(t: Translator, view: CaseView) -> Screen:
    """After the case is stored: number, who was told, due time with its reason, clause. Then it is the live card.

    One that is sent late, when the company has answered already, promises no answer.
    """
    joins = isinstance(view.event, Joined)
    if not joins and view.case.state is not State.FILED:
        return receipt_by_now(t, view)
    received = t("Received. You are part of the case now.") if joins else t("Received. The clock is running.")
    out = Lines()(parts.title(received))
    out(bar(t, view.case), t("Number {number}", number=parts.number(view.case)), parts.about(t, view)).gap()
    out(_told(t, view), *alarm.lines(t, view, to_resident=True))
    if view.case.danger and not _has_filed(view):
        out(*call_first(t, view))
    elif view.case.danger:
        out.gap()
    clock = None if joins else view.case.clock("respond")
    if clock is None:
        out(*_awaited(t, view))
    else:
        out(
            t(
                "They must respond by {due} ({reason})",
                due=moment_from(t, clock.due, view.now),
                reason=_window(t, view, clock.window),
            )
        )
        out(*parts.basis(t, view, clock))
    return Screen(str(out), _on_receipt(t, view), live=True)


def receipt_by_now(t: Translator, view: CaseView) -> Screen:
    """What has become of the receipt once the case has moved on: the live card, with its way to the end of the chat."""
    now = card(t, view)
    return replace(now, buttons=_on_receipt(t, view)) if view.case.is_open else now


def _on_receipt(t: Translator, view: CaseView) -> tuple[tuple[Button, ...], ...]:
    return follow_buttons(t, view, danger=True, invites=True)


def _has_filed(view: CaseView) -> bool:
    """Whether the household itself has filed it: it has just read whom to call, right above."""
    return isinstance(view.event, Filed) and view.event.filed_by is None


def call_first(t: Translator, view: CaseView) -> list[Html]:
    phone = view.project.phone
    first = (
        t("In danger call 119, 110 or 120 first. Property service: {phone}", phone=phone)
        if phone
        else t("In danger call 119, 110 or 120 first.")
    )
    return [first, *parts.rescue(t, view.district)]


def _awaited(t: Translator, view: CaseView) -> list[str]:
    """What the resident waits for, the next first, each with what it rests on; what all rest on is said once, last.

    In danger only the next: the danger's own clock stands above it.
    """
    awaited = view.awaited[:1] if view.case.danger else view.awaited
    lines = [line for clock in awaited for line in str(deadline(t, view, clock)).splitlines()]
    rests_on = {parts.clause(t, view, clock.stage) for clock in awaited}
    if len(rests_on) > 1:
        return lines
    said = list(dict.fromkeys(lines))
    return [line for line in said if line not in rests_on] + [line for line in said if line in rests_on]


def _told(t: Translator, view: CaseView) -> Html:
    """Who is told by the outbox; in danger they are alerted. Where it is nobody, whom to call."""
    others = [one for one in view.told if one.recipient is not RecipientRole.HOUSEHOLDS]
    people = told.names(t, view, others, masked=True)
    if people:
        alarm = t("Dangerous, alerted at once: {people}", people=people)
        return alarm if view.case.danger else t("Told: {people}", people=people)
    return t("Nobody has joined here yet who could read it. Please call: {phone}", phone=_whom_to_call(view))


def _whom_to_call(view: CaseView) -> str:
    return view.project.phone or view.company.phone or view.district.phone or "12345"


def _window(t: Translator, view: CaseView, window: str | None) -> str:
    stage = view.pack.stage("respond") if any(s.id == "respond" for s in view.pack.stages) else None
    length = getattr(stage.period, window, None) if stage and window else None
    if length is None:
        return t("the period of this kind of case")
    of = period(t, str(length))
    if window == "working":
        return t("filed in working time, response within {period}", period=of)
    return t("filed outside working time, response within {period}", period=of)


def bar(t: Translator, c: Complaint) -> str:
    """The progress bar of 成住建发〔2023〕62号 附件3: 提交投诉, 待处理, 已办结, 已评价."""
    reached = {State.FILED: 1, State.ANSWERED: 2, State.RESOLVED: 3, State.CLOSED: 4, State.WITHDRAWN: 4}[c.state]
    if c.state is State.CLOSED and not c.ratings:
        reached = 3  # closed in silence
    dots = "—".join("●" if n < reached else "○" for n in range(4))
    end = t.p("progress", "withdrawn") if c.state is State.WITHDRAWN else t.p("progress", "rated")
    return f"{t.p('progress', 'filed')} {dots} {end}"


@notice("resident.card")
def card(t: Translator, view: CaseView) -> Screen:
    """The live card: always the present. The result's own notice asks for the rating; the card leads there again."""
    c = view.case
    stands = t("{matter}: {state}", matter=t.of(view.matter.label), state=terms.state(t, c))
    out = Lines()(parts.title(t("Dangerous · {what}", what=stands) if c.danger and c.is_open else stands))
    out(*alarm.lines(t, view, to_resident=True))
    out(bar(t, c), t("Number {number}", number=parts.number(c)), parts.place(view))
    out(t("Filed {at}", at=moment_from(t, c.filed_at, view.now)))
    if c.is_open:
        awaited = view.awaited[0] if view.awaited else None
        if awaited is None or view.stage(awaited).task is None:  # else its sentence says who acts next
            out(t("Now with: {handler}", handler=parts.handler(t, view)))
        if awaited is not None:
            out(str(deadline(t, view, awaited)))
        elif (late := view.overdue) is not None:
            out(parties.overdue_since(t, view, late, to_resident=True))
    out(*_outcome(t, view))
    if len(c.households) > 1:
        out(t.n("{count} household has reported it", "{count} households have reported it", len(c.households)))
    if view.said(c.last_words):
        out(told.last_words(t, view), parts.quote(view.said(c.last_words)))
    follows = view.household is not None and view.household.follows
    buttons = follow_buttons(t, view, on_card=True) if c.is_open or follows else ()
    if not follows and c.state is State.RESOLVED and view.household and c.rating_of(view.household.id) is None:
        buttons = rows([act_button(t, view, "ask_rating")])
    return Screen(str(out), buttons, live=True)


def _outcome(t: Translator, view: CaseView) -> list[str]:
    """When it was resolved, and how this household has rated it."""
    c = view.case
    rated = c.rating_of(view.household.id) if view.household is not None else None
    return [
        t("Resolved {at}", at=moment_from(t, c.resolved_at, view.now)) if c.resolved_at is not None else "",
        t("Your rating: {level}", level=terms.level(t, rated)) if rated is not None else "",
    ]


def rating_buttons(t: Translator, view: CaseView) -> tuple[tuple[Button, ...], ...]:
    taps = [tap(view, terms.level(t, level), "rate", level.value) for level in Level]
    return rows(taps[:2], taps[2:])
