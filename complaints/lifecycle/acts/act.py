"""What an entry of the register of acts says."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from complaints.lifecycle import transitions
from complaints.lifecycle.transitions import Change
from complaints.model.complaint import ALIVE as ALIVE
from complaints.model.complaint import OPEN as OPEN
from complaints.model.complaint import State
from complaints.model.events import Event
from complaints.model.notice import Notice
from complaints.model.roles import Relation

ANY = frozenset(State)
RESOLVED = frozenset({State.RESOLVED})
SETTLED = frozenset({State.RESOLVED, State.CLOSED})


@dataclass(frozen=True)
class Move:
    """An event that may happen to a case: the fields that it changes, and who is told of it whatever the case is.

    Where who is told depends on the case, `complaints.notifications` says so.
    """

    event: type[Event]
    change: Change
    tells: tuple[Notice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody can do to a case, in which states of it, and what it makes happen.

    `right` is the name of the right that it takes, `by` are the relations of which any one has it. `moves` are the
    events that come of nothing but this act, `also` those that are written with another one. `buttons` lead to it
    besides one that is called like the right. `reason` makes the event of an act whose only content is a reason in
    words. `offered`: it stands among the bureau's powers on the card of a case.
    """

    verb: str
    right: str
    by: frozenset[Relation]
    states: frozenset[State]
    moves: tuple[Move, ...] = ()
    also: tuple[type[Event], ...] = ()
    buttons: tuple[str, ...] = ()
    reason: Callable[..., Event] | None = None
    offered: bool = False

    @property
    def events(self) -> tuple[type[Event], ...]:
        """All that it may record."""
        return (*(move.event for move in self.moves), *self.also)


def act(
    verb: str,
    by: frozenset[Relation],
    states: frozenset[State],
    *moves: Move,
    also: tuple[type[Event], ...] = (),
    buttons: tuple[str, ...] = (),
) -> Act:
    """An act with a right of its own, which is called like it."""
    return Act(verb=verb, right=verb, by=by, states=states, moves=moves, also=also, buttons=buttons)


def under(other: Act, verb: str, *moves: Move, buttons: tuple[str, ...] = ()) -> Act:
    """An act for which the right to another one is enough."""
    return replace(other, verb=verb, moves=moves, also=(), buttons=buttons)


def reasoned(other: Act, verb: str, event: type[Event], *tells: Notice, offered: bool = True) -> Act:
    """An act under another one's right whose only content is its reason, carried out by `officer.supervision.act`."""
    return replace(under(other, verb, Move(event, transitions.act, tells)), reason=event, offered=offered)


def of(*relations: Relation) -> frozenset[Relation]:
    return frozenset(relations)
