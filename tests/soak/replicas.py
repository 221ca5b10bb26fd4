"""Instances of the bot in processes of their own, forked from one that has loaded everything, to be killed anyhow."""

import asyncio
import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from clocks import MachineClock, SharedClock
from sqlalchemy.exc import DBAPIError

TERMS = {"lease": 2.8, "renew": 0.6, "look": 0.1, "spare": 1.8, "call": 1.6}  # a fifth of the real ones
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["bot.app", "demo.sample_city", "aiosqlite", "asyncpg", "alembic.command", "alembic.migration", "replicas"]
)
NO_DATABASE = 75  # how an instance ends that finds none; try again, says sysexits.h
FULL = "full"  # a file beside the clock's: while it is there, the disk is full
MOST_PAGES = 4294967294
# Where an instance may kill itself: (module, class or nothing, function, before or after it).
CRASH_POINTS = {
    "an update stored, not confirmed": ("storage.messaging.inbox", "", "keep", "after"),
    "updates claimed": ("storage.messaging.inbox", "", "claim", "after"),
    "before a commit": ("storage.work", "Work", "commit", "before"),
    "after a commit": ("storage.work", "Work", "commit", "after"),
    "a message claimed, not sent": ("bot.delivery.sender", "Sender", "_claim", "after"),
    "a message sent, not written down": ("bot.delivery.send_results", "ResultRecorder", "_keep", "before"),
    "a message sent and written down": ("bot.delivery.send_results", "ResultRecorder", "_keep", "after"),
    "a reader found unreachable": ("bot.delivery.send_results", "ResultRecorder", "_mark", "after"),
    "a digest made": ("storage.messaging.outbox_batching", "", "gather", "after"),
    "a timer struck": ("scheduler.due_timers", "DueTimers", "_fire", "after"),
    "a term begun": ("bot.delivery.outbox_dispatcher", "OutboxDispatcher", "recover", "before"),
    "a term's messages taken over": ("bot.delivery.outbox_dispatcher", "OutboxDispatcher", "recover", "after"),
    "a card edited": ("bot.delivery.live_messages", "Cards", "edit", "after"),
}


@dataclass(frozen=True)
class Crash:
    """At the nth time that an instance comes by one of the CRASH_POINTS."""

    point: str
    nth: int


def live(clock: Path, known: dict[str, Any], crash: Crash | None) -> None:
    """The whole of an instance, until it is killed."""
    import logging

    import structlog

    from complaints.policy import retention_periods

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)
    for kept in ("RAW_UPDATES", "RENDERINGS", "DIALOGUES"):  # the verdict reads them all
        setattr(retention_periods, kept, timedelta(days=36500))
    known_clock = SharedClock(clock)
    _show(known_clock)
    if crash is not None:
        _mine(crash)
    if known["database_url"].startswith("sqlite"):
        _limit(clock.with_name(FULL))
    from storage.db.errors import DatabaseUnreachable

    try:
        asyncio.run(_live(known_clock, known))
    except (DBAPIError, DatabaseUnreachable):
        sys.exit(NO_DATABASE)


def _show(clock: SharedClock) -> None:
    """The libraries that read the machine's clock see what it shows."""
    from apscheduler.executors import base as executors
    from apscheduler.schedulers import base as schedulers
    from apscheduler.triggers import interval

    class Shown(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.fromtimestamp(clock.wall(), tz)

    for module in (schedulers, executors, interval):
        module.datetime = Shown


def _limit(full: Path) -> None:
    """While that file is there, the database may not grow: every connection is told when it is taken."""
    from sqlalchemy import event
    from sqlalchemy.pool import Pool

    def tell(connection: Any, *_: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count = {1 if full.exists() else MOST_PAGES}")  # 1: as many as there are
        cursor.close()

    event.listen(Pool, "checkout", tell)


async def _live(clock: SharedClock, known: dict[str, Any]) -> None:
    from bot.app import opened
    from bot.ops.leader_election import LeaseTiming
    from bot.settings import Settings
    from demo.sample_city import UNHURRIED

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with opened(Settings(**known), MachineClock(clock), limits=UNHURRIED, terms=LeaseTiming(**TERMS)) as app:
        await app.run(stop)


def _mine(crash: Crash) -> None:
    """Lay the charge: the function kills its process when its time has come."""
    from importlib import import_module

    module, owner, name, when = CRASH_POINTS[crash.point]
    holder = getattr(import_module(module), owner) if owner else import_module(module)
    works, left = getattr(holder, name), [crash.nth]

    async def charged(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = await works(*given, **named)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(holder, name, charged)


@dataclass
class Replicas:
    """So many instances on one database; a dead one is replaced at once."""

    clock: Path
    known: dict[str, Any]
    many: int = 1
    ports: tuple[int, ...] = ()  # where each of them listens to the webhook, if it does
    may_fail: bool = False  # an instance that can't use its database says so and ends; whoever watches starts it again
    kills: int = 0
    _alive: list[Any] = field(default_factory=list)

    def begin(self) -> None:
        self._alive = [self._start(which) for which in range(self.many)]

    def _start(self, which: int, crash: Crash | None = None) -> Any:
        listen = {"listen": f"127.0.0.1:{self.ports[which]}"} if self.ports else {}
        process = FORKS.Process(target=live, args=(self.clock, self.known | listen, crash))
        process.start()
        return process

    def kill(self, which: int, crash: Crash | None = None) -> None:
        """kill -9, and a new instance in its place, which may have a charge laid."""
        self._signal(which, signal.SIGKILL)
        self._replace(which, crash)

    def _replace(self, which: int, crash: Crash | None = None) -> None:
        process = self._alive[which]
        process.join(10)
        if process.exitcode not in (-signal.SIGKILL, *([NO_DATABASE] if self.may_fail else [])):
            raise AssertionError(f"an instance ended by itself with {process.exitcode}")
        process.close()
        self.kills += 1
        self._alive[which] = self._start(which, crash)

    def stop(self, which: int) -> None:
        self._signal(which, signal.SIGSTOP)

    def wake(self, which: int) -> None:
        self._signal(which, signal.SIGCONT)

    def terminate(self, which: int, seconds: float) -> int | None:
        """SIGTERM; the exit code, or None where it took longer than that. Nobody takes its place."""
        self._signal(which, signal.SIGTERM)
        self._alive[which].join(seconds)
        code: int | None = self._alive[which].exitcode
        return code

    def dead(self, which: int) -> bool:
        return self._alive[which].exitcode is not None

    def bury(self, which: int, crash: Crash | None = None) -> None:
        """Whoever has killed itself gets a successor."""
        self._replace(which, crash)

    def _signal(self, which: int, what: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._alive[which].pid, what)

    def revive(self) -> None:
        """Whoever could not use the database is started again."""
        for which, process in enumerate(self._alive):
            if process.exitcode == NO_DATABASE:
                self._replace(which)
                self.kills -= 1

    def end(self) -> None:
        for which, process in enumerate(self._alive):
            self._signal(which, signal.SIGCONT)
            self._signal(which, signal.SIGKILL)
            process.join(10)
