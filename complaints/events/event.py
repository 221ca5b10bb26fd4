"""What is an event?"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Event:
    """Anything that happened to a case."""
