"""Telegram's three rate limits: overall, in one chat, and in one group in a minute."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.api_errors import too_many


@dataclass
class Window:
    """At most `most` in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more is within the limit; 0 when it is already."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return self.times[0] + self.seconds - now if len(self.times) >= self.most else 0.0

    def count(self, now: float) -> None:
        self.times.append(now)


@dataclass
class Burst:
    """One a second on the average, and up to `most` at once after a silence."""

    most: int
    left: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.most

    def wait(self, now: float) -> float:
        """Seconds until one more is within the limit; 0 when it is already."""
        self.left = min(self.most, self.left + now - self.at)
        self.at = now
        return max(0.0, 1.0 - self.left)

    def count(self, now: float) -> None:
        self.left -= 1.0


class Limits:
    """Telegram's limits on sending and editing; chats with a negative id are groups."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._now = monotonic
        self._all = Window(30, 1.0)
        self._private: dict[int, Burst] = defaultdict(lambda: Burst(3))
        self._second: dict[int, Window] = defaultdict(lambda: Window(1, 1.0))
        self._minute: dict[int, Window] = defaultdict(lambda: Window(20, 60.0))

    def spend(self, chat_id: int) -> None:
        """Count one call about to be carried out, or refuse it with a 429 and count nothing."""
        now = self._now()
        limits: list[Window | Burst] = [self._all]
        if chat_id > 0:
            limits.append(self._private[chat_id])
        else:
            limits += [self._second[chat_id], self._minute[chat_id]]
        wait = max(limit.wait(now) for limit in limits)
        if wait > 1e-9:
            raise too_many(math.ceil(wait))
        for limit in limits:
            limit.count(now)
