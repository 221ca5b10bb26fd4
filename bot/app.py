"""The wiring of the whole bot: opens its parts, runs them together, and closes them in order."""

import asyncio
import gc
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock, SystemClock, steady
from bot.delivery.outbox_dispatcher import OutboxDispatcher
from bot.delivery.rate_limiter import Limits, RateLimiter
from bot.delivery.sender import Sender
from bot.delivery.telegram_client import Stopped, connect, make_bot, offline_bot
from bot.instance import App
from bot.intake.polling import Receiver, UpdateStore
from bot.intake.webhook import Webhook
from bot.intake.worker import Worker
from bot.logs import note_unawaited, set_up_logs
from bot.ops.clock_check import assert_not_behind_ledger, begin_case_time
from bot.ops.clock_follower import ClockFollower
from bot.ops.event_loop_watchdog import EventLoopWatchdog
from bot.ops.health import Health
from bot.ops.heartbeat import Heartbeat
from bot.ops.http_server import listening
from bot.ops.leader_election import LeaderLease, LeaseTiming
from bot.ops.ledger_heads import LedgerHeads
from bot.ops.metrics import Metrics
from bot.ops.operator_alerts import OperatorAlerts
from bot.ops.stop_signals import set_on_signals
from bot.server_time import ServerTime
from bot.settings import Settings
from bot.voice.program import split
from bot.voice.transcriber import Transcriber
from complaints.policy.catalogue import load_catalogue
from complaints.policy.pack import assert_kept, load_packs
from complaints.time.workdays import Workdays
from complaints.usecases.ports import Rules
from handlers.router import dispatcher
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
from storage.db.engine import assert_durable, open_engine
from storage.db.locking import hold
from storage.db.migrating import ready
from storage.maintenance.sealing import make_sure
from storage.repositories import cases, ledger
from storage.work import Store

log = structlog.get_logger("app")
REMINDS_AT = 9, 0  # each day, what operators should do


def new_id() -> int:
    """A fresh id of 59 random bits (18 digits at most): nobody can guess one, and two instances never make the same."""
    return secrets.randbits(59) | 1


def rules(settings: Settings) -> Rules:
    return Rules(
        packs=load_packs(settings.packs),
        catalogue=load_catalogue(settings.packs),
        workdays=Workdays(),
        processor=settings.processor,
    )


@asynccontextmanager
async def opened(
    settings: Settings,
    clock: Clock | None = None,
    ids: Callable[[], int] = new_id,
    limits: Limits | None = None,
    terms: LeaseTiming | None = None,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[App]:
    """The bot with everything open and nothing running; closed on leaving. Stopped where `stop` is set before."""
    clock = clock or SystemClock()
    known_rules = rules(settings)
    await ready(settings.database_url)
    with hold(settings.database_url):
        engine = open_engine(settings.database_url)
        server_time = ServerTime()
        telegram_bot = make_bot(settings, server_time)
        try:
            await assert_durable(engine)
            await connect(telegram_bot, stop)
            begin_case_time(clock, server_time.now())
            if sealed := await make_sure(engine, settings.ledger_key(), clock.now()):
                log.info("the ledger was sealed as it stood", events=sealed)
            store = Store(engine, known_rules, ids, settings.key(), settings.ledger_key())
            alone = engine.dialect.name == "sqlite"  # the file's lock proves it
            lease = LeaderLease(store, secrets.token_hex(8), alone=alone, terms=terms, steady=steady)
            app = await _wire(store, telegram_bot, clock, RateLimiter(limits), lease, settings, server_time)
            take = app.receiver.take if isinstance(app.receiver, Webhook) else None
            async with listening(settings.listens(), app.health, take) as app.address:
                yield app
        finally:
            with suppress(TelegramError, RuntimeError):
                await telegram_bot.shutdown()
            await engine.dispose()


async def _wire(
    store: Store,
    telegram_bot: ExtBot[Any],
    clock: Clock,
    rate_limiter: RateLimiter,
    lease: LeaderLease,
    settings: Settings,
    server_time: ServerTime,
) -> App:
    metrics, heartbeat = Metrics(), Heartbeat()
    sender = Sender(store, telegram_bot, clock, rate_limiter, lease, metrics)
    outbox_dispatcher = OutboxDispatcher(sender, rate_limiter)
    wake = outbox_dispatcher.wake

    async def toast(callback: str, text: str, alert: bool) -> None:
        rate_limiter.tapped(clock.real())
        await outbox_dispatcher.toast(callback, text, alert=alert)

    def fired(late: float) -> None:
        metrics.timer_fired(late)
        heartbeat.beat()  # however many are due at once

    worker = Worker(store, dispatcher(), offline_bot(telegram_bot), clock, toast, wake, lease.owner)
    async with store.work(clock.now()) as reading:
        assert_not_behind_ledger(clock, await ledger.newest(reading))
        assert_kept(store.rules.packs, await cases.promised(reading))
    calendar = Calendar(store, clock, wake)
    await calendar.read()
    await lease.begin()
    receiver = _receiver(UpdateStore(store, telegram_bot, clock, worker.wake), lease, settings)
    missing_notices = MissingNotices(store, clock, wake, receiver.gap.is_caught_up)
    health = Health(store, clock, lease, metrics, missing_notices, receiver.gap, server_time, heartbeat)
    schedule = CivilSchedule()
    schedule.daily(*REMINDS_AT, calendar.remind)
    alerts = OperatorAlerts(telegram_bot, clock, health, lease.leads, settings.operator_chat)
    schedule.daily(*REMINDS_AT, LedgerHeads(store, clock, lease.leads, alerts.report).report)
    return App(
        schedule=schedule,
        clock_follower=ClockFollower(clock, receiver.gap, schedule),
        store=store,
        clock=clock,
        telegram_bot=telegram_bot,
        lease=lease,
        receiver=receiver,
        worker=worker,
        outbox_dispatcher=outbox_dispatcher,
        rules_upgrade=RulesUpgrade(store, clock, wake),
        outage_recorder=OutageRecorder(store, clock, wake, lambda: not receiver.gap and sender.reaches()),
        due_timers=DueTimers(store, clock, wake, receiver.gap, fired),
        morning_report=MorningReport(store, clock, wake),
        calendar=calendar,
        departed_handlers=DepartedHandlers(store, clock, wake),
        displaced_accounts=DisplacedAccounts(store, clock, wake),
        retention=Retention(store, clock, wake),
        missing_notices=missing_notices,
        health=health,
        operator_alerts=alerts,
        transcriber=_transcriber(store, telegram_bot, clock, lease, wake, settings),
    )


def _transcriber(
    store: Store,
    telegram_bot: ExtBot[Any],
    clock: Clock,
    lease: LeaderLease,
    wake: Callable[[], None],
    settings: Settings,
) -> Transcriber | None:
    """Only where the operator names a program."""
    if settings.transcribe is None:
        return None
    return Transcriber(store, telegram_bot, clock, lease.leads, wake, split(settings.transcribe))


def _receiver(intake: UpdateStore, lease: LeaderLease, settings: Settings) -> Receiver | Webhook:
    """Telegram brings updates where a webhook is set; else they are asked for."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return Receiver(intake, lease.leads)
    return Webhook(intake, settings.webhook_url, settings.webhook_secret.get_secret_value(), lease.leads)


async def run(settings: Settings) -> None:
    """`mashang run`: until SIGTERM or SIGINT."""
    set_up_logs(settings)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(note_unawaited)
    stop = asyncio.Event()
    set_on_signals(stop)
    watchdog = EventLoopWatchdog()
    with suppress(Stopped):
        async with opened(settings, stop=stop) as app:
            gc.collect()
            gc.freeze()  # what was made at start stays; the garbage collector needn't scan it again
            log.info("ready", bot=app.telegram_bot.bot.username)
            watchdog.start(loop)
            try:
                await app.run(stop)
            finally:
                watchdog.stop()
