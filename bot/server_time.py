"""The messenger's own time, by the Date of its answers: a clock besides the machine's, and no call more."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx

from bot.clock import steady

ASKED_AT = "mashang_asked_at"


@dataclass(frozen=True)
class Bounds:
    """Seconds since the epoch between which the time is, by the messenger's clock."""

    earliest: float
    latest: float

    def off(self, at: float) -> float:
        """By how many seconds that time is ahead of what can be; negative where it is behind."""
        return max(0.0, at - self.latest) or min(0.0, at - self.earliest)


class ServerTime:
    """What the newest answer has said; `note_request` and `note_response` are event hooks of httpx."""

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

    async def note_request(self, request: httpx.Request) -> None:
        request.extensions[ASKED_AT] = self._steadily()

    async def note_response(self, response: httpx.Response) -> None:
        """The server wrote its Date, in whole seconds, at some moment between the request and now."""
        asked_at, now = response.request.extensions.get(ASKED_AT), self._steadily()
        try:
            said = parsedate_to_datetime(response.headers["Date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return
        if asked_at is not None:
            self._heard = Bounds(said, said + 1.0 + now - asked_at), now
