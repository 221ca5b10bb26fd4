"""Metrics: their names, units and buckets, in a registry of each instance's own."""

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.outcomes import Outcome, Result
from storage.queries.health_figures import HealthFigures

SECONDS = (0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86400)


class Metrics:
    """No label ever holds anybody's data: only outcomes and kinds that stand in the code."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        common: dict[str, Any] = {"registry": self.registry, "namespace": "mashang"}
        self._sends = Counter(
            "sends", "Calls that sent or changed a message, by what became of them", ["outcome"], **common
        )
        self._repeats = Counter("repeats", "Messages that were sent once more, marked as possibly repeated", **common)
        self._waits = Counter("too_many_requests", "Answers 429: how often Telegram asked us to wait", **common)
        self._lateness = Histogram(
            "deadline_lateness_seconds", "From a deadline to its being dealt with", buckets=SECONDS, **common
        )
        self._delivery = Histogram(
            "delivery_seconds", "From a message's being written to its arrival", buckets=SECONDS, **common
        )
        self._leads = Gauge("leads", "Whether this start polls, beats and sends", **common)
        self._slip = Gauge("clock_slip_seconds", "How far the machine's clock was moved since the start", **common)
        self._overdue = Gauge("overdue_without_notice", "Overdue cases that nobody was told of: must be 0", **common)
        self._silence = Gauge("ticker_silence_seconds", "Since deadlines were last looked after", **common)
        self._sending = Gauge("oldest_sending_message_seconds", "How long the slowest call lasts by now", **common)
        self._figures = {
            name: Gauge(metric, says, **common)
            for name, (metric, says) in {
                "oldest_due_timer": ("oldest_due_timer_seconds", "How long the oldest due deadline waits"),
                "oldest_ready_message": ("oldest_ready_message_seconds", "How long the oldest message waits"),
                "ready_messages": ("ready_messages", "Messages that could be sent now"),
                "dead_messages": ("dead_messages", "Messages that can't be delivered"),
                "waiting_updates": ("waiting_updates", "Updates that are stored and not handled yet"),
                "updates_set_aside": ("updates_set_aside", "Updates that failed for good: somebody has to look"),
            }.items()
        }

    def sent(self, result: Result, waited: float, *, repeat: bool) -> None:
        """Count the result of a call; `waited` in seconds since its message was written."""
        self._sends.labels(result.outcome.value).inc()
        if result.why == "429":
            self._waits.inc()
        if result.outcome is Outcome.SENT:
            self._delivery.observe(max(0.0, waited))
            self._repeats.inc(repeat)

    def timer_fired(self, late: float) -> None:
        """A timer was fired so many seconds after it was due."""
        self._lateness.observe(max(0.0, late))

    def expose(
        self, figures: HealthFigures | None, *, leads: bool, slip: float, silence: float, overdue: int, sending: float
    ) -> bytes:
        """Everything in Prometheus' text format; what stands in the database only where it answers."""
        self._leads.set(leads)
        self._slip.set(slip)
        self._silence.set(silence)
        self._overdue.set(overdue)
        self._sending.set(sending)
        for name, gauge in self._figures.items():
            gauge.set(getattr(figures, name) if figures else float("nan"))
        return generate_latest(self.registry)
