"""A whole city on one machine: simulator, bot over real HTTP, sample registry, and a clock to move."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import new_id, opened
from bot.clock import MovableClock, StillClock
from bot.delivery.rate_limiter import Limits
from bot.instance import App
from bot.settings import Settings
from complaints.policy.pack import load_packs
from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.server import Simulator
from storage.db.civil_time import CIVIL
from storage.db.migrating import readied
from storage.registry import load_sample
from storage.repositories import timers

TOKEN = "424242:simulated-token-of-the-sample-city"
MORNING = datetime(2026, 11, 18, 10, 0, tzinfo=CIVIL)  # a Wednesday in working time
GLANCE = 0.02
UNHURRIED = Limits(overall=1000, private=1000, group=1000, group_gap=0.0)


@dataclass
class SampleCity:
    """People by their names in the sample registry; `settle` returns when all has happened that can happen now."""

    sim: Simulator
    app: App
    clock: StillClock | MovableClock
    settle: Callable[[], Awaitable[None]]
    people: dict[str, Account] = field(default_factory=dict)

    async def next_deadline(self) -> datetime | None:
        """When the next waiting timer is due; one that is due already may have to wait for the messenger."""
        now = self.clock.now()
        async with self.app.store.work(now) as work:
            waiting = [timer.due_at for timer in await timers.waiting(work)]
        return next((due for due in waiting if due > now), waiting[0] if waiting else None)

    async def pass_to(self, at: datetime) -> None:
        """Let time pass, stopping at every deadline on the way."""
        passed = None
        while (due := await self.next_deadline()) is not None and due <= at and due != passed:
            self.clock.move_to(due)
            await self.settle()
            passed = due
        self.clock.move_to(at)
        await self.settle()

    async def pass_by(self, **length: float) -> None:
        await self.pass_to(self.clock.now() + timedelta(**length))

    async def to_next_deadline(self) -> None:
        due = await self.next_deadline()
        if due is not None:
            await self.pass_to(due)

    # --- people -------------------------------------------------------------------------------------------------

    async def staff(self, name: str, phone: str, language: str = "zh-hans") -> Account:
        """Somebody of the registry joins by sharing the phone number."""
        account = self.sim.person(name, phone=phone, language=language)
        await self.joined(account)
        return account

    async def joined(self, *accounts: Account) -> None:
        """All of them join at once."""
        for account in accounts:
            account.opens()
        await self.settle()
        for account in accounts:
            account.taps(_label(account, "分享手机号", "Share my phone number"))
        await self.settle()

    async def resident(self, name: str, phone: str, code: str = "p_jchy", room: str = "3栋 1201") -> Account:
        """Somebody who scans the code in the lift and goes all the way in."""
        account = self.people[name] = self.sim.person(name, phone=phone)
        account.opens(code)
        await self.settle()
        account.taps("同意并继续")
        await self.settle()
        account.says(room)
        await self.settle()
        account.taps("分享手机号")
        await self.settle()
        return account

    async def bound_group(self, title: str, officer: Account, *others: Account) -> Group:
        """A group that the officer has bound, with others in it."""
        group = self.sim.group(title, members=[officer, *others])
        group.add_bot(by=officer)
        officer.says("/bind")
        await self.settle()
        line = next(line for line in officer.last.text.splitlines() if line.startswith("/bind "))
        officer.says(line, to=group)
        await self.settle()
        officer.taps(_label(officer, "确认", "Confirm"))
        await self.settle()
        return group


def _label(account: Account, zh: str, en: str) -> str:
    """A button in the language of somebody's telephone."""
    return zh if str(account.user.language_code).startswith("zh") else en


async def quiet(sim: Simulator, app: App, seconds: float) -> None:
    """Wait until a bot that runs by itself has nothing left to do; not for ever, since a fault may hold it up."""
    for _ in range(round(seconds / GLANCE)):
        if not len(sim.updates) and await app.idle():
            return
        await asyncio.sleep(GLANCE)


async def create_database(url: str, packs: Path | None = None) -> None:
    """Lay the city into an empty database: every table, and the sample registry."""
    async with readied(url) as engine:
        await load_sample(engine, MORNING, load_packs(packs))


def database(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'city.db'}"


def settings_for(url: str, sim: Simulator, packs: Path | None = None) -> Settings:
    """The settings of a bot on that database."""
    return Settings(token=SecretStr(TOKEN), api_url=sim.url, database_url=url, packs=packs, proxy=None)


@asynccontextmanager
async def open_city(folder: Path, start: datetime = MORNING, packs: Path | None = None) -> AsyncIterator[SampleCity]:
    """The sample city with nobody joined yet; its database is a file in the folder, founded where there is none."""
    if not (folder / "city.db").exists():
        await create_database(database(folder), packs)
    async with open_at(database(folder), start, packs) as city:
        yield city


@asynccontextmanager
async def open_at(
    url: str, start: datetime = MORNING, packs: Path | None = None, limits: Limits | None = None
) -> AsyncIterator[SampleCity]:
    """The city of a database that is laid already; with `limits` Telegram's are enforced, and the bot keeps them."""
    clock = StillClock(start)
    async with (
        Simulator(
            token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real, limits=limits is not None
        ) as sim,
        running_bot(sim, clock, url, packs, limits) as city,
    ):
        yield city


@asynccontextmanager
async def running_bot(
    sim: Simulator, clock: StillClock, url: str, packs: Path | None = None, limits: Limits | None = None
) -> AsyncIterator[SampleCity]:
    """The same people and chats with a bot on that database, until it stops; another may come after it."""
    async with opened(settings_for(url, sim, packs), clock, new_id, limits or UNHURRIED) as app:
        yield SampleCity(sim, app, clock, settle=lambda: app.settle(clock.wait))
