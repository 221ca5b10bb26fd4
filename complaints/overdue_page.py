"""A page of an area's overdue cases, the longest overdue first."""

from collections.abc import Sequence
from dataclasses import dataclass

from complaints.model.complaint import Complaint
from complaints.policy.data_files import Text

SIZE = 8  # cases of a page


@dataclass(frozen=True, kw_only=True)
class OverdueCase:
    """A case with what it is about, and the name of its community ("—" where the registry has lost it)."""

    case: Complaint
    matter: Text
    project: str


@dataclass(frozen=True, kw_only=True)
class OverduePage:
    """`number` counts from 0, `count` is how many cases there are on all pages."""

    number: int
    count: int
    cases: Sequence[OverdueCase]

    @property
    def first(self) -> int:
        """The place of its first case in the whole list, from 1."""
        return self.number * SIZE + 1

    @property
    def is_last(self) -> bool:
        return (self.number + 1) * SIZE >= self.count
