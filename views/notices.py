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


def _views(prefix: str, module: object, *names: str) -> dict[str, View]:
    return {f"{prefix}.{name}": getattr(module, name) for name in names}


VIEWS: dict[str, View] = {
    **_views("resident", household, "receipt", "card"),
    **_views("manager", casecard, "filed", "filed_copy"),
    **_views(
        "resident", resident,
        "answered", "classified", "date_proposed", "date_agreed", "progressed", "contacted",
        "visited", "acknowledged", "closing_asked", "resolved", "survey_reminder", "closed_silently", "reopened",
        "expired", "taken_over", "accepted", "sent_back", "supervised", "act",
    ),
    **_views(
        "manager", manager,
        "joined", "supplemented", "urged", "withdrawn", "nudge", "expired", "expired_head",
        "unanswered_danger", "date_countered", "date_agreed", "date_refused", "closing_answered", "resolved", "rated",
        "rating_explained", "review_decided", "reopened", "assigned", "handler_lost", "accepted", "sent_back",
        "supervised", "order_worded", "act",
    ),
    **_views(
        "bureau", bureau,
        "filed", "expired", "expired_private", "expired_street", "expired_city",
        "nudge", "withdrawn", "resolved", "reopened", "unreachable", "supervised", "signed", "reported_done",
        "done_words", "act", "review_asked",
    ),
    "resident.recomputed": recounting.resident,
    "manager.recomputed": recounting.manager,
    "bureau.recomputed": recounting.bureau,
    **_views("resident", contacts, "called", "committed", "preliminary", "street_contacted"),
    **_views("resident", referrals, "taken_in", "unsolvable", "planned", "penalised", "struck_off"),
    **_views(
        "bureau", referrals,
        "incoming", "incoming_private", "accept", "accept_private", "coordinate", "coordinate_private", "returned",
        "returned_private", "plan_progressed", "plan_words", "signed_off",
    ),
    **_views("department", referrals, "referred_here", "danger", "nudge"),
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
}  # fmt: skip

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
