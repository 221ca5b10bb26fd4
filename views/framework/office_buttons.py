"""Which buttons fit a case that the bureau or a department handles?"""

from complaints.case_view import Dossier
from complaints.model.complaint import Handler, State
from complaints.model.events import Disposition
from views.framework import parts, terms
from views.framework.callbacks import form
from views.framework.parts import tap
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator

Row = list[Button | None]


def handles(d: Dossier) -> bool:
    """Whether an office, and not the company, has the case in hand."""
    return d.case.handler is Handler.DEPARTMENT or (
        d.case.handler is Handler.BUREAU and d.pack.first_handler == "bureau"
    )


def buttons(t: Translator, d: Dossier) -> tuple[tuple[Button, ...], ...]:
    if d.case.handler is Handler.DEPARTMENT and d.case.referral == "waiting":
        return rows(_offered(t, d))
    if d.case.waits_for_bureau:
        return rows(_triage(t, d))
    return rows(*_working(t, d))


def _offered(t: Translator, d: Dossier) -> Row:
    return [tap(d, t.p("button", "Accept"), "take_in"), tap(d, t.p("button", "Send back"), "hand_back")]


def _triage(t: Translator, d: Dossier) -> Row:
    return [
        tap(d, t.p("button", "Accept"), "accept"),
        tap(d, t.p("button", "Refer"), "refer"),
        tap(d, t.p("button", "Details"), "details"),
    ]


def _working(t: Translator, d: Dossier) -> list[Row]:
    c = d.case
    penal = d.pack.has("penalise")
    return [
        [tap(d, t.p("button", "Conclude"), "resolve"), tap(d, t.p("button", "Give feedback"), "progress")],
        [_resort(t, d)],
        [_plan(t, d)],
        [
            tap(d, t.p("button", "Write to the resident"), "contact"),
            parts.phone_button(t, d),
        ],
        [
            tap(d, t.p("button", "Refer"), "refer") if c.handler is Handler.BUREAU else None,
            tap(d, t.p("button", "Penalty"), "penalty") if penal else None,
        ],
    ]


def _resort(t: Translator, d: Dossier) -> Button | None:
    """A general problem may turn out to be a major one, and the other way round."""
    other = Disposition.GENERAL if d.case.disposition is Disposition.MAJOR else Disposition.MAJOR
    if other not in d.pack.dispositions or d.case.plan_until is not None:
        return None
    return tap(d, terms.disposition(t, d.pack, other), "sort", other.value)


def _plan(t: Translator, d: Dossier) -> Button | None:
    if not d.pack.has("plan"):
        return None
    if d.case.clock("plan", "running") is not None:
        return tap(d, t.p("button", "Submit the plan"), "plan")
    return tap(d, t.p("button", "Can't be solved soon"), "unsolvable") if d.case.plan_until is None else None


def incoming(t: Translator, d: Dossier, *, details: bool = True) -> tuple[tuple[Button, ...], ...]:
    """What the bureau can do with a case that waits for it to act."""
    if d.case.waits_for_bureau:
        return rows(_triage(t, d)[: 3 if details else 2])
    fresh = d.case.state is State.FILED  # a late name, or a late result, is better than none
    naming = fresh and d.pack.has("assign") and d.case.assignee is None
    early = fresh and d.pack.has("preliminary")
    return rows(
        [
            tap(d, t.p("button", "Name who is responsible"), "name_one") if naming else None,
            tap(d, t.p("button", "Preliminary result"), "preliminary") if early else None,
            tap(d, t.p("button", "Details"), "details") if details else None,
        ]
    )


def accept_buttons(t: Translator, d: Dossier) -> tuple[tuple[Button, ...], ...]:
    return rows(
        [
            tap(d, t.p("button", "Accept"), "accept"),
            tap(d, t.p("button", "Send back"), "send_back"),
            tap(d, t.p("button", "Details"), "details"),
        ]
    )


def act_buttons(t: Translator, d: Dossier) -> tuple[tuple[Button, ...], ...]:
    """What the bureau itself owes first, where it owes something; then its powers."""
    owed = incoming(t, d, details=False) if d.case.disposition is None else ()
    return owed + rows(
        [
            tap(d, t.p("button", "Supervise"), "supervise"),
            tap(d, t.p("button", "List publicly"), "act", "list"),
            tap(d, t.p("button", "Raise"), "act", "raise"),
        ],
        [
            tap(d, t.p("button", "Convene"), "act", "convene"),
            tap(d, t.p("button", "Refer"), "refer"),
            tap(d, t.p("button", "Details"), "details"),
        ],
    )


def penalty(t: Translator, d: Dossier) -> Screen:
    """「行政处罚」: what has been done? (《物业服务企业投诉举报处理流程》 三(二))."""
    verify, running = d.case.clock("verify", "running"), d.case.clock("penalise", "running")
    can_extend = running is not None and not running.dated
    steps: list[tuple[str, str, bool]] = [
        ("lead", t.p("button", "Record a lead"), verify is None),
        ("verified", t.p("button", "Lead verified"), verify is not None),
        ("opened", t.p("button", "Open proceedings"), d.case.clock("penalise") is None),
        ("extend", t.p("button", "Extend once"), can_extend),
        ("decided", t.p("button", "Penalty decided"), running is not None),
    ]
    taps = [Button(label, form("penalty_step", which, d.case.id)) for which, label, fits in steps if fits]
    cancel = Button(t.p("button", "Cancel"), form("cancel"))
    out = Lines()(t("What has been done? The words that you write are kept on record."), parts.about(t, d))
    return Screen(str(out), rows(taps[:2], taps[2:], [cancel]))
