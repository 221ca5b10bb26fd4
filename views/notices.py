"""Which view renders a notice of the outbox, and does the notice still have a point when it is claimed?"""

from collections.abc import Callable
from dataclasses import replace

from complaints import events as e
from complaints.complaint import State
from complaints.dossier import Dossier
from complaints.promises import Reader
from views import bureau, casecard, contacts, household, manager, privacy, recounting, referrals, resident
from views.screen import Screen
from views.translator import Html, Translator

View = Callable[[Translator, Dossier], Screen]


VIEWS: dict[str, View] = {
    "resident.receipt": household.receipt,
    "resident.card": household.card,
    "manager.filed": casecard.filed,
    "manager.filed_copy": casecard.filed_copy,
    "resident.answered": resident.answered,
    "resident.classified": resident.classified,
    "resident.date_proposed": resident.date_proposed,
    "resident.date_agreed": resident.date_agreed,
    "resident.progressed": resident.progressed,
    "resident.contacted": resident.contacted,
    "resident.visited": resident.visited,
    "resident.acknowledged": resident.acknowledged,
    "resident.closing_asked": resident.closing_asked,
    "resident.resolved": resident.resolved,
    "resident.survey_reminder": resident.survey_reminder,
    "resident.closed_silently": resident.closed_silently,
    "resident.reopened": resident.reopened,
    "resident.expired": resident.expired,
    "resident.taken_over": resident.taken_over,
    "resident.accepted": resident.accepted,
    "resident.sent_back": resident.sent_back,
    "resident.supervised": resident.supervised,
    "resident.act": resident.act,
    "manager.joined": manager.joined,
    "manager.supplemented": manager.supplemented,
    "manager.urged": manager.urged,
    "manager.withdrawn": manager.withdrawn,
    "manager.nudge": manager.nudge,
    "manager.expired": manager.expired,
    "manager.expired_head": manager.expired_head,
    "manager.unanswered_danger": manager.unanswered_danger,
    "manager.date_countered": manager.date_countered,
    "manager.date_agreed": manager.date_agreed,
    "manager.date_refused": manager.date_refused,
    "manager.closing_answered": manager.closing_answered,
    "manager.resolved": manager.resolved,
    "manager.rated": manager.rated,
    "manager.rating_explained": manager.rating_explained,
    "manager.review_decided": manager.review_decided,
    "manager.reopened": manager.reopened,
    "manager.assigned": manager.assigned,
    "manager.handler_lost": manager.handler_lost,
    "manager.accepted": manager.accepted,
    "manager.sent_back": manager.sent_back,
    "manager.supervised": manager.supervised,
    "manager.order_worded": manager.order_worded,
    "manager.act": manager.act,
    "bureau.filed": bureau.filed,
    "bureau.expired": bureau.expired,
    "bureau.expired_private": bureau.expired_private,
    "bureau.expired_street": bureau.expired_street,
    "bureau.expired_city": bureau.expired_city,
    "bureau.nudge": bureau.nudge,
    "bureau.withdrawn": bureau.withdrawn,
    "bureau.resolved": bureau.resolved,
    "bureau.reopened": bureau.reopened,
    "bureau.unreachable": bureau.unreachable,
    "bureau.supervised": bureau.supervised,
    "bureau.signed": bureau.signed,
    "bureau.reported_done": bureau.reported_done,
    "bureau.done_words": bureau.done_words,
    "bureau.act": bureau.act,
    "bureau.review_asked": bureau.review_asked,
    "resident.recomputed": recounting.resident,
    "manager.recomputed": recounting.manager,
    "bureau.recomputed": recounting.bureau,
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
    "manager.erased": privacy.handler_told,
    "bureau.erased": privacy.bureau_told,
    "manager.contact_failed": contacts.contact_failed,
    "manager.street_contacted": contacts.manager_street_contacted,
}

# What a household must do something about itself; it is not told to family who only follow.
ACTED_ON = ("resident.survey_reminder", "resident.closing_asked", "resident.receipt")
# Live cards are drawn anew from the present, whatever event first brought them.
LIVE: dict[str, View] = {
    "resident.card": household.card,
    "manager.filed": casecard.card,
    "manager.filed_copy": casecard.card,
}


def render(t: Translator, kind: str, d: Dossier) -> Screen:
    screen = VIEWS[kind](t, d)
    if d.instead_of == Reader.BUREAU_GROUP:  # what a group reads doesn't say why it comes to one person
        screen = replace(screen, text=f"{screen.text}\n{casecard.stand_in(t, d)}")
    follows = d.household is not None and d.household.follows
    return replace(screen, buttons=household.follow_buttons(t, d)) if follows else screen


def possible_repeat(t: Translator, screen: Screen) -> Screen:
    """Nobody knows whether it arrived the first time: it says so."""
    return replace(screen, text=t("(possible repeat) {text}", text=Html(screen.text)))


def blank(t: Translator) -> Screen:
    """In the place of what is to be seen no more and can't be deleted."""
    return Screen(t("What this message said isn't shown any more."))


def has_point(kind: str, d: Dossier) -> bool:
    """Whether the notice is still true and of use; what was overtaken is dropped unsent."""
    event, case = d.event, d.case
    if d.household is not None and d.household.follows and kind in ACTED_ON:
        return False
    match event:
        case e.Nudged(stage=stage):
            clock = case.clock(stage, "running")
            return clock is not None and clock.due == event.due and d.now < event.due
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
