"""The base classes of events, which give each its lasting name."""

from dataclasses import dataclass
from typing import ClassVar

from complaints.model.enums import Side

NAMED: "dict[str, type[Event]]" = {}  # every event by its name, once its module is imported


@dataclass(frozen=True, kw_only=True)
class Event:
    """Anything that happened to a case.

    `name` is what the ledger and the packs call it. It is part of every link of the ledger's chains, so it never
    changes, whatever becomes of the class itself.
    """

    name: ClassVar[str]

    def __init_subclass__(cls, *, name: str) -> None:
        cls.name = name
        if name in NAMED:
            raise ValueError(f"two events are called {name}")
        if name:
            NAMED[name] = cls

    @property
    def statement(self) -> int | None:
        """The id of what somebody said with it."""
        said: int | None = getattr(self, "words", None)
        return said

    @property
    def household(self) -> int | None:
        """The id of the household that it speaks of."""
        concerned: int | None = getattr(self, "complainant", None)
        return concerned

    @property
    def is_residents(self) -> bool:
        """Whether what was said with it are a resident's words."""
        return self.household is not None or getattr(self, "side", None) is Side.RESIDENT


@dataclass(frozen=True, kw_only=True)
class CompanyEvent(Event, name=""):
    """Anything that happened to a company: it has no case, and so no move of a case."""
