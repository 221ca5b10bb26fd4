"""The handler's card of a case, and the buttons that fit it now."""

from complaints.case_view import CaseView
from complaints.model.complaint import CaseOwner, State
from complaints.model.events import Disposition, Level
from complaints.model.roles import OF_COMPANY
from complaints.policy.pack_schema import RecipientRole
from views.framework import alarm, office_buttons, parties, parts, terms, told
from views.framework.formats import moment
from views.framework.notice_views import notice
from views.framework.parts import act_button, tap
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Html, Translator

FIRST_SORT = (Disposition.GENERAL, Disposition.MAJOR, Disposition.BUREAU_DUTY, Disposition.NEITHER)


def card(t: Translator, view: CaseView) -> Screen:
    """The case as its handler sees it, live: always the present, with the buttons that fit it."""
    return Screen(str(_body(t, view)), buttons(t, view), live=True)


def _body(t: Translator, view: CaseView, *, copy: bool = False) -> Lines:
    c = view.case
    what = _headline(t, view)
    out = Lines()(*alarm.headed(t, view, what))
    out(t("Number {number}", number=parts.number(c)), parts.about(t, view, room=True))
    out(parts.quote(view.said(c.words)), parts.files(t, view.words.get(c.words)))
    out(*parts.spoken(t, view), *alarm.said_later(t, view))
    out(_reach(t, view), parts.erased(t, view))
    if len(c.households) > 1:
        out(t.n("{count} household has reported it", "{count} households have reported it", len(c.households)))
    if c.is_open and (clock := view.main_clock) is not None:
        out(str(parts.deadline(t, view, clock)), parties.owed_by(t, view, clock))
    elif c.is_open and (late := view.overdue) is not None:
        out(parties.overdue_since(t, view, late))
    if c.disposition in view.pack.dispositions:
        out(t("Sorted as: {disposition}", disposition=terms.disposition(t, view.pack, c.disposition)))
    if c.slips:
        out(t.n("{count} agreed date missed", "{count} agreed dates missed", c.slips))
    if c.state is State.FILED and view.reader_acts and not copy:
        out(t("Reply to this message with what you found and what you will do: that is the response."))
    return out


def _headline(t: Translator, view: CaseView) -> Html:
    c = view.case
    if c.is_overdue_by(OF_COMPANY):
        return t("Overdue: {state}", state=terms.state(t, c))
    if c.round > 1 and c.is_open:
        return t("Reopened, to be handled again")
    if c.handler is CaseOwner.BUREAU and c.state is State.FILED:
        return t("New case, with the housing bureau")
    names = {
        State.FILED: t("New case, waiting for your response") if view.reader_acts else t("New case, not answered yet"),
        State.ANSWERED: t("Being handled"),
        State.RESOLVED: t("Resolved, waiting for the rating"),
        State.CLOSED: t("Closed"),
        State.WITHDRAWN: t("Withdrawn by the resident"),
    }
    return names[c.state]


def _reach(t: Translator, view: CaseView) -> str:
    """How the first household may be reached."""
    if view.first is None or view.first.erased or not view.reader_acts:
        return ""
    ways = {
        "phone": t("You may call the resident (tap to see the number).")
        if view.may_call
        else t("The resident has left no phone number: please write here, or go there."),
        "bot": t("Please write only; the resident doesn't want calls."),
        "anonymous": t("The resident stays anonymous; words reach them. Documents and locations are kept back."),
    }
    return ways[view.first.contact]


def buttons(t: Translator, view: CaseView) -> tuple[tuple[Button, ...], ...]:
    c = view.case
    if not c.is_open:
        unhappy = c.worst_rating in (Level.SO_SO, Level.DISSATISFIED)
        review = act_button(t, view, "review")
        return rows([review if unhappy and view.reader_is_company else None])
    coming = act_button(t, view, "acknowledge") if view.alarm is not None else None
    if not view.reader_acts:
        if not view.reader_is_company:
            return ()
        urged = _urged(t, view) if view.pack.leaves_to_company(c) else []
        return rows([coming, *parts.unsaid(t, view)], *urged)
    if office_buttons.handles(view):
        return office_buttons.buttons(t, view)
    head_first = view.reader_is_head and c.handler is CaseOwner.COMPANY and c.assignee is None
    return rows(
        [coming, *parts.unsaid(t, view)],
        [
            act_button(t, view, "take_over") if head_first else None,
            act_button(t, view, "name_handler") if head_first else None,
        ],
        *_promised(t, view),
        *(_sorting(t, view) if c.disposition is None and sorts(view) else _handling(t, view)),
        [
            act_button(t, view, "contact"),
            parts.phone_button(t, view),
            parts.correct_matter_button(t, view),
            act_button(t, view, "hand_on") if view.reader_is_head and not head_first else None,
        ],
        *_elsewhere(t, view),
    )


def _urged(t: Translator, view: CaseView) -> list[list[Button | None]]:
    """What the company can do while the bureau urges it: mend at once before it is ordered to, then report."""
    c = view.case
    return [
        [act_button(t, view, "report_done") if c.order is not None and c.owed("comply") else None],
        [act_button(t, view, "mend") if c.waits_for_bureau else None, act_button(t, view, "visited")],
        [act_button(t, view, "progress")],
    ]


def sorts(view: CaseView) -> bool:
    """Whether the pack asks for a disposition, on which the days to resolve depend."""
    return Disposition.GENERAL in view.pack.dispositions


def _elsewhere(t: Translator, view: CaseView) -> list[list[Button | None]]:
    """What isn't the company's: own parts, and where nothing else is sorted, whose it is."""
    if view.case.disposition is not None:
        return []
    first = [] if sorts(view) else [which for which in FIRST_SORT if which in view.pack.dispositions]
    beyond = act_button(t, view, "beyond") if view.pack.demand("beyond").is_law else None
    return [[_offered(t, view, which)] for which in (*first, Disposition.OWN_PART)] + [[beyond]]


def _offered(t: Translator, view: CaseView, which: Disposition) -> Button | None:
    return _sort(t, view, which) if which in view.pack.dispositions else None


def _promised(t: Translator, view: CaseView) -> list[list[Button | None]]:
    """What the pack's stages of this round ask for besides words and a result: better late than never."""
    runs = view.case.unmet
    contact = bool(runs & {"contact", "contact_other", "recover"})
    return [
        [act_button(t, view, "commit") if "commit" in runs else None],
        [act_button(t, view, "preliminary") if "preliminary" in runs else None],
        [
            act_button(t, view, "called") if contact else None,
            act_button(t, view, "unreached") if "recover" in runs else None,
        ],
    ]


def _sort(t: Translator, view: CaseView, which: Disposition) -> Button:
    return tap(view, terms.disposition(t, view.pack, which), "sort", which.value)


def _sorting(t: Translator, view: CaseView) -> list[list[Button | None]]:
    dispositions: list[list[Button | None]] = [[_offered(t, view, which)] for which in FIRST_SORT]
    fresh = view.case.state is State.FILED
    later = act_button(t, view, "sort_later")
    if fresh:
        return [*dispositions, [act_button(t, view, "on_the_spot"), later]]
    submit = act_button(t, view, "resolve")
    return [*dispositions, [submit, act_button(t, view, "progress")]]


def _handling(t: Translator, view: CaseView) -> list[list[Button | None]]:
    order = view.case.order
    fresh = view.case.state is State.FILED
    return [
        [act_button(t, view, "on_the_spot") if fresh else None],
        [
            act_button(t, view, "resolve") if not fresh else None,
            act_button(t, view, "progress") if not fresh else None,
        ],
        [
            act_button(t, view, "visited"),
            act_button(t, view, "more_time") if not fresh else None,
        ],
        [act_button(t, view, "report_done") if order is not None else None],
    ]


def sort_now(t: Translator, view: CaseView) -> Screen:
    """After the response: the disposition, or (once) later."""
    out = Lines()(
        t("Your words are with the resident.")
        if told.households_were_told(view)
        else t("The resident hasn't joined here and can't read it: please call or go there.")
    )
    out(t("The response clock has stopped.") if view.pack.has("respond") else "", t("How do you sort the case?"))
    out(parts.about(t, view), parts.clause(t, view, "resolve_general"))
    taps: list[list[Button | None]] = [[_offered(t, view, which)] for which in (*FIRST_SORT, Disposition.OWN_PART)]
    taps += [[act_button(t, view, "sort_later")]]
    taps += [[act_button(t, view, "on_the_spot")]]
    return Screen(str(out), rows(*taps))


def sort_later(t: Translator, view: CaseView) -> Screen:
    """「先核实，稍后分类」: until when."""
    out = Lines()
    if (clock := view.case.clock("classify", "running")) is not None:
        out(t("All right: please sort the case by {due}.", due=moment(t, clock.due)), *parts.basis(t, view, clock))
    else:
        out(t("All right: please sort the case once you have looked."))
    taps = [[_offered(t, view, which)] for which in (*FIRST_SORT, Disposition.OWN_PART)]
    return Screen(str(out(parts.about(t, view))), rows(*taps))


def with_card(t: Translator, view: CaseView, mark: str, *more: str) -> Screen:
    """A notice with the case in two lines and the buttons that fit it now; a stand-in reads why he gets it."""
    out = Lines()(parts.title(mark), stand_in(t, view), t("Number {number}", number=parts.number(view.case)))
    out(parts.about(t, view, room=True), *more)
    return Screen(str(out), buttons(t, view))


@notice("manager.filed")
def filed(t: Translator, view: CaseView) -> Screen:
    """The card; to a stand-in it says first why it came to him."""
    why = stand_in(t, view)
    screen = card(t, view)
    return Screen(f"{why}\n{screen.text}" if why else screen.text, screen.buttons, live=True)


@notice("manager.filed_copy")
def filed_copy(t: Translator, view: CaseView) -> Screen:
    """The head is told at once (62号 一(二)); the same card, and who must answer."""
    first = t(
        "A new case of your company. First to respond: {handler}",
        handler=parts.handler(t, view, masked=False),
    )
    held = t("A new case of your company. {bureau} decides who handles it.", bureau=parts.handler(t, view))
    out = Lines()(stand_in(t, view), held if view.case.handler is CaseOwner.BUREAU else first)
    return Screen(f"{out}\n{_body(t, view, copy=True)}", buttons(t, view), live=True)


def stand_in(t: Translator, view: CaseView) -> str:
    """Why somebody else's notice came to this recipient."""
    if not view.instead_of:
        return ""
    if view.instead_of == RecipientRole.BUREAU_GROUP:
        return t("This comes to you because the housing bureau's group can't be reached here.")
    return t("This comes to you because the {role} can't be reached here.", role=terms.role(t, view.instead_of))
