"""The deadline of a stage from a given instant, without a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from complaints.policy.data_files import DataError
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import Stage
from complaints.time import periods
from complaints.time.workdays import FIRST_YEAR, LAST_YEAR, Workdays


class Unanswerable(DataError):
    """One sentence on what is wrong with the question, or why it has no answer."""


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The answer, with the pack and stage that it is by; `asked` is the instant as it was written."""

    pack: Pack
    stage: Stage
    asked: str
    due: periods.Due

    def as_json(self) -> dict[str, Any]:
        """Instants are written where the case is: 2027-01-05T18:00:00+08:00."""
        zone = ZoneInfo(self.pack.timezone)
        return {
            "pack": self.pack.id,
            "stage": self.stage.id,
            "from": self.asked,
            "due": self.due.at.astimezone(zone).isoformat(),
            "window": self.due.window,
            "clause": self.stage.clause.written,
            "provisional": self.due.provisional,
            "steps": [{"what": step.what, **_written(step.facts, zone)} for step in self.due.steps],
        }


def _written(facts: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    written = dict(facts)
    for key, value in facts.items():
        if isinstance(value, datetime):
            written[key] = value.astimezone(zone).isoformat()
        elif isinstance(value, date):
            written[key] = value.isoformat()
    return written


def deadline(packs: Mapping[str, Pack], workdays: Workdays, pack_id: str, stage_id: str, asked: str) -> Deadline:
    """Counted from the instant alone; Unanswerable where the question is wrong or the stage has no length.

    A stage until a date that people agree on has none; one until a date that an order sets is counted by the length
    that holds where the order says none.
    """
    if (pack := packs.get(pack_id)) is None:
        raise Unanswerable(f'there is no policy pack "{pack_id}"; there are {", ".join(sorted(packs))}')
    stage = next((stage for stage in pack.stages if stage.id == stage_id), None)
    if stage is None:
        has = ", ".join(stage.id for stage in pack.stages)
        raise Unanswerable(f'the pack {pack.id} has no stage "{stage_id}"; it has {has}')
    start = _instant(asked)
    length = stage.default or stage.period
    if isinstance(length, str):
        raise Unanswerable(f"{stage.id} of {pack.id} ends on the date that people agree on: there is nothing to count")
    return Deadline(pack=pack, stage=stage, asked=asked, due=periods.due(start, length, pack.hours(workdays)))


def _instant(written: str) -> datetime:
    try:
        found = datetime.fromisoformat(written.strip().upper())  # RFC 3339 takes t and z as well
    except ValueError:
        raise Unanswerable(f'"{written}" is no instant: write it like 2026-12-31T10:00:00+08:00') from None
    if found.tzinfo is None:
        raise Unanswerable(f'"{written}" says no time zone: write it like 2026-12-31T10:00:00+08:00')
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unanswerable(f'"{written}" is beyond the calendar, which reaches from {FIRST_YEAR} to {LAST_YEAR}')
    return found
