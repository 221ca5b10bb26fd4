"""How much of a window an outage of ours took, and whether it was so much that nobody is to blame."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from complaints.model.enums import Outage


def overlapping(outages: Iterable[Outage], begin: datetime, end: datetime) -> list[Outage]:
    """The outages that reach into the window, the earliest first."""
    return sorted((o for o in outages if o.began < end and o.ended > begin), key=lambda o: o.began)


def lost(outages: Iterable[Outage], begin: datetime, end: datetime) -> timedelta:
    """How much of the window they took together; what two of them share counts once."""
    total, reached = timedelta(), begin
    for outage in overlapping(outages, begin, end):
        begins, ends = max(outage.began, reached), min(outage.ended, end)
        total += max(ends - begins, timedelta())
        reached = max(reached, ends)
    return total


def too_much(taken: timedelta, window: timedelta, share: float, least: timedelta) -> bool:
    """Whether nobody is to blame for what expired: more was lost than the pack's share, or than its least length."""
    return taken > max(window * share, least)
