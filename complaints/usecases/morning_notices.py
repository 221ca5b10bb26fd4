"""What residents are told of an expiry at night, where nobody is in danger: they read it in the morning."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from complaints.lifecycle.timer_points import MORNING, Timer
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.notice import Audience, Notice
from complaints.notifications.notices import notices
from complaints.time import periods
from complaints.usecases.ports import DueTimer, Work


class Parted(NamedTuple):
    """The notices that go out at once, and the timer of those that wait."""

    at_once: list[Notice]
    timers: tuple[Timer, ...] = ()


def parted(work: Work, case: Complaint, event: e.Event, seq: int, told: Iterable[Notice]) -> Parted:
    """Staff is told at once: what they owe runs through the night."""
    told = list(told)
    later = [notice for notice in told if notice.audience is Audience.RESIDENT]
    if not (isinstance(event, e.Expired) and event.ends_clock and later) or case.danger:
        return Parted(told)
    morning = _morning(work, case)
    if morning is None:
        return Parted(told)
    timer = Timer(stage=event.stage, clock=event.clock, point=f"{MORNING}{seq}", due_at=morning)
    return Parted([notice for notice in told if notice not in later], (timer,))


def _morning(work: Work, case: Complaint) -> datetime | None:
    """When the considerate hours begin, in the silent hours; None outside of these."""
    pack = work.rules.packs[case.pack]
    zone = pack.hours(work.rules.workdays).timezone
    if not periods.is_silent(work.now, pack.silent_hours, zone):
        return None
    return periods.considerate(work.now, pack.considerate_hours, zone)


async def tell(work: Work, case: Complaint, timer: DueTimer) -> None:
    """The morning has come. What was done meanwhile has stopped the timer, but where the case went to somebody else."""
    if not case.is_open:
        return
    seq = int(timer.point.removeprefix(MORNING))
    event = await work.event(case.id, seq)
    found = notices(case, event, case, work.rules.packs[case.pack])
    await work.tell([(case, notice) for notice in found if notice.audience is Audience.RESIDENT], seq, event.statement)
