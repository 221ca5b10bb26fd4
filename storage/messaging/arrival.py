"""An update that has come, on its way into the inbox."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """An update before it is stored; parts of an album wait until `not_before` (real time) for their siblings.

    What sounds `urgent` is never throttled; `group` is the group that it comes from, else 0.
    """

    update_id: int
    sender_id: int
    raw: bytes
    album: str = ""
    not_before: float = 0.0
    urgent: bool = False
    group: int = 0
