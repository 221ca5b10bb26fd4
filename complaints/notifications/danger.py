"""Notices of danger: who is alarmed, and that everybody who was hears that it is in hand and that it is over."""

from collections.abc import Iterator

from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.notice import Notice, Priority
from complaints.model.roles import RecipientRole, Responsible
from complaints.notifications.rules import by_reader, told_by
from complaints.policy.pack import Pack

R = RecipientRole
# Kinds of the notices by which the company hears of a danger.
ALARMS = ("manager.filed", "manager.danger_raised", "manager.unanswered_danger")


def concerned(case: Complaint, pack: Pack) -> tuple[RecipientRole, ...]:
    """Everybody but the households whom the danger concerns by now: at once, or where nobody has confirmed in time."""
    told = [R.MANAGER, R.COMPANY_HEAD, R.DUTY, R.BUREAU_GROUP, *pack.tell_danger]
    for clock in case.clocks:
        stage = pack.stage(clock.stage)
        if not stage.of_danger:
            continue
        told += [R.SECTION_HEAD] if stage.owner is Responsible.SECTION_HEAD else []
        if clock.state == "expired":
            told += told_by((one for expiry in stage.expiries for one in expiry.tell), clock.debtor, case)
    return tuple(recipient for recipient in dict.fromkeys(told) if recipient is not R.HOUSEHOLDS)


def alarmed(case: Complaint, pack: Pack) -> tuple[RecipientRole, ...]:
    """Everybody but the households who has been told of the danger, whether or not they are on duty any more."""
    return (*concerned(case, pack), R.CALLED_OUT)


def in_hand(before: Complaint, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """Once somebody has it in hand."""
    alarms = [c for c in before.all_owed if pack.stage(c.stage).alarm]
    if any((now := after.clock_of(c.id)) is not None and "met" in (now.state, now.settled) for c in alarms):
        for recipient in alarmed(before, pack):
            yield Notice(by_reader(recipient, "in_hand"), recipient)


def over(case: Complaint, pack: Pack, *told: RecipientRole) -> Iterator[Notice]:
    """At the end of the case, to everybody who isn't `told` so in a notice of another kind."""
    if case.danger:
        for recipient in alarmed(case, pack):
            if recipient not in told:
                yield Notice(by_reader(recipient, "danger_over"), recipient)


def raised(before: Complaint, event: e.DangerRaised, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """As if it had been filed so: whoever handles it, and everybody who would have been alarmed.

    The household that has said it reads so in the answer.
    """
    for household in after.households:
        if household != event.complainant:
            yield Notice("resident.danger_raised", R.HOUSEHOLD, Priority.ESCALATION, complainant=household)
    yield from _to_all("danger_raised", concerned(after, pack), Priority.ESCALATION)


def denied(before: Complaint, event: e.DangerDenied, after: Complaint, pack: Pack) -> Iterator[Notice]:
    for household in after.households:
        if household != event.complainant:
            yield Notice("resident.danger_denied", R.HOUSEHOLD, complainant=household)
    yield from _to_all("danger_denied", alarmed(before, pack), Priority.NOTICE)


def _to_all(what: str, recipients: tuple[RecipientRole, ...], priority: Priority) -> Iterator[Notice]:
    for recipient in dict.fromkeys((R.MANAGER, R.HANDLER, *recipients)):
        yield Notice(by_reader(recipient, what), recipient, priority)


def matter_named(before: Complaint, event: e.MatterNamed, after: Complaint, pack: Pack) -> Iterator[Notice]:
    """To the other side; in danger to everybody alarmed, and a department whose matter it is hears of it then."""
    if event.complainant is None:
        yield Notice("resident.matter_named" if after.danger else "resident.matter_corrected", R.HOUSEHOLDS)
    company = (R.HANDLER, R.MANAGER) if after.danger or event.complainant is not None else ()
    for recipient in dict.fromkeys((*company, *(concerned(after, pack) if after.danger else ()))):
        if recipient is R.DEPARTMENT:
            yield from [Notice("department.danger", recipient, Priority.ESCALATION)] if after.department else []
        else:
            yield Notice(by_reader(recipient, "matter_named"), recipient)
