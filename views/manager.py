"""What do the project manager and the company's head read about a case?"""

from complaints.complaint import Complaint, Handler, State
from complaints.dossier import Dossier
from complaints.events import (
    ClosingAnswered,
    DateAgreed,
    DateProposed,
    Disposition,
    Expired,
    Level,
    Nudged,
    Rated,
    RatingExplained,
    ReviewDecided,
    Supervised,
)
from views import parts
from views.formats import moment, short_number, span
from views.parts import tap
from views.resident import bureau_act, tap_case
from views.screen import Button, Lines, Screen, rows
from views.translator import Html, Translator

FIRST_SORT = (Disposition.GENERAL, Disposition.MAJOR, Disposition.BUREAU_DUTY, Disposition.NEITHER)


def card(t: Translator, d: Dossier) -> Screen:
    """The case as its handler sees it, live: always the present, with the buttons that fit it."""
    return Screen(str(_body(t, d)), buttons(t, d), live=True)


def _body(t: Translator, d: Dossier, *, copy: bool = False) -> Lines:
    c = d.case
    what = _headline(t, d)
    out = Lines()(parts.title(t, d, t("Dangerous · {what}", what=what) if c.danger else what))
    out(t("Number {number}", number=parts.number(c)), parts.about(t, d, room=True))
    out(parts.quote(d.said(c.words)), parts.files(t, d.words.get(c.words)))
    out(_reach(t, d))
    if len(c.households) > 1:
        out(t.n("{count} household has reported it", "{count} households have reported it", len(c.households)))
    if c.is_open and (clock := d.main_clock) is not None:
        out(str(parts.deadline(t, d, clock)))
    elif c.is_open and (late := d.last_expired) is not None:
        out(t("Overdue by {by}", by=span(t, d.now - late.due)))
    if c.disposition is not None:
        out(t("Sorted as: {disposition}", disposition=parts.disposition(t, c.disposition)))
    if c.slips:
        out(t.n("{count} agreed date missed", "{count} agreed dates missed", c.slips))
    if c.state is State.FILED and d.reader_acts and not copy:
        out(t("Reply to this message with what you found and what you will do: that is the response."))
    return out


def _headline(t: Translator, d: Dossier) -> Html:
    c = d.case
    if d.last_expired is not None and c.is_open:
        return t("Overdue: {state}", state=parts.state(t, c))
    if c.round > 1 and c.is_open:
        return t("Reopened, to be handled again")
    names = {
        State.FILED: t("New case, waiting for your response"),
        State.ANSWERED: t("Being handled"),
        State.RESOLVED: t("Resolved, waiting for the rating"),
        State.CLOSED: t("Closed"),
        State.WITHDRAWN: t("Withdrawn by the resident"),
    }
    return names[c.state]


def _reach(t: Translator, d: Dossier) -> str:
    """How the first household may be reached."""
    if d.first is None:
        return ""
    ways = {
        "phone": t("You may call the resident (tap to see the number)."),
        "bot": t("Please write only; the resident doesn't want calls."),
        "anonymous": t("The resident wants to stay anonymous; words reach them all the same."),
    }
    return ways[d.first.contact]


def buttons(t: Translator, d: Dossier) -> tuple[tuple[Button, ...], ...]:
    c = d.case
    if not c.is_open:
        unhappy = c.worst_rating in (Level.SO_SO, Level.DISSATISFIED)
        return rows([tap(d, t.p("button", "Ask for review"), "review") if unhappy else None])
    if not d.reader_acts:
        return ()
    danger = c.clock("urgent", "running") is not None
    head_first = d.reader_is_head and c.handler is Handler.COMPANY and c.assignee is None
    return rows(
        [tap(d, t.p("button", "I know, I am on my way"), "acknowledge") if danger else None],
        [
            tap(d, t.p("button", "I will handle it"), "take_over") if head_first else None,
            tap(d, t.p("button", "Name a handler"), "name_handler") if head_first else None,
        ],
        *(_sorting(t, d) if c.disposition is None else _handling(t, d)),
        [
            tap(d, t.p("button", "Contact the resident"), "contact"),
            tap(d, t.p("button", "Show phone"), "phone") if d.first and d.first.contact == "phone" else None,
            tap(d, t.p("button", "Hand on"), "hand_on") if d.reader_is_head and not head_first else None,
        ],
        [_sort(t, d, Disposition.OWN_PART) if c.disposition is None else None],
    )


def _sort(t: Translator, d: Dossier, which: Disposition) -> Button:
    return tap(d, parts.disposition(t, which), "sort", which.value)


def _sorting(t: Translator, d: Dossier) -> list[list[Button | None]]:
    dispositions: list[list[Button | None]] = [[_sort(t, d, which)] for which in FIRST_SORT]
    fresh = d.case.state is State.FILED
    later = tap(d, t.p("button", "Check first, sort later"), "sort_later") if fresh else None
    more = None if fresh else tap(d, t.p("button", "Report progress"), "progress")
    return [
        *dispositions,
        [tap(d, t.p("button", "Solved on the spot"), "on_the_spot"), later, more],
    ]


def _handling(t: Translator, d: Dossier) -> list[list[Button | None]]:
    order = d.case.order
    return [
        [
            tap(d, t.p("button", "Submit the result"), "resolve"),
            tap(d, t.p("button", "Report progress"), "progress"),
        ],
        [
            tap(d, t.p("button", "Looked at on site"), "visited"),
            tap(d, t.p("button", "Ask for more time"), "more_time"),
        ],
        [tap(d, t.p("button", "Report the order as done"), "report_done") if order is not None else None],
    ]


def sort_now(t: Translator, d: Dossier) -> Screen:
    """After the response: the disposition, or (once) later."""
    out = Lines()(t("Your words are with the resident, and the response clock has stopped. How do you sort the case?"))
    out(parts.about(t, d), parts.clause(t, d, "resolve_general"))
    taps: list[list[Button | None]] = [[_sort(t, d, which)] for which in FIRST_SORT]
    taps += [[_sort(t, d, Disposition.OWN_PART)]]
    taps += [[tap(d, t.p("button", "Check first, sort later"), "sort_later")]]
    taps += [[tap(d, t.p("button", "Solved on the spot"), "on_the_spot")]]
    return Screen(str(out), rows(*taps))


def sort_later(t: Translator, d: Dossier) -> Screen:
    """「先核实，稍后分类」: until when."""
    out = Lines()
    if (clock := d.case.clock("classify", "running")) is not None:
        out(t("All right: please sort the case by {due}.", due=moment(t, clock.due)))
    else:
        out(t("All right: please sort the case once you have looked."))
    taps = [[_sort(t, d, which)] for which in (*FIRST_SORT, Disposition.OWN_PART)]
    return Screen(str(out(parts.about(t, d))), rows(*taps))


def _with_card(t: Translator, d: Dossier, mark: str, *more: str) -> Screen:
    """A notice with the case in two lines and the buttons that fit it now."""
    out = Lines()(parts.title(t, d, mark), t("Number {number}", number=parts.number(d.case)))
    out(parts.about(t, d, room=True), *more)
    return Screen(str(out), buttons(t, d))


def filed(t: Translator, d: Dossier) -> Screen:
    """The card; to a stand-in it says first why it came to him."""
    why = stand_in(t, d)
    screen = card(t, d)
    return Screen(f"{why}\n{screen.text}" if why else screen.text, screen.buttons, live=True)


def filed_copy(t: Translator, d: Dossier) -> Screen:
    """The head is told at once (62号 一(二)); the same card, and who must answer."""
    out = Lines()(
        stand_in(t, d),
        t(
            "Copy: a new case of your company. First to respond: {handler}",
            handler=parts.person(t, "manager", d.handler_name),
        ),
    )
    return Screen(f"{out}\n{_body(t, d, copy=True)}", buttons(t, d), live=True)


def stand_in(t: Translator, d: Dossier) -> str:
    """Why somebody else's notice came to this reader."""
    if not d.instead_of:
        return ""
    return t("This comes to you because the {role} can't be reached here.", role=parts.role(t, d.instead_of))


def joined(t: Translator, d: Dossier) -> Screen:
    more = t.n("{count} household has reported it", "{count} households have reported it", len(d.case.households))
    return _with_card(t, d, t("One more household has the same problem"), more, parts.quote(d.event_words))


def supplemented(t: Translator, d: Dossier) -> Screen:
    said = d.words.get(getattr(d.event, "words", 0))
    mark = t("The resident adds")
    return _with_card(
        t, d, mark, parts.quote(d.event_words), parts.files(t, said), t("Reply to this message to answer.")
    )


def urged(t: Translator, d: Dossier) -> Screen:
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    return _with_card(t, d, t("The resident urges"), left)


def withdrawn(t: Translator, d: Dossier) -> Screen:
    return _with_card(t, d, t("The resident has withdrawn the case"), t("There is nothing more for you to do."))


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
    return _with_card(t, d, mark, left, parts.clause(t, d, event.stage), _consequence(t, d, event))


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
    return _with_card(
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
    return _with_card(
        t, d, mark, stand_in(t, d), who, parts.quote(d.said(d.case.words)),
        str(parts.deadline(t, d, clock)) if clock else "",
        t("The {district} housing bureau has been told.", district=d.district.name), late,
    )  # fmt: skip


def _alarm(t: Translator, d: Dossier) -> str:
    clock = d.case.clock("urgent")
    return moment(t, clock.due) if clock else "—"


def unanswered_danger(t: Translator, d: Dossier) -> Screen:
    return _with_card(
        t, d, t("Danger: nobody has confirmed yet"), stand_in(t, d), parts.quote(d.said(d.case.words)),
        t("Please confirm and go there. At {due} the bureau and the street office are alerted.", due=_alarm(t, d)),
    )  # fmt: skip


def date_countered(t: Translator, d: Dossier) -> Screen:
    event = d.of(DateProposed)
    out = Lines()(
        parts.title(t, d, t("The resident proposes {until}", until=moment(t, event.until))), parts.about(t, d)
    )
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
    return _with_card(
        t, d, t("Agreed: resolved by {until}", until=moment(t, event.until)), parts.clause(t, d, "resolve_major")
    )


def date_refused(t: Translator, d: Dossier) -> Screen:
    clock = d.case.clock("agree", "running")
    left = str(parts.deadline(t, d, clock)) if clock else ""
    mark = t("The resident doesn't agree to the date")
    return _with_card(t, d, mark, parts.quote(d.event_words), t("Please propose another date."), left)


def closing_answered(t: Translator, d: Dossier) -> Screen:
    event = d.of(ClosingAnswered)
    if event.agrees:
        return _with_card(t, d, t("The resident says: it may be closed"), t("Please submit the result."))
    return _with_card(t, d, t("The resident says: not done yet"))


def resolved(t: Translator, d: Dossier) -> Screen:
    out = Lines()(
        parts.title(t, d, t("Resolved, waiting for the rating")), parts.about(t, d), parts.quote(d.event_words)
    )
    return Screen(str(out))


def rated(t: Translator, d: Dossier) -> Screen:
    event = d.of(Rated)
    out = Lines()(parts.title(t, d, t("Rated: {level}", level=parts.level(t, event.level))), parts.about(t, d))
    unfair = event.level in (Level.SO_SO, Level.DISSATISFIED)
    return Screen(str(out), rows([tap(d, t.p("button", "Ask for review"), "review") if unfair else None]))


def rating_explained(t: Translator, d: Dossier) -> Screen:
    event = d.of(RatingExplained)
    out = Lines()(
        parts.title(t, d, t("Why dissatisfied: {reason}", reason=_reason(t, event.reason))), parts.about(t, d)
    )
    return Screen(str(out(parts.quote(d.event_words))), buttons(t, d))


def _reason(t: Translator, which: str) -> str:
    names = {
        "unsolved": t.p("button", "Not solved"),
        "false": t.p("button", "Said to be done, but not done"),
        "manner": t.p("button", "Bad manners"),
        "slow": t.p("button", "Took too long"),
        "other": t.p("button", "Something else"),
    }
    return names.get(which, which)


def review_decided(t: Translator, d: Dossier) -> Screen:
    event = d.of(ReviewDecided)
    mark = t("Review: the rating counts") if event.counts else t("Review: the rating doesn't count")
    return Screen(str(Lines()(parts.title(t, d, mark), parts.about(t, d))))


def reopened(t: Translator, d: Dossier) -> Screen:
    """「重新办理」."""
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    mark = t("Reopened: the resident is dissatisfied")
    return _with_card(t, d, mark, t("Please call or write to the resident and handle it again."), left)


def assigned(t: Translator, d: Dossier) -> Screen:
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    return _with_card(
        t, d, t("You have been named to handle this case"), stand_in(t, d), parts.quote(d.said(d.case.words)), left
    )


def accepted(t: Translator, d: Dossier) -> Screen:
    return _with_card(t, d, t("The housing bureau has accepted the case"), t("There is nothing more for you to do."))


def sent_back(t: Translator, d: Dossier) -> Screen:
    clock = d.main_clock
    left = str(parts.deadline(t, d, clock)) if clock else ""
    return _with_card(t, d, t("The housing bureau sends the case back to you"), parts.quote(d.event_words), left)


def supervised(t: Translator, d: Dossier) -> Screen:
    """The numbered order (督办单) that must be signed for."""
    event = d.of(Supervised)
    out = Lines()(parts.title(t, d, t("Supervision order {order}", order=event.order)))
    out(t("Number {number}", number=parts.number(d.case)), parts.about(t, d))
    out(t("To be carried out and reported by {until}", until=moment(t, event.until)), parts.clause(t, d, "comply"))
    out(t("Ordered by the {district} housing bureau. Please sign for it.", district=d.district.name))
    sign = tap(d, t.p("button", "Sign for it"), "sign", str(d.case.acts.count("Supervised")))
    return Screen(str(out), rows([sign], [tap(d, t.p("button", "Report the order as done"), "report_done")]))


def order_worded(t: Translator, d: Dossier) -> Screen:
    order = d.case.order.number if d.case.order else ""
    out = Lines()(parts.title(t, d, t("What order {order} demands", order=order)), parts.quote(d.event_words))
    return Screen(str(out(parts.about(t, d))))


def act(t: Translator, d: Dossier) -> Screen:
    mark = t("The housing bureau has acted: {act}", act=bureau_act(t, d))
    return _with_card(t, d, mark, parts.quote(d.event_words))


def phone(t: Translator, d: Dossier, numbers: list[str]) -> Screen:
    """The number, to an entitled person in private; the look is on record."""
    out = Lines()(t("Resident's phone: {numbers}", numbers=", ".join(numbers)), parts.about(t, d))
    return Screen(str(out(t("This look is on record. Please use it for this case only."))))


def todo(t: Translator, cases: list[tuple[Complaint, str]], page: int, size: int, dues: list[str]) -> Screen:
    """/todo: open cases by time left, paged."""
    if not cases:
        return Screen(t("Nothing to do: no case is waiting for you."))
    pages = (len(cases) + size - 1) // size
    here = slice(page * size, page * size + size)
    out = Lines()(
        t.n("{count} open case, the most urgent first:", "{count} open cases, the most urgent first:", len(cases))
    )
    taps: list[list[Button | None]] = []
    for (c, name), due in zip(cases[here], dues[here], strict=True):
        out(t("{number} {matter}, due {due}", number=short_number(c.number), matter=name, due=due or "—"))
        taps.append([tap_case(c, f"{name} {short_number(c.number)}")])
    back = Button(t.p("button", "Earlier"), _page(page - 1)) if page else None
    more = Button(t.p("button", "More"), _page(page + 1)) if page + 1 < pages else None
    return Screen(str(out), rows(*taps, [back, more]))


def _page(page: int) -> str:
    from views.callbacks import menu

    return menu("todo", str(page))
