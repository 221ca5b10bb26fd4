"""The calendar day by which the registry's dates count."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CIVIL = ZoneInfo("Asia/Shanghai")


def today(at: datetime) -> date:
    """The civil day by which registry dates count."""
    return at.astimezone(CIVIL).date()
