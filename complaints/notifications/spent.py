"""Notices whose buttons an event of their case leaves without use: it answers them, or the case is another's now."""

from complaints.model import events as e
from complaints.model.complaint import CaseOwner, Complaint
from complaints.model.roles import RecipientRole as R

ORDER = "manager.supervised"  # each who signs for it has signed for their own
_DATES = ("resident.date_proposed", "manager.date_countered")
_TO_THE_HEAD = ("manager.expired_head", "manager.handler_lost")
# Those of a group are live, where it isn't one person who reads them in its place.
_TO_DECIDE = tuple(f"bureau.{asks}{where}" for asks in ("accept", "incoming", "returned") for where in ("", "_private"))
_OF_OFFICE = ("department.referred_here", "department.nudge", "department.expired", "department.still_overdue")
_ANSWERED: dict[type[e.Event], tuple[str, ...]] = {
    e.Supervised: (ORDER,),
    e.DateProposed: _DATES,
    e.DateAgreed: _DATES,
    e.DateRefused: _DATES,
    e.ClosingAnswered: ("resident.closing_asked",),
    e.Acknowledged: ("manager.unanswered_danger",),
    e.TakenOver: _TO_THE_HEAD,
    e.Assigned: _TO_THE_HEAD,
    e.Accepted: _TO_DECIDE,
    e.SentBack: _TO_DECIDE,
    e.Referred: (*_TO_DECIDE, *_OF_OFFICE),
    e.ReferralAccepted: ("department.referred_here",),
    e.ReferralReturned: _OF_OFFICE,
    e.ReviewDecided: ("bureau.review_asked",),
    e.RenewalDecided: ("bureau.renewal_asked",),
}
# What everybody of the company can do, whoever handles the case.
OF_ALL = (ORDER, "manager.order_worded", "manager.unanswered_danger", "manager.danger_raised", "manager.rated")
_OF_MANAGER = (R.MANAGER, R.DUTY)


def answered(event: e.Event) -> tuple[str, ...]:
    """Kinds of notices that ask for what the event has done, whoever has them."""
    return _ANSWERED.get(type(event), ())


def left(event: e.Event, case: Complaint) -> tuple[R, ...]:
    """As which roles somebody had notices who doesn't handle the case any more; who is named by now still does."""
    match event:
        case e.Expired() if event.to_company:
            return (*_OF_MANAGER, R.HANDLER, R.ASSIGNEE)
        case e.TakenOver() | e.Assigned() | e.HandlerLost():
            return (R.ASSIGNEE,) if case.handler is CaseOwner.MANAGER else (*_OF_MANAGER, R.ASSIGNEE)
        case e.Classified() | e.Raised() | e.Referred() if case.handler in (CaseOwner.BUREAU, CaseOwner.DEPARTMENT):
            return (*_OF_MANAGER, R.HANDLER, R.ASSIGNEE, R.COMPANY_HEAD)
        case e.SentBack():
            return (R.HANDLER,)
    return ()
