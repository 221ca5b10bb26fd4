"""The checks of the machine's clock at the start: by the messenger's time, and by the newest event of the ledger."""

from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock, SystemClock
from bot.server_time import Bounds
from bot.settings import SettingsError
from storage.db.civil_time import CIVIL

log = structlog.get_logger("clock_check")
UNNOTICED = timedelta(seconds=5)  # by which two machines' clocks may differ
BEARABLE = timedelta(hours=1)


class AheadOfUs(SettingsError):
    """The newest event is of a time that hasn't come: some clock was, or is, wrong."""


def begin_case_time(clock: Clock, told: Bounds | None) -> None:
    """Case time begins with the machine's time, or with the messenger's where they differ: NTP may still be to come.

    A later correction of the machine's clock then moves no deadline.
    """
    if not isinstance(clock, SystemClock):
        return
    clock.begin()
    ahead = told.off(clock.real()) if told is not None else 0.0
    if told is None or abs(ahead) <= UNNOTICED.total_seconds():
        return
    clock.begin(told.earliest)
    log.error(
        "the machine's clock is wrong: deadlines go by the messenger's time",
        seconds_ahead=round(ahead),
        time=datetime.fromtimestamp(told.earliest, UTC).isoformat(timespec="seconds"),
    )


def assert_not_behind_ledger(clock: Clock, newest: datetime | None) -> None:
    """A machine whose clock was set back begins where the ledger ends; deadlines go on from there.

    Raises AheadOfUs where that is so far ahead that every deadline from now on would be wrong.
    """
    if newest is None or not isinstance(clock, SystemClock) or newest <= clock.now():
        return
    ahead = newest - clock.now()
    if ahead > BEARABLE:
        raise AheadOfUs(
            f"the newest event is of {newest.astimezone(CIVIL):%Y-%m-%d %H:%M:%S} (Beijing time), which is still to "
            "come: set the machine's clock if it is slow; if it once ran ahead, wait until then or restore a backup of "
            "before"
        )
    if ahead > UNNOTICED:
        seconds = int(ahead.total_seconds())
        log.error("the machine's clock stands before the newest event: check it", seconds=seconds)
    clock.not_before(newest)
