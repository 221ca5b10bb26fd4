"""Triggers of faults: the nth match, every nth, or each by chance, and how many times."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

FOR_EVER = 0
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Of all that matches: none before the nth, then every so manieth, each by chance, at most so many times."""

    nth: int = 1
    every: int = 1
    chance: float = 1.0
    times: int = 1


class Turns:
    """The count of one rule. Chance is drawn once for each that matches, so that a seed replays."""

    def __init__(self, turn: Turn, seed: str) -> None:
        self._turn = turn
        self._random = Random(seed)
        self._matched = 0
        self._taken = 0

    def take(self, *, free: bool = True) -> bool:
        """Count a match; whether the rule applies to it, which it doesn't where another rule has applied already."""
        turn, drawn = self._turn, self._random.random()
        self._matched += 1
        left = turn.times == FOR_EVER or self._taken < turn.times
        due = self._matched >= turn.nth and (self._matched - turn.nth) % turn.every == 0
        mine = free and left and due and drawn < turn.chance
        self._taken += mine
        return mine


def first_due(fitting: Iterable[tuple[T, Turns]]) -> T | None:
    """The first rule that applies; the match is counted for all."""
    found: T | None = None
    for rule, turns in fitting:
        if turns.take(free=found is None):
            found = rule
    return found
