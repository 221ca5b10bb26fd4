"""What does a household see of its case: the receipt, the live card, and what it can do?"""

from complaints.case_view import Dossier
from complaints.model.complaint import Complaint, State
from complaints.model.events import Level
from complaints.model.people import masked
from views.framework import parts, terms
from views.framework.formats import moment
from views.framework.pack_terms import period
from views.framework.parts import tap
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Html, Translator


def follow_buttons(
    t: Translator, d: Dossier, *, withdraw: bool = True, family: bool = False
) -> tuple[tuple[Button, ...], ...]:
    """What a household can do with an open case, and somebody of its family with any."""
    if d.household is not None and d.household.follows:
        leave = tap(d, t.p("button", "Stop following"), "unfollow")
        return rows([tap(d, t.p("button", "See progress"), "card"), leave])
    if not d.case.is_open:
        return rows([tap(d, t.p("button", "See progress"), "card")])
    return rows(
        [
            tap(d, t.p("button", "See progress"), "card"),
            tap(d, t.p("button", "Add something"), "supplement"),
            tap(d, t.p("button", "Urge"), "urge"),
        ],
        [
            tap(d, t.p("button", "Withdraw"), "withdraw") if withdraw else None,
            tap(d, t.p("button", "How was the deadline counted?"), "sum"),
        ],
        [tap(d, t.p("button", "Let my family follow"), "invite") if family else None],
    )


def receipt(t: Translator, d: Dossier) -> Screen:
    """After the case is stored: number, who was told, due time with its reason, clause."""
    told = parts.joined(t("; "), (_told(t, d, role, name) for role, name in d.told))
    out = Lines()(parts.title(t("Received. The clock is running.")))
    out(t("Complaint number {number}", number=parts.number(d.case)), parts.about(t, d)).gap()
    out(t("Told: {people}", people=told) if told else t("Nobody there can be reached; the bureau is looking."))
    if (clock := d.case.clock("respond")) is None:
        out(*_awaited(t, d))
    else:
        out(t("They must respond by {due} ({reason})", due=moment(t, clock.due), reason=_window(t, d, clock.window)))
        out(*parts.basis(t, d, clock))
    if d.case.danger:
        out(t("Marked as dangerous: the duty person and the company's head are alerted as well."))
        phone = d.project.phone
        out(
            t("In danger call 119, 110 or 120 first. Property service: {phone}", phone=phone)
            if phone
            else t("In danger call 119, 110 or 120 first.")
        )
        out(*parts.rescue(t, d.district))
    return Screen(str(out), follow_buttons(t, d))


def _awaited(t: Translator, d: Dossier) -> list[str]:
    """What the resident waits for, the next first, each with what it rests on; what all rest on is said once, last."""
    lines = [line for clock in d.awaited for line in str(parts.deadline(t, d, clock)).splitlines()]
    rests_on = {parts.clause(t, d, clock.stage) for clock in d.awaited}
    if len(rests_on) > 1:
        return lines
    said = list(dict.fromkeys(lines))
    return [line for line in said if line not in rests_on] + [line for line in said if line in rests_on]


def _told(t: Translator, d: Dossier, role: str, name: str) -> Html:
    if role == "bureau_group":
        return t("{district} housing bureau", district=d.district.name)
    return parts.person(t, role, masked(name))


def _window(t: Translator, d: Dossier, window: str | None) -> str:
    stage = d.pack.stage("respond") if any(s.id == "respond" for s in d.pack.stages) else None
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


def card(t: Translator, d: Dossier) -> Screen:
    """The live card: always the present."""
    c = d.case
    out = Lines()(parts.title(t("{matter}: {state}", matter=t.of(d.matter.label), state=terms.state(t, c))))
    out(bar(t, c), t("Number {number}", number=parts.number(c)), parts.place(d))
    out(t("Filed {at}", at=moment(t, c.filed_at)))
    if c.is_open:
        out(t("Now with: {handler}", handler=parts.handler(t, d)))
        if (clock := d.main_clock) is not None:
            out(str(parts.deadline(t, d, clock)))
        elif (late := d.last_expired) is not None:
            out(t("Overdue since {due}", due=moment(t, late.due)))
    out(*_outcome(t, d))
    if len(c.households) > 1:
        out(t.n("{count} household has reported it", "{count} households have reported it", len(c.households)))
    if d.said(c.last_words):
        out(t("Last words from the handler:"), parts.quote(d.said(c.last_words)))
    follows = d.household is not None and d.household.follows
    buttons = follow_buttons(t, d, family=True) if c.is_open or follows else ()
    if not follows and c.state is State.RESOLVED and d.household and c.rating_of(d.household.id) is None:
        buttons = rating_buttons(t, d)
    return Screen(str(out), buttons, live=True)


def _outcome(t: Translator, d: Dossier) -> list[str]:
    """When it was resolved, and how this household has rated it."""
    c = d.case
    rated = c.rating_of(d.household.id) if d.household is not None else None
    return [
        t("Resolved {at}", at=moment(t, c.resolved_at)) if c.resolved_at is not None else "",
        t("Your rating: {level}", level=terms.level(t, rated)) if rated is not None else "",
    ]


def rating_buttons(t: Translator, d: Dossier) -> tuple[tuple[Button, ...], ...]:
    taps = [tap(d, terms.level(t, level), "rate", level.value) for level in Level]
    return rows(taps[:2], taps[2:])
