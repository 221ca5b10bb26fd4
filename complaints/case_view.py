"""The case view: all that a view needs of one case, for one recipient, at one instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from complaints.model.complaint import Clock, Complaint
from complaints.model.events import Event
from complaints.model.party import Party
from complaints.model.people import Appointment, Company, District, Household, Office, Project, Statement
from complaints.model.roles import RecipientRole, Responsible
from complaints.policy.catalogue import Matter
from complaints.policy.data_files import Text
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import CountsIn, Stage
from complaints.told import Reach, Signer, Told

Happened = TypeVar("Happened", bound=Event)


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """`event` is the one that a notice is about (None for a live card); `names` are staff by person id.

    `departments` are the twelve by their id, `office` is that of the department that the event names, where known.
    `household` is the recipient's, `speaker` the one that the event is about.
    `told` were told of the event, or of what has just been done; `actor` has done it, and `signers` is how people sign.
    `company_reach` says who of the company can be told, where somebody reads instead; `recipient` is as which role.
    `out_of_reach`: of those whom the pack tells at the end of an alarm, or of what a reminder is about, whom nobody can
    tell today.
    `history` is the course of the case, where it is asked for: when what happened, by whom.
    `reader_acts`: whether the recipient's buttons would do anything; `may_call`: whether any household allows calls.
    """

    case: Complaint
    pack: Pack
    matter: Matter
    project: Project
    company: Company
    district: District
    now: datetime
    department_label: Text
    departments: Mapping[str, Text] = field(default_factory=dict)
    office: Office | None = None
    event: Event | None = None
    at: datetime | None = None
    words: Mapping[int, Statement] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    manager: Appointment | None = None
    head: Appointment | None = None
    first: Household | None = None
    household: Household | None = None
    speaker: Household | None = None
    told: tuple[Told, ...] = ()
    signers: Mapping[int, Signer] = field(default_factory=dict)
    company_reach: tuple[Reach, ...] = ()
    out_of_reach: frozenset[RecipientRole] = frozenset()
    actor: int | None = None
    recipient: RecipientRole | None = None
    history: tuple[tuple[datetime, Event, int | None], ...] = ()
    instead_of: str | None = None
    overdue_this_quarter: int = 0
    reader_is_head: bool = False
    reader_acts: bool = False
    reader_is_company: bool = False
    may_call: bool = False

    def of(self, kind: type[Happened]) -> Happened:
        """The event that the notice is about, which must be of this kind."""
        if not isinstance(self.event, kind):
            raise TypeError(f"this notice speaks of {kind.__name__}, not of {type(self.event).__name__}")
        return self.event

    def said(self, words: int | None) -> str:
        """The words of a statement, empty where they were erased or were only files."""
        found = self.words.get(words) if words is not None else None
        return found.text if found else ""

    @property
    def event_words(self) -> str:
        return self.said(self.event.statement) if self.event else ""

    def stage(self, clock: Clock) -> Stage:
        return self.pack.stage(clock.stage)

    @property
    def answer_was_due(self) -> bool:
        """Whether a clock of this round waited for an answer, and one has stopped it."""
        met = (c for c in self.case.clocks if c.round == self.case.round and c.state == "met")
        return any(self.stage(c).of_answer for c in met)

    def awaits_sorting(self, clock: Clock) -> bool:
        """Whether the length of the clock is that of one sort of problem, while nobody has said of which sort it is."""
        return self.case.disposition is None and self.stage(clock).of_sort is not None

    @property
    def main_clock(self) -> Clock | None:
        """The running clock of whoever has the case in hand, the one due first; failing that, another party's."""
        return next(iter(self.in_hand or self.pack.counting(self.case.running, CountsIn.CARD)), None)

    @property
    def in_hand(self) -> list[Clock]:
        """The running clocks of whoever has the case in hand, the one due first at the front."""
        return [c for c in self.pack.counting(self.case.running, CountsIn.CARD) if self.holds(c.debtor)]

    @property
    def alarm(self) -> Clock | None:
        """The clock of a danger that nobody has confirmed yet."""
        owed = (c for c in reversed(self.case.all_owed) if self.stage(c).alarm)
        return next(owed, None) if self.case.is_open else None

    @property
    def alarm_confirmed(self) -> bool:
        """Whether the last alarm of this round of an open, dangerous case was answered by somebody."""
        of_round = (c for c in reversed(self.case.clocks) if c.round == self.case.round)
        last = next((c for c in of_round if self.stage(c).alarm), None)
        return self.case.danger and self.case.is_open and last is not None and "met" in (last.state, last.settled)

    def holds(self, party: Party) -> bool:
        """Whether the party has the case in hand, alone or together with another."""
        return party == self.case.holder or party.role is Responsible.BUREAU_AND_COMPANY

    @property
    def awaited(self) -> list[Clock]:
        """What a resident waits for, the next first: the handler's clocks, and the bureau's."""
        return self.pack.counting(self.case.running, CountsIn.RECEIPT)

    @property
    def overdue(self) -> Clock | None:
        """The newest clock of this round that has run out and is still owed; first what its holder owes."""
        late = [c for c in self.case.overdue_clocks if c.is_owed]
        return next((c for c in reversed(late) if self.holds(c.debtor)), late[-1] if late else None)

    @property
    def handler_name(self) -> str:
        """Who must act now, by name, where it is a named person."""
        if self.case.assignee is not None:
            return self.names.get(self.case.assignee, "")
        person = self.head if self.case.handler == "company" else self.manager
        return person.name if person else ""
