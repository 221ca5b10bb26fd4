"""Events of a household: what residents do with their case."""

from dataclasses import dataclass

from complaints.model.enums import After, Level
from complaints.model.events.event import Event


@dataclass(frozen=True, kw_only=True)
class Filed(Event, name="Filed"):
    number: str
    pack: str
    project: str
    company: str
    district: str
    city: str
    street: str
    community: str
    matter: str
    kind: str
    danger: bool
    building: str
    complainant: int
    words: int
    filed_by: int | None = None
    handler: str = "manager"
    department: str = ""
    voice: bool = False  # whether there is a voice message among it


@dataclass(frozen=True, kw_only=True)
class MatterNamed(Event, name="MatterNamed"):
    """What the case is about, which nobody had said when it was filed.

    `complainant` is the household that has said it; without one staff has. `department` is whose matter it is, where
    that hears of every danger.
    """

    matter: str
    kind: str
    by: int
    department: str = ""
    complainant: int | None = None


@dataclass(frozen=True, kw_only=True)
class DangerRaised(Event, name="DangerRaised"):
    """Somebody is in danger, which was said of an open case: by the button, or in `words`.

    Without a `complainant` it was found in what somebody has written down of a voice message. `department` is whose
    matter it is, where that hears of every danger.
    """

    complainant: int | None = None
    words: int | None = None
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class DangerDenied(Event, name="DangerDenied"):
    """A household says that what was said later is no danger: a misunderstanding."""

    complainant: int


@dataclass(frozen=True, kw_only=True)
class Joined(Event, name="Joined"):
    complainant: int
    words: int | None = None
    voice: bool = False


@dataclass(frozen=True, kw_only=True)
class Supplemented(Event, name="Supplemented"):
    complainant: int
    words: int
    voice: bool = False
    after: After | None = None


@dataclass(frozen=True, kw_only=True)
class Urged(Event, name="Urged"):
    complainant: int


@dataclass(frozen=True, kw_only=True)
class HouseholdWithdrew(Event, name="HouseholdWithdrew"):
    complainant: int


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event, name="Withdrawn"):
    pass


@dataclass(frozen=True, kw_only=True)
class ClosingAnswered(Event, name="ClosingAnswered"):
    complainant: int
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class Rated(Event, name="Rated"):
    complainant: int
    level: Level
    complete: bool


@dataclass(frozen=True, kw_only=True)
class RatingExplained(Event, name="RatingExplained"):
    complainant: int
    reason: str
    words: int | None = None
    voice: bool = False


@dataclass(frozen=True, kw_only=True)
class Erased(Event, name="Erased"):
    """The household's personal data were deleted at its wish (《个人信息保护法》 47); the case goes on without it."""

    complainant: int
