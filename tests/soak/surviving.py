"""A city that lives while its bot is killed at moments, at calls and at points of its code."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
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
from storage.repositories import timers
from storage.work import Store

WAYS = ("moment", "call", "point")
ON_SQLITE, ON_POSTGRESQL = (*WAYS, "lock", "disk"), (*WAYS, "sleep", "database")
OUTAGES = 0.02  # how often nobody is there for as long as that
OUTAGE = timedelta(hours=26)
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
            if self.chance.random() < JUMP:
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
        way = "outage" if self.chance.random() < OUTAGES else way
        self.ways[way] += 1
        await self.lives(self.chance.uniform(*BREATH))
        match way:
            case "call":
                await self._at_a_call()
            case "point":
                await self._at_a_point(which)
            case "sleep":
                await self._asleep(which)
            case "database":
                await self._cut_off()
            case "lock":
                await self._locked()
            case "disk":
                await self._filled()
            case "outage":
                await self._away()
            case _:
                self.replicas.kill(which)

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

    async def _away(self) -> None:
        """Nobody is there for a day and more, while people write and deadlines pass."""
        self.replicas.end()
        self.replicas.kills += self.replicas.many
        await self.lives(self.chance.uniform(*BREATH))
        self.clock.move_to(self.clock.now() + OUTAGE)
        self.replicas.begin()

    async def _until(self, so: Callable[[], bool]) -> None:
        give_up = time.monotonic() + FUSE
        while not so() and time.monotonic() < give_up:
            await self.lives(0.03)

    # --- the end -----------------------------------------------------------------------------------------------

    async def rests(self, patience: float = PATIENCE) -> None:
        """Wait until nothing is left to do; the verdict names what is left over where that never comes."""
        give_up = time.monotonic() + patience
        quiet = 0
        while quiet < 3:
            self._watch()
            quiet = quiet + 1 if await or_default(self._at_rest, "rest", False) else 0
            if time.monotonic() > give_up:
                return
            await asyncio.sleep(0.05)

    async def _at_rest(self) -> bool:
        if len(self.sim.updates):
            return False
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            open_ = select(func.count()).select_from(INBOX).where(INBOX.c.state.in_(OPEN))
            unsent = select(func.count()).select_from(OUTBOX).where(*UNSENT)
            counts = [(await work.first(query))[0] for query in (open_, unsent)]
            return not any(counts) and not await timers.due_before(work, self.clock.now(), limit=1)
