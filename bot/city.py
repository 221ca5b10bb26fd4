"""A whole city on one machine: simulator, bot over real HTTP, sample registry, and a clock to move."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App, new_id, opened
from bot.clock import StillClock
from bot.pacing import Limits
from bot.settings import Settings
from complaints.policy import load_packs
from simulator.groups import Group
from simulator.people import Account
from simulator.server import Simulator
from storage import timers
from storage.engine import open_engine
from storage.migrating import ready
from storage.registry import load_sample

CIVIL = ZoneInfo("Asia/Shanghai")
TOKEN = "424242:simulated-token-of-the-sample-city"  # noqa: S105 - the simulator's own
MORNING = datetime(2026, 11, 18, 10, 0, tzinfo=CIVIL)  # a Wednesday in working time
UNHURRIED = Limits(overall=1000, private=1000, group=1000, group_gap=0.0)


@dataclass
class City:
    """People by their names in the sample registry; `settle` lets everything happen that can happen now."""

    sim: Simulator
    app: App
    clock: StillClock
    people: dict[str, Account] = field(default_factory=dict)

    async def settle(self) -> None:
        await self.app.settle(self.clock.wait)

    async def next_deadline(self) -> datetime | None:
        """When the next waiting timer is due."""
        async with self.app.store.work(self.clock.now()) as work:
            waiting = await timers.waiting(work)
        return waiting[0].due_at if waiting else None

    async def pass_to(self, at: datetime) -> None:
        """Let time pass, stopping at every deadline on the way."""
        while (due := await self.next_deadline()) is not None and due <= at:
            self.clock.move_to(due)
            await self.settle()
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
        account.opens()
        await self.settle()
        account.taps("分享手机号" if language.startswith("zh") else "Share my phone number")
        await self.settle()
        return account

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

    async def bound_group(self, title: str, officer: Account) -> Group:
        """A group that the officer has bound."""
        group = self.sim.group(title, members=[officer])
        group.add_bot(by=officer)
        officer.says("/bind")
        await self.settle()
        line = next(line for line in officer.last.text.splitlines() if line.startswith("/bind "))
        officer.says(line, to=group)
        await self.settle()
        officer.taps("确认")
        await self.settle()
        return group


async def found(folder: Path, packs: Path | None = None) -> None:
    """Lay the city's database in the folder: every table, and the sample registry."""
    database = _database(folder)
    await ready(database)
    engine = open_engine(database)
    await load_sample(engine, MORNING, load_packs(packs))
    await engine.dispose()


def _database(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'city.db'}"


@asynccontextmanager
async def open_city(folder: Path, start: datetime = MORNING, packs: Path | None = None) -> AsyncIterator[City]:
    """The sample city with nobody joined yet; its database is a file in the folder, founded where there is none."""
    if not (folder / "city.db").exists():
        await found(folder, packs)
    clock = StillClock(start)
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as sim:
        settings = Settings(
            token=SecretStr(TOKEN), api_url=sim.url, database_url=_database(folder), packs=packs, proxy=None
        )
        async with opened(settings, clock, new_id, UNHURRIED) as app:
            yield City(sim, app, clock)
