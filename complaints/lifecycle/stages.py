"""The clocks that an event starts, ends and hands over, as the pack says; nothing here knows a stage by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from complaints.lifecycle import recounts, timer_points
from complaints.lifecycle.timer_points import OVERDUE, Timer
from complaints.model import events as e
from complaints.model.clock import Clock, HasClocks
from complaints.policy.handover import Verdict
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import Stage, Trigger
from complaints.time import periods
from complaints.time.workdays import WorkingTime

ENDS_ALL = (e.Withdrawn, e.Closed, e.CheckClosed)
C = TypeVar("C", bound=HasClocks)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What one event did to the clocks of its case.

    `ended` are those of which nothing is waited for any more, `met_late` those of them whose act was done after their
    time. `moved` are clocks that are due at another time, with the points still to come.
    """

    started: tuple[Clock, ...] = ()
    ended: tuple[Clock, ...] = ()
    met_late: tuple[Clock, ...] = ()
    timers: tuple[Timer, ...] = ()
    moved: tuple[tuple[Clock, tuple[Timer, ...]], ...] = ()


def matches(trigger: Trigger, event: e.Event) -> bool:
    """Does this event, with the facts that the trigger asks for, pull it? An expiry does once it counts."""
    if event.name != trigger.event or (isinstance(event, e.Expired) and not event.ends_clock):
        return False
    return all(getattr(event, key, None) == value for key, value in trigger.where.items())


def _pulls(triggers: tuple[Trigger, ...], event: e.Event) -> bool:
    return any(matches(t, event) for t in triggers)


def met_by(stage: Stage, event: type[e.Event]) -> bool:
    """Whether such an event may meet the stage."""
    return any(trigger.event == event.name for trigger in stage.met_by)


@dataclass
class _Turn:
    """One event, while the clocks of its case are turned by it."""

    before: HasClocks
    case: HasClocks
    event: e.Event
    at: datetime
    pack: Pack
    hours: WorkingTime
    clocks: list[Clock] = field(init=False)
    started: list[Clock] = field(default_factory=list)
    ended: list[Clock] = field(default_factory=list)
    met_late: list[Clock] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    moved: list[tuple[Clock, tuple[Timer, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clocks = list(self.case.clocks)

    @property
    def now(self) -> HasClocks:
        """The case with its clocks as far as they are turned."""
        return replace(self.case, clocks=tuple(self.clocks))

    def put(self, clock: Clock) -> Clock:
        self.clocks[clock.id - 1] = clock
        return clock

    def end(self, clock: Clock, verdict: str) -> None:
        """In time, late, or never: what it stands for isn't waited for any more, or its time is up."""
        if clock.is_running:
            ended = self.put(replace(clock, state=verdict))
            if ended.is_owed:
                self.timers.append(timer_points.overdue(self.pack, ended, self.hours, self.at))
        else:
            ended = self.put(replace(clock, settled=verdict))
            self.met_late += [ended] if verdict == "met" else []
        self.ended.append(ended)

    def start(self, stage: Stage, clock: Clock) -> None:
        self.clocks.append(clock)
        self.started.append(clock)
        self.timers += timer_points.timers(self.pack, clock, self.hours)

    def move(self, clocks: Iterable[Clock]) -> None:
        for clock in map(self.put, clocks):
            self.moved.append((clock, timer_points.moved(self.pack, clock, self.hours, self.at)))


def advance(
    before: HasClocks, case: C, event: e.Event, at: datetime, pack: Pack, hours: WorkingTime
) -> tuple[C, Changes]:
    """The case, or a company's check, with its clocks after the event; `case` is `before` with the event applied.

    First what the event ends, then what danger puts in its place, then what it hands over where the case goes to
    somebody else, then what it starts.
    """
    turn = _Turn(before, case, event, at, pack, hours)
    if isinstance(event, e.Recomputed):
        turn.move(list(recounts.counted_anew(case, event)))
    elif isinstance(event, e.Expired) and event.outage is not None:
        turn.move([recounts.given_back(clock, event) for clock in _expiring(case, event)])
    elif isinstance(event, e.RulesChanged):
        _by_other_rules(turn, event)
    else:
        _end(turn)
        _change_places(turn)
        _hand_over(turn)
        _start(turn)
    if isinstance(event, e.Nudged) and event.point.startswith(OVERDUE) and (late := case.clock_of(event.clock)):
        turn.timers.append(timer_points.overdue(pack, late, hours, at, event.point))
    changes = Changes(
        started=tuple(turn.started),
        ended=tuple(turn.ended),
        met_late=tuple(turn.met_late),
        timers=tuple(t for t in turn.timers if turn.clocks[t.clock - 1].is_owed),
        moved=tuple(turn.moved),
    )
    return replace(case, clocks=tuple(turn.clocks)), changes


def _expiring(case: HasClocks, event: e.Expired) -> tuple[Clock, ...]:
    """The running clock that the event speaks of."""
    named = case.clock_of(event.clock)
    mine = (named,) if named is not None else case.running
    return tuple(c for c in mine if c.is_running and c.stage == event.stage)


def _end(turn: _Turn) -> None:
    for clock in turn.case.all_owed:
        verdict = _verdict(turn.pack.stage(clock.stage), clock, turn.event)
        if isinstance(turn.event, e.Expired) and turn.event.ends_clock and clock in _expiring(turn.case, turn.event):
            verdict = "expired"
        if verdict:
            turn.end(clock, verdict)


def _by_other_rules(turn: _Turn, event: e.RulesChanged) -> None:
    """What is owed by today's rules besides is owed from now on."""
    for clock in turn.case.all_owed:
        if clock.id in event.void:
            turn.end(clock, "void")
    for stage in turn.pack.stages:
        if stage.id in event.started and not isinstance(stage.period, str):
            turn.start(stage, _clock(stage, turn))


def _verdict(stage: Stage, clock: Clock, event: e.Event) -> str | None:
    """How the event ends what the clock stands for: met, void, or not at all (None)."""
    if isinstance(event, ENDS_ALL) and not stage.outlives:
        return "void"
    if isinstance(event, e.Reopened) and clock.round < event.round and not stage.outlives:
        return "void"
    if _pulls(stage.met_by, event):
        return "met"
    return "void" if _pulls(stage.void_by, event) else None


def _change_places(turn: _Turn) -> None:
    """What a case without danger owes becomes what a dangerous one owes, and the other way round."""
    if not isinstance(turn.event, (e.DangerRaised, e.DangerDenied)):
        return
    for stage in (stage for stage in turn.pack.stages if stage.instead_of):
        replaced = [clock for clock in map(turn.now.owed, stage.instead_of) if clock is not None]
        mine = turn.now.owed(stage.id)
        if turn.case.danger and replaced:
            for clock in replaced:
                turn.end(clock, "void")
            turn.start(stage, _clock(stage, turn))
        elif not turn.case.danger and mine is not None:
            turn.end(mine, "void")
            _give_back(turn, stage.instead_of, mine)


def _give_back(turn: _Turn, stages: tuple[str, ...], after: Clock) -> None:
    """The clock that was replaced goes on as it was; where there was none, the first stage begins where `after` did."""
    last = max(filter(None, map(turn.now.clock_now, stages)), key=lambda clock: clock.id, default=None)
    stage = turn.pack.stage(stages[0] if last is None else last.stage)
    if last is None:
        turn.start(stage, _clock(stage, turn, after.started))
        return
    again = replace(last, id=len(turn.clocks) + 1, settled="", debtor=turn.case.party(stage.owner))
    if last.state == "expired":
        turn.clocks.append(again)
        turn.timers.append(timer_points.overdue(turn.pack, again, turn.hours, turn.at))
    else:
        turn.start(stage, replace(again, state="running"))


def _hand_over(turn: _Turn) -> None:
    """Whoever takes a case takes what is owed, as far as the pack says so."""
    if turn.before.holder == turn.case.holder:
        return
    for clock in turn.now.all_owed:
        stage = turn.pack.stage(clock.stage)
        match turn.pack.handed_over(turn.event.name, clock.stage):
            case Verdict.GOES_OVER:
                turn.put(replace(clock, debtor=turn.case.party(stage.owner)))
            case Verdict.VOID:
                turn.end(clock, "void")
            case Verdict.ANEW:
                turn.end(clock, "void")
                turn.start(stage, _clock(stage, turn))
            case _:
                pass


def _start(turn: _Turn) -> None:
    case = turn.now
    for stage in turn.pack.stages:
        if _starts(stage, case, turn.event):
            replaced = case.owed(stage.id)
            clock = _clock(stage, turn)
            if replaced is not None:
                turn.end(replaced, "void")
            turn.start(stage, clock)
            case = turn.now


def _starts(stage: Stage, case: HasClocks, event: e.Event) -> bool:
    if stage.danger is not None and case.danger is not stage.danger:
        return False
    if _dates(stage, case, event):  # a date agreed or ordered anew replaces the last one
        return True
    if case.clock(stage.id, "running") is not None or not _pulls(stage.starts, event):
        return False
    last = case.clock_now(stage.id)
    if last is None:
        return True
    if isinstance(event, (e.Expired, e.SentBack)) or event.name in stage.renewed_by:
        return True
    return (stage.again and not last.is_owed) or "void" in (last.state, last.settled)


def _dates(stage: Stage, case: HasClocks, event: e.Event) -> bool:
    """Whether the event gives the stage a date of its own, in place of a period only while that is owed."""
    if isinstance(stage.period, str):
        return _pulls(stage.starts, event)
    return case.owed(stage.id) is not None and _pulls(stage.dated_by, event)


def _clock(stage: Stage, turn: _Turn, since: datetime | None = None) -> Clock:
    case, event, at = turn.now, turn.event, since or turn.at
    until: Any = getattr(event, "until", None)
    new = Clock(
        id=len(case.clocks) + 1, stage=stage.id, round=case.round, debtor=case.party(stage.owner), started=at, due=at
    )
    if isinstance(stage.period, str) or _dates(stage, case, event):
        return replace(new, due=until, dated=True)
    last = case.clock_now(stage.id)
    if isinstance(event, e.Classified) and last is not None and last.state == "void":
        if not last.provisional:  # classified to and fro: the first start stays
            return replace(last, id=new.id, state="running", settled="", debtor=new.debtor)
        at = last.started  # and is counted anew where a notice may have come meanwhile
    due = periods.due(_begun(stage, case, at), stage.period, turn.hours)
    return replace(new, started=due.start, due=due.at, provisional=due.provisional, window=due.window)


def _begun(stage: Stage, case: HasClocks, at: datetime) -> datetime:
    """A late start is counted from when the anchor stage was due, every start from when the stage `since` started."""
    other = case.clock_now(stage.anchor or stage.since or "")
    if other is None:
        return at
    return min(at, other.due) if stage.anchor else other.started
