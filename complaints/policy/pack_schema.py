"""The schema of a pack's stages: what starts and meets them, who is responsible, who is notified."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, get_type_hints

from pydantic import Field, model_validator

from complaints.model.clock import HasClocks
from complaints.model.events import COMPANY_EVENTS, Answered, Contacted, StreetContacted
from complaints.model.events import EVENTS as CASE_EVENTS
from complaints.model.roles import RecipientRole as RecipientRole
from complaints.model.roles import Responsible as Responsible
from complaints.policy.clauses import OURS as OURS
from complaints.policy.clauses import Clause as Clause
from complaints.policy.clauses import Holds as Holds
from complaints.policy.data_files import Entry, Id, Length, Text, Wait
from complaints.time.periods import Period, Windows

EVENTS = {**CASE_EVENTS, **COMPANY_EVENTS}


class Trigger(Entry):
    """An event, and the facts that it must carry: `{ event = "Filed", danger = true }`, or just `"Filed"`."""

    event: str
    where: Mapping[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        if isinstance(value, str):
            return {"event": value}
        if not isinstance(value, dict):
            raise ValueError(f"must be an event, not {value!r}")
        if isinstance(value.get("where"), Mapping):
            return value
        where = {key: wanted for key, wanted in value.items() if key != "event"}
        return {key: value[key] for key in value if key == "event"} | {"where": where}

    @model_validator(mode="after")
    def _can_happen(self) -> "Trigger":
        if self.event not in EVENTS:
            raise ValueError(f'"{self.event}" is no event; there are {", ".join(sorted(EVENTS))}')
        facts = get_type_hints(EVENTS[self.event])
        for key, wanted in self.where.items():
            if key not in facts:
                raise ValueError(f'{self.event} has no "{key}"; it has {", ".join(facts) or "no facts"}')
            _fits(f"{self.event}'s {key}", facts[key], wanted)
        return self


def _fits(what: str, kind: object, wanted: object) -> None:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if wanted not in list(kind):
            raise ValueError(f"{what} is one of {', '.join(kind)}, not {wanted!r}")
    elif kind in (bool, str, int) and type(wanted) is not kind:
        raise ValueError(f"{what} is never {wanted!r}")


class Nudge(Entry):
    """A reminder at a fraction of the period, or some time after its start."""

    at: float | None = Field(default=None, gt=0, lt=1, strict=True)
    after: Wait | None = None
    tell: tuple[RecipientRole, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _at_one_point(self) -> "Nudge":
        if (self.at is None) == (self.after is None):
            raise ValueError('needs one of "at" and "after"')
        return self


class Expiry(Entry):
    """What happens at the due time, or as a warning some time `after` the start.

    `again` are told as well when the same stage expires once more in a case (成住建发〔2023〕62号 三(二)). `clause` is
    what the document says of the expiry itself, `again_clause` of the second one; the stage's is only of its length.
    """

    after: Wait | None = None
    tell: tuple[RecipientRole, ...] = ()
    again: tuple[RecipientRole, ...] = ()
    handler: Literal["company"] | None = None
    closes: bool = False
    clause: Clause | None = None
    again_clause: Clause | None = None

    def rests_on(self, *, again: bool) -> Clause | None:
        """What the document says of it, the first or a second time; None where it says only how long the stage is."""
        return (self.again_clause if again else None) or self.clause


class CountsIn(StrEnum):
    """Where the clock of a stage counts beside others; every notice of the stage itself names it in any case."""

    CARD = "card"  # the one deadline of a case that cards and notices name
    RECEIPT = "receipt"  # what a resident waits for
    SUM = "sum"  # 时限怎么算的
    TODO = "todo"  # the time left, by which /todo is sorted


# What a stage counts in where its pack doesn't say so: packs of earlier versions were told apart by these ids.
UNSAID: dict[str, frozenset[CountsIn]] = {
    "urgent": frozenset({CountsIn.TODO}),
    "classify": frozenset({CountsIn.CARD, CountsIn.SUM, CountsIn.TODO}),
    "supervise": frozenset({CountsIn.CARD, CountsIn.RECEIPT}),
    "comply": frozenset({CountsIn.RECEIPT, CountsIn.SUM, CountsIn.TODO}),
    "survey": frozenset({CountsIn.CARD}),
}


def _counts_in(stage: Mapping[str, Any]) -> frozenset[CountsIn]:
    return UNSAID.get(stage.get("id", ""), frozenset(CountsIn))


class Stage(Entry):
    """A promise with a clock: `starts` begin it, `met_by` is what it stands for, `void_by` leaves nothing to do of it.

    `anchor`: a start after that stage was due is counted from when it was due; `since`: every start is counted from
    when that stage started. `dated_by`: events whose date takes the period's place, while it is owed. `again`: it
    starts anew in the same round, once what it stood for was done; `renewed_by`: those of its starts that begin it anew
    even before. `danger`: only for cases that are dangerous, or only for those that aren't. `instead_of`: stages of the
    latter, whose place it takes where danger is said later, until that is taken back. `extension`: by how much
    its handler may lengthen it, once. `outlives`: it goes on when the case is closed or opened again. `alarm`: whoever
    was told of the danger is told when it is met. `counts_in`: the places in which its clock counts beside others.
    `task`: what its debtor must do, as residents read it in place of the name: "the bureau must {task} by …".
    """

    id: Id
    name: Text
    task: Text | None = None
    owner: Responsible
    starts: tuple[Trigger, ...] = Field(min_length=1)
    met_by: tuple[Trigger, ...] = Field(min_length=1)
    void_by: tuple[Trigger, ...] = ()
    period: Length
    default: Wait | None = None
    anchor: str | None = None
    since: str | None = None
    dated_by: tuple[Trigger, ...] = ()
    again: bool = False
    renewed_by: tuple[str, ...] = ()
    danger: bool | None = None
    instead_of: tuple[str, ...] = ()
    extension: Wait | None = None
    outlives: bool = False
    alarm: bool = False
    counts_in: frozenset[CountsIn] = Field(default_factory=_counts_in)
    nudges: tuple[Nudge, ...] = ()
    expiries: tuple[Expiry, ...]
    clause: Clause

    @property
    def last_expiry(self) -> Expiry:
        """What happens at its due time, after all that comes before it."""
        return next(expiry for expiry in self.expiries if expiry.after is None)

    def rests_on(self, case: HasClocks) -> Clause:
        """What its newest clock in the case rests on: a length that the document gives once is ours afterwards."""
        mine = [clock for clock in case.clocks if clock.stage == self.id]
        if not mine or self.clause.holds is Holds.ALWAYS:
            return self.clause
        if self.clause.holds is Holds.FIRST_ROUND:
            return self.clause if mine[-1].round == 1 else OURS
        return self.clause if mine[-1].started == mine[0].started else OURS

    def expiry_rests_on(self, case: HasClocks, point: str, *, again: bool) -> Clause:
        """What an expiry is told with: what the document says of it, or the length that ran out."""
        expiry = self.expiries[int(point.removeprefix("expiry")) - 1]
        return expiry.rests_on(again=again) or self.rests_on(case)

    @property
    def by_days(self) -> bool:
        """Counted in days, so that its nudges keep to considerate hours."""
        length = self.default or self.period
        if isinstance(length, Windows):
            return length.working.by_days
        return not isinstance(length, Period) or length.by_days

    @property
    def of_danger(self) -> bool:
        """Its clock runs because somebody is in danger."""
        return any(trigger.where.get("danger") is True for trigger in self.starts)

    @property
    def of_answer(self) -> bool:
        """An answer is what it waits for; an alarm waits for a sign of life."""
        return not self.alarm and any(trigger.event == Answered.name for trigger in self.met_by)

    @property
    def of_contact(self) -> bool:
        """That somebody gets in touch with the residents is what it waits for."""
        return not self.alarm and any(t.event in (Contacted.name, StreetContacted.name) for t in self.met_by)

    @property
    def of_sort(self) -> str | None:
        """The disposition whose problems it is the time of, where a disposition starts it."""
        sorts = (t.where["disposition"] for t in self.starts if "disposition" in t.where)
        return next(sorts, None)

    @property
    def of_company(self) -> bool:
        """Its clock runs for a company, not for a case."""
        return any(trigger.event in COMPANY_EVENTS for trigger in self.starts)

    @model_validator(mode="after")
    def _holds(self) -> "Stage":
        if (self.default is not None) != (self.period == "ordered"):
            raise ValueError('"default" belongs to the period "ordered", and to no other')
        if all(expiry.after is not None for expiry in self.expiries):
            raise ValueError("no expiry says what happens at the due time")
        if self.anchor and self.since:
            raise ValueError('counts from one stage: "anchor" or "since"')
        return self

    @model_validator(mode="after")
    def _once_each(self) -> "Stage":
        for points in (self.nudges, self.expiries):
            whens = [(getattr(point, "at", None), point.after) for point in points]
            if len(set(whens)) != len(whens):
                raise ValueError("two nudges or two expiries fall on one point")
        return self

    @model_validator(mode="after")
    def _is_renewed(self) -> "Stage":
        for event in self.renewed_by:
            if event not in {trigger.event for trigger in self.starts}:
                raise ValueError(f'"renewed_by" names {event}, which doesn\'t start it')
        return self

    @model_validator(mode="after")
    def _hears_danger_later(self) -> "Stage":
        if self.of_danger and "DangerRaised" not in {trigger.event for trigger in self.starts}:
            raise ValueError('starts with a danger that is filed, and not with "DangerRaised", which is said later')
        return self

    @model_validator(mode="after")
    def _replaces_in_danger(self) -> "Stage":
        if self.instead_of and not self.danger:
            raise ValueError('"instead_of" belongs to a stage with "danger = true"')
        return self

    @model_validator(mode="after")
    def _is_dated(self) -> "Stage":
        dated = (*self.dated_by, *(self.starts if isinstance(self.period, str) else ()))
        if any("until" not in get_type_hints(EVENTS[t.event]) for t in dated):
            what = "dated_by" if self.dated_by else self.period
            raise ValueError(f'"{what}" needs a start that brings a date')
        return self
