"""The messenger's own time, by the Date of its answers: a clock besides the machine's, and no call more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from bot.clock import steady


@dataclass(frozen=True)
class Bounds:
    """Seconds since the epoch between which the time is, by the messenger's clock."""

    earliest: float
    latest: float

    def off(self, at: float) -> float:
        """By how many seconds that time is ahead of what can be; negative where it is behind."""
        return max(0.0, at - self.latest) or min(0.0, at - self.earliest)


class ServerTime:
    """What the newest answer has said."""

    def __init__(self, steadily: Callable[[], float] = steady) -> None:
        self._steadily = steadily
        self._heard: tuple[Bounds, float] | None = None

    def now(self) -> Bounds | None:
        """None before the first answer that says its date."""
        if self._heard is None:
            return None
        bounds, at = self._heard
        passed = self._steadily() - at
        return Bounds(bounds.earliest + passed, bounds.latest + passed)

    def asked(self) -> float:
        """A call is about to leave: when that is, for `answered`."""
        return self._steadily()

    def answered(self, asked_at: float, headers: Mapping[str, str]) -> None:
        """The server wrote its Date, in whole seconds, at some moment between the request and now."""
        now = self._steadily()
        try:
            said = parsedate_to_datetime(headers["Date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return
        self._heard = Bounds(said, said + 1.0 + now - asked_at), now
