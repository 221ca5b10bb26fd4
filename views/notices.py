"""The table of notice views, and whether a notice still has a point when it is claimed."""

from collections.abc import Callable
from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model import events as e
from complaints.model.complaint import State
from complaints.policy.pack_schema import RecipientRole
from views.company import card as company_card
from views.company import contacts, recounts
from views.company import notices as company_notices
from views.framework.screen import Screen
from views.framework.translator import Html, Translator
from views.officer import notices as officer_notices
from views.officer import referrals
from views.resident import card as resident_card
from views.resident import notices as resident_notices

View = Callable[[Translator, CaseView], Screen]


VIEWS: dict[str, View] = {
    "resident.receipt": resident_card.receipt,
    "resident.card": resident_card.card,
    "manager.filed": company_card.filed,
    "manager.filed_copy": company_card.filed_copy,
    "resident.answered": resident_notices.answered,
    "resident.classified": resident_notices.classified,
    "resident.date_proposed": resident_notices.date_proposed,
    "resident.date_agreed": resident_notices.date_agreed,
    "resident.progressed": resident_notices.progressed,
    "resident.contacted": resident_notices.contacted,
    "resident.visited": resident_notices.visited,
    "resident.acknowledged": resident_notices.acknowledged,
    "resident.closing_asked": resident_notices.closing_asked,
    "resident.resolved": resident_notices.resolved,
    "resident.survey_reminder": resident_notices.survey_reminder,
    "resident.closed_silently": resident_notices.closed_silently,
    "resident.reopened": resident_notices.reopened,
    "resident.expired": resident_notices.expired,
    "resident.taken_over": resident_notices.taken_over,
    "resident.accepted": resident_notices.accepted,
    "resident.sent_back": resident_notices.sent_back,
    "resident.supervised": resident_notices.supervised,
    "resident.act": resident_notices.act,
    "manager.joined": company_notices.joined,
    "manager.supplemented": company_notices.supplemented,
    "manager.urged": company_notices.urged,
    "manager.withdrawn": company_notices.withdrawn,
    "manager.nudge": company_notices.nudge,
    "manager.expired": company_notices.expired,
    "manager.expired_head": company_notices.expired_head,
    "manager.unanswered_danger": company_notices.unanswered_danger,
    "manager.date_countered": company_notices.date_countered,
    "manager.date_agreed": company_notices.date_agreed,
    "manager.date_refused": company_notices.date_refused,
    "manager.closing_answered": company_notices.closing_answered,
    "manager.resolved": company_notices.resolved,
    "manager.rated": company_notices.rated,
    "manager.rating_explained": company_notices.rating_explained,
    "manager.review_decided": company_notices.review_decided,
    "manager.reopened": company_notices.reopened,
    "manager.assigned": company_notices.assigned,
    "manager.handler_lost": company_notices.handler_lost,
    "manager.accepted": company_notices.accepted,
    "manager.sent_back": company_notices.sent_back,
    "manager.supervised": company_notices.supervised,
    "manager.order_worded": company_notices.order_worded,
    "manager.act": company_notices.act,
    "bureau.filed": officer_notices.filed,
    "bureau.expired": officer_notices.expired,
    "bureau.expired_private": officer_notices.expired_private,
    "bureau.expired_street": officer_notices.expired_street,
    "bureau.expired_city": officer_notices.expired_city,
    "bureau.nudge": officer_notices.nudge,
    "bureau.withdrawn": officer_notices.withdrawn,
    "bureau.resolved": officer_notices.resolved,
    "bureau.reopened": officer_notices.reopened,
    "bureau.unreachable": officer_notices.unreachable,
    "bureau.supervised": officer_notices.supervised,
    "bureau.signed": officer_notices.signed,
    "bureau.reported_done": officer_notices.reported_done,
    "bureau.done_words": officer_notices.done_words,
    "bureau.act": officer_notices.act,
    "bureau.review_asked": officer_notices.review_asked,
    "resident.recomputed": recounts.resident,
    "manager.recomputed": recounts.manager,
    "bureau.recomputed": recounts.bureau,
    "resident.called": contacts.called,
    "resident.committed": contacts.committed,
    "resident.preliminary": contacts.preliminary,
    "resident.street_contacted": contacts.street_contacted,
    "resident.taken_in": referrals.taken_in,
    "resident.unsolvable": referrals.unsolvable,
    "resident.planned": referrals.planned,
    "resident.penalised": referrals.penalised,
    "resident.struck_off": referrals.struck_off,
    "bureau.incoming": referrals.incoming,
    "bureau.incoming_private": referrals.incoming_private,
    "bureau.accept": referrals.accept,
    "bureau.accept_private": referrals.accept_private,
    "bureau.coordinate": referrals.coordinate,
    "bureau.coordinate_private": referrals.coordinate_private,
    "bureau.returned": referrals.returned,
    "bureau.returned_private": referrals.returned_private,
    "bureau.plan_progressed": referrals.plan_progressed,
    "bureau.plan_words": referrals.plan_words,
    "bureau.signed_off": referrals.signed_off,
    "department.referred_here": referrals.referred_here,
    "department.danger": referrals.danger,
    "department.nudge": referrals.nudge,
    "bureau.taken_in": referrals.taken_in_bureau,
    "bureau.unsolvable": referrals.unsolvable_bureau,
    "bureau.planned": referrals.planned_bureau,
    "bureau.preliminary": referrals.preliminary_bureau,
    "bureau.penalised": referrals.penalised_bureau,
    "bureau.sign_off": referrals.sign_off_bureau,
    "bureau.struck_off": referrals.struck_off_bureau,
    "bureau.strike_off": referrals.strike_off,
    "street.copy": referrals.copy,
    "street.sign_off": referrals.sign_off_street,
    "street.recover": contacts.recover,
    "street.nudge": contacts.street_nudge,
    "manager.erased": company_notices.erased,
    "bureau.erased": officer_notices.erased,
    "manager.contact_failed": contacts.contact_failed,
    "manager.street_contacted": contacts.manager_street_contacted,
}

# What a household must do something about itself; it is not told to family who only follow.
ACTED_ON = ("resident.survey_reminder", "resident.closing_asked", "resident.receipt")
# Live cards are drawn anew from the present, whatever event first brought them.
LIVE: dict[str, View] = {
    "resident.card": resident_card.card,
    "manager.filed": company_card.card,
    "manager.filed_copy": company_card.card,
}


def render(t: Translator, kind: str, view: CaseView) -> Screen:
    screen = VIEWS[kind](t, view)
    if view.instead_of == RecipientRole.BUREAU_GROUP:  # what a group reads doesn't say why it comes to one person
        screen = replace(screen, text=f"{screen.text}\n{company_card.stand_in(t, view)}")
    follows = view.household is not None and view.household.follows
    return replace(screen, buttons=resident_card.follow_buttons(t, view)) if follows else screen


def possible_repeat(t: Translator, screen: Screen) -> Screen:
    """Nobody knows whether it arrived the first time: it says so."""
    return replace(screen, text=t("(possible repeat) {text}", text=Html(screen.text)))


def blank(t: Translator) -> Screen:
    """In the place of what is to be seen no more and can't be deleted."""
    return Screen(t("What this message said isn't shown any more."))


def has_point(kind: str, view: CaseView) -> bool:
    """Whether the notice is still true and of use; what was overtaken is dropped unsent."""
    event, case = view.event, view.case
    if view.household is not None and view.household.follows and kind in ACTED_ON:
        return False
    match event:
        case e.Nudged(stage=stage):
            clock = case.clock(stage, "running")
            return clock is not None and clock.due == event.due and view.now < event.due
        case e.Recomputed(counts=counts):
            told = {(c.stage, c.round, c.due) for c in counts if c.moved}
            return any((c.stage, c.round, c.due) in told for c in case.running)
        case e.DateProposed(until=until):
            return case.proposal is not None and case.proposal.until == until
        case e.ClosingAsked():
            return case.is_open
        case e.Resolved() if kind == "resident.resolved":
            return case.state is State.RESOLVED
        case e.Classified(disposition=sort) if kind.startswith("bureau."):
            return case.is_open and case.disposition is sort
        case _:
            return True
