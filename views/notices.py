"""The table of notice views, and whether a notice still has a point when it is claimed."""

from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model import events as e
from complaints.model.complaint import State
from complaints.model.notice import Audience
from complaints.model.roles import RecipientRole
from views import clock_notices
from views.company import card as company_card
from views.company import contacts, deadlines, recounts, transcripts
from views.company import notices as company_notices
from views.framework import parts
from views.framework.notice_views import VIEWS as VIEWS
from views.framework.notice_views import View
from views.framework.screen import Lines, Screen
from views.framework.translator import Html, Translator
from views.officer import danger, group_cards, referrals, sign_off
from views.officer import notices as officer_notices
from views.resident import card as resident_card
from views.resident import closing, office_acts
from views.resident import notices as resident_notices

# Importing these modules fills VIEWS: each view says itself which notices it renders.
WRITTEN_IN = (clock_notices, company_card, company_notices, contacts, danger, deadlines, recounts, group_cards,
              officer_notices, referrals, sign_off, transcripts, resident_card, resident_notices, closing,
              office_acts)  # fmt: skip
# What a household must do something about itself; it is not told to family who only follow.
ACTED_ON = ("resident.survey_reminder", "resident.closing_asked", "resident.receipt")
# Live cards are drawn anew from the present, whatever event first brought them.
LIVE: dict[str, View] = {
    "resident.receipt": resident_card.receipt_by_now,
    "resident.card": resident_card.card,
    "manager.filed": company_card.card,
    "manager.filed_copy": company_card.card,
}
# In a group what was told of an event is drawn anew, with what has become of the case since.
LIVE_IN_GROUP: dict[str, View] = {
    "bureau.incoming": group_cards.until_decided(referrals.incoming),
    "bureau.accept": group_cards.until_decided(referrals.accept),
    "bureau.returned": group_cards.until_decided(referrals.returned),
    "bureau.expired": group_cards.expired,
    "bureau.supervised": group_cards.supervised,
    "bureau.resolved": group_cards.resolved,
}


def render(t: Translator, kind: str, view: CaseView) -> Screen:
    screen = VIEWS[kind](t, view)
    if view.instead_of == RecipientRole.BUREAU_GROUP:  # what a group reads doesn't say why it comes to one person
        screen = replace(screen, text=f"{screen.text}\n{company_card.stand_in(t, view)}")
    follows = view.household is not None and view.household.follows
    return replace(screen, buttons=resident_card.follow_buttons(t, view)) if follows else screen


def is_live(kind: str, *, in_group: bool) -> bool:
    """Whether a message of this kind is edited as its case changes."""
    return kind in (LIVE_IN_GROUP if in_group else LIVE)


def live(t: Translator, kind: str, view: CaseView, *, superseded: bool = False) -> Screen:
    """A live card as the case is now; without buttons where a newer one stands below: one line, or a group's record."""
    if kind in LIVE_IN_GROUP:
        screen = LIVE_IN_GROUP[kind](t, view)
        return replace(screen, buttons=()) if superseded else screen
    if superseded:
        return Screen(str(Lines()(t("The newest card of this case stands below."), parts.about(t, view))))
    return LIVE[kind](t, view)


def possible_repeat(t: Translator, screen: Screen) -> Screen:
    """Nobody knows whether it arrived the first time: it says so."""
    return replace(screen, text=t("(possible repeat) {text}", text=Html(screen.text)))


def blank(t: Translator) -> Screen:
    """In the place of what is to be seen no more and can't be deleted."""
    return Screen(t("What this message said isn't shown any more."))


def _still_owed(event: e.Nudged, view: CaseView) -> bool:
    """A reminder is of use before the due time, and one of what is overdue as long as that isn't done."""
    clock = view.case.clock_of(event.clock) or view.case.clock(event.stage)
    if clock is None or not clock.is_owed or clock.due != event.due:
        return False
    return not clock.is_running or view.now < event.due


def has_point(kind: str, view: CaseView) -> bool:
    """Whether the notice is still true and of use; what was overtaken is dropped unsent."""
    event, case = view.event, view.case
    if _not_for_family(kind, view) or _told_by_the_alarm(view):
        return False
    match event:
        case e.Nudged():
            return _still_owed(event, view)
        case e.Recomputed(counts=counts):
            told = {(c.stage, c.round, c.due) for c in counts if c.moved}
            return any((c.stage, c.round, c.due) in told for c in case.running)
        case e.DateProposed(until=until):
            return case.proposal is not None and case.proposal.until == until
        case e.ClosingAsked():
            return case.is_open
        case e.Resolved() if kind == "resident.resolved":
            return case.state is State.RESOLVED
        case e.Classified():
            return _sorting_has_point(kind, event, view)
        case _:
            return True


def _not_for_family(kind: str, view: CaseView) -> bool:
    return view.household is not None and view.household.follows and kind in ACTED_ON


def _told_by_the_alarm(view: CaseView) -> bool:
    """The words have raised the alarm, which brings them itself."""
    event = view.event
    words = event.words if isinstance(event, (e.Supplemented, e.RatingExplained)) else None
    return words is not None and words == view.case.danger_words


def _sorting_has_point(kind: str, event: e.Classified, view: CaseView) -> bool:
    """Not where a result, or that it can't be solved soon, came with it and says more."""
    case = view.case
    if Audience.of(kind) is Audience.BUREAU:
        return case.is_open and case.disposition is event.disposition
    return event.words is not None or (case.is_open and case.clock("plan", "running") is None)
