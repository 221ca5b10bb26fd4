"""Deputies of the absent, and the on-call shifts of a project outside working time."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Absence:
    """`deputy` stands in for `person` in one appointment, on the civil days `since` to `until`, both included."""

    id: int
    person: int
    deputy: int
    role: str
    scope: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class OnCallShift:
    """`person` answers for the project from one instant until another."""

    id: int
    project: str
    person: int
    since: datetime
    until: datetime
