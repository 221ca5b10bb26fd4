"""What does a resident read about a case?"""

from complaints.complaint import Complaint, State
from complaints.dossier import Dossier
from complaints.events import (
    Classified,
    ClosingKind,
    DateAgreed,
    DateProposed,
    Disposition,
    Expired,
    Level,
    Resolved,
    Supervised,
)
from complaints.people import masked
from views import parts
from views.callbacks import case as case_data
from views.formats import moment, short_number, span
from views.parts import tap
from views.promises import period
from views.screen import Button, Lines, Screen, rows
from views.translator import Html, Translator


def follow_buttons(t: Translator, d: Dossier, *, withdraw: bool = True) -> tuple[tuple[Button, ...], ...]:
    """What a household can do with an open case."""
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
    )


def receipt(t: Translator, d: Dossier) -> Screen:
    """After the case is stored: number, who was told, due time with its reason, clause."""
    told = parts.joined(t("; "), (_told(t, d, role, name) for role, name in d.told))
    out = Lines()(parts.title(t, d, t("Received. The clock is running.")))
    out(t("Complaint number {number}", number=parts.number(d.case)), parts.about(t, d)).gap()
    out(t("Told: {people}", people=told) if told else t("Nobody there can be reached; the bureau is looking."))
    if (clock := d.case.clock("respond") or d.main_clock) is not None:
        out(t("They must respond by {due} ({reason})", due=moment(t, clock.due), reason=_window(t, d, clock.window)))
        out(parts.clause(t, d, clock.stage))
    if d.case.danger:
        out(t("Marked as dangerous: the duty person and the company's head are alerted as well."))
        out(t("In danger call 119, 110 or 120 first. Property service: {phone}", phone=d.project.phone or "—"))
    return Screen(str(out), follow_buttons(t, d))


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
    out = Lines()(parts.title(t, d, t("{matter}: {state}", matter=t.of(d.matter.label), state=parts.state(t, c))))
    out(bar(t, c), t("Number {number}", number=parts.number(c)), parts.place(t, d))
    out(t("Filed {at}", at=moment(t, c.filed_at)))
    if c.is_open:
        out(t("Now with: {handler}", handler=parts.handler(t, d)))
        if (clock := d.main_clock) is not None:
            out(str(parts.deadline(t, d, clock)))
        elif (late := d.last_expired) is not None:
            out(t("Overdue by {by}", by=span(t, d.now - late.due)))
    if c.resolved_at is not None:
        out(t("Resolved {at}", at=moment(t, c.resolved_at)))
    if len(c.households) > 1:
        out(t.n("{count} household has reported it", "{count} households have reported it", len(c.households)))
    if d.said(c.last_words):
        out(t("Last words from the handler:"), parts.quote(d.said(c.last_words)))
    buttons = follow_buttons(t, d) if c.is_open else ()
    if c.state is State.RESOLVED and d.household and c.rating_of(d.household.id) is None:
        buttons = rating_buttons(t, d)
    return Screen(str(out), buttons, live=True)


def answered(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("{handler} has answered", handler=parts.handler(t, d))))
    out(parts.quote(d.event_words), parts.about(t, d))
    if (clock := d.case.clock("resolve_general", "running")) is not None:
        out(t("To be resolved by {due}", due=moment(t, clock.due)), parts.clause(t, d, clock.stage))
    out(t("Reply to this message and it reaches the handler."))
    return Screen(str(out), follow_buttons(t, d))


def classified(t: Translator, d: Dossier) -> Screen:
    """What the disposition means for the resident (62号 一(三))."""
    event = d.of(Classified)
    out = Lines()(parts.title(t, d, t("{handler} has answered", handler=_answerer(t, d, event))))
    out(parts.quote(d.event_words), parts.about(t, d)).gap()
    out(*_what_follows(t, d, event))
    return Screen(str(out), follow_buttons(t, d))


def _answerer(t: Translator, d: Dossier, event: Classified) -> str:
    if event.disposition is Disposition.NEITHER and d.manager is not None:
        return parts.person(t, "manager", masked(d.manager.name))
    return parts.handler(t, d)


def _what_follows(t: Translator, d: Dossier, event: Classified) -> list[str]:
    clock = d.case.clock("resolve_general", "running")
    match event.disposition:
        case Disposition.GENERAL if clock is not None:
            due = t("A general problem: to be resolved by {due}.", due=moment(t, clock.due))
            return [due, parts.clause(t, d, clock.stage)]
        case Disposition.MAJOR:
            return [t("It is complex: you will be asked to agree on a date."), parts.clause(t, d, "resolve_major")]
        case Disposition.BUREAU_DUTY:
            return [
                t("This is the housing bureau's duty. The {district} bureau has been told.", district=d.district.name)
            ]
        case Disposition.NEITHER:
            return [
                t(
                    "This belongs to neither the property service nor the housing bureau, but: {department}",
                    department=t.of(d.department_label),
                ),
                t(
                    "The city hotline 12345 connects you; the housing bureau: {phone}",
                    phone=d.district.phone or "12345",
                ),
                t(
                    "The grid leader has been told, and the housing bureau coordinates. "
                    "The case stays open until it is settled."
                ),
            ]
        case Disposition.OWN_PART:
            return [t("This is the inside of your own home: a paid repair can be ordered, the price is agreed first.")]
        case _:
            return []


def date_proposed(t: Translator, d: Dossier) -> Screen:
    event = d.of(DateProposed)
    out = Lines()(
        parts.title(
            t,
            d,
            t("{handler} proposes to resolve it by {until}", handler=parts.handler(t, d), until=moment(t, event.until)),
        )
    )
    out(t("because:"), parts.quote(d.event_words), parts.about(t, d))
    out(t("The date that you agree to is binding."), parts.clause(t, d, "resolve_major"))
    buttons = rows(
        [
            tap(d, t.p("button", "Agree"), "agree"),
            tap(d, t.p("button", "Another date"), "counter"),
            tap(d, t.p("button", "Don't agree"), "refuse"),
        ]
    )
    return Screen(str(out), buttons)


def date_agreed(t: Translator, d: Dossier) -> Screen:
    event = d.of(DateAgreed)
    out = Lines()(parts.title(t, d, t("Agreed: resolved by {until}", until=moment(t, event.until))))
    out(parts.about(t, d), parts.clause(t, d, "resolve_major"))
    out(t("If it isn't done by then, the company's head and the bureau are told at once."))
    return Screen(str(out), follow_buttons(t, d))


def progressed(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("News about your case")), parts.quote(d.event_words), parts.about(t, d))
    return Screen(str(out(t("Reply to this message and it reaches the handler."))), follow_buttons(t, d))


def contacted(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("{handler} writes to you", handler=parts.handler(t, d))))
    out(parts.quote(d.event_words), parts.about(t, d))
    out(t("Reply to this message and it reaches the handler. Neither side sees the other's account."))
    return Screen(str(out), follow_buttons(t, d))


def visited(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("Somebody has been there and looked")), parts.about(t, d))
    return Screen(str(out), follow_buttons(t, d))


def acknowledged(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("The property service knows and is on the way")), parts.about(t, d))
    out(t("In danger call 119, 110 or 120 first. Property service: {phone}", phone=d.project.phone or "—"))
    return Screen(str(out), follow_buttons(t, d))


def closing_asked(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t.p("button", "May the case be closed like this?")))
    out(parts.quote(d.event_words), parts.about(t, d))
    buttons = rows(
        [
            tap(d, t.p("button", "Yes, it may"), "may_close"),
            tap(d, t.p("button", "Not done yet"), "not_done"),
        ]
    )
    return Screen(str(out), buttons)


def rating_buttons(t: Translator, d: Dossier) -> tuple[tuple[Button, ...], ...]:
    taps = [tap(d, parts.level(t, level), "rate", level.value) for level in Level]
    return rows(taps[:2], taps[2:])


def resolved(t: Translator, d: Dossier) -> Screen:
    """The result and the survey: one tap counts at once."""
    event = d.of(Resolved)
    kind = {
        ClosingKind.SOLVED: t.p("closing", "really solved"),
        ClosingKind.EXPLAINED: t.p("closing", "explained"),
    }[event.closing]
    out = Lines()(parts.title(t, d, t("Resolved ({kind})", kind=kind)), parts.quote(d.event_words), parts.about(t, d))
    out.gap()(t("How do you find the result? One tap is enough; dissatisfied opens the case again."))
    return Screen(str(out), rating_buttons(t, d))


def survey_reminder(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("How did it turn out?")), parts.about(t, d))
    out(parts.quote(d.said(d.case.result)))
    if (clock := d.case.clock("survey", "running")) is not None:
        out(t("Without an answer the case closes by itself on {due}.", due=moment(t, clock.due)))
    return Screen(str(out), rating_buttons(t, d))


def closed_silently(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("The case has been closed without a rating")), parts.about(t, d))
    return Screen(str(out(t("If the problem comes back, just write to me again."))))


def reopened(t: Translator, d: Dossier) -> Screen:
    """「重新办理」: the case is open again, and who will call."""
    out = Lines()(parts.title(t, d, t("Reopened: your case is being handled again")), parts.about(t, d))
    out(t("{handler} will contact you.", handler=parts.handler(t, d)))
    if (clock := d.case.clock("resolve_general", "running")) is not None:
        out(t("To be resolved by {due}", due=moment(t, clock.due)), parts.clause(t, d, clock.stage))
    return Screen(str(out), follow_buttons(t, d))


def why_dissatisfied(t: Translator, d: Dossier) -> Screen:
    """Asked after the tap has counted."""
    reasons = {
        "unsolved": t.p("button", "Not solved"),
        "false": t.p("button", "Said to be done, but not done"),
        "manner": t.p("button", "Bad manners"),
        "slow": t.p("button", "Took too long"),
        "other": t.p("button", "Something else"),
    }
    out = Lines()(t("We are sorry. The case is open again, and the handler will call you. What was wrong?"))
    taps = [tap(d, label, "why", reason) for reason, label in reasons.items()]
    return Screen(str(out), rows(taps[:2], taps[2:4], taps[4:]))


def expired(t: Translator, d: Dossier) -> Screen:
    event = d.of(Expired)
    stage = t.of(d.pack.stage(event.stage).name)
    out = Lines()(parts.title(t, d, t("Overdue: {stage} was due {due}", stage=stage, due=moment(t, event.due))))
    out(parts.about(t, d), t("Number {number}", number=parts.number(d.case)))
    if event.to_company:
        out(t("The head of {company} now handles your case.", company=d.company.name))
    out(t("The {district} housing bureau has been told and will step in.", district=d.district.name))
    out(parts.clause(t, d, event.stage), _delayed(t, event))
    return Screen(str(out), follow_buttons(t, d))


def _delayed(t: Translator, event: Expired) -> str:
    return t("This notice is late because our own system was down.") if event.delayed else ""


def taken_over(t: Translator, d: Dossier) -> Screen:
    out = Lines()(
        parts.title(t, d, t("{handler} now handles your case", handler=parts.handler(t, d))), parts.about(t, d)
    )
    return Screen(str(out), follow_buttons(t, d))


def accepted(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("The {district} housing bureau handles your case", district=d.district.name)))
    return Screen(str(out(parts.about(t, d))), follow_buttons(t, d))


def sent_back(t: Translator, d: Dossier) -> Screen:
    out = Lines()(parts.title(t, d, t("The bureau has decided: the property service must handle your case")))
    return Screen(str(out(parts.quote(d.event_words), parts.about(t, d))), follow_buttons(t, d))


def supervised(t: Translator, d: Dossier) -> Screen:
    event = d.of(Supervised)
    out = Lines()(
        parts.title(t, d, t("The housing bureau supervises your case until {until}", until=moment(t, event.until)))
    )
    return Screen(str(out(parts.about(t, d), parts.clause(t, d, "comply"))), follow_buttons(t, d))


def act(t: Translator, d: Dossier) -> Screen:
    """The bureau has listed, raised, convened, referred or waived."""
    out = Lines()(parts.title(t, d, t("The housing bureau has acted: {act}", act=bureau_act(t, d))), parts.about(t, d))
    out(parts.quote(d.event_words))
    return Screen(str(out), follow_buttons(t, d))


def bureau_act(t: Translator, d: Dossier) -> str:
    names = {
        "Supervised": t.p("button", "Supervise"),
        "Listed": t.p("button", "List publicly"),
        "Raised": t.p("button", "Raise"),
        "Convened": t.p("button", "Convene"),
        "Referred": t.p("button", "Refer"),
        "Waived": t.p("act", "no act needed"),
    }
    return names.get(type(d.event).__name__, "")


def mine(t: Translator, cases: list[tuple[Complaint, str]]) -> Screen:
    """「我的问题」: each case one line and one button; newest first, ten at most."""
    if not cases:
        return Screen(t("You have no cases yet. Just write what is wrong, or send a photo."))
    out = Lines()(t.n("You have {count} case:", "You have {count} cases:", len(cases)))
    buttons = []
    for c, matter in cases[:10]:
        out(t("{number} {matter}: {state}", number=short_number(c.number), matter=matter, state=parts.state(t, c)))
        label = f"{matter} {short_number(c.number)}"
        buttons.append([tap_case(c, label)])
    return Screen(str(out), rows(*buttons))


def tap_case(c: Complaint, label: str) -> Button:
    return Button(label, case_data("card", c.id, c.round))
