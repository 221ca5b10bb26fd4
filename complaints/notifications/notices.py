"""The notices of an event: those of the register of acts, and where they depend on the case, those of a function."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from complaints.lifecycle.moves import MOVES
from complaints.lifecycle.timer_points import OVERDUE
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.notice import Files, Found
from complaints.model.notice import Notice as Notice
from complaints.model.notice import Priority as Priority
from complaints.model.roles import OF_OFFICES, RecipientRole, Responsible
from complaints.notifications import danger
from complaints.notifications.rules import (
    EXPIRED_FOR,
    FILED,
    MOVED_AS,
    MOVED_FOR,
    NUDGED_AS,
    OFFICES,
    by_reader,
    recipients_of,
    told_by,
)
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import Stage

R, P = RecipientRole, Priority
BUREAUS = (Responsible.SECTION_HEAD, Responsible.BUREAU_AND_COMPANY)


def _nudged(before: Complaint, event: e.Nudged, after: Complaint, pack: Pack) -> Iterator[Notice]:
    stage = pack.stage(event.stage)
    debtor = event.debtor or after.party(stage.owner)
    if event.point.startswith(OVERDUE):
        for recipient in dict.fromkeys((*recipients_of(debtor, after), R.BUREAU_GROUP)):
            if recipient is not R.HOUSEHOLDS:
                yield Notice(by_reader(recipient, "still_overdue"), recipient, P.NUDGE, party=debtor)
        return
    nudge = stage.nudges[int(event.point.removeprefix("nudge")) - 1]
    for recipient in told_by(nudge.tell, debtor, after):
        if recipient is R.HOUSEHOLDS:
            yield Notice("resident.survey_reminder", recipient, P.SURVEY)
        else:
            yield Notice(_nudge_kind(recipient, stage), recipient, P.NUDGE, party=debtor)


def _nudge_kind(recipient: RecipientRole, stage: Stage) -> str:
    """The street is reminded of its own duty in its own words, of what was referred to it as every office is."""
    if recipient in (R.STREET, R.COMMUNITY) and stage.owner is not Responsible.STREET:
        return "department.nudge"
    return NUDGED_AS.get(recipient) or ("bureau.nudge" if recipient in OFFICES else "manager.nudge")


def _expired(before: Complaint, event: e.Expired, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """The manager whose time ran out is looked up in the case as it was, everybody else in the case as it is."""
    stage = pack.stage(event.stage)
    expiry = stage.expiries[int(event.point.removeprefix("expiry")) - 1]
    debtor = event.debtor or before.party(stage.owner)
    told = told_by((*expiry.tell, *(expiry.again if event.again else ())), debtor, after)
    if expiry.closes:
        return
    if event.outage is not None:
        for recipient in dict.fromkeys((*recipients_of(debtor, after), *told)):
            yield Notice(by_reader(recipient, "outage"), recipient, P.ESCALATION, party=debtor)
        return
    if event.to_company:
        yield Notice("manager.expired", R.MANAGER, P.ESCALATION, found_in=Found.BEFORE)
    owing = recipients_of(debtor, after) if debtor.role in OF_OFFICES else ()
    for recipient in told:
        kind = "department.expired" if recipient in owing else _expiry_kind(recipient, event, stage)
        yield Notice(kind, recipient, P.ESCALATION, party=debtor)


def _expiry_kind(recipient: RecipientRole, event: e.Expired, stage: Stage) -> str:
    if recipient is R.HOUSEHOLDS:
        return "resident.expired"
    if recipient in EXPIRED_FOR:
        return EXPIRED_FOR[recipient]
    return "manager.expired_head" if event.final and not stage.alarm else "manager.unanswered_danger"


def _met_late(before: Complaint, event: e.MetLate, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """Everybody who was told that it had expired; households read the act itself, and all that a danger is in hand."""
    stage = pack.stage(event.stage)
    if stage.alarm:
        return
    tell = [r for expiry in stage.expiries for r in (*expiry.tell, *expiry.again)]
    for recipient in told_by(tell, event.debtor, after):
        if recipient is R.HOUSEHOLDS:
            continue
        yield Notice(by_reader(recipient, "met_late"), recipient, P.NOTICE, party=event.debtor)


def moved(event: e.Recomputed, pack: Pack, *recipients: RecipientRole) -> tuple[e.Recount, ...]:
    """The clocks that are due at another time, as far as one of these recipients is notified of them."""
    return tuple(c for c in event.counts if c.moved and set(recipients) & set(MOVED_FOR[pack.stage(c.stage).owner]))


def _recomputed(before: Complaint, event: e.Recomputed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """One notice for a case, however many of its clocks moved; none of a deadline that stays."""
    for recipient in (R.HANDLER, R.COMPANY_HEAD, R.HOUSEHOLDS, R.SECTION_HEAD):
        if moved(event, pack, recipient):
            yield Notice(MOVED_AS.get(recipient, "manager.recomputed"), recipient)


def _classified(before: Complaint, event: e.Classified, after: Complaint, pack: Pack) -> Iterator[Notice]:
    said_with_it = event.disposition is e.Disposition.MAJOR and event.words is None and pack.has("plan")
    # Else it is declared to be unsolvable for now in the same breath, and that is told.
    if not said_with_it and not _holds_as_told(before, event, after, pack):
        yield Notice("resident.classified", R.HOUSEHOLDS, files=Files.OF_EVENT)
    if event.disposition is e.Disposition.BUREAU_DUTY:
        yield Notice("bureau.accept", R.BUREAU_GROUP)
        yield Notice("bureau.accept_private", R.SECTION_HEAD)
    if event.disposition is e.Disposition.NEITHER:
        yield Notice("bureau.coordinate", R.BUREAU_GROUP)
        yield Notice("bureau.coordinate_private", R.GRID_LEADER)


def _holds_as_told(before: Complaint, event: e.Classified, after: Complaint, pack: Pack) -> bool:
    """Whether it says nothing new: no words, and the time that the answer has named as what it is until sorted."""
    named = {c.id: c.due for c in before.running if pack.stage(c.stage).of_sort == event.disposition}
    said_before = before.disposition is None and event.words is None and bool(named)
    return said_before and named.items() <= {c.id: c.due for c in after.running}.items()


def _answered(before: Complaint, event: e.Answered, after: Complaint, pack: Pack) -> Iterator[Notice]:
    if not event.classified:  # else the notice of the disposition brings these words
        yield Notice("resident.answered", R.HOUSEHOLDS, files=Files.OF_EVENT)


def _filed(before: Complaint, event: e.Filed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """Where the bureau has to act, it gets a card with buttons; in danger all is an escalation, and more are told."""
    incoming = any(pack.stage(c.stage).owner in BUREAUS for c in after.running)
    urgent = P.ESCALATION if event.danger else P.NOTICE
    for notice in FILED:
        shown = "bureau.incoming" if incoming and notice.recipient is R.BUREAU_GROUP else notice.kind
        yield replace(notice, kind=shown, priority=P.NOTICE if notice.recipient is R.HOUSEHOLDS else urgent)
    if incoming:
        yield Notice("bureau.incoming_private", R.SECTION_HEAD, urgent)
    if event.danger:
        yield Notice("manager.filed", R.DUTY, urgent, files=Files.OF_EVENT)
        for recipient in pack.tell_danger:
            yield Notice("department.danger", recipient, urgent)
    if pack.shows_street(event.matter) and not (event.danger and R.STREET in pack.tell_danger):
        yield Notice("street.copy", R.STREET)


def _referred(before: Complaint, event: e.Referred, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """The street always has a copy where the pack says so (《物业服务企业投诉举报处理流程》 二)."""
    yield from told_always(event)
    if pack.street_copy and event.department != "street":
        yield Notice("street.copy", R.STREET)


def _resolved(before: Complaint, event: e.Resolved, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """What the bureau handled is signed for; what another department handled goes to the city at once.

    Of a danger its end is told in place of the result, which stands in it.
    """
    signed = pack.sign_off is not None and not after.signs_alone
    entrusted = e.SignOffEntrusted.name in after.acts
    signers = (R.BUREAU_GROUP, R.STREET) if signed else ()
    over = tuple(danger.over(after, pack, *signers))
    for notice in told_always(event):
        if signed and notice.recipient is R.BUREAU_GROUP:
            yield replace(notice, kind="bureau.sign_off")
        elif notice.recipient not in {one.recipient for one in over}:
            yield notice
    if signed:
        yield Notice("street.sign_off", R.STREET)
        if entrusted:
            yield Notice("street.sign_off", R.COMMUNITY)
    elif pack.sign_off is not None:
        yield Notice("bureau.strike_off", R.CITY_GROUP)
    yield from over


def _withdrawn(before: Complaint, event: e.Withdrawn, after: Complaint, pack: Pack) -> Iterator[Notice]:
    yield from told_always(event)
    yield from danger.over(after, pack, R.COMPANY_HEAD, R.BUREAU_GROUP)


def _signed_off(before: Complaint, event: e.SignedOff, after: Complaint, pack: Pack) -> Iterator[Notice]:
    yield Notice("bureau.signed_off", R.BUREAU_GROUP)
    if event.complete:
        yield Notice("bureau.strike_off", R.CITY_GROUP)


def _proposed(before: Complaint, event: e.DateProposed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    if event.side is e.Side.HANDLER:
        first = after.first_complainant
        yield Notice("resident.date_proposed", R.HOUSEHOLD, complainant=first)
    else:
        yield Notice("manager.date_countered", R.HANDLER, files=Files.OF_EVENT)


def _accepted(before: Complaint, event: e.Accepted, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """Where the bureau only urges, the order that comes with it says so to the company, and to the household."""
    if not (pack.leaves_to_company(after) and pack.leaves_to_company(before)):
        yield from told_always(event)


def _beyond(before: Complaint, event: e.ReportedBeyond, after: Complaint, pack: Pack) -> Iterator[Notice]:
    yield Notice("resident.beyond", R.HOUSEHOLDS, files=Files.OF_EVENT)
    yield Notice("street.beyond", R(event.to))
    yield Notice("bureau.beyond", R.BUREAU_GROUP)


def _rated(before: Complaint, event: e.Rated, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """Of 不满意 the notice tells that the case is open again."""
    if event.level is not e.Level.DISSATISFIED:
        yield from told_always(event)


def _joined(before: Complaint, event: e.Joined, after: Complaint, pack: Pack) -> Iterator[Notice]:
    yield Notice("resident.receipt", R.HOUSEHOLD, complainant=event.complainant)
    yield from told_always(event)


def _transcribed(before: Complaint, event: e.Transcribed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """To whoever has spoken."""
    if event.speaker in after.households:
        yield Notice("resident.transcribed", R.HOUSEHOLD, complainant=event.speaker)


def _erased(before: Complaint, event: e.Erased, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """The handler of an open case; the bureau too where nobody of the bureau is left."""
    if after.is_open:
        yield Notice("manager.erased", R.HANDLER)
        if not after.households:
            yield Notice("bureau.erased", R.BUREAU_GROUP)


def _closed(before: Complaint, event: e.Closed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    if event.how is e.Ending.SILENT:  # of a rating, and of a review, their own notices tell
        yield Notice("resident.closed_silently", R.HOUSEHOLDS, P.SURVEY)


# Events whose notices depend on the case.
BY_CASE: dict[type[e.Event], Callable[..., Iterator[Notice]]] = {
    e.Filed: _filed,
    e.MatterNamed: danger.matter_named,
    e.DangerRaised: danger.raised,
    e.DangerDenied: danger.denied,
    e.Referred: _referred,
    e.Resolved: _resolved,
    e.SignedOff: _signed_off,
    e.Nudged: _nudged,
    e.Expired: _expired,
    e.MetLate: _met_late,
    e.Withdrawn: _withdrawn,
    e.Recomputed: _recomputed,
    e.Answered: _answered,
    e.Classified: _classified,
    e.DateProposed: _proposed,
    e.Joined: _joined,
    e.Rated: _rated,
    e.Accepted: _accepted,
    e.ReportedBeyond: _beyond,
    e.Closed: _closed,
    e.Transcribed: _transcribed,
    e.Erased: _erased,
}


def told_always(event: e.Event) -> tuple[Notice, ...]:
    """Whom the register of acts tells of such an event, whatever the case is."""
    found = MOVES.get(type(event))
    return found.move.tells if found else ()


def notices(before: Complaint, event: e.Event, after: Complaint, pack: Pack) -> tuple[Notice, ...]:
    """All notices of the event, those most concerned first."""
    by_case = BY_CASE.get(type(event))
    found = tuple(by_case(before, event, after, pack)) if by_case else told_always(event)
    told = {notice.recipient for notice in found}
    return (*found, *(n for n in danger.in_hand(before, after, pack) if n.recipient not in told))
