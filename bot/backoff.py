"""The pause between two tries of what fails: it grows up to a bound, and is short again after a success."""


class Backoff:
    """Seconds to wait after each failure in a row: `shortest`, then doubled, `longest` at most."""

    def __init__(self, shortest: float, longest: float) -> None:
        self.shortest = shortest
        self.longest = longest
        self._failures = 0

    def failed(self) -> float:
        """One more failure; how long to wait before the next try."""
        self._failures += 1
        return min(self.longest, self.shortest * 2.0 ** min(self._failures - 1, 30))

    def succeeded(self) -> None:
        self._failures = 0
