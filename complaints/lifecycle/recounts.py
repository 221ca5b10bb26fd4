"""Clocks whose due time moves: by a notice of working days, or by an outage of ours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from complaints.model import events as e
from complaints.model.clock import Clock, HasClocks
from complaints.policy.pack import Pack
from complaints.time import periods
from complaints.time.workdays import WorkingTime


def recounts(case: HasClocks, pack: Pack, hours: WorkingTime, now: datetime) -> Iterator[e.Recount]:
    """The provisional clocks that read otherwise by the calendar of today, each from its start.

    A due time that has passed already stays what people were told: nobody can be late by a later notice (ours).
    """
    for clock in case.running:
        length = pack.stage(clock.stage).period
        if not clock.provisional or isinstance(length, str) or clock.due <= now:
            continue
        found = periods.due(clock.started, length, hours)
        passed = found.at <= now
        count = e.Recount(
            stage=clock.stage,
            round=clock.round,
            clock=clock.id,
            was=clock.due,
            due=clock.due if passed else found.at,
            window=clock.window if passed else found.window,
            provisional=found.provisional,
        )
        if count.moved or not count.provisional:
            yield count


def counted_anew(case: HasClocks, event: e.Recomputed) -> Iterator[Clock]:
    """The running clocks of the case with the due times of the event."""
    for count in event.counts:
        clock = case.clock_of(count.clock) or next(
            (c for c in case.running if (c.stage, c.round) == (count.stage, count.round)), None
        )
        if clock is not None and clock.is_running:
            yield replace(clock, due=count.due, window=count.window, provisional=count.provisional)


def given_back(clock: Clock, event: e.Expired) -> Clock:
    """The clock with the time that an outage of ours took."""
    return replace(clock, due=event.until or clock.due, promised=clock.promised_due)
