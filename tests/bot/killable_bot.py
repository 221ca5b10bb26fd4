"""Helpers for kills: a bot that can be killed, and people who act when they see what they wait for."""

import asyncio
import logging
import multiprocessing
import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from clocks import SharedClock
from pydantic import SecretStr
from telegram import Message

from bot.app import opened
from bot.delivery.sender import Sender
from bot.settings import Settings
from demo.sample_city import MORNING, TOKEN, UNHURRIED, create_database, database
from simulator.api_errors import DropConnection
from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.server import Call, Simulator
from simulator.world.messages import Shown

MARK = "（可能重复）"
SENDS = ("sendMessage", "sendMediaGroup")
PATIENCE = 25.0  # seconds that a person waits for what must come


# --- a bot that can be killed -----------------------------------------------------------------------------------


def live(clock: Path, url: str, database: str, forgetful: bool) -> None:
    """The whole of the bot's process, until it is killed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    if forgetful:
        Sender._marked = _unmarked
    asyncio.run(_live(SharedClock(clock), Settings(token=SecretStr(TOKEN), api_url=url, database_url=database)))


async def _live(clock: SharedClock, settings: Settings) -> None:
    async with opened(settings, clock, limits=UNHURRIED) as app:
        await app.run(asyncio.Event())


async def _unmarked(delivery: Any, work: Any, message: Any, screen: Any) -> Any:
    return screen


FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["bot.app", "demo.sample_city", "aiosqlite", "alembic.command", "alembic.migration", "pytest"]
)


@dataclass(frozen=True)
class Point:
    """At the nth call of a method, or the next after it: `received` (not carried out yet) or `done` (not answered)."""

    method: str
    phase: str
    nth: int


@dataclass
class Town:
    """A simulator, a bot in a process of its own, and what people were shown."""

    sim: Simulator
    clock: SharedClock
    folder: Path
    database: Path
    forgetful: bool = False
    points: list[Point] = field(default_factory=list)
    killed: list[Point] = field(default_factory=list)
    shown: dict[int, list[str]] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    numbers: dict[int, int] = field(default_factory=dict)
    bot: Any = None

    def start(self) -> None:
        url = f"sqlite+aiosqlite:///{self.database}"
        self.bot = FORKS.Process(target=live, args=(self.folder / "clock", self.sim.url, url, self.forgetful))
        self.bot.start()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.bot.pid, signal.SIGKILL)
        self.bot.join(5)
        assert self.bot.exitcode == -signal.SIGKILL

    async def hook(self, phase: str, call: Call) -> None:
        """Note what people were shown, and strike where a point says so."""
        if phase == "received":
            self.counted[call.method] += 1
            self.numbers[id(call)] = self.counted[call.method]
        elif call.method in SENDS and call.message is not None:
            self.shown.setdefault(call.message.chat.id, []).append(words(call.message))
        mine = (p for p in self.points if (p.method, p.phase) == (call.method, phase))
        if (here := next((p for p in mine if p.nth <= self.numbers[id(call)]), None)) is not None:
            self.points.remove(here)
            self.killed.append(here)
            self.kill()
            self.start()
            raise DropConnection

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5) as connection:
            found = connection.execute(query).fetchall()
        connection.close()
        return found

    def count(self, query: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {query}")[0][0])

    def at_rest(self) -> bool:
        return not (
            len(self.sim.updates)
            or self.count("inbox WHERE state IN ('ready', 'claimed')")
            or not self.nothing_to_send()
            or self.count("sent_message WHERE live AND shown < wanted")
        )

    def nothing_to_send(self) -> bool:
        return not self.count("outbox WHERE state IN ('ready', 'sending')")

    async def to_next_deadline(self) -> None:
        (due,) = self.rows("SELECT min(due_at) FROM timer WHERE state = 'waiting'")[0]
        self.clock.move_to(datetime.fromisoformat(due).replace(tzinfo=UTC))


def words(message: Message) -> str:
    return message.text or message.caption or ""


@asynccontextmanager
async def town(folder: Path, forgetful: bool = False):
    """The sample city with its bot alive in another process; it is killed at the end, too."""
    clock = SharedClock.made(folder / "clock", MORNING)
    await create_database(database(folder))
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now) as sim:
        made = Town(sim, clock, folder, folder / "city.db", forgetful)
        sim.hook = made.hook
        made.start()
        try:
            yield made
        finally:
            made.kill()


# --- people who act when they see what they wait for ------------------------------------------------------------


async def until(look: Callable[[], Any], what: str) -> Any:
    """What the look finds, as soon as it finds something."""
    give_up = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > give_up:
            raise AssertionError(f"nobody ever saw {what}")
        await asyncio.sleep(0.01)
    return found


def newest(who: Account | Group, fits: Callable[[Shown], bool], after: int = 0) -> Shown | None:
    return next((s for s in reversed(who.sees) if s.from_bot and s.message_id > after and fits(s)), None)


async def sees(who: Account | Group, text: str, after: int = 0) -> Shown:
    found = await until(lambda: newest(who, lambda s: text in s.text, after), f"{text!r} ({who})")
    assert isinstance(found, Shown)
    return found


async def taps(who: Account, label: str, after: int = 0) -> None:
    on = await until(lambda: newest(who, lambda s: label in s.labels, after), f"[{label}] ({who})")
    who.taps(label, on=on)


def last_id(who: Account) -> int:
    return who.last.message_id


@dataclass(frozen=True)
class Characters:
    manager: Account
    head: Account
    officer: Account
    group: Group
    resident: Account


async def gather(town: Town) -> Characters:
    """Everybody joins, the group is bound."""
    staff = []
    for name, phone in (("经理甲", "13800000101"), ("负责人甲", "13800000105"), ("经办员甲", "13800000107")):
        account = town.sim.person(name, phone=phone)
        account.opens()
        account.shares_contact()
        staff.append(account)
    manager, head, officer = staff
    await until(lambda: town.count("event WHERE kind = 'StaffJoined'") == 3, "three of the staff joined")
    group = town.sim.group("武侯区住建工作群", members=[officer])
    group.add_bot(by=officer)
    officer.says("/bind")
    line = next(
        x for x in (await sees(officer, "/bind ", last_id(officer))).text.splitlines() if x.startswith("/bind ")
    )
    officer.says(line, to=group)
    await taps(officer, "确认")
    resident = town.sim.person("王女士", phone="13900000001")
    resident.opens("p_jchy")
    await taps(resident, "同意并继续")
    resident.says("3栋 1201")
    resident.shares_contact()
    await sees(resident, "好了")
    await until(town.at_rest, "a bot at rest after everybody has joined")
    return Characters(manager, head, officer, group, resident)


async def files(who: Account) -> None:
    """An album with words, the matter, and whatever is asked on the way."""
    who.says("反映问题")
    who.sends_album(3, caption="3栋电梯坏了，一直停在1楼")
    await taps(who, "电梯停运或故障")
    asked = await until(lambda: newest(who, lambda s: bool({"没有", "提交"} & set(s.labels))), "a way to submit")
    if "没有" in asked.labels:
        who.taps("没有", on=asked)
    await taps(who, "提交")
    await sees(who, "已收到，")


async def resolves(characters: Characters, result: str, after: int = 0) -> None:
    head, before = characters.head, last_id(characters.head)
    await taps(head, "提交办结", after)
    head.says(result)
    await taps(head, "提交", before)


async def story(town: Town, characters: Characters) -> None:
    """Filed with an album, nudged, expired, taken over, answered, resolved, 不满意, reopened, resolved, 满意."""
    resident, head = characters.resident, characters.head
    await files(resident)
    for n, which in enumerate(("第1次提醒", "第2次提醒", "最后一次提醒"), 1):
        await town.to_next_deadline()
        await until(lambda n=n: town.count("event WHERE kind = 'Nudged'") == n, f"nudge {n} in the ledger")
        await until(town.nothing_to_send, f"nudge {n} sent")
        assert newest(characters.manager, lambda s, w=which: w in s.text)
    await town.to_next_deadline()
    for told in (characters.manager, head, characters.officer, resident, characters.group):
        await sees(told, "超时")
    before = last_id(head)
    await taps(head, "我来处理")
    await until(town.nothing_to_send, "all of the takeover")  # a copy that was cut off is unknown to the bot
    head.says("已联系维保单位，今天18:00前恢复。", reply_to=await sees(head, "编号"))
    await taps(head, "一般问题，2个工作日内办结", before)
    await until(lambda: town.count("event WHERE kind = 'Classified'"), "the disposition")
    await resolves(characters, "门机配件已更换，电梯恢复运行。")
    before = last_id(head)
    await taps(resident, "不满意")
    await taps(resident, "没有解决")
    await sees(characters.group, "重新办理")
    again = await sees(head, "重新办理", before)
    before = last_id(resident)
    await taps(head, "去办理", again.message_id - 1)
    await resolves(characters, "已更换控制板并试运行2小时，正常。", again.message_id - 1)
    await taps(resident, "满意", before)
    await until(lambda: town.count("event WHERE kind = 'Closed'"), "the end of the case")
    await until(town.at_rest, "a bot at rest at the end")
