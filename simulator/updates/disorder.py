"""Faults of updates: handed out twice, again though confirmed, out of order, or behind malformed ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from simulator.updates.fuzzed import poisoned
from simulator.updates.triggers import Turn, Turns, first_due

Mess = Literal["twice", "again", "reordered", "malformed", "unanswered"]
Raw = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class UpdateRule(Turn):
    """A fault of updates of these kinds, or of all; `reordered` counts what is handed out together as one.

    `twice`: in one batch; `again`: once more after it was confirmed; `malformed`: a mutated copy comes before it;
    `unanswered`: the webhook has taken it, but its answer is lost.
    """

    mess: Mess
    kinds: Collection[str] = ()


@dataclass(frozen=True)
class Muddled:
    """The fault that was applied to an update, or to a batch that begins with it."""

    mess: Mess
    update: int


class Disorder:
    """The updates of one simulator in a mess, by rule and by seed."""

    def __init__(self, rules: Iterable[UpdateRule], seed: int = 0) -> None:
        self.seed = seed
        self.applied: list[Muddled] = []
        self._random = Random(seed)
        self._rules = [(rule, Turns(rule, f"{seed}/{number}")) for number, rule in enumerate(rules)]

    def __repr__(self) -> str:
        return f"Disorder(seed={self.seed}, rules={len(self._rules)}, applied={len(self.applied)})"

    def befalls(self, mess: Mess, raw: Mapping[str, Any]) -> bool:
        """Whether that fault applies to this update, this time."""
        fitting = ((r, t) for r, t in self._rules if r.mess == mess and (not r.kinds or any(k in raw for k in r.kinds)))
        if first_due(fitting) is None:
            return False
        self.applied.append(Muddled(mess, raw["update_id"]))
        return True

    def handed_out(self, batch: Sequence[Raw]) -> list[Raw]:
        """What really comes of a batch."""
        found = [copy for raw in batch for copy in [raw, *[raw] * self.befalls("twice", raw)]]
        if len(batch) > 1 and self.befalls("reordered", found[0]):
            before = list(found)
            while found == before:
                self._random.shuffle(found)
        return found

    def before(self, raw: Raw) -> Raw | None:
        """What comes before a new update, made of it; mostly nothing."""
        return next(poisoned([raw], self._random.getrandbits(32))) if self.befalls("malformed", raw) else None
