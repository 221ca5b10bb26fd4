"""A unit of work in memory that answers to `complaints.usecases.ports.Work`, with the shipped packs as its rules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from complaints.errors import NotServed
from complaints.lifecycle.timer_points import Timer
from complaints.model.complaint import OPEN, Complaint
from complaints.model.enums import Outage
from complaints.model.events import Event
from complaints.model.people import File, Household, Place, Project, Statement
from complaints.notifications.notices import Notice
from complaints.policy.catalogue import load_catalogue
from complaints.policy.pack import Pack, load_packs
from complaints.time.workdays import Workdays
from complaints.usecases.ports import DueTimer, Rules, Work


@cache
def shipped_rules() -> Rules:
    return Rules(packs=load_packs(), catalogue=load_catalogue(), workdays=Workdays())


@dataclass(frozen=True, kw_only=True)
class RecordedEvent:
    """An event of the ledger."""

    complaint: int
    seq: int
    event: Event
    actor: int | None
    at: datetime


@dataclass(kw_only=True)
class StoredTimer:
    """A timer, and whether it still waits, was done or fell away."""

    id: int
    complaint: int
    stage: str
    clock: int
    point: str
    due_at: datetime
    state: str = "waiting"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice handed over to be sent: of which event, with which words, and the case in which its reader is found."""

    complaint: Complaint
    notice: Notice
    seq: int
    words: int | None


@dataclass
class FakeWork:
    """Everything is written at once; `ledger` and `told` are lists that tests read, the oldest first."""

    now: datetime
    rules: Rules = field(default_factory=shipped_rules)
    places: dict[str, Place] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    packs_of: dict[str, str] = field(default_factory=dict)  # pack by district
    complaints: dict[int, Complaint] = field(default_factory=dict)
    statements: dict[int, Statement] = field(default_factory=dict)
    everyone: dict[int, Household] = field(default_factory=dict)
    since: dict[int, datetime] = field(default_factory=dict)  # when a household came to its case
    timers: list[StoredTimer] = field(default_factory=list)
    ledger: list[RecordedEvent] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    out: list[Outage] = field(default_factory=list)
    last_id: int = 1000

    def new_id(self) -> int:
        self.last_id += 1
        return self.last_id

    # --- cases --------------------------------------------------------------------------------------------------

    async def complaint(self, complaint_id: int) -> Complaint | None:
        return self.complaints.get(complaint_id)

    def add(self, complaint: Complaint) -> None:
        if complaint.id in self.complaints:
            raise AssertionError(f"case {complaint.id} is there already")
        self.complaints[complaint.id] = complaint

    def put(self, complaint: Complaint) -> None:
        if complaint.id not in self.complaints:
            raise AssertionError(f"case {complaint.id} was never added")
        self.complaints[complaint.id] = complaint

    async def append(self, complaint: Complaint, event: Event, actor: int | None, at: datetime) -> int:
        seq = sum(entry.complaint == complaint.id for entry in self.ledger) + 1
        self.ledger.append(RecordedEvent(complaint=complaint.id, seq=seq, event=event, actor=actor, at=at))
        return seq

    async def event(self, complaint_id: int, seq: int) -> Event:
        return next(r.event for r in self.ledger if (r.complaint, r.seq) == (complaint_id, seq))

    async def last_number(self, prefix: str) -> str | None:
        numbers = [c.number for c in self.complaints.values() if c.number.startswith(prefix)]
        return max(numbers, key=lambda number: (len(number), number), default=None)

    async def alike(self, project: str, matter: str, since: datetime) -> list[Complaint]:
        found = (c for c in self.complaints.values() if (c.place.project, c.matter) == (project, matter))
        recent = (c for c in found if c.filed_at >= since and c.state in OPEN)
        return sorted(recent, key=lambda c: c.filed_at, reverse=True)

    # --- places -------------------------------------------------------------------------------------------------

    async def project(self, code: str) -> Project | None:
        return self.projects.get(code)

    async def place(self, project: str) -> Place | None:
        return self.places.get(project)

    async def pack_of(self, district: str) -> Pack:
        if district not in self.packs_of:
            raise NotServed
        return self.rules.packs[self.packs_of[district]]

    # --- words and households -----------------------------------------------------------------------------------

    def keep(self, complaint_id: int, text: str, media: Iterable[File], person: int | None) -> int:
        said = self.new_id()
        self.statements[said] = Statement(id=said, text=text, media=tuple(media), person=person, said_at=self.now)
        return said

    async def said(self, statement: int | None) -> Statement | None:
        return None if statement is None else self.statements.get(statement)

    def add_household(self, household: Household) -> None:
        self.everyone[household.id] = household
        self.since[household.id] = self.now

    def put_household(self, household: Household) -> None:
        if household.id not in self.everyone:
            raise AssertionError(f"household {household.id} was never added")
        self.everyone[household.id] = household

    async def households(self, complaint_id: int) -> list[Household]:
        return [h for h in self.everyone.values() if h.complaint == complaint_id]

    async def filed_since(self, person: int, begin: datetime) -> int:
        return sum(h.person == person and self.since[h.id] >= begin for h in self.everyone.values())

    # --- timers -------------------------------------------------------------------------------------------------

    def _timer(self, complaint: int, timer: Timer) -> StoredTimer | None:
        wanted = (complaint, timer.clock, timer.point)
        return next((t for t in self.timers if (t.complaint, t.clock, t.point) == wanted), None)

    def start_timers(self, complaint_id: int, timers: Iterable[Timer]) -> None:
        for timer in timers:
            if self._timer(complaint_id, timer) is not None:
                raise AssertionError(f"the clock {timer.clock} has a timer {timer.point} already")
            self.timers.append(
                StoredTimer(
                    id=self.new_id(),
                    complaint=complaint_id,
                    stage=timer.stage,
                    clock=timer.clock,
                    point=timer.point,
                    due_at=timer.due_at,
                )
            )

    def stop_timers(self, complaint_id: int, clock: int) -> None:
        for timer in self.timers:
            if (timer.complaint, timer.clock) == (complaint_id, clock):
                timer.state = "void" if timer.state == "waiting" else timer.state

    def move_timers(self, complaint_id: int, clock: int, timers: Iterable[Timer]) -> None:
        self.stop_timers(complaint_id, clock)
        for timer in timers:
            known = self._timer(complaint_id, timer)
            if known is None:
                self.start_timers(complaint_id, [timer])
            elif known.state == "void" or timer.point.startswith("expiry"):
                known.due_at, known.state = timer.due_at, "waiting"

    async def due_timers(self, complaint_id: int, before: datetime) -> list[StoredTimer]:
        waiting = [t for t in self.timers if t.complaint == complaint_id and t.state == "waiting"]
        return sorted((t for t in waiting if t.due_at <= before), key=lambda t: (t.due_at, t.id))

    def finish_timer(self, timer: DueTimer) -> None:
        wanted = (timer.complaint, timer.clock, timer.point)
        found = next(t for t in self.timers if (t.complaint, t.clock, t.point) == wanted)
        if found.state != "waiting":
            raise AssertionError(f"timer {found.id} is {found.state} already")
        found.state = "done"

    async def outages(self, begin: datetime, end: datetime) -> list[Outage]:
        return list(self.out)

    # --- notices ------------------------------------------------------------------------------------------------

    async def tell(
        self, notices: Iterable[tuple[Complaint, Notice]], seq: int, words: int | None, by: int | None = None
    ) -> None:
        self.told += [Told(complaint=case, notice=notice, seq=seq, words=words) for case, notice in notices]


PORT: type[Work] = FakeWork  # mypy holds the fake to the port
