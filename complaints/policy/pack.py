"""Policy packs: one file of stages binds a district, each stage with its clause."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator

from complaints.model.clock import Clock
from complaints.model.complaint import CaseOwner, Complaint
from complaints.model.events import Disposition
from complaints.policy.clauses import OURS
from complaints.policy.clauses import Clause as Clause
from complaints.policy.data_files import Count, DataError, Entry, Id, Span, Text, Wait, Words, read_entry, unreadable
from complaints.policy.handover import Handover, Verdict, checked
from complaints.policy.pack_metrics import AlertRule, Demand, FollowUp, Listing, LookBack, Measure
from complaints.policy.pack_metrics import SignOff as SignOff
from complaints.policy.pack_schema import CountsIn as CountsIn
from complaints.policy.pack_schema import Expiry as Expiry
from complaints.policy.pack_schema import Nudge as Nudge
from complaints.policy.pack_schema import RecipientRole as RecipientRole
from complaints.policy.pack_schema import Responsible as Responsible
from complaints.policy.pack_schema import Stage as Stage
from complaints.policy.pack_schema import Trigger as Trigger
from complaints.policy.retention_periods import Retention
from complaints.time.periods import Period, WorkingTime
from complaints.time.workdays import Workdays

W = TypeVar("W", Stage, AlertRule, Measure, Listing, FollowUp, LookBack, SignOff, Demand)
CATALOGUE = "catalogue.toml"  # lives beside the packs and is none


class PackError(DataError):
    """A pack can't be used: one sentence with file, key and reason."""


class Pack(Entry):
    """All that binds one district. Hours are of the pack's time zone.

    `overdue_every`: how often whoever owes what has expired is reminded of it. An expiry blames nobody where an outage
    of ours took more of its window than `outage_least` and than `outage_share` of it. `handover`: what becomes of each
    clock when an event gives the case to somebody else. `street_copy`: the street reads along in every case, or in
    those of `street_matters`. `order_within`: what the bureau accepts it orders the company to do within so long.
    `repair_line` is whom residents call for a paid repair of what is their own.
    """

    id: Id
    name: Text
    document: Text
    timezone: str
    working_time: tuple[Span, ...] = Field(min_length=1)
    considerate_hours: Span
    silent_hours: Span
    alike_days: Count = 30
    overdue_every: Wait = Period.parse("7d")
    outage_share: float = Field(default=0.02, ge=0, lt=1)
    outage_least: Wait = Period.parse("1min")
    dispositions: tuple[Disposition, ...] = tuple(Disposition)
    first_handler: Literal["manager", "bureau"] = "manager"
    tell_danger: tuple[RecipientRole, ...] = ()
    street_copy: bool = False
    street_matters: tuple[Id, ...] = ()
    order_within: Wait | None = None
    repair_line: Words | None = None
    stages: tuple[Stage, ...] = Field(min_length=1)
    handover: Mapping[str, Handover] = Field(default={}, validate_default=True)
    patterns: tuple[AlertRule, ...] = ()
    rates: tuple[Measure, ...] = ()
    lists: tuple[Listing, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    demands: tuple[Demand, ...] = ()
    look_back: LookBack | None = None
    sign_off: SignOff | None = None
    retention: Retention = Retention()

    def stage(self, stage_id: str) -> Stage:
        """KeyError for a stage that the pack hasn't."""
        return {stage.id: stage for stage in self.stages}[stage_id]

    def handed_over(self, event: str, stage_id: str) -> Verdict:
        """What becomes of a clock of that stage when the event gives the case to somebody else."""
        return dict(self.handover[event].verdicts()).get(stage_id, Verdict.VOID)

    def demand(self, demand_id: str) -> Clause:
        """The clause of what the document demands; ours where it doesn't."""
        return next((demand.clause for demand in self.demands if demand.id == demand_id), OURS)

    @property
    def clauses(self) -> Iterator[tuple[str, Clause]]:
        """Every clause of the pack by the entry that it belongs to: what people can be told."""
        for stage in self.stages:
            yield stage.id, stage.clause
            for expiry in stage.expiries:
                if expiry.clause is not None:
                    yield f"{stage.id}.expiry", expiry.clause
                if expiry.again_clause is not None:
                    yield f"{stage.id}.again", expiry.again_clause
        for entry in (*self.patterns, *self.rates, *self.lists, *self.follow_ups, *self.demands):
            yield entry.id, entry.clause
        for one in filter(None, (self.look_back, self.sign_off)):
            yield one.id, one.clause

    def leaves_to_company(self, case: Complaint) -> bool:
        """The bureau has the case and urges the company (《物业服务企业投诉举报处理流程》 二(一) 督促办理)."""
        return self.order_within is not None and case.handler is CaseOwner.BUREAU and "Raised" not in case.acts

    def shows_street(self, matter: str) -> bool:
        """Whether the street reads along from the start."""
        return self.street_copy or matter in self.street_matters

    def has(self, stage_id: str) -> bool:
        return any(stage.id == stage_id for stage in self.stages)

    def counting(self, clocks: Iterable[Clock], where: CountsIn) -> list[Clock]:
        """Those of the clocks that count there, the one due first at the front."""
        return sorted((c for c in clocks if where in self.stage(c.stage).counts_in), key=lambda c: c.due)

    def pattern(self, pattern_id: str) -> AlertRule:
        """KeyError for a pattern that the pack doesn't watch."""
        return {pattern.id: pattern for pattern in self.patterns}[pattern_id]

    @property
    def hands_over(self) -> bool:
        """Whether an expiry makes the company's head the handler (成住建发〔2023〕62号 附件3 注意事项)."""
        return any(expiry.handler is not None for stage in self.stages for expiry in stage.expiries)

    def hours(self, workdays: Workdays) -> WorkingTime:
        return WorkingTime(self.working_time, ZoneInfo(self.timezone), workdays)

    @field_validator("timezone")
    @classmethod
    def _on_earth(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f'"{value}" is no time zone') from None
        return value

    @field_validator("working_time")
    @classmethod
    def _one_day(cls, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        moments = [moment for span in spans for moment in span]
        if any(later <= earlier for earlier, later in pairwise(moments)):
            raise ValueError("spans must follow one another within one day")
        return spans

    @field_validator("handover")
    @classmethod
    def _hands_over_everything(cls, value: Mapping[str, Handover], info: ValidationInfo) -> Mapping[str, Handover]:
        if "stages" in info.data:
            checked(value, info.data["stages"])
        return value

    @field_validator("patterns", "rates", "lists", "follow_ups", "demands")
    @classmethod
    def _called_once(cls, entries: tuple[W, ...], info: ValidationInfo) -> tuple[W, ...]:
        ids = [entry.id for entry in entries]
        for name in ids:
            if ids.count(name) > 1:
                raise ValueError(f'two entries are called "{name}"')
        return tuple(_cited(entry, info) for entry in entries)

    @field_validator("look_back", "sign_off")
    @classmethod
    def _with_document(cls, entry: W | None, info: ValidationInfo) -> W | None:
        return None if entry is None else _cited(entry, info)

    @field_validator("stages")
    @classmethod
    def _fit_together(cls, stages: tuple[Stage, ...], info: ValidationInfo) -> tuple[Stage, ...]:
        """Clauses get the document's name here, where both are known."""
        ids = [stage.id for stage in stages]
        for stage in stages:
            if ids.count(stage.id) > 1:
                raise ValueError(f'two stages are called "{stage.id}"')
            for other in filter(None, (stage.anchor, stage.since, *stage.instead_of, *_named(stage))):
                if other not in ids:
                    raise ValueError(f'"{stage.id}" speaks of the unknown stage "{other}"')
        _refuse_circles(stages)
        return tuple(_cited(stage, info) for stage in stages)


def _cited(entry: W, info: ValidationInfo) -> W:
    """The entry, its clause with the name of the document that it stands in."""
    document = info.data.get("document")
    if document is None:
        return entry
    changed: dict[str, object] = {"clause": _of(entry.clause, document.zh)}
    if isinstance(entry, Stage):
        changed["expiries"] = tuple(_cited_expiry(expiry, document.zh) for expiry in entry.expiries)
    return entry.model_copy(update=changed)


def _cited_expiry(expiry: Expiry, document: str) -> Expiry:
    found = {"clause": expiry.clause, "again_clause": expiry.again_clause}
    return expiry.model_copy(update={name: _of(clause, document) for name, clause in found.items() if clause})


def _of(clause: Clause, document: str) -> Clause:
    return clause.model_copy(update={"document": document})


def _named(stage: Stage) -> Iterator[str]:
    for trigger in (*stage.starts, *stage.met_by, *stage.void_by, *stage.dated_by):
        if "stage" in trigger.where:
            yield trigger.where["stage"]
        elif trigger.event == "Expired":
            raise ValueError(f'"{stage.id}" doesn\'t say which stage has to expire')


def _refuse_circles(stages: tuple[Stage, ...]) -> None:
    expiries = {s.id: [t.where["stage"] for t in s.starts if t.event == "Expired"] for s in stages}
    _refuse_circle(expiries, "stages start each other for ever by expiring")
    _refuse_circle(
        {s.id: [s.anchor or s.since or ""] for s in stages if s.anchor or s.since}, "stages are counted from each other"
    )


def _refuse_circle(before: Mapping[str, list[str]], what: str) -> None:
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise ValueError(f"{what}: {circle}") from None


def read_pack(file: Traversable | Path) -> Pack:
    """The pack of one file; else PackError."""
    return read_entry(Pack, file, PackError)


def load_packs(extra: Path | None = None) -> Mapping[str, Pack]:
    """The packs by id: those shipped, each replaced by one of its id in the extra folder; else PackError."""
    packs = _folder(files("complaints") / "packs")
    return packs if extra is None else packs | _folder(extra)


def assert_kept(packs: Mapping[str, Pack], promised: Iterable[tuple[str, str | None]]) -> None:
    """A case keeps the pack that it was filed under: PackError where living cases go by what isn't there any more."""
    for pack, stage in sorted(promised, key=str):
        if pack not in packs:
            raise PackError(f'open cases were filed under the pack "{pack}": put it back into MASHANG_PACKS')
        if stage is not None and stage not in {s.id for s in packs[pack].stages}:
            raise PackError(f'{pack}: open cases wait for its stage "{stage}": put that back into the pack')


def _folder(folder: Traversable | Path) -> dict[str, Pack]:
    try:
        found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda file: file.name)
    except OSError as error:
        raise unreadable(folder, error, PackError) from error
    packs: dict[str, Pack] = {}
    origin: dict[str, str] = {}
    for file in found:
        if file.name == CATALOGUE:
            continue
        pack = read_pack(file)
        if pack.id in packs:
            raise PackError(f'{file.name}: id: "{pack.id}" is the id of {origin[pack.id]} too')
        packs[pack.id], origin[pack.id] = pack, file.name
    return packs
