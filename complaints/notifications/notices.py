"""The notices of an event: recipients, kinds and urgency, as the case and its pack have them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.notifications.rules import ACT, EXPIRED_FOR, FIXED, OURS, P, R, Rule
from complaints.notifications.rules import CARRY_FILES as CARRY_FILES
from complaints.notifications.rules import Priority as Priority
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import RecipientRole, Responsible


@dataclass(frozen=True, kw_only=True)
class Notice:
    """`kind` names a view; the recipient is a role towards the case, or one household of it."""

    kind: str
    reader: RecipientRole
    priority: Priority = Priority.NOTICE
    complainant: int | None = None


BUREAUS = (Responsible.SECTION_HEAD, Responsible.BUREAU_AND_COMPANY)
NUDGED_AS = {R.STREET: "street.nudge", R.DEPARTMENT: "department.nudge"}


def _nudged(before: Complaint, event: e.Nudged, after: Complaint, pack: Pack) -> Iterator[Notice]:
    nudge = pack.stage(event.stage).nudges[int(event.point.removeprefix("nudge")) - 1]
    for reader in nudge.tell:
        if reader is R.HOUSEHOLDS:
            yield Notice(kind="resident.survey_reminder", reader=reader, priority=P.SURVEY)
        else:
            kind = NUDGED_AS.get(reader) or ("bureau.nudge" if reader in OURS else "manager.nudge")
            yield Notice(kind=kind, reader=reader, priority=P.NUDGE)


def _expired(before: Complaint, event: e.Expired, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """To the person responsible whose time ran out, found in `before`, since `after` has whoever takes over."""
    expiry = pack.stage(event.stage).expiries[int(event.point.removeprefix("expiry")) - 1]
    if expiry.closes:
        return
    if event.to_company:
        yield Notice(kind="manager.expired", reader=R.MANAGER, priority=P.ESCALATION)
    for reader in (*expiry.tell, *(expiry.again if event.again else ())):
        yield Notice(kind=_expiry_kind(reader, event.final), reader=reader, priority=P.ESCALATION)


def _expiry_kind(reader: RecipientRole, final: bool) -> str:
    if reader is R.HOUSEHOLDS:
        return "resident.expired"
    if reader in OURS:
        return EXPIRED_FOR[reader]
    return "manager.expired_head" if final else "manager.unanswered_danger"


# Who is notified that a deadline of this responsible person has moved.
MOVED_FOR: dict[Responsible, tuple[RecipientRole, ...]] = {
    Responsible.MANAGER: (R.HANDLER, R.HOUSEHOLDS),
    Responsible.HANDLER: (R.HANDLER, R.HOUSEHOLDS),
    Responsible.COMPANY_HEAD: (R.HANDLER, R.COMPANY_HEAD, R.HOUSEHOLDS),
    Responsible.SECTION_HEAD: (R.SECTION_HEAD,),
    Responsible.HOUSEHOLDS: (R.HOUSEHOLDS,),
    Responsible.BUREAU_AND_COMPANY: (R.HANDLER, R.SECTION_HEAD, R.HOUSEHOLDS),
    Responsible.DEPARTMENT: (R.SECTION_HEAD,),
    Responsible.STREET: (R.SECTION_HEAD,),
    Responsible.DEVELOPMENT: (R.SECTION_HEAD,),
    Responsible.MARKET: (R.SECTION_HEAD,),
}
MOVED_AS = {R.HOUSEHOLDS: "resident.recomputed", R.SECTION_HEAD: "bureau.recomputed"}


def moved(event: e.Recomputed, pack: Pack, *readers: RecipientRole) -> tuple[e.Recount, ...]:
    """The clocks that are due at another time, as far as one of these recipients is notified of them."""
    return tuple(c for c in event.counts if c.moved and set(readers) & set(MOVED_FOR[pack.stage(c.stage).owner]))


def _recomputed(before: Complaint, event: e.Recomputed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """One notice for a case, however many of its clocks moved; none of a deadline that stays."""
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


def _filed(before: Complaint, event: e.Filed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """Where the bureau has to act, it gets a card with buttons; in danger all is an escalation, and more are told."""
    incoming = any(pack.stage(c.stage).owner in BUREAUS for c in after.running)
    urgent = P.ESCALATION if event.danger else P.NOTICE
    for reader, kind, _ in FIXED[e.Filed]:
        shown = "bureau.incoming" if incoming and reader is R.BUREAU_GROUP else kind
        yield Notice(kind=shown, reader=reader, priority=P.NOTICE if reader is R.HOUSEHOLDS else urgent)
    if incoming:
        yield Notice(kind="bureau.incoming_private", reader=R.SECTION_HEAD, priority=urgent)
    if event.danger:
        yield Notice(kind="manager.filed", reader=R.DUTY, priority=urgent)
        for reader in pack.tell_danger:
            yield Notice(kind="department.danger", reader=reader, priority=urgent)


def _referred(before: Complaint, event: e.Referred, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """The street always has a copy where the pack says so (《物业服务企业投诉举报处理流程》 二)."""
    yield from _told(FIXED[e.Referred])
    if pack.street_copy and event.department != "street":
        yield Notice(kind="street.copy", reader=R.STREET)


def _resolved(before: Complaint, event: e.Resolved, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """What the bureau handled is signed for; what another department handled goes to the city at once."""
    signed = pack.sign_off is not None and not after.signs_alone
    for reader, kind, priority in FIXED[e.Resolved]:
        shown = "bureau.sign_off" if signed and reader is R.BUREAU_GROUP else kind
        yield Notice(kind=shown, reader=reader, priority=priority)
    if signed:
        yield Notice(kind="street.sign_off", reader=R.STREET)
        yield Notice(kind="street.sign_off", reader=R.COMMUNITY)
    elif pack.sign_off is not None:
        yield Notice(kind="bureau.strike_off", reader=R.CITY_GROUP)


def _signed_off(before: Complaint, event: e.SignedOff, after: Complaint, pack: Pack) -> Iterator[Notice]:
    yield Notice(kind="bureau.signed_off", reader=R.BUREAU_GROUP)
    if event.complete:
        yield Notice(kind="bureau.strike_off", reader=R.CITY_GROUP)


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


def _erased(before: Complaint, event: e.Erased, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """The handler of an open case; the bureau too where nobody of the bureau is left."""
    if after.is_open:
        yield Notice(kind="manager.erased", reader=R.HANDLER)
        if not after.households:
            yield Notice(kind="bureau.erased", reader=R.BUREAU_GROUP)


def _closed(before: Complaint, event: e.Closed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    if event.how is e.Ending.SILENT:
        yield Notice(kind="resident.closed_silently", reader=R.HOUSEHOLDS, priority=P.SURVEY)


SPECIAL: dict[type[e.Event], Callable[..., Iterator[Notice]]] = {
    e.Filed: _filed,
    e.Referred: _referred,
    e.Resolved: _resolved,
    e.SignedOff: _signed_off,
    e.Nudged: _nudged,
    e.Expired: _expired,
    e.Recomputed: _recomputed,
    e.Answered: _answered,
    e.Classified: _classified,
    e.DateProposed: _proposed,
    e.Joined: _joined,
    e.Closed: _closed,
    e.Erased: _erased,
}
ACTS = (e.Listed, e.Raised, e.Convened, e.Waived)


def _told(tellings: tuple[Rule, ...]) -> Iterator[Notice]:
    return (Notice(kind=kind, reader=reader, priority=priority) for reader, kind, priority in tellings)


def notices(before: Complaint, event: e.Event, after: Complaint, pack: Pack) -> tuple[Notice, ...]:
    """All notices of the event, those most concerned first."""
    if (special := SPECIAL.get(type(event))) is not None:
        return tuple(special(before, event, after, pack))
    if isinstance(event, ACTS):
        return tuple(_told(ACT))
    return tuple(_told(FIXED.get(type(event), ())))
