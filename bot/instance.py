"""One running bot: its parts, the loops that move them together, and how they end."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery.outbox_dispatcher import OutboxDispatcher
from bot.intake.polling import Receiver
from bot.intake.webhook import Webhook
from bot.intake.worker import Worker
from bot.ops.clock_follower import ClockFollower
from bot.ops.health import Health
from bot.ops.heartbeat import HeartbeatWatch
from bot.ops.leader_election import LeaderLease
from bot.ops.operator_alerts import OperatorAlerts
from bot.outcomes import WrongToken
from bot.voice.transcriber import Transcriber
from scheduler.calendar import Calendar
from scheduler.civil_schedule import CivilSchedule
from scheduler.departed_handlers import DepartedHandlers
from scheduler.displaced_accounts import DisplacedAccounts
from scheduler.due_timers import DueTimers
from scheduler.missing_notices import MissingNotices
from scheduler.morning_report import MorningReport
from scheduler.outage_recorder import OutageRecorder
from scheduler.retention import Retention
from scheduler.rules_upgrade import RulesUpgrade
from scheduler.ticker import tick_until
from storage.messaging import inbox, outbox
from storage.repositories import timers
from storage.work import Store

log = structlog.get_logger("app")
GRACE = 12.0  # seconds in which what was begun may end after SIGTERM


@dataclass
class App:
    """The parts of a running bot, and how they are moved."""

    store: Store
    clock: Clock
    telegram_bot: ExtBot[Any]
    lease: LeaderLease
    receiver: Receiver | Webhook
    worker: Worker
    outbox_dispatcher: OutboxDispatcher
    rules_upgrade: RulesUpgrade
    outage_recorder: OutageRecorder
    due_timers: DueTimers
    morning_report: MorningReport
    calendar: Calendar
    departed_handlers: DepartedHandlers
    displaced_accounts: DisplacedAccounts
    retention: Retention
    missing_notices: MissingNotices
    health: Health
    operator_alerts: OperatorAlerts
    schedule: CivilSchedule
    clock_follower: ClockFollower
    transcriber: Transcriber | None = None
    address: str = ""  # where it listens, if anywhere
    firing: asyncio.Lock = field(default_factory=asyncio.Lock)
    working: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what was begun; or end when one of the parts can't go on."""
        self.schedule.start()
        self.clock_follower.awake()
        self.health.heartbeat.begin()
        await self.calendar.remind()
        try:
            async with asyncio.TaskGroup() as group:
                parts = [group.create_task(run, name=name) for name, run in self._loops(stop).items()]
                group.create_task(_end(stop, parts))
        except* WrongToken:
            raise WrongToken from None
        finally:
            self.health.heartbeat.end()
            self.schedule.stop()
            with suppress(Exception):  # without a database the lease runs out by itself
                await self.lease.leave()

    def _loops(self, stop: asyncio.Event) -> dict[str, Coroutine[Any, Any, None]]:
        """Deadlines have a loop of their own: no other job delays them."""
        watch = HeartbeatWatch(self.health.heartbeat, self.health.database_answers)
        working: tuple[Any, ...] = (
            self.receiver,
            self.worker,
            self.outbox_dispatcher,
            self.operator_alerts,
            self.lease,
            watch,
        )
        if self.transcriber is not None:
            working = (*working, self.transcriber)
        ticking = {"deadlines": tick_until(stop, self.fire_deadlines), "jobs": tick_until(stop, self.do_jobs)}
        return {**{type(part).__name__: part.run(stop) for part in working}, **ticking}

    async def tick(self) -> bool:
        """One tick of both loops, by hand."""
        fired = await self.fire_deadlines()
        self.clock_follower.awake()  # however long that took
        return await self.do_jobs() or fired

    async def fire_deadlines(self) -> bool:
        """One tick: fire what is due, where this instance leads; the others can't send what would be written."""
        async with self.firing:
            self.health.heartbeat.beat()
            self.clock_follower.look()
            if not self.lease.leads():
                return False
            await self.health.guard(self.rules_upgrade.name, self.rules_upgrade.step)
            # First: what is due may be excused by an outage.
            await self.health.guard(self.outage_recorder.name, self.outage_recorder.step)
            return await self.health.guard(self.due_timers.name, self.due_timers.step)

    async def do_jobs(self) -> bool:
        """One tick of everything else that time does; where another instance leads, only what is loaded is read."""
        async with self.working:
            self.clock_follower.look()
            if not self.lease.leads():
                self.missing_notices.reset()
                await self.health.guard("calendar", self.calendar.follow)
                return False
            jobs = (
                self.morning_report, self.calendar, self.departed_handlers, self.displaced_accounts, self.retention,
                self.missing_notices,
            )  # fmt: skip
            return any([await self.health.guard(job.name, job.step) for job in jobs])

    async def settle(self, wait: Callable[[float], None] | None = None, rounds: int = 2000) -> None:
        """Move every part until nothing is left to do now; `wait` lets real time pass where something waits for it."""
        for _ in range(rounds):
            self.clock_follower.awake()  # moved by hand it never stands still
            await self.lease.step()
            moved = [
                await self.receiver.step(),
                await self.worker.step(),
                await self.tick(),
                await self.outbox_dispatcher.step(),
                self.transcriber is not None and await self.transcriber.step(),
            ]
            if any(moved):
                continue
            wakes = [await inbox.next_wake(self.store), await self.outbox_dispatcher.next_wake()]
            soonest = min((w for w in wakes if w is not None), default=None)
            if soonest is None or wait is None:
                return
            wait(max(0.05, soonest - self.clock.real()))
        raise RuntimeError("the bot doesn't come to rest")

    async def idle(self) -> bool:
        """Whether nothing is left to do now: no update to handle, no timer due, no message to be sent."""
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            return not (
                await inbox.pending(work)
                or await timers.due_before(work, self.clock.now(), limit=1)
                or await outbox.pending(work, self.clock.real())
            )


async def _end(stop: asyncio.Event, parts: list[asyncio.Task[None]]) -> None:
    """A part that doesn't end in time is cancelled; what it had claimed is recovered later, a send as ambiguous."""
    await stop.wait()
    _, late = await asyncio.wait(parts, timeout=GRACE)
    for part in late:
        log.warning("broken off", part=part.get_name())
        part.cancel()
