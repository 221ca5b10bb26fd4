"""How does it all hang together? The only wiring."""

import asyncio
import gc
import os
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.types import User
from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.clock import Clock, SystemClock
from bot.courier import Courier
from bot.logs import set_up_logs
from bot.outcomes import WrongToken
from bot.pacing import Limits, Pacer
from bot.receiver import Receiver
from bot.settings import Settings
from bot.worker import Worker
from complaints.catalogue import load_catalogue
from complaints.policy import assert_kept, load_packs
from complaints.usecases.ports import Rules
from complaints.workdays import Workdays
from handlers.routes import dispatcher
from scheduler.calendar import Calendar
from scheduler.heart import heart
from scheduler.reports import Reports
from scheduler.sweep import Sweep
from storage import cases, inbox, outbox, timers
from storage.engine import assert_durable, open_engine
from storage.locking import hold
from storage.migrating import ready
from storage.work import Store
from views.commands import commands
from views.translator import translator

log = structlog.get_logger("app")
os.environ.setdefault("PTB_TIMEDELTA", "1")
CALL_TIMEOUT = 8.0  # seconds: the longest that one call may last
HELLO_PAUSE = 2.0


class Deaf(BaseSession):
    """aiogram only hears: every call of its own is refused."""

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        raise RuntimeError(f"aiogram must not call {type(method).__name__}: say it through the outbox")

    async def stream_content(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("aiogram must not download anything")
        yield b""

    async def close(self) -> None:
        """There is nothing to close."""


class Ears(Bot):
    """aiogram's bot, which knows its own name without asking."""

    def __init__(self, token: str, known: User) -> None:
        super().__init__(token, session=Deaf())
        self.known = known

    async def me(self) -> User:
        return self.known


@dataclass
class App:
    """The parts of a running bot, and how they are moved."""

    store: Store
    clock: Clock
    mouth: ExtBot[Any]
    receiver: Receiver
    worker: Worker
    courier: Courier
    sweep: Sweep
    reports: Reports
    calendar: Calendar
    beating: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop, finishing what was begun; or until one of the parts can't go on."""
        beats = heart(self.beat, self.calendar.remind)
        beats.start()
        await self.calendar.remind()
        try:
            async with asyncio.TaskGroup() as group:
                for part in (self.receiver, self.worker, self.courier):
                    group.create_task(part.run(stop))
        except* WrongToken:
            raise WrongToken from None
        finally:
            beats.pause()
            async with self.beating:  # the beat that is under way
                beats.shutdown(wait=False)

    async def beat(self) -> bool:
        """What time does, once."""
        async with self.beating:
            return any([await self.sweep.step(), await self.reports.step(), await self.calendar.step()])

    async def settle(self, wait: Callable[[float], None] | None = None, rounds: int = 2000) -> None:
        """Move every part until nothing is left to do now; `wait` lets real time pass where something waits for it."""
        for _ in range(rounds):
            moved = [
                await self.receiver.step(),
                await self.worker.step(),
                await self.beat(),
                await self.courier.step(),
            ]
            if any(moved):
                continue
            wakes = [await inbox.next_wake(self.store), await self.courier.next_wake()]
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


def new_id() -> int:
    """A fresh id of 59 random bits (18 digits at most): nobody can guess one, and two starts never make the same."""
    return secrets.randbits(59) | 1


def rules(settings: Settings) -> Rules:
    return Rules(packs=load_packs(settings.packs), catalogue=load_catalogue(settings.packs), workdays=Workdays())


def mouth(settings: Settings) -> ExtBot[Any]:
    """python-telegram-bot's bot, paced by the courier and by nothing else."""
    token = settings.token.get_secret_value() if settings.token else ""
    base = settings.api_url.rstrip("/")

    def request(size: int) -> HTTPXRequest:
        return HTTPXRequest(
            connection_pool_size=size,
            proxy=settings.proxy,
            read_timeout=CALL_TIMEOUT,
            write_timeout=CALL_TIMEOUT,
            connect_timeout=5.0,
            pool_timeout=5.0,
        )

    return ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request(40),
        get_updates_request=request(2),
    )


@asynccontextmanager
async def opened(
    settings: Settings,
    clock: Clock | None = None,
    ids: Callable[[], int] = new_id,
    limits: Limits | None = None,
) -> AsyncIterator[App]:
    """The bot with everything open, at rest; on the way out everything is closed."""
    clock = clock or SystemClock()
    known_rules = rules(settings)
    await ready(settings.database_url)
    with hold(settings.database_url):
        engine = open_engine(settings.database_url)
        speaking = mouth(settings)
        try:
            await assert_durable(engine)
            await _hello(speaking)
            yield await _wire(Store(engine, known_rules, ids), speaking, clock, Pacer(limits))
        finally:
            with suppress(TelegramError, RuntimeError):
                await speaking.shutdown()
            await engine.dispose()


async def _hello(speaking: ExtBot[Any]) -> None:
    """getMe until it is answered; a wrong token ends the start, a dead network doesn't."""
    while True:
        try:
            await speaking.initialize()
            break
        except InvalidToken as error:
            raise WrongToken from error
        except TelegramError as error:
            log.warning("no answer yet", why=type(error).__name__)
            await asyncio.sleep(HELLO_PAUSE)
    with suppress(TelegramError):
        await speaking.delete_webhook()
    for language in ("zh", "en"):
        listed = [BotCommand(name, what) for name, what in commands(translator(language))]
        with suppress(TelegramError):
            await speaking.set_my_commands(listed, language_code=None if language == "zh" else language)


async def _wire(store: Store, speaking: ExtBot[Any], clock: Clock, pacer: Pacer) -> App:
    me = speaking.bot
    ears = Ears(speaking.token, User(id=me.id, is_bot=True, first_name=me.first_name, username=me.username))
    courier = Courier(store, speaking, clock, pacer, owner=secrets.token_hex(8))

    async def toast(callback: str, text: str, alert: bool) -> None:
        pacer.tapped(clock.real())
        await courier.toast(callback, text, alert=alert)

    worker = Worker(store, dispatcher(), ears, clock, toast, courier.wake.set)
    async with store.work(clock.now()) as reading:
        assert_kept(store.rules.packs, await cases.promised(reading))
    calendar = Calendar(store, clock.now, clock.real, courier.wake.set)
    await calendar.read()
    await inbox.recover(store)
    await courier.recover()
    return App(
        store=store,
        clock=clock,
        mouth=speaking,
        receiver=Receiver(store, speaking, clock, worker.heard),
        worker=worker,
        courier=courier,
        sweep=Sweep(store, clock.now, courier.wake.set),
        reports=Reports(store, clock.now, courier.wake.set),
        calendar=calendar,
    )


async def run(settings: Settings) -> None:
    """`mashang run`: until SIGTERM or SIGINT."""
    set_up_logs(settings)
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with opened(settings) as app:
        gc.collect()
        gc.freeze()  # what was made at start stays; the collector needn't look at it again
        log.info("ready", bot=app.mouth.bot.username)
        await app.run(stop)
