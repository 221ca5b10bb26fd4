"""「时限怎么算的」: how was a deadline counted, line by line?"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from complaints.dossier import Dossier
from complaints.periods import Due, Step, What
from views import parts
from views.formats import CIVIL, moment
from views.formats import day as day_of
from views.promises import period
from views.screen import Lines, Screen
from views.translator import Translator


def counted(t: Translator, d: Dossier, sums: Mapping[str, Due]) -> Screen:
    """The sum of every clock of the case that runs, or of the last that ran."""
    out = Lines()(parts.title(t, d, t("How the deadline was counted")), parts.about(t, d))
    for stage, due in sums.items():
        out.gap()(t("{stage}: due {due}", stage=t.of(d.pack.stage(stage).name), due=moment(t, due.at)))
        out(*steps(t, due), parts.clause(t, d, stage))
    if not sums:
        out(t("No deadline is running at the moment."))
    return Screen(str(out))


def steps(t: Translator, due: Due) -> Iterator[str]:
    """The lines of a sum; runs of days that count, or don't, share a line."""
    for what, run in groupby(due.steps, key=lambda step: step.what):
        group = list(run)
        if what in (What.COUNTS_DAY, What.SKIPS_DAY):
            yield _days(t, what, group)
        else:
            yield from (_LINES[step.what](t, step.facts) for step in group)


def _days(t: Translator, what: What, group: list[Step]) -> str:
    listed = t(", ").join(_date(t, step.facts["day"]) for step in group)
    if what is What.COUNTS_DAY:
        return t("· counted: {days}", days=listed)
    return t("· not counted (no working days): {days}", days=listed)


def _date(t: Translator, day: date) -> str:
    return day_of(t, datetime.combine(day, time(12), CIVIL))


Line = Callable[[Translator, Any], str]
_LINES: dict[What, Line] = {
    What.FILED: lambda t, f: t("· begins {at}", at=moment(t, f["at"])),
    What.IN_WORKING_TIME: lambda t, f: t("· that is in working time: {period}", period=period(t, f["period"])),
    What.OUTSIDE_WORKING_TIME: lambda t, f: t(
        "· that is outside working time: {period}", period=period(t, f["period"])
    ),
    What.ADDS: lambda t, f: (
        t("· plus {period}: {at}", period=period(t, f["period"]), at=moment(t, f["at"]))
        if "at" in f
        else t("· plus {period}: {day}", period=period(t, f["period"]), day=_date(t, f["day"]))
    ),
    What.FIRST_DAY_NOT_COUNTED: lambda t, f: t("· the first day isn't counted: {day}", day=_date(t, f["day"])),
    What.MONTH_SHORT: lambda t, f: t("· that month ends on {day}", day=_date(t, f["day"])),
    What.ROLLS: lambda t, f: t(
        "· {day} is no working day, so it moves to {to}", day=_date(t, f["day"]), to=_date(t, f["to"])
    ),
    What.CLOSES: lambda t, f: t("· ends at close of business: {at}", at=moment(t, f["at"])),
    What.MIDNIGHT: lambda t, f: t("· ends at midnight: {at}", at=moment(t, f["at"])),
    What.PROVISIONAL: lambda t, f: t("· provisional: next year's holiday notice may move it"),
}
