"""「时限怎么算的」 and `mashang deadline`: how a deadline was counted, line by line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from complaints.case_view import CaseView
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import Stage
from complaints.time.periods import Due, Step, What
from complaints.time.workdays import DayKind
from views.framework import formats, parts
from views.framework.pack_terms import period
from views.framework.screen import Lines, Screen
from views.framework.translator import Translator

FEW = 2  # days that are named one by one; more are named from the first to the last


def counted(t: Translator, view: CaseView, sums: Mapping[str, Due]) -> Screen:
    """The sum of every clock of the case that runs, or of the last that ran."""
    out = Lines()(parts.title(t("How the deadline was counted")), parts.about(t, view))
    for stage, due in sums.items():
        when = _Calendar(t, ZoneInfo(view.pack.timezone), _crosses_years(due, ZoneInfo(view.pack.timezone)))
        out.gap()(t("{stage}: due {due}", stage=t.of(view.pack.stage(stage).name), due=when.moment(due.at)))
        out(*_steps(when, due), parts.clause(t, view, stage))
    if not sums:
        out(t("No deadline is running at the moment."))
    return Screen(str(out))


def explained(t: Translator, pack: Pack, stage: Stage, due: Due) -> str:
    """The sum of a stage by itself, with what it rests on, for the command line."""
    when = _Calendar(t, ZoneInfo(pack.timezone), dated=True, exact=True)
    out = Lines()(t("{stage}: due {due}", stage=t.of(stage.name), due=when.moment(due.at)), *_steps(when, due))
    out("" if due.provisional else t("· certain: no notice can move it any more"))
    if stage.default is not None:
        out(t("An order may say another time; this is what holds without one."))
    out(parts.cited(t, stage.clause))
    return str(out(t("No document gives this length: it is the pack's own.") if stage.clause.ours else ""))


def _crosses_years(due: Due, zone: ZoneInfo) -> bool:
    return due.start.astimezone(zone).year != due.at.astimezone(zone).year


@dataclass(frozen=True)
class _Calendar:
    """How the days of one sum read: where the case is, its ends with the year where they are `dated`."""

    t: Translator
    zone: ZoneInfo
    dated: bool
    exact: bool = False

    def moment(self, at: datetime) -> str:
        """To the second where it is `exact` and doesn't end on a full minute."""
        said = formats.moment(self.t, at, self.zone, dated=self.dated)
        return f"{said}:{at.second:02}" if self.exact and at.second else said

    def day(self, day: date) -> str:
        return formats.day(self.t, datetime.combine(day, time(12), self.zone), self.zone)


def _steps(when: _Calendar, due: Due) -> Iterator[str]:
    """The lines of a sum; runs of days that count, or don't, share a line."""
    for what, run in groupby(due.steps, key=lambda step: step.what):
        group = list(run)
        if what in (What.COUNTS_DAY, What.SKIPS_DAY):
            yield _days(when.t, when, what, group)
        else:
            yield from (_LINES[step.what](when.t, when, step.facts) for step in group)


def _days(t: Translator, when: _Calendar, what: What, group: list[Step]) -> str:
    runs = (_alike(t, when, kind, list(run)) for kind, run in groupby(group, key=lambda step: step.facts["kind"]))
    listed = parts.joined(t(", "), runs)
    if what is What.COUNTS_DAY:
        return t("· counted: {days}", days=listed)
    return t("· not counted (no working days): {days}", days=listed)


def _alike(t: Translator, when: _Calendar, kind: str, run: list[Step]) -> str:
    """Days of one kind in a row."""
    named = [when.day(step.facts["day"]) for step in run]
    days = t(", ").join(named) if len(named) <= FEW else t("{first} to {last}", first=named[0], last=named[-1])
    if kind == DayKind.MAKE_UP:
        return t("{days} (make-up work)", days=days)
    return t("{days} (holiday)", days=days) if kind == DayKind.HOLIDAY else days


Line = Callable[[Translator, _Calendar, Any], str]
_LINES: dict[What, Line] = {
    What.FILED: lambda t, when, f: t("· begins {at}", at=when.moment(f["at"])),
    What.IN_WORKING_TIME: lambda t, when, f: t("· that is in working time: {period}", period=period(t, f["period"])),
    What.OUTSIDE_WORKING_TIME: lambda t, when, f: t(
        "· that is outside working time: {period}", period=period(t, f["period"])
    ),
    What.ADDS: lambda t, when, f: (
        t("· plus {period}: {at}", period=period(t, f["period"]), at=when.moment(f["at"]))
        if "at" in f
        else t("· plus {period}: {day}", period=period(t, f["period"]), day=when.day(f["day"]))
    ),
    What.FIRST_DAY_NOT_COUNTED: lambda t, when, f: t("· the first day isn't counted: {day}", day=when.day(f["day"])),
    What.MONTH_SHORT: lambda t, when, f: t("· that month ends on {day}", day=when.day(f["day"])),
    What.ROLLS: lambda t, when, f: t(
        "· {day} is no working day, so it moves to {to} (following article 203 of the Civil Code)",
        day=when.day(f["day"]),
        to=when.day(f["to"]),
    ),
    What.CLOSES: lambda t, when, f: t("· ends at close of business: {at}", at=when.moment(f["at"])),
    What.MIDNIGHT: lambda t, when, f: t("· ends at midnight: {at}", at=when.moment(f["at"])),
    What.KEPT: lambda t, when, f: t("· stays as it was told: {at}", at=when.moment(f["at"])),
    What.PROVISIONAL: lambda t, when, f: t("· provisional: the holiday notice for {year} may move it", year=f["year"]),
}
