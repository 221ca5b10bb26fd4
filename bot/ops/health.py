"""Health for machines: whether the bot lives, is ready, and what is wrong, without anybody's data."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.backoff import Backoff
from bot.clock import Clock, SystemClock
from bot.intake.intake_gap import IntakeGap
from bot.logs import origin
from bot.ops.heartbeat import HANGS, LATE, Heartbeat
from bot.ops.leader_election import LeaderLease
from bot.ops.metrics import Metrics
from bot.server_time import ServerTime
from scheduler.missing_notices import MissingNotices
from storage.db.errors import DOWN
from storage.queries.health_figures import HealthFigures, has_leader, read_health_figures
from storage.work import Store

log = structlog.get_logger("health")
PATIENCE = 3.0  # seconds for the database to answer
SLIPPED = 5.0  # seconds by which a clock must be wrong to be a fault
SLOW = 60.0  # seconds that no call lasts whose end will be known
PAUSE, LONGEST_PAUSE = 0.5, 3.0  # seconds after a job has failed, growing up to the second, until it is tried again
UNSEEN = 300.0  # seconds without a whole pass of the check for missing notices
WAITS = 120.0  # seconds for which nothing that is due, or free to go, may wait

NOT_RUNNING = "deadlines are not running; if they stand still for a minute, the process ends and must be started anew"
CLOCK_SET = (
    "the machine's clock is wrong, or was at the start: set it right. Deadlines have not moved; if it was wrong at the "
    "start and is right now, start the bot anew"
)
CASE_TIME_WRONG = (
    "deadlines go by a time that is not the messenger's: set the machine's clock right, then start the bot anew"
)


@dataclass(frozen=True)
class Fault:
    """`name` is for machines, `says` for the operator."""

    name: str
    says: str


class Health:
    """Collects the faults of all parts, and answers `/live`, `/ready` and `/metrics`."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        lease: LeaderLease,
        metrics: Metrics,
        missing_notices: MissingNotices,
        gap: IntakeGap,
        server_time: ServerTime,
        heartbeat: Heartbeat,
    ) -> None:
        self.store = store
        self.clock = clock
        self.lease = lease
        self.metrics = metrics
        self.missing_notices = missing_notices
        self.gap = gap
        self.server_time = server_time
        self.heartbeat = heartbeat
        self.failures: int | None = None  # dead letters: updates and messages that failed for good, as last seen
        self.failing: dict[str, str] = {}  # jobs of the tick that fail, with the last error of each
        self._retry: dict[str, tuple[Backoff, float]] = {}  # of each failing job, and when it is tried again
        self._began = clock.now()
        self._sending: dict[tuple[int, int], float] = {}  # since when each call is seen under way

    async def guard(self, name: str, step: Callable[[], Awaitable[bool | None]]) -> bool:
        """Run one job of a tick; an error keeps no other job from running, and the job is tried again after a pause."""
        backoff, again = self._retry.get(name, (Backoff(PAUSE, LONGEST_PAUSE), float("-inf")))
        if self.clock.real() < again:
            return False
        try:
            moved = await step()
        except Exception as error:  # noqa: BLE001 - it is logged, and tried again
            self.failing[name] = origin(error)
            self._retry[name] = backoff, self.clock.real() + backoff.failed()
            log.error("a part of the beat fails", part=name, why=self.failing[name])
            return False
        self.failing.pop(name, None)
        self._retry.pop(name, None)
        return bool(moved)

    async def live(self, request: web.Request) -> web.Response:
        """200 while the process does its work; else a supervisor should restart it."""
        hangs = self.heartbeat.silence() > HANGS
        return web.json_response({"live": not hangs}, status=503 if hangs else 200)

    async def ready(self, request: web.Request) -> web.Response:
        """200 where nothing is wrong; 503 with the names of what is."""
        faults = [fault.name for fault in await self.faults()]
        return web.json_response({"ready": not faults, "faults": faults}, status=503 if faults else 200)

    async def answer_metrics(self, request: web.Request) -> web.Response:
        found, _ = await self._read_figures()
        page = self.metrics.expose(
            found,
            leads=self.lease.leads(),
            slip=self.slip(),
            silence=self.heartbeat.silence(),
            overdue=len(self.missing_notices.found),
            sending=self._slowest(),
        )
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def faults(self) -> list[Fault]:
        """Everything that is wrong now."""
        found, led = await self._read_figures()
        if found is None or (self._is_silent() and not await self.database_answers()):
            return [Fault("database", "the database doesn't answer: deadlines wait for it")]
        self.failures = found.updates_set_aside + found.failed_messages
        return [fault for fault, is_so in self._judged(found, led=led).items() if is_so]

    def _judged(self, found: HealthFigures, *, led: bool) -> dict[Fault, bool]:
        is_caught_up = self.gap.is_caught_up()
        check_is_stuck = self.clock.real() - self.missing_notices.concluded > UNSEEN
        return {
            Fault("leader", "no start of the bot leads"): not led,
            Fault("deaf", "updates don't come in"): self.lease.leads() and not is_caught_up,
            Fault("webhook", "Telegram refuses the webhook: see `mashang doctor`"): bool(self.gap.refused),
            Fault("ticker", NOT_RUNNING): self._is_silent(),
            Fault("deadlines", "deadlines are late"): found.oldest_due_timer > WAITS and is_caught_up,
            Fault("messages", "messages wait to be sent"): found.oldest_ready_message > WAITS,
            Fault("sending", "a message is being sent for too long"): self._slowest() > SLOW,
            Fault("overdue", "an overdue case has no notice: look at the log"): bool(self.missing_notices.found),
            Fault("reconciling", "nobody looks for overdue cases: look at the log"): is_caught_up
            and self.lease.leads()
            and check_is_stuck,
            Fault("beat", f"fails again and again: {', '.join(sorted(self.failing))}; look at the log"): bool(
                self.failing
            ),
            Fault("clock", CLOCK_SET): abs(self.slip()) > SLIPPED,
            Fault("case_time", CASE_TIME_WRONG): abs(self._case_time_off()) > SLIPPED,
        }

    async def database_answers(self) -> bool:
        """Whether something could be read and written now."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.store.take_writes()
        except (TimeoutError, *DOWN):
            return False
        return True

    def _is_silent(self) -> bool:
        return self.heartbeat.silence() > LATE

    async def _read_figures(self) -> tuple[HealthFigures | None, bool]:
        """The figures, and whether any instance leads; None where the database doesn't answer in time."""
        try:
            async with asyncio.timeout(PATIENCE), self.store.work(self.clock.now(), self.clock.real()) as work:
                led = self.lease.alone or await has_leader(work)
                found = await read_health_figures(work, self._began)
        except (TimeoutError, *DOWN):
            return None, False
        self._sending = {call: self._sending.get(call, self.clock.real()) for call in found.sending}
        return found, led

    def _slowest(self) -> float:
        return max((self.clock.real() - since for since in self._sending.values()), default=0.0)

    def slip(self) -> float:
        """Only the system's clock can be moved behind our back."""
        return self.clock.slip() if isinstance(self.clock, SystemClock) else 0.0

    def _case_time_off(self) -> float:
        """By how many seconds case time is ahead of the messenger's time, as far as that is known."""
        told = self.server_time.now()
        return told.off(self.clock.real()) if told is not None and isinstance(self.clock, SystemClock) else 0.0
