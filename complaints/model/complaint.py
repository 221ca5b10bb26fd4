"""The complaint: one problem of one community, with one or more households behind it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from complaints.model.clock import Clock as Clock
from complaints.model.clock import HasClocks
from complaints.model.events import Disposition, Finding, Level, Side, Signer
from complaints.model.party import Party
from complaints.model.people import Place
from complaints.model.roles import Responsible


class State(StrEnum):
    FILED = "filed"  # 待处理, nobody has answered yet
    ANSWERED = "answered"  # 待处理, in hand
    RESOLVED = "resolved"  # 已办结, waiting to be rated
    CLOSED = "closed"  # 已评价, or closed in silence
    WITHDRAWN = "withdrawn"  # 已撤回


OPEN = frozenset({State.FILED, State.ANSWERED})
ALIVE = OPEN | {State.RESOLVED}


class CaseOwner(StrEnum):
    """Who must act now (经办人)."""

    MANAGER = "manager"
    COMPANY = "company"
    BUREAU = "bureau"
    DEPARTMENT = "department"  # to which the bureau has referred the case


# Of the twelve departments those that the bureau signs with: itself, street and community.
OFFICES = frozenset({"housing", "street", "community"})


@dataclass(frozen=True, kw_only=True)
class Proposal:
    until: datetime
    side: Side
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class Order:
    """A supervision order (督办单)."""

    number: str
    until: datetime
    by: int
    signed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Complaint(HasClocks):
    """The case as its events make it; instants are aware UTC."""

    id: int
    number: str
    pack: str
    place: Place
    matter: str
    kind: str
    building: str
    words: int
    filed_at: datetime
    first_complainant: int
    state: State = State.FILED
    handler: CaseOwner = CaseOwner.MANAGER
    assignee: int | None = None
    disposition: Disposition | None = None
    department: str = ""
    accepted: bool = False
    referral: str = ""  # waiting, accepted
    households: tuple[int, ...] = ()
    erased: tuple[int, ...] = ()  # households whose personal data were deleted
    raised_at: datetime | None = None  # when danger was last said of the open case
    danger_words: int | None = None  # the words that said so
    voices: tuple[int, ...] = ()  # statements with a voice message that nobody has written down
    transcripts: tuple[tuple[int, int], ...] = ()  # what was written down, by the statement with the voice
    transcript_drafts: tuple[tuple[int, int], ...] = ()  # what a program has heard, likewise
    proposal: Proposal | None = None
    agreed_until: datetime | None = None
    plan_until: datetime | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    last_words: int | None = None
    result: int | None = None
    ratings: tuple[tuple[int, Level], ...] = ()
    closing_asked: bool = False
    finding: Finding | None = None  # as proposed with the result, then as confirmed
    finding_confirmed: bool = False
    review_open: bool = False
    renewal: str = ""  # the stage for which another period has been asked
    signed_off: tuple[Signer, ...] = ()
    struck_off_at: datetime | None = None
    unexplained: tuple[int, ...] = ()
    attempts: tuple[datetime, ...] = ()  # to reach a dissatisfied household in this round, in vain
    slips: int = 0
    order: Order | None = None
    acts: tuple[str, ...] = field(default=())
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def orders_given(self) -> int:
        """How many orders there were: whoever saw another number has not seen the newest."""
        return self.acts.count("Supervised")

    @property
    def holder(self) -> Party:
        """The party that has the case in hand: the project's manager, the company, the bureau, or an office."""
        match self.handler:
            case CaseOwner.MANAGER:
                return Party(role=Responsible.MANAGER, scope=self.place.project)
            case CaseOwner.COMPANY:
                return Party(role=Responsible.COMPANY_HEAD, scope=self.place.company)
            case CaseOwner.DEPARTMENT:
                return self._office
            case _:
                return Party(role=Responsible.SECTION_HEAD, scope=self.place.district)

    def party(self, responsible: Responsible) -> Party:
        """The party that a pack's word means here and now; where the company has the case, the manager's duties too.

        A department that nobody has named is the bureau's section. Bureau and company owe together until another office
        has the case.
        """
        place, in_office = self.place, self.handler is CaseOwner.DEPARTMENT
        match responsible:
            case Responsible.HANDLER:
                return self.holder
            case Responsible.MANAGER if self.handler is CaseOwner.COMPANY:
                return self.holder
            case Responsible.BUREAU_AND_COMPANY if in_office:
                return self.holder
            case Responsible.DEPARTMENT:
                return self._office
            case _:
                return Party(role=responsible, scope=_scope(responsible, place, self.number))

    @property
    def _office(self) -> Party:
        """The department that the case names; of the twelve, housing, street and community are offices of the place."""
        own = {
            "": Responsible.SECTION_HEAD,
            "housing": Responsible.SECTION_HEAD,
            "street": Responsible.STREET,
            "community": Responsible.COMMUNITY,
        }.get(self.department)
        if own is not None:
            return Party(role=own, scope=_scope(own, self.place, self.number))
        return Party(role=Responsible.DEPARTMENT, scope=f"{self.place.district}/{self.department}")

    @property
    def is_overdue(self) -> bool:
        """It is open, and a clock of its present round has run out, whoever owed it."""
        return bool(self.overdue_clocks)

    @property
    def overdue_clocks(self) -> tuple[Clock, ...]:
        """The clocks of its present round that have run out while it is open; what was done late is among them."""
        late = (c for c in self.clocks if c.state == "expired" and c.round == self.round)
        return tuple(late) if self.is_open else ()

    @property
    def overdue_since(self) -> datetime | None:
        """When the first of its clocks ran out, while it is overdue."""
        return min((clock.due for clock in self.overdue_clocks), default=None)

    def is_overdue_by(self, roles: Collection[Responsible]) -> bool:
        """It is overdue, and a party of these roles owed what has run out."""
        return any(clock.debtor.role in roles for clock in self.overdue_clocks)

    @property
    def signs_alone(self) -> bool:
        """Another department has handled it: its own city level verifies, nobody else signs."""
        return self.handler is CaseOwner.DEPARTMENT and self.department not in OFFICES

    @property
    def waits_for_bureau(self) -> bool:
        """Nobody has it in hand before the bureau says whose it is."""
        said_so = self.disposition is Disposition.BUREAU_DUTY and self.handler is not CaseOwner.DEPARTMENT
        untouched = self.handler is CaseOwner.BUREAU and self.state is State.FILED and not self.acts
        return not self.accepted and self.is_open and (said_so or untouched or self._came_back)

    @property
    def _came_back(self) -> bool:
        return self.handler is CaseOwner.BUREAU and "Referred" in self.acts and not self.department

    @property
    def is_verified(self) -> bool:
        """投诉问题属实, at least in part, by street or bureau: what thresholds count; repairs never do."""
        return self.finding_confirmed and self.finding in (Finding.TRUE, Finding.PARTLY) and self.kind != "repair"

    @property
    def is_alive(self) -> bool:
        return self.state in ALIVE

    @property
    def unmet(self) -> frozenset[str]:
        """The stages of this round that nobody has met so far, whether or not their time is up."""
        return frozenset(c.stage for c in self.all_owed if c.round == self.round)

    def rating_of(self, complainant: int) -> Level | None:
        return dict(self.ratings).get(complainant)

    @property
    def worst_rating(self) -> Level | None:
        order = list(Level)
        return max((level for _, level in self.ratings), key=order.index, default=None)


def _scope(responsible: Responsible, place: Place, number: str) -> str:
    return {
        Responsible.MANAGER: place.project,
        Responsible.COMPANY_HEAD: place.company,
        Responsible.STREET: place.street_scope,
        Responsible.COMMUNITY: f"{place.street_scope}/{place.community}",
        Responsible.HOUSEHOLDS: number,
    }.get(responsible, place.district)
