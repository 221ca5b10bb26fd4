"""A city that lives while its bot is killed at moments, at calls and at points of its code."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

import postgresql
from crowd import Crowd
from replicas import CRASH_POINTS, FULL, TERMS, Crash, Replicas, SharedClock
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from verdict import Seen

from bot.ops.retry import or_default
from demo.sample_city import TOKEN
from simulator.api_errors import DropConnection
from simulator.botapi.calls import Call
from simulator.server import Simulator
from storage.messaging.inbox import INBOX, OPEN
from storage.messaging.outbox import OUTBOX
from storage.repositories import ledger, timers
from storage.tables import LIVENESS
from storage.work import Store

WAYS = ("moment", "call", "point")
ON_SQLITE, ON_POSTGRESQL = (*WAYS, "lock", "disk"), (*WAYS, "sleep", "database")
SELDOM = {"outage": 0.02, "window": 0.05, "clock": 0.04}  # how often each of them comes, in place of a kill
OUTAGE = timedelta(hours=26)
SHORT = (70.0, 6 * 3600.0)  # seconds of an outage inside of a window
REACH = (0.1, 1.5)  # where it begins: so many of its lengths before a deadline
SETTINGS = tuple(sign * s for s in (600.0, 8 * 3600.0, 3 * 365 * 86400.0) for sign in (1, -1))
BACK = 90.0  # seconds within which the bot shows that it is back, or what is due is struck
BESIDE = 1.0  # seconds by which an instance's time may differ: the messenger says its own in whole ones
SENDS = ("sendMessage", "sendMediaGroup", "sendPhoto", "sendVideo", "sendVoice", "sendLocation")
CALLS = (*SENDS[:2], "editMessageText", "getUpdates", "answerCallbackQuery")
UNSENT = (OUTBOX.c.state.in_(("ready", "sending")), OUTBOX.c.method != "leave")
HOST = "bot.example.cn"
BREATH = (0.05, 0.5)  # seconds of traffic before somebody strikes
FUSE = 0.8  # seconds after which a charge that hasn't gone off, or a call that hasn't come, is given up
PACE = (0.02, 0.09)  # seconds between two acts: as many people as there are don't flood
BACKLOG = 25  # updates that nobody has fetched, or messages that nobody has sent, after which people wait
PATIENCE = 90.0  # seconds to come to rest at the end
JUMP = 0.05  # how often time moves on to the next deadline


class Living:
    """A city with replicas of its bot, a crowd, and whoever kills."""

    def __init__(self, sim: Simulator, replicas: Replicas, clock: SharedClock, store: Store, seed: int) -> None:
        self.sim = sim
        self.replicas = replicas
        self.clock = clock
        self.store = store
        self.chance = random.Random(seed)
        self.crowd = Crowd(sim, random.Random(seed + 1))
        self.seen = Seen(bot=int(TOKEN.partition(":")[0]), username="mashang_demo_bot")
        self.ways: Counter[str] = Counter()
        self.faults: list[str] = []
        self._jumps = True
        self.seed = seed
        self._awaited: tuple[str, str] | None = None
        self._struck = asyncio.Event()
        sim.hook = self._hook
        self._listen(sim)

    def _listen(self, sim: Simulator) -> None:
        """Keep every update as it was issued."""
        push = sim.updates._push

        def pushed(number: int, raw: dict[str, Any]) -> None:
            self.seen.issued[number] = raw
            push(number, raw)

        sim.updates._push = pushed

    async def _hook(self, phase: str, call: Call) -> None:
        """Note what people are shown, and strike where somebody waits for just this call."""
        if phase == "done" and call.method in SENDS and call.message is not None:
            said = call.message
            self.seen.shown.append((said.chat.id, (said.text or said.caption or "").strip()))
        if self._awaited == (call.method, phase):
            self._awaited = None
            self._kill_all()
            self._struck.set()
            raise DropConnection

    def _kill_all(self) -> None:
        """Whichever replica has called: all die at once, which no order of theirs can soften."""
        for which in range(self.replicas.many):
            self.replicas.kill(which)

    # --- people ------------------------------------------------------------------------------------------------

    async def gathers(self) -> None:
        self.replicas.begin()
        for _ in self.crowd.comes():
            await self.rests()

    async def lives(self, seconds: float) -> None:
        """The crowd goes about its business for so long; now and then time moves on to a deadline."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._watch()
            if len(self.sim.updates) < BACKLOG and await or_default(self._unsent, "what waits", BACKLOG) < BACKLOG:
                self.crowd.acts_once()
            if self._jumps and self.chance.random() < JUMP:
                await self._jump()
            await asyncio.sleep(self.chance.uniform(*PACE))

    def _watch(self) -> None:
        """Who could not start is started again; who brings an update to the bot's host comes to one of the replicas."""
        self.replicas.revive()
        if self.replicas.ports:
            self.sim.hosts[HOST] = f"http://127.0.0.1:{self.chance.choice(self.replicas.ports)}"

    async def _jump(self) -> None:
        waiting = await or_default(self._waiting, "the next deadline", [])
        if waiting:
            self.clock.move_to(waiting[0].due_at)

    async def _unsent(self) -> int:
        async with self.store.work(self.clock.now()) as work:
            row = await work.first(select(func.count()).select_from(OUTBOX).where(*UNSENT))
        return row[0] if row else 0

    async def _waiting(self) -> list[timers.Due]:
        async with self.store.work(self.clock.now()) as work:
            return await timers.waiting(work)

    # --- whoever kills -----------------------------------------------------------------------------------------

    async def strikes(self) -> None:
        """One kill, at a moment, a call or a point of the code; and the replacement of whoever died."""
        which = self.chance.randrange(self.replicas.many)
        way = self.chance.choice(ON_POSTGRESQL if self.replicas.many > 1 else ON_SQLITE)
        way = next((rare for rare, share in SELDOM.items() if self.chance.random() < share), way)
        self.ways[way] += 1
        await self.lives(self.chance.uniform(*BREATH))
        done: dict[str, Callable[[], Awaitable[None]]] = {
            "call": self._at_a_call,
            "point": partial(self._at_a_point, which),
            "sleep": partial(self._asleep, which),
            "database": self._cut_off,
            "lock": self._locked,
            "disk": self._filled,
            "outage": partial(self._away, OUTAGE.total_seconds()),
            "window": self._away_in_a_window,
            "clock": self._set,
        }
        await done[way]() if way in done else self.replicas.kill(which)

    async def _at_a_call(self) -> None:
        self._struck.clear()
        self._awaited = (self.chance.choice(CALLS), self.chance.choice(("received", "done")))
        await self._until(self._struck.is_set)
        if self._awaited is not None:
            self._awaited = None
            self._kill_all()

    async def _at_a_point(self, which: int) -> None:
        """An instance with a charge laid takes a place, and dies of it."""
        self.replicas.kill(which, Crash(self.chance.choice([*CRASH_POINTS]), self.chance.randint(1, 4)))
        await self._until(lambda: self.replicas.dead(which))
        if self.replicas.dead(which):
            self.replicas.bury(which)
        else:
            self.replicas.kill(which)

    async def _asleep(self, which: int) -> None:
        """One replica is stopped for longer than its lease, while another leads, and wakes up again."""
        self.replicas.stop(which)
        await self.lives(TERMS["lease"] * self.chance.uniform(0.5, 2.0))
        self.replicas.wake(which)

    async def _cut_off(self) -> None:
        """The database drops every connection and takes no new one for a moment, as when it is started anew."""
        address = self.replicas.known["database_url"]
        self.replicas.may_fail = True
        await postgresql.allow(address, connections=False)
        await asyncio.sleep(self.chance.uniform(0.05, 0.5))
        await postgresql.allow(address, connections=True)

    async def _locked(self) -> None:
        """Somebody else writes into the file of SQLite and takes their time."""
        with closing(self._beside()) as other:
            other.execute("BEGIN IMMEDIATE")
            await self.lives(self.chance.uniform(0.1, 1.5))
            other.execute("ROLLBACK")

    async def _filled(self) -> None:
        """The disk has no room for one page more, for a while."""
        full = self.replicas.clock.with_name(FULL)
        self.replicas.may_fail = True
        self._use_up_what_is_free()
        full.touch()
        await self.lives(self.chance.uniform(0.1, 1.0))
        full.unlink()

    def _use_up_what_is_free(self) -> None:
        with closing(self._beside()) as other:
            other.execute("CREATE TABLE IF NOT EXISTS filler (bytes)")
            while other.execute("PRAGMA freelist_count").fetchone()[0]:
                other.execute("INSERT INTO filler VALUES (zeroblob(4000))")

    def _beside(self) -> sqlite3.Connection:
        """Somebody else who has the file open."""
        name = make_url(self.replicas.known["database_url"]).database
        return sqlite3.connect(str(name), timeout=10, isolation_level=None)

    async def _away(self, seconds: float) -> None:
        """Nobody is there for so long, while people write and deadlines pass."""
        self.replicas.end()
        self.replicas.kills += self.replicas.many
        began, self._jumps = self.clock.now(), False
        for part in (0.4, 0.6):
            await self.lives(self.chance.uniform(*BREATH))
            self.clock.pass_by(part * seconds)
        self.seen.downs.append((began, self.clock.now()))
        await self._returns()
        self._jumps = True

    async def _returns(self) -> None:
        """Time doesn't jump before the bot has shown that it is back: it would pass for a part of the outage."""
        since = self.clock.real()
        self.replicas.begin()

        async def shown() -> bool:
            async with self.store.work(self.clock.now()) as work:
                return await work.first(select(LIVENESS).where(LIVENESS.c.real > since)) is not None

        give_up = time.monotonic() + BACK
        while not await or_default(shown, "a sign of life", False):
            if time.monotonic() > give_up:
                self.faults.append(f"back: no sign of life {BACK:.0f} s after an outage")
                return
            await self.lives(0.1)

    async def _away_in_a_window(self) -> None:
        """Nobody is there for a part of what somebody had to answer in, or over its end."""
        length = SHORT[0] * (SHORT[1] / SHORT[0]) ** self.chance.random()
        waiting = await or_default(self._waiting, "the next deadlines", [])
        if waiting:
            due = self.chance.choice(waiting[:10]).due_at
            self.clock.move_to(due - timedelta(seconds=length * self.chance.uniform(*REACH)))
            await self.rests(patience=5)
        await self._away(length)

    async def _set(self) -> None:
        """Somebody sets the machine's clock, perhaps before an instance starts, and later it is set right."""
        self.clock.set_wrong(self.chance.choice(SETTINGS))
        await self.lives(self.chance.uniform(*BREATH))
        if self.chance.random() < 0.5:
            self.replicas.kill(self.chance.randrange(self.replicas.many))
            await self.lives(self.chance.uniform(*BREATH))
        await self._jump()
        if not await self.rests(patience=BACK):
            self.faults.append(
                f"clock: what is due wasn't done within {BACK:.0f} s while the machine's clock was wrong"
            )
        async with self.store.work(self.clock.now()) as work:
            newest = await ledger.newest(work)
        if newest is not None and newest > self.clock.now() + timedelta(seconds=BESIDE):
            self.faults.append(f"clock: an event of {newest} at {self.clock.now()}")
        self.clock.set_wrong(0.0)

    async def _until(self, so: Callable[[], bool]) -> None:
        give_up = time.monotonic() + FUSE
        while not so() and time.monotonic() < give_up:
            await self.lives(0.03)

    # --- the end -----------------------------------------------------------------------------------------------

    async def rests(self, patience: float = PATIENCE) -> bool:
        """Wait until nothing is left to do; the verdict names what is left over where that never comes."""
        give_up = time.monotonic() + patience
        quiet = 0
        while quiet < 3:
            self._watch()
            quiet = quiet + 1 if await or_default(self._at_rest, "rest", False) else 0
            if time.monotonic() > give_up:
                return False
            await asyncio.sleep(0.05)
        return True

    async def _at_rest(self) -> bool:
        if len(self.sim.updates):
            return False
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            open_ = select(func.count()).select_from(INBOX).where(INBOX.c.state.in_(OPEN))
            unsent = select(func.count()).select_from(OUTBOX).where(*UNSENT)
            counts = [(await work.first(query))[0] for query in (open_, unsent)]
            return not any(counts) and not await timers.due_before(work, self.clock.now(), limit=1)
