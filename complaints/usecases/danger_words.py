"""Danger in what residents say of an open case: it raises the alarm, whatever the words were meant as."""

from complaints.model import events as e
from complaints.model.complaint import Complaint, State
from complaints.usecases.departments import department_in_danger
from complaints.usecases.ports import Work


async def heard(work: Work, complaint: Complaint, event: e.Event) -> tuple[e.Event, ...]:
    """What follows from a resident's words with this event: the alarm, where they are the first that say so.

    A result that waits to be rated is none then: the case is opened again.
    """
    words = event.statement
    if words is None or not event.is_residents or complaint.danger or not complaint.is_alive:
        return ()
    said = await work.said(words)
    if said is None or not work.rules.raises_alarm(said.text):
        return ()
    anew: tuple[e.Event, ...] = ()
    if complaint.state is State.RESOLVED:
        anew = (e.Reopened(round=complaint.round + 1, complainant=event.household),)
    return (*anew, alarm(work, complaint, event.household, words))


def alarm(work: Work, complaint: Complaint, household: int | None, words: int | None = None) -> e.DangerRaised:
    whose = department_in_danger(work.rules, complaint.matter, work.rules.packs[complaint.pack])
    return e.DangerRaised(complainant=household, words=words, department=whose)
