"""A notice: of what kind it is, who is to read it, how urgent it is, and what travels with it."""

from dataclasses import KW_ONLY, dataclass
from enum import Enum, IntEnum, StrEnum, auto
from typing import Self

from complaints.model.complaint import Complaint
from complaints.model.party import Party
from complaints.model.roles import RecipientRole


class Priority(IntEnum):
    """The order in which messages are sent; the smaller is the sooner."""

    URGENT_REPLY = -1  # to staff, or to words of danger
    REPLY = 0
    ESCALATION = 1
    NOTICE = 2
    NUDGE = 3
    SURVEY = 4
    REPORT = 5
    LATE_REPLY = 6  # to what had to wait, after an outage, behind whatever somebody has to know


class Audience(StrEnum):
    """For whom a notice is written: how the names of its kinds begin."""

    RESIDENT = "resident"
    COMPANY = "manager"
    BUREAU = "bureau"  # also what its groups read: never a resident's words, name, phone or room
    DEPARTMENT = "department"
    STREET = "street"

    @classmethod
    def of(cls, kind: str) -> Self:
        return cls(kind.partition(".")[0])


class Found(Enum):
    """In which of the two the recipient is looked up: the case before the event, or after it."""

    BEFORE = auto()
    AFTER = auto()


class Files(Enum):
    """Whose files travel with a notice: those of the event's words, or of the words that the case was filed with."""

    OF_EVENT = auto()
    OF_CASE = auto()


@dataclass(frozen=True)
class Notice:
    """`kind` names a view; `complainant` is the one household that it is for, where it isn't for all of them.

    `party` is who owes what it speaks of: a recipient of that party is looked up in its scope.
    """

    kind: str
    recipient: RecipientRole
    priority: Priority = Priority.NOTICE
    _: KW_ONLY
    complainant: int | None = None
    files: Files | None = None
    found_in: Found = Found.AFTER
    party: Party | None = None

    @property
    def audience(self) -> Audience:
        return Audience.of(self.kind)

    def statement(self, case: Complaint, of_event: int | None) -> int | None:
        """The statement whose files travel with it, if any do."""
        return {Files.OF_EVENT: of_event, Files.OF_CASE: case.words}[self.files] if self.files else None
