"""The handler's card of a case, and the buttons that fit it now."""

from complaints.case_view import CaseView
from complaints.model.complaint import CaseOwner, State
from complaints.model.roles import OF_COMPANY
from complaints.policy.pack_schema import RecipientRole
from views.company.card_buttons import buttons, dispositions, way_in
from views.framework import alarm, parties, parts, terms, told
from views.framework.case_names import named
from views.framework.formats import moment
from views.framework.menus import Menu
from views.framework.notice_views import notice
from views.framework.parts import act_button
from views.framework.screen import Lines, Screen, laid
from views.framework.translator import Html, Translator


def card(t: Translator, view: CaseView, opened: Menu | None = None) -> Screen:
    """The case as its handler sees it, live: always the present, with the buttons that fit it, or a menu of them."""
    return Screen(str(_body(t, view)), buttons(t, view, opened), live=True)


def _body(t: Translator, view: CaseView, *, copy: bool = False) -> Lines:
    c = view.case
    what = _headline(t, view)
    out = Lines()(_asked_first(t, view, copy=copy), *alarm.headed(t, view, what))
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
    if c.state is State.FILED and view.reader_acts and not copy and not _asked_later(view):
        out(t("Reply to this message with what you found and what you will do: that is the response."))
    return out


def _headline(t: Translator, view: CaseView) -> Html:
    c = view.case
    if late := [clock for clock in c.overdue_clocks if clock.debtor.role in OF_COMPANY]:
        newest = max(late, key=lambda clock: clock.due)
        return t("Overdue ({stage}): {state}", stage=t.of(view.stage(newest).name), state=terms.state(t, c))
    if c.round > 1 and c.is_open:
        return t("Reopened, to be handled again")
    if c.handler is CaseOwner.BUREAU and c.state is State.FILED:
        return t("Being handled") if c.accepted else t("New case, with the housing bureau")
    names = {
        State.FILED: t("New case, waiting for your response")
        if _waits_for_reader(view)
        else t("New case, not answered yet"),
        State.ANSWERED: t("Being handled"),
        State.RESOLVED: t("Resolved, waiting for the rating"),
        State.CLOSED: t("Closed"),
        State.WITHDRAWN: t("Withdrawn by the resident"),
    }
    return names[c.state]


def _waits_for_reader(view: CaseView) -> bool:
    return view.reader_acts and not _asked_later(view)


def _asked_later(view: CaseView) -> bool:
    """The head may answer at once, but the manager is asked first; whoever stands in for him is asked himself."""
    return view.reader_is_head and view.case.handler is CaseOwner.MANAGER and not view.instead_of


def _asked_first(t: Translator, view: CaseView, *, copy: bool) -> str:
    """To the head, as long as it is so: who responds first, or that the bureau decides who handles it."""
    if view.case.state is not State.FILED or not (copy or view.reader_is_head):
        return ""
    if view.case.accepted:
        return ""
    if view.case.handler is CaseOwner.BUREAU:
        return t("A new case of your company. {bureau} decides who handles it.", bureau=parts.handler(t, view))
    first = t("A new case of your company. First to respond: {handler}", handler=parts.handler(t, view, masked=False))
    return first if copy or _asked_later(view) else ""


def _reach(t: Translator, view: CaseView) -> str:
    """How the first household may be reached, while the card has the buttons for it."""
    if view.first is None or view.first.erased or not (view.reader_acts and view.case.is_open):
        return ""
    ways = {
        "phone": t("You may call the resident (tap to see the number).")
        if view.may_call
        else t("The resident has left no phone number: please write here, or go there."),
        "bot": t("Please write only; the resident doesn't want calls."),
        "anonymous": t("The resident stays anonymous; words reach them. Documents and locations are kept back.")
        if view.reader_is_company
        else t(
            "The resident stays anonymous, without name, phone or room; words reach them. The company gets no "
            "documents or locations from them."
        ),
    }
    return ways[view.first.contact]


def sort_now(t: Translator, view: CaseView) -> Screen:
    """After the response: the disposition, or (once) later."""
    out = Lines()(told.unread(t, view) or t("Your words are with the resident."))
    out(t("The response clock has stopped.") if view.answer_was_due else "", t("How do you sort the case?"))
    out(parts.about(t, view), parts.clause(t, view, "resolve_general"))
    after = [act_button(t, view, "sort_later"), act_button(t, view, "on_the_spot")]
    return Screen(str(out), laid([*dispositions(t, view), *after]))


def sort_later(t: Translator, view: CaseView) -> Screen:
    """「先核实，稍后分类」: until when."""
    out = Lines()
    if (clock := view.case.clock("classify", "running")) is not None:
        out(t("All right: please sort the case by {due}.", due=moment(t, clock.due)), *parts.basis(t, view, clock))
    else:
        out(t("All right: please sort the case once you have looked."))
    return Screen(str(out(parts.about(t, view))), laid(dispositions(t, view)))


def with_card(t: Translator, view: CaseView, mark: str, *more: str) -> Screen:
    """A notice with the case in two lines and what is due, or the way to the card; a stand-in reads why he gets it."""
    out = Lines()(parts.title(mark), stand_in(t, view), named(t, view, room=True), *more)
    return Screen(str(out), way_in(t, view))


@notice("manager.filed")
def filed(t: Translator, view: CaseView) -> Screen:
    """The card; to a stand-in it says first why it came to him."""
    why = stand_in(t, view)
    screen = card(t, view)
    return Screen(f"{why}\n{screen.text}" if why else screen.text, screen.buttons, live=True)


@notice("manager.filed_copy")
def filed_copy(t: Translator, view: CaseView) -> Screen:
    """The head is told at once (62号 一(二)); the same card, and who must answer."""
    out = Lines()(stand_in(t, view), str(_body(t, view, copy=True)))
    return Screen(str(out), buttons(t, view), live=True)


def stand_in(t: Translator, view: CaseView) -> str:
    """Why somebody else's notice came to this recipient."""
    if not view.instead_of:
        return ""
    if view.instead_of == RecipientRole.BUREAU_GROUP:
        return t("This comes to you because the housing bureau's group can't be reached here.")
    return t("This comes to you because the {role} can't be reached here.", role=terms.role(t, view.instead_of))
