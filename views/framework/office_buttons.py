"""The buttons of a case that the bureau or a department handles."""

from itertools import chain

from complaints.case_view import CaseView
from complaints.lifecycle.acts import ACTS
from complaints.model.complaint import CaseOwner, State
from complaints.model.events import Disposition
from views.framework import parts, terms, ways_out
from views.framework.callbacks import form
from views.framework.menus import Choices, Menu, Row, drawn
from views.framework.parts import act_button, tap
from views.framework.screen import Button, Buttons, Lines, Screen, rows
from views.framework.translator import Translator


def handles(view: CaseView) -> bool:
    """Whether an office, and not the company, has the case in hand."""
    return view.case.handler in (CaseOwner.DEPARTMENT, CaseOwner.BUREAU)


def buttons(t: Translator, view: CaseView, opened: Menu | None = None) -> Buttons:
    """The first screen of the card, or a menu of it."""
    if view.case.handler is CaseOwner.DEPARTMENT and view.case.referral == "waiting":
        return rows(_coming(t, view), parts.unsaid(t, view), _offered(t, view))
    if view.case.waits_for_bureau:
        return rows(parts.unsaid(t, view), _triage(t, view))
    return drawn(t, view, _working(t, view), opened)


def _coming(t: Translator, view: CaseView) -> Row:
    """「知道了，马上到」 to the office that has a danger nobody has confirmed; the bureau itself sends others."""
    goes = view.alarm is not None and view.case.handler is CaseOwner.DEPARTMENT
    return [act_button(t, view, "acknowledge") if goes else None]


def _offered(t: Translator, view: CaseView) -> Row:
    return [act_button(t, view, "take_in"), act_button(t, view, "hand_back")]


def _triage(t: Translator, view: CaseView) -> Row:
    return [
        act_button(t, view, "accept"),
        act_button(t, view, "refer"),
        act_button(t, view, "details"),
    ]


def _working(t: Translator, view: CaseView) -> Choices:
    """While nobody has confirmed a danger, nothing that puts off, sorts or punishes."""
    c, calm = view.case, view.alarm is None
    return Choices(
        due=_coming(t, view),
        answer=[act_button(t, view, "resolve", wording="office"), act_button(t, view, "progress", wording="office")],
        likely=[parts.unsaid(t, view), *([_plan(t, view), [_resort(t, view)]] if calm else [])],
        menus={
            Menu.CONTACT: [act_button(t, view, "contact", wording="office"), parts.phone_button(t, view)],
        },
        rest=[
            parts.correct_matter_button(t, view) if calm else None,
            act_button(t, view, "supervise") if view.pack.leaves_to_company(c) else None,
            act_button(t, view, "refer") if c.handler is CaseOwner.BUREAU else None,
            act_button(t, view, "penalty") if calm and view.pack.has("penalise") else None,
        ],
    )


def _resort(t: Translator, view: CaseView) -> Button | None:
    """A general problem may turn out to be a major one, and the other way round."""
    other = Disposition.GENERAL if view.case.disposition is Disposition.MAJOR else Disposition.MAJOR
    triages = view.pack.first_handler == "bureau"  # else the company sorts, and the bureau only takes what is its own
    if not triages or other not in view.pack.dispositions or view.case.plan_until is not None:
        return None
    return tap(view, terms.disposition(t, view.pack, other), "sort", other.value)


def _plan(t: Translator, view: CaseView) -> Row:
    """The plan that is owed; where it isn't, or is late, that one is needed: the second time the bureau decides."""
    c = view.case
    if not view.pack.has("plan"):
        return []
    free = c.plan_until is None and not c.renewal and c.clock("plan", "running") is None
    return [
        act_button(t, view, "plan") if c.owed("plan") is not None else None,
        act_button(t, view, "unsolvable") if free else None,
    ]


def incoming(t: Translator, view: CaseView, *, details: bool = True) -> tuple[tuple[Button, ...], ...]:
    """What the bureau can do with a case that waits for it to act."""
    if view.case.waits_for_bureau:
        return rows(_triage(t, view)[: 3 if details else 2])
    early = view.case.state is State.FILED and view.pack.has("preliminary")  # a late result is better than none
    return rows(
        [
            act_button(t, view, "name_one") if _names_one(view) else None,
            act_button(t, view, "preliminary") if early else None,
            act_button(t, view, "details") if details else None,
        ]
    )


def _names_one(view: CaseView) -> bool:
    """Whether the bureau has still to name somebody; a late name is better than none."""
    return view.case.state is State.FILED and view.pack.has("assign") and view.case.assignee is None


def asks_to_decide(view: CaseView) -> bool:
    """Whether the bureau has still to say who handles the case."""
    return view.case.waits_for_bureau or _names_one(view)


def accept_buttons(t: Translator, view: CaseView) -> tuple[tuple[Button, ...], ...]:
    return rows(
        [
            act_button(t, view, "accept"),
            act_button(t, view, "send_back"),
            act_button(t, view, "details"),
        ]
    )


def act_buttons(t: Translator, view: CaseView) -> tuple[tuple[Button, ...], ...]:
    """What the bureau itself owes first, where it owes something; then its powers, which it has over others only."""
    if view.case.handler is CaseOwner.BUREAU and not view.pack.leaves_to_company(view.case):
        return _of_own_case(t, view)
    owed = incoming(t, view, details=False) if view.case.disposition is None else ()
    powers = [act_button(t, view, "act", act.verb) for act in ACTS.values() if act.offered]
    all_taps = [
        act_button(t, view, "supervise"), *powers, *(act_button(t, view, which) for which in ("refer", "details")),
    ]  # fmt: skip
    taps = [button for button in all_taps if button not in chain(*owed)]
    return owed + rows(*(taps[n : n + 3] for n in range(0, len(taps), 3)))


def _of_own_case(t: Translator, view: CaseView) -> Buttons:
    """The bureau has it in hand itself, and gives no orders to itself."""
    powers = [act_button(t, view, "act", "convene"), act_button(t, view, "refer"), act_button(t, view, "details")]
    if view.case.waits_for_bureau:
        return rows([act_button(t, view, "accept"), act_button(t, view, "send_back")], powers)
    return rows([act_button(t, view, "work") if view.reader_acts else None], powers)


def penalty(t: Translator, view: CaseView) -> Screen:
    """「行政处罚」: what has been done? (《物业服务企业投诉举报处理流程》 三(二))."""
    verify, penalise = view.case.owed("verify"), view.case.owed("penalise")
    can_extend = penalise is not None and penalise.is_running and not penalise.dated
    steps: list[tuple[str, str, bool]] = [
        ("lead", t.p("button", "Record a lead"), verify is None),
        ("verified", t.p("button", "Lead verified"), verify is not None),
        ("opened", t.p("button", "Open proceedings"), view.case.clock("penalise") is None),
        ("extend", t.p("button", "Extend once"), can_extend),
        ("decided", t.p("button", "Penalty decided"), penalise is not None),
    ]
    taps = [Button(label, form("penalty_step", which, view.case.id)) for which, label, fits in steps if fits]
    out = Lines()(t("What has been done? The words that you write are kept on record."), parts.about(t, view))
    return Screen(str(out), rows(taps[:2], taps[2:], ways_out.both(t, view)))
