"""What is a complaint? One problem of one community, with one or more households behind it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from complaints.events import Disposition, Level, Side
from complaints.people import Place


class State(StrEnum):
    FILED = "filed"  # 待处理, nobody has answered yet
    ANSWERED = "answered"  # 待处理, in hand
    RESOLVED = "resolved"  # 已办结, waiting to be rated
    CLOSED = "closed"  # 已评价, or closed in silence
    WITHDRAWN = "withdrawn"  # 已撤回


OPEN = frozenset({State.FILED, State.ANSWERED})
ALIVE = OPEN | {State.RESOLVED}


class Handler(StrEnum):
    """Who must act now (经办人)."""

    MANAGER = "manager"
    COMPANY = "company"
    BUREAU = "bureau"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A running or ended stage of one round; `due` is an aware UTC instant."""

    stage: str
    round: int
    started: datetime
    due: datetime
    provisional: bool = False
    window: str | None = None
    state: str = "running"  # running, met, expired, void


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
class Complaint:
    """The case as its events make it; instants are aware UTC."""

    id: int
    number: str
    pack: str
    place: Place
    matter: str
    kind: str
    danger: bool
    building: str
    words: int
    filed_at: datetime
    first_complainant: int
    state: State = State.FILED
    round: int = 1
    handler: Handler = Handler.MANAGER
    assignee: int | None = None
    disposition: Disposition | None = None
    department: str = ""
    accepted: bool = False
    households: tuple[int, ...] = ()
    proposal: Proposal | None = None
    agreed_until: datetime | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    last_words: int | None = None
    result: int | None = None
    ratings: tuple[tuple[int, Level], ...] = ()
    closing_asked: bool = False
    review_open: bool = False
    unexplained: tuple[int, ...] = ()
    slips: int = 0
    order: Order | None = None
    acts: tuple[str, ...] = field(default=())
    clocks: tuple[Clock, ...] = ()
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_alive(self) -> bool:
        return self.state in ALIVE

    def clock(self, stage: str, state: str | None = None) -> Clock | None:
        """The newest clock of that stage, if there is one (in that state)."""
        found = (c for c in reversed(self.clocks) if c.stage == stage and state in (None, c.state))
        return next(found, None)

    @property
    def running(self) -> tuple[Clock, ...]:
        return tuple(c for c in self.clocks if c.state == "running")

    def rating_of(self, complainant: int) -> Level | None:
        return dict(self.ratings).get(complainant)

    @property
    def worst_rating(self) -> Level | None:
        order = list(Level)
        return max((level for _, level in self.ratings), key=order.index, default=None)
