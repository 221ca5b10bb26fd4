"""A count that goes on from a number; unlike `itertools.count` it can be copied with the world that it numbers."""

from collections.abc import Iterator


class Numbers(Iterator[int]):
    """Gives each number once, the first given one first."""

    def __init__(self, first: int = 1) -> None:
        self._next = first

    def __next__(self) -> int:
        number, self._next = self._next, self._next + 1
        return number
