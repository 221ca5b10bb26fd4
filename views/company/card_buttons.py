"""The buttons of the handler's card, by what the case needs now, and the way from a notice to the card."""

from complaints.case_view import CaseView
from complaints.model.complaint import CaseOwner, State
from complaints.model.events import Disposition, Level
from views.framework import office_buttons, parts, terms
from views.framework.menus import Choices, Menu, Row, drawn
from views.framework.parts import act_button, tap
from views.framework.screen import Button, Buttons, present, rows
from views.framework.translator import Translator

SORTS = (
    Disposition.GENERAL,
    Disposition.MAJOR,
    Disposition.BUREAU_DUTY,
    Disposition.NEITHER,
    Disposition.OWN_PART,
)


def buttons(t: Translator, view: CaseView, opened: Menu | None = None) -> Buttons:
    """The first screen, or a menu of it."""
    if not view.case.is_open:
        return rows([_review(t, view)])
    if not view.reader_acts:
        return _of_company(t, view) if view.reader_is_company else ()
    if office_buttons.handles(view):
        return office_buttons.buttons(t, view, opened)
    return drawn(t, view, _choices(t, view), opened)


def way_in(t: Translator, view: CaseView) -> Buttons:
    """Under a notice: 「知道了，马上到」 in danger, else 「去办理」; the card's own if it has one row besides."""
    card = buttons(t, view)
    danger = 1 if view.alarm is not None else 0
    if len(card) < 2 + danger:
        return card
    return rows([act_button(t, view, "acknowledge" if view.alarm is not None else "work")])


def awaits_handler(view: CaseView) -> bool:
    """Whether the reader is the head who has still to say who shall handle it."""
    return view.reader_acts and _is_head_first(view)


def handover(t: Translator, view: CaseView) -> Buttons:
    """The same to the head who is to take the case: who shall handle it is asked alone, but for a danger."""
    if not awaits_handler(view):
        return way_in(t, view)
    return rows([act_button(t, view, "acknowledge")] if view.alarm is not None else [], _head_first(t, view))


def _review(t: Translator, view: CaseView) -> Button | None:
    unhappy = view.case.worst_rating in (Level.SO_SO, Level.DISSATISFIED)
    return act_button(t, view, "review") if unhappy and view.reader_is_company else None


def _of_company(t: Translator, view: CaseView) -> Buttons:
    """To whoever of the company needn't act; while the bureau urges it, it may mend at once, then report."""
    c = view.case
    coming = act_button(t, view, "acknowledge") if view.alarm is not None else None
    urged: list[Row] = []
    if view.pack.leaves_to_company(c):
        ordered = c.order is not None and c.owed("comply")
        urged = [
            [act_button(t, view, "report_done") if ordered else None],
            [act_button(t, view, "mend") if c.waits_for_bureau else None, act_button(t, view, "visited")],
            [act_button(t, view, "progress")],
        ]
    return rows([coming, *parts.unsaid(t, view)], *urged)


def _choices(t: Translator, view: CaseView) -> Choices:
    return _in_danger(t, view) if view.alarm is not None else _at_leisure(t, view)


def _in_danger(t: Translator, view: CaseView) -> Choices:
    """While nobody has confirmed it: that somebody comes, the resident, who else goes, and that it is over already."""
    return Choices(
        due=[act_button(t, view, "acknowledge")],
        answer=[act_button(t, view, "reply")],
        likely=[_head_first(t, view), parts.unsaid(t, view), _end(t, view)],
        menus={Menu.CONTACT: _contact(t, view)},
        rest=[act_button(t, view, "visited"), _hand_on(t, view)],
    )


def _at_leisure(t: Translator, view: CaseView) -> Choices:
    return Choices(
        answer=[act_button(t, view, "reply")],
        likely=[_head_first(t, view), parts.unsaid(t, view), *_likely(t, view)],
        menus={Menu.SORT: _sorting(t, view), Menu.CONTACT: _contact(t, view)},
        rest=_rest(t, view),
    )


def _is_head_first(view: CaseView) -> bool:
    """Whether the case is with the company, and nobody of it has taken it yet."""
    return view.reader_is_head and view.case.handler is CaseOwner.COMPANY and view.case.assignee is None


def _head_first(t: Translator, view: CaseView) -> Row:
    return [act_button(t, view, which) for which in ("take_over", "name_handler")] if _is_head_first(view) else []


def _likely(t: Translator, view: CaseView) -> list[Row]:
    """The likeliest disposition, or what the pack's stages of this round ask for; then the end of the case."""
    runs = view.case.unmet
    owed = [act_button(t, view, which) for which in ("commit", "preliminary") if which in runs]
    general = [_sort(t, view, Disposition.GENERAL)] if view.case.disposition is None and sorts(view) else []
    ordered = view.case.order is not None and not general
    return [owed, general, [act_button(t, view, "report_done")] if ordered else [], _end(t, view)]


def _end(t: Translator, view: CaseView) -> Row:
    fresh = view.case.state is State.FILED
    return [
        act_button(t, view, "on_the_spot" if fresh else "resolve"),
        act_button(t, view, "progress") if not fresh else None,
    ]


def _hand_on(t: Translator, view: CaseView) -> Button | None:
    return act_button(t, view, "hand_on") if view.reader_is_head and not _is_head_first(view) else None


def _sorting(t: Translator, view: CaseView) -> Row:
    """「分类 ▸」 while the case isn't sorted: the dispositions, and what isn't the company's."""
    if view.case.disposition is not None:
        return []
    later = sorts(view) and view.case.state is State.FILED
    return [
        *dispositions(t, view),
        act_button(t, view, "beyond") if view.pack.demand("beyond").is_law else None,
        act_button(t, view, "sort_later") if later else None,
        parts.correct_matter_button(t, view),
    ]


def _contact(t: Translator, view: CaseView) -> Row:
    """「联系 ▸」: the words, the number, and what came of it."""
    runs = view.case.unmet
    return [
        act_button(t, view, "contact"),
        parts.phone_button(t, view),
        act_button(t, view, "called") if runs & {"contact", "contact_other", "recover"} else None,
        act_button(t, view, "unreached") if "recover" in runs else None,
    ]


def _rest(t: Translator, view: CaseView) -> Row:
    fresh = view.case.state is State.FILED
    sorted_or_never = view.case.disposition is not None or not sorts(view)
    return [
        act_button(t, view, "visited") if sorted_or_never else None,
        act_button(t, view, "more_time") if sorted_or_never and not fresh else None,
        _hand_on(t, view),
        parts.correct_matter_button(t, view),
    ]


def sorts(view: CaseView) -> bool:
    """Whether the pack asks for a disposition, on which the days to resolve depend."""
    return Disposition.GENERAL in view.pack.dispositions


def dispositions(t: Translator, view: CaseView) -> list[Button]:
    """All that the pack knows, the likeliest first."""
    return present(_sort(t, view, which) for which in SORTS if which in view.pack.dispositions)


def _sort(t: Translator, view: CaseView, which: Disposition) -> Button:
    return tap(view, terms.disposition(t, view.pack, which), "sort", which.value)
