"""Who is to be told of an event, of what kind is the notice, and how urgent is it?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from complaints import events as e
from complaints.complaint import Complaint
from complaints.policy import Pack
from complaints.promises import Owner, Reader


class Priority(IntEnum):
    """The order in which the courier sends; the smaller is the sooner."""

    REPLY = 0
    ESCALATION = 1
    NOTICE = 2
    NUDGE = 3
    SURVEY = 4
    REPORT = 5


@dataclass(frozen=True, kw_only=True)
class Notice:
    """`kind` names a view; the reader is a role towards the case, or one household of it."""

    kind: str
    reader: Reader
    priority: Priority = Priority.NOTICE
    complainant: int | None = None


Telling = tuple[Reader, str, Priority]
R, P = Reader, Priority
EXPIRED_FOR = {
    R.BUREAU_GROUP: "bureau.expired",
    R.SECTION_HEAD: "bureau.expired_private",
    R.BUREAU_DUTY: "bureau.expired_private",
    R.STREET: "bureau.expired_street",
    R.CITY_GROUP: "bureau.expired_city",
}
OURS = frozenset(EXPIRED_FOR)

FIXED: dict[type[e.Event], tuple[Telling, ...]] = {
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
    e.HandlerLost: ((R.COMPANY_HEAD, "manager.handler_lost", P.ESCALATION),),
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
        (R.DEPARTMENT, "bureau.referred_here", P.NOTICE),
        (R.HANDLER, "manager.act", P.NOTICE),
        (R.BUREAU_GROUP, "bureau.act", P.NOTICE),
        (R.HOUSEHOLDS, "resident.act", P.NOTICE),
    ),
}
ACT: tuple[Telling, ...] = (
    (R.MANAGER, "manager.act", P.ESCALATION),
    (R.COMPANY_HEAD, "manager.act", P.ESCALATION),
    (R.BUREAU_GROUP, "bureau.act", P.NOTICE),
    (R.HOUSEHOLDS, "resident.act", P.NOTICE),
)


def _nudged(before: Complaint, event: e.Nudged, after: Complaint, pack: Pack) -> Iterator[Notice]:
    nudge = pack.stage(event.stage).nudges[int(event.point.removeprefix("nudge")) - 1]
    for reader in nudge.tell:
        if reader is R.HOUSEHOLDS:
            yield Notice(kind="resident.survey_reminder", reader=reader, priority=P.SURVEY)
        else:
            kind = "bureau.nudge" if reader in OURS else "manager.nudge"
            yield Notice(kind=kind, reader=reader, priority=P.NUDGE)


def _expired(before: Complaint, event: e.Expired, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """The owner whose time ran out is told before it is known who takes over, so `before` finds him."""
    expiry = pack.stage(event.stage).expiries[int(event.point.removeprefix("expiry")) - 1]
    if expiry.closes:
        return
    if event.to_company:
        yield Notice(kind="manager.expired", reader=R.MANAGER, priority=P.ESCALATION)
    for reader in (*expiry.tell, *(expiry.again if event.again else ())):
        yield Notice(kind=_expiry_kind(reader, event.final), reader=reader, priority=P.ESCALATION)


def _expiry_kind(reader: Reader, final: bool) -> str:
    if reader is R.HOUSEHOLDS:
        return "resident.expired"
    if reader in OURS:
        return EXPIRED_FOR[reader]
    return "manager.expired_head" if final else "manager.unanswered_danger"


# Who hears that the time of an owner's promise has moved.
MOVED_FOR: dict[Owner, tuple[Reader, ...]] = {
    Owner.MANAGER: (R.HANDLER, R.HOUSEHOLDS),
    Owner.HANDLER: (R.HANDLER, R.HOUSEHOLDS),
    Owner.COMPANY_HEAD: (R.HANDLER, R.COMPANY_HEAD, R.HOUSEHOLDS),
    Owner.SECTION_HEAD: (R.SECTION_HEAD,),
    Owner.HOUSEHOLDS: (R.HOUSEHOLDS,),
}
MOVED_AS = {R.HOUSEHOLDS: "resident.recomputed", R.SECTION_HEAD: "bureau.recomputed"}


def moved(event: e.Recomputed, pack: Pack, *readers: Reader) -> tuple[e.Recount, ...]:
    """The clocks that are due at another time, as far as one of these readers is told of them."""
    return tuple(c for c in event.counts if c.moved and set(readers) & set(MOVED_FOR[pack.stage(c.stage).owner]))


def _recomputed(before: Complaint, event: e.Recomputed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """Once a case, however many of its clocks moved; nobody is told of a deadline that stays."""
    for reader in (R.HANDLER, R.COMPANY_HEAD, R.HOUSEHOLDS, R.SECTION_HEAD):
        if moved(event, pack, reader):
            yield Notice(kind=MOVED_AS.get(reader, "manager.recomputed"), reader=reader)


def _classified(before: Complaint, event: e.Classified, after: Complaint, pack: Pack) -> Iterator[Notice]:
    yield Notice(kind="resident.classified", reader=R.HOUSEHOLDS)
    if event.disposition is e.Disposition.BUREAU_DUTY:
        yield Notice(kind="bureau.accept", reader=R.BUREAU_GROUP)
        yield Notice(kind="bureau.accept_private", reader=R.SECTION_HEAD)
    if event.disposition is e.Disposition.NEITHER:
        yield Notice(kind="bureau.coordinate", reader=R.BUREAU_GROUP)
        yield Notice(kind="bureau.coordinate_private", reader=R.GRID_LEADER)


def _answered(before: Complaint, event: e.Answered, after: Complaint, pack: Pack) -> Iterator[Notice]:
    if not event.classified:  # else the notice of the disposition brings these words
        yield Notice(kind="resident.answered", reader=R.HOUSEHOLDS)


def _proposed(before: Complaint, event: e.DateProposed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    if event.side is e.Side.HANDLER:
        first = after.first_complainant
        yield Notice(kind="resident.date_proposed", reader=R.HOUSEHOLD, complainant=first)
    else:
        yield Notice(kind="manager.date_countered", reader=R.HANDLER)


def _joined(before: Complaint, event: e.Joined, after: Complaint, pack: Pack) -> Iterator[Notice]:
    yield Notice(kind="resident.receipt", reader=R.HOUSEHOLD, complainant=event.complainant)
    yield Notice(kind="resident.card", reader=R.HOUSEHOLD, complainant=event.complainant)
    yield from _told(FIXED[e.Joined])


def _closed(before: Complaint, event: e.Closed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    if event.how is e.Ending.SILENT:
        yield Notice(kind="resident.closed_silently", reader=R.HOUSEHOLDS, priority=P.SURVEY)


SPECIAL: dict[type[e.Event], Callable[..., Iterator[Notice]]] = {
    e.Nudged: _nudged,
    e.Expired: _expired,
    e.Recomputed: _recomputed,
    e.Answered: _answered,
    e.Classified: _classified,
    e.DateProposed: _proposed,
    e.Joined: _joined,
    e.Closed: _closed,
}
# Notices with which the files of the event's words travel; groups never get any.
CARRY_FILES = frozenset({
    "manager.filed", "manager.filed_copy", "manager.joined", "manager.supplemented", "manager.assigned",
    "resident.answered", "resident.classified", "resident.progressed", "resident.contacted", "resident.closing_asked",
    "resident.resolved", "bureau.done_words", "bureau.referred_here",
})  # fmt: skip
ACTS = (e.Listed, e.Raised, e.Convened, e.Waived)


def _told(tellings: tuple[Telling, ...]) -> Iterator[Notice]:
    return (Notice(kind=kind, reader=reader, priority=priority) for reader, kind, priority in tellings)


def notices(before: Complaint, event: e.Event, after: Complaint, pack: Pack) -> tuple[Notice, ...]:
    """Everyone who is told of the event, most concerned first. A dangerous filing goes out as an escalation."""
    if (special := SPECIAL.get(type(event))) is not None:
        return tuple(special(before, event, after, pack))
    if isinstance(event, ACTS):
        return tuple(_told(ACT))
    told = tuple(_told(FIXED.get(type(event), ())))
    if isinstance(event, e.Filed) and event.danger:
        return tuple(
            Notice(
                kind=n.kind,
                reader=n.reader,
                priority=P.ESCALATION if n.reader is not R.HOUSEHOLDS else P.NOTICE,
            )
            for n in (*told, Notice(kind="manager.filed", reader=R.DUTY))
        )
    return told
