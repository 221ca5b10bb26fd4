"""The table of notices that an event always causes, whatever the case."""

from enum import IntEnum

from complaints.model import events as e
from complaints.policy.pack_schema import RecipientRole


class Priority(IntEnum):
    """The order in which the outbox dispatcher sends; the smaller is the sooner."""

    REPLY = 0
    ESCALATION = 1
    NOTICE = 2
    NUDGE = 3
    SURVEY = 4
    REPORT = 5


Rule = tuple[RecipientRole, str, Priority]
R, P = RecipientRole, Priority
EXPIRED_FOR = {
    R.BUREAU_GROUP: "bureau.expired",
    R.SECTION_HEAD: "bureau.expired_private",
    R.BUREAU_DUTY: "bureau.expired_private",
    R.STREET: "bureau.expired_street",
    R.CITY_GROUP: "bureau.expired_city",
    R.DUTY_DESK: "bureau.expired_street",
}
OURS = frozenset(EXPIRED_FOR)

FIXED: dict[type[e.Event], tuple[Rule, ...]] = {
    e.Filed: (
        (R.HOUSEHOLDS, "resident.receipt", P.NOTICE),
        (R.HOUSEHOLDS, "resident.card", P.NOTICE),
        (R.MANAGER, "manager.filed", P.NOTICE),
        (R.COMPANY_HEAD, "manager.filed_copy", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.filed", P.NOTICE),
    ),
    e.Joined: ((R.HANDLER, "manager.joined", P.NOTICE),),
    e.Supplemented: ((R.HANDLER, "manager.supplemented", P.NOTICE),),
    e.Urged: ((R.HANDLER, "manager.urged", P.NOTICE), (R.COMPANY_HEAD, "manager.urged", P.NOTICE)),
    e.Withdrawn: (
        (R.HANDLER, "manager.withdrawn", P.NOTICE),
        (R.COMPANY_HEAD, "manager.withdrawn", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.withdrawn", P.NOTICE),
    ),
    e.Acknowledged: ((R.HOUSEHOLDS, "resident.acknowledged", P.ESCALATION),),
    e.DateRefused: ((R.HANDLER, "manager.date_refused", P.NOTICE),),
    e.DateAgreed: (
        (R.HOUSEHOLDS, "resident.date_agreed", P.NOTICE),
        (R.HANDLER, "manager.date_agreed", P.NOTICE),
    ),
    e.Progressed: ((R.HOUSEHOLDS, "resident.progressed", P.NOTICE),),
    e.Visited: ((R.HOUSEHOLDS, "resident.visited", P.NOTICE),),
    e.Contacted: ((R.HOUSEHOLDS, "resident.contacted", P.NOTICE),),
    e.ClosingAsked: ((R.HOUSEHOLDS, "resident.closing_asked", P.NOTICE),),
    e.ClosingAnswered: ((R.HANDLER, "manager.closing_answered", P.NOTICE),),
    e.Resolved: (
        (R.HOUSEHOLDS, "resident.resolved", P.NOTICE),
        (R.COMPANY_HEAD, "manager.resolved", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.resolved", P.NOTICE),
    ),
    e.Rated: ((R.HANDLER, "manager.rated", P.NOTICE),),
    e.RatingExplained: (
        (R.HANDLER, "manager.rating_explained", P.NOTICE),
        (R.COMPANY_HEAD, "manager.rating_explained", P.NOTICE),
    ),
    e.ReviewAsked: ((R.SECTION_HEAD, "bureau.review_asked", P.NOTICE),),
    e.ReviewDecided: ((R.HANDLER, "manager.review_decided", P.NOTICE),),
    e.Reopened: (
        (R.HOUSEHOLDS, "resident.reopened", P.NOTICE),
        (R.HANDLER, "manager.reopened", P.NOTICE),
        (R.COMPANY_HEAD, "manager.reopened", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.reopened", P.NOTICE),
    ),
    e.TakenOver: ((R.HOUSEHOLDS, "resident.taken_over", P.NOTICE),),
    e.Assigned: (
        (R.ASSIGNEE, "manager.assigned", P.NOTICE),
        (R.HOUSEHOLDS, "resident.taken_over", P.NOTICE),
    ),
    e.HandlerLost: ((R.HANDLER, "manager.handler_lost", P.ESCALATION),),
    e.Accepted: (
        (R.HOUSEHOLDS, "resident.accepted", P.NOTICE),
        (R.MANAGER, "manager.accepted", P.NOTICE),
    ),
    e.SentBack: ((R.HANDLER, "manager.sent_back", P.NOTICE), (R.HOUSEHOLDS, "resident.sent_back", P.NOTICE)),
    e.Supervised: (
        (R.MANAGER, "manager.supervised", P.ESCALATION),
        (R.COMPANY_HEAD, "manager.supervised", P.ESCALATION),
        (R.BUREAU_GROUP, "bureau.supervised", P.NOTICE),
        (R.HOUSEHOLDS, "resident.supervised", P.NOTICE),
    ),
    e.OrderWorded: (
        (R.MANAGER, "manager.order_worded", P.NOTICE),
        (R.COMPANY_HEAD, "manager.order_worded", P.NOTICE),
    ),
    e.Signed: ((R.BUREAU_GROUP, "bureau.signed", P.NOTICE),),
    e.ReportedDone: (
        (R.BUREAU_GROUP, "bureau.reported_done", P.NOTICE),
        (R.SECTION_HEAD, "bureau.done_words", P.NOTICE),
    ),
    e.Referred: (
        (R.DEPARTMENT, "department.referred_here", P.NOTICE),
        (R.MANAGER, "manager.act", P.NOTICE),
        (R.COMPANY_HEAD, "manager.act", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.act", P.NOTICE),
        (R.HOUSEHOLDS, "resident.act", P.NOTICE),
    ),
    e.Called: ((R.HOUSEHOLDS, "resident.called", P.NOTICE),),
    e.Committed: ((R.HOUSEHOLDS, "resident.committed", P.NOTICE),),
    e.ContactFailed: ((R.STREET, "street.recover", P.NOTICE), (R.COMPANY_HEAD, "manager.contact_failed", P.NOTICE)),
    e.Redelivered: ((R.STREET, "street.recover", P.NOTICE),),
    e.StreetContacted: (
        (R.HOUSEHOLDS, "resident.street_contacted", P.NOTICE),
        (R.HANDLER, "manager.street_contacted", P.NOTICE),
    ),
    e.PreliminaryGiven: (
        (R.HOUSEHOLDS, "resident.preliminary", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.preliminary", P.NOTICE),
    ),
    e.ReferralAccepted: (
        (R.HOUSEHOLDS, "resident.taken_in", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.taken_in", P.NOTICE),
    ),
    e.ReferralReturned: (
        (R.BUREAU_GROUP, "bureau.returned", P.NOTICE),
        (R.SECTION_HEAD, "bureau.returned_private", P.NOTICE),
    ),
    e.DeclaredUnsolvable: (
        (R.HOUSEHOLDS, "resident.unsolvable", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.unsolvable", P.NOTICE),
    ),
    e.PlanSubmitted: (
        (R.HOUSEHOLDS, "resident.planned", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.planned", P.NOTICE),
    ),
    e.PlanProgressed: (
        (R.HOUSEHOLDS, "resident.progressed", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.plan_progressed", P.NOTICE),
        (R.SECTION_HEAD, "bureau.plan_words", P.NOTICE),
    ),
    e.PenaltyDecided: (
        (R.HOUSEHOLDS, "resident.penalised", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.penalised", P.NOTICE),
    ),
    e.StruckOff: (
        (R.HOUSEHOLDS, "resident.struck_off", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.struck_off", P.NOTICE),
    ),
}
ACT: tuple[Rule, ...] = (
    (R.MANAGER, "manager.act", P.ESCALATION),
    (R.COMPANY_HEAD, "manager.act", P.ESCALATION),
    (R.BUREAU_GROUP, "bureau.act", P.NOTICE),
    (R.HOUSEHOLDS, "resident.act", P.NOTICE),
)
# Notices with which the files of the event's words travel; groups never get any.
CARRY_FILES = frozenset({
    "manager.filed", "manager.filed_copy", "manager.joined", "manager.supplemented", "manager.assigned",
    "resident.answered", "resident.classified", "resident.progressed", "resident.contacted", "resident.closing_asked",
    "resident.resolved", "bureau.done_words", "department.referred_here", "resident.preliminary",
    "resident.planned", "bureau.plan_words",
})  # fmt: skip
