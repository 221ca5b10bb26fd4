"""Open cases that an earlier version has begun get the clocks that today's rules give them."""

from collections.abc import Sequence
from datetime import datetime

from complaints.lifecycle.history import retold
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import SYSTEM
from complaints.usecases.ports import Work
from complaints.usecases.record import record

History = Sequence[tuple[e.Event, datetime]]  # with the instant of each


async def upgrade(work: Work, complaint: Complaint, history: History) -> None:
    """What nobody owes any more by today's rules is void; what is owed besides is owed from now on.

    So nobody is late by a rule that came later, and no case lies without anybody who owes something of it.
    """
    pack = work.rules.packs[complaint.pack]
    *_, made = retold(complaint.id, history, pack, pack.hours(work.rules.workdays))
    ours, theirs = _owed(complaint), _owed(made)
    changed = e.RulesChanged(
        void=tuple(clock for key, clock in ours.items() if key not in theirs),
        started=tuple(stage for stage, round_ in theirs if (stage, round_) not in ours and round_ == complaint.round),
    )
    if complaint.is_alive and (changed.void or changed.started):
        await record(work, SYSTEM, complaint, [changed])
    else:
        work.put(complaint)


def _owed(complaint: Complaint) -> dict[tuple[str, int], int]:
    return {(clock.stage, clock.round): clock.id for clock in complaint.all_owed}
