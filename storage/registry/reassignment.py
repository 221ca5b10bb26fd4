"""Open cases that would pass to the next in line if these appointments ended."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complaints.lifecycle.permissions import Relation, relations
from complaints.model.complaint import OPEN, Complaint
from complaints.model.people import Actor, Appointment
from storage.db.codec import load_complaint
from storage.db.typed_rows import as_rows
from storage.repositories.people import HELD, TermRow, as_appointment
from storage.tables import COMPLAINT

OPEN_CASES = select(COMPLAINT.c.body).where(COMPLAINT.c.state.in_(sorted(OPEN)))


@dataclass(frozen=True, kw_only=True)
class Moving:
    """How many appointments are in force, how many of them end, and how many open cases lose their handler by it."""

    in_force: int = 0
    ending: int = 0
    cases: int = 0

    @property
    def most(self) -> bool:
        """Whether more than half would end: rather a wrong file than a change of staff."""
        return self.ending * 2 > self.in_force


async def moving(connection: AsyncConnection, ends: Collection[int], day: date) -> Moving:
    """`ends` are ids of the registry's lines that are over after the load."""
    rows = as_rows(TermRow, (await connection.execute(HELD, {"day": day})).all())
    over = [as_appointment(r) for r in rows if r.id in ends]
    left = [as_appointment(r) for r in rows if r.id not in ends]
    leavers = _Leavers(over, left)
    bodies = (await connection.execute(OPEN_CASES)).all() if leavers.at else ()
    lost = [row for row in bodies if leavers.had(load_complaint(row.body))]
    return Moving(in_force=len(rows), ending=len(over), cases=len(lost))


class _Leavers:
    """Those who have joined and leave, by scope and by person; and who stays, so that a whole city takes seconds."""

    def __init__(self, over: Iterable[Appointment], left: Iterable[Appointment]) -> None:
        self.at: dict[str | int, list[Appointment]] = defaultdict(list)
        for ended in over:
            if ended.person is not None:
                self.at[ended.scope].append(ended)
                self.at[ended.person].append(ended)
        self.kept: dict[int, list[Appointment]] = defaultdict(list)
        for stays in left:
            if stays.person is not None:
                self.kept[stays.person].append(stays)
        self.staffed = {(a.role, a.scope) for held in self.kept.values() for a in held}

    def had(self, complaint: Complaint) -> bool:
        """Whether one of them has the case in hand, and nobody who has joined holds the same role beside them."""
        place, named = complaint.place, complaint.assignee
        scopes: list[str | int] = [
            *place.scopes,
            f"{place.district}/{complaint.department}",
            *([named] if named is not None else []),
        ]
        return any(self._loses(complaint, ended) for scope in scopes for ended in self.at.get(scope, []))

    def _loses(self, complaint: Complaint, ended: Appointment) -> bool:
        if ended.person != complaint.assignee and (ended.role, ended.scope) in self.staffed:
            return False
        own = tuple(self.kept.get(ended.person or 0, ()))
        return _handles(complaint, ended, (*own, ended)) and not _handles(complaint, ended, own)


def _handles(complaint: Complaint, who: Appointment, held: tuple[Appointment, ...]) -> bool:
    return Relation.HANDLER in relations(Actor(person=who.person, appointments=held), complaint)
