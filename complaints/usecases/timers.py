"""What a due timer does to a case: a reminder, an expiry, or the next of a series."""

from complaints.usecases.ports import DueTimer, Work
from complaints.usecases.record import fire_timer


async def fire(work: Work, timer: DueTimer) -> None:
    """A waiting timer's moment has come."""
    complaint = await work.complaint(timer.complaint)
    if complaint is None:
        work.finish_timer(timer)
        return
    await fire_timer(work, complaint, timer)
