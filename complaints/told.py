"""Who was told of an event, who has done it, and who of a company can't be told: the facts behind such sentences."""

from dataclasses import dataclass
from enum import StrEnum

from complaints.model.roles import RecipientRole
from complaints.policy.data_files import Text


@dataclass(frozen=True, kw_only=True)
class Told:
    """A recipient of an event's notices, as the outbox has it; `role` and `name` are those of the registry."""

    recipient: RecipientRole
    role: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Whoever has said or done something, by the ledger: a person of the company, or an office by its own name."""

    role: str
    name: str = ""
    office: Text | None = None


class OutOfReach(StrEnum):
    """Why nobody in that role can be told here."""

    UNNAMED = "unnamed"  # the registry has nobody
    NEVER_JOINED = "never_joined"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whether somebody of the company can be told: `why` not, where nobody can."""

    recipient: RecipientRole
    name: str = ""
    why: OutOfReach | None = None
