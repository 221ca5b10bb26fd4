"""The rate limiter: Telegram's three limits, and the pauses that it has asked for.

A send counts against a limit until a while after its *answer*, not after its start.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from complaints.notifications.notices import Priority


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many sends are allowed at once, and the seconds for which each counts after its answer."""

    overall: int = 30
    overall_for: float = 1.0
    private: int = 3
    private_for: float = 3.0
    group: int = 20
    group_for: float = 60.0
    group_gap: float = 1.0


@dataclass
class Window:
    """How many sends are in flight, and until when the answered ones count."""

    in_flight: int = 0
    taken_until: list[float] = field(default_factory=list)

    def used(self, real: float) -> int:
        self.taken_until = [until for until in self.taken_until if until > real]
        return self.in_flight + len(self.taken_until)

    def next_free(self, real: float) -> float:
        return min((u for u in self.taken_until if u > real), default=real + 0.05)


class RateLimiter:
    """Who may send now. `real` is always seconds of real time."""

    BUSY_FOR = 60.0  # seconds after a tap in which less urgent messages leave room for answers
    SECOND_HALT = 2.0  # two chats halted within this time: all are

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._overall = Window()
        self._chats: dict[int, Window] = defaultdict(Window)
        self._gaps: dict[int, float] = {}
        self._halted: dict[int, float] = {}
        self._halted_at: list[tuple[float, int]] = []
        self._all_halted_until = 0.0
        self._tapped_at = float("-inf")

    def tapped(self, real: float) -> None:
        self._tapped_at = real

    def _allowed(self, priority: int, real: float) -> int:
        """How many sends a priority may use: answers come before notices, notices before reminders."""
        every = self.limits.overall
        if real - self._tapped_at > self.BUSY_FOR or priority <= Priority.REPLY:
            return every
        return every * 5 // 6 if priority <= Priority.NOTICE else every * 2 // 3

    def room_at(self, priority: int, real: float) -> float:
        """When a message of that priority may go, to whomever its own chat allows: `real` itself if now."""
        full = self._overall.used(real) >= self._allowed(priority, real)
        return max(real, self._all_halted_until, self._overall.next_free(real) if full else real)

    def chat_free_at(self, chat: int, *, group: bool, real: float) -> float:
        """When this chat may get a message, as far as it depends on the chat: `real` itself if now."""
        waits = [real, self._halted.get(chat, 0.0), self._gaps.get(chat, 0.0)]
        window = self._chats[chat]
        if window.used(real) >= (self.limits.group if group else self.limits.private):
            waits.append(window.next_free(real))
        return max(waits)

    def free_at(self, chat: int, *, group: bool, priority: int, real: float) -> float:
        """When a message to this chat may go: `real` itself if now."""
        return max(self.room_at(priority, real), self.chat_free_at(chat, group=group, real=real))

    def left(self, chat: int, real: float) -> int:
        """How many messages a group may still get in the minute that is running."""
        return self.limits.group - self._chats[chat].used(real)

    def took(self, chat: int, *, group: bool) -> None:
        self._overall.in_flight += 1
        self._chats[chat].in_flight += 1
        if group:
            self._gaps[chat] = float("inf")

    def answered(self, chat: int, *, group: bool, real: float) -> None:
        self._overall.in_flight -= 1
        self._overall.taken_until.append(real + self.limits.overall_for)
        window = self._chats[chat]
        window.in_flight -= 1
        window.taken_until.append(real + (self.limits.group_for if group else self.limits.private_for))
        if group:
            self._gaps[chat] = real + self.limits.group_gap
        self._forget(real)

    def _forget(self, real: float) -> None:
        """Drop the windows of chats that have been quiet, so that they take no memory."""
        if len(self._chats) > 5000:
            quiet: Iterable[int] = [c for c, window in self._chats.items() if not window.used(real)]
            for chat in quiet:
                self._chats.pop(chat, None)
                self._gaps.pop(chat, None)
                self._halted.pop(chat, None)

    def halt(self, chat: int, seconds: float, real: float) -> None:
        """A 429 halts that chat; a second chat's within two seconds halts all."""
        until = real + seconds
        self._halted[chat] = max(until, self._halted.get(chat, 0.0))
        self._halted_at = [(at, c) for at, c in self._halted_at if real - at <= self.SECOND_HALT]
        if any(c != chat for _, c in self._halted_at):
            self._all_halted_until = max(self._all_halted_until, until)
        self._halted_at.append((real, chat))
