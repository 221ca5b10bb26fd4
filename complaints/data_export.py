"""The data held of one person, as that person may read them: nobody else's words, names or numbers."""

from dataclasses import dataclass
from datetime import date, datetime

from complaints.model.people import Home
from complaints.policy.data_files import Text


@dataclass(frozen=True, kw_only=True)
class HeldWords:
    """What they said, when, and the kinds of files that came with it."""

    at: datetime | None
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeldRating:
    at: datetime
    level: str


@dataclass(frozen=True, kw_only=True)
class HeldLook:
    """When somebody looked at their number, in which role."""

    at: datetime
    role: str


@dataclass(frozen=True, kw_only=True)
class HeldCase:
    number: str
    community: str
    building: str
    room: str
    contact: str
    matter: Text
    state: str
    filed_at: datetime
    closed_at: datetime | None
    words: tuple[HeldWords, ...] = ()
    ratings: tuple[HeldRating, ...] = ()
    looks: tuple[HeldLook, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeldFollowed:
    """A case of the family; what is said in it is the household's."""

    number: str
    community: str
    matter: Text


@dataclass(frozen=True, kw_only=True)
class HeldDuty:
    """As the registry has it."""

    role: str
    scope: str
    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class HeldAbsence:
    """An appointment in a deputy's hands; `deputy`: in those of this person."""

    role: str
    scope: str
    since: date
    until: date
    deputy: bool


@dataclass(frozen=True, kw_only=True)
class HeldShift:
    community: str
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Holding:
    made_at: datetime
    user: int
    name: str
    phone: str
    language: str
    consented_at: datetime | None
    homes: tuple[Home, ...]
    draft: str
    cases: tuple[HeldCase, ...]
    duties: tuple[HeldDuty, ...]
    followed: tuple[HeldFollowed, ...]
    absences: tuple[HeldAbsence, ...]
    watches: tuple[HeldShift, ...]
