"""The bot is killed again and again while people go about their business; then a verdict says what was lost.

`make soak` and `make poison` say how to run it. The seed chooses what people do, where the bot dies and what goes
wrong on the wire; how the processes interleave is the machine's.
"""

import argparse
import asyncio
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import postgresql
from pydantic import SecretStr
from replicas import Replicas, SharedClock
from sqlalchemy import func, select
from surviving import HOST, Living
from verdict import Verdict, classify_error

from bot.app import new_id, rules
from demo.sample_city import MORNING, TOKEN, create_database, database, settings_for
from simulator.faults.call_faults import Broken, Flooded, Mishap, Outage, Reset, Slow
from simulator.faults.injector import Misbehaviour, Rule
from simulator.server import Simulator
from simulator.updates.disorder import Disorder, Mess, UpdateRule
from simulator.updates.fuzzed import poisoned
from simulator.updates.triggers import FOR_EVER
from storage.db.engine import open_engine
from storage.messaging.inbox import INBOX, OPEN
from storage.work import Store

MISHAPS: tuple[tuple[Mishap, bool, float], ...] = (  # to a send, after it was carried out or before, how often
    (Flooded(1), False, 0.01),
    (Broken(502), False, 0.01),
    (Broken(500), True, 0.01),
    (Reset(), False, 0.01),
    (Reset(), True, 0.01),
    (Slow(0.3), False, 0.03),
    (Outage(0.5), False, 0.002),
)
UNCLEAR = {str(mishap) for mishap in (Broken(502), Broken(500), Reset(), Outage(0.5))}
# Poison blocks the bot, comes back, and taps what people never tapped, such as 「取消」 over their words. It sends
# files that no messenger knows, names messages that never were, leaves a case when its time runs out, and has its own
# data erased, an officer's too.
MEANT = (
    " is dead_letter", " is dead: chat not found", "audience: ", "ended: ",
    "(files) is dead: BadRequest", "(blank) is dead: BadRequest", "(resident.expired) is dropped: pointless",
    "(bureau.expired_private) is dropped: pointless",
)  # fmt: skip
HOOK = {"webhook_url": f"https://{HOST}/hook", "webhook_secret": SecretStr("s3cret_of-the-soak")}
HASTE = 0.1  # the messenger brings again what nobody took sooner than Telegram
BEHIND = 200  # updates that wait, after which no more are fed
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "soak"
MESSES: tuple[Mess, ...] = ("twice", "again", "reordered")


class Soak(Living):
    """A living city on whose messenger things go wrong, and whose verdict can be asked."""

    mess: Misbehaviour | None = None

    async def verdict(self) -> Verdict:
        await self.rests()
        self.seen.confirmed = list(self.sim.updates_confirmed)
        found = await classify_error(self.store, self.seen, self.clock.now())
        found.counts["kills"] = self.replicas.kills
        found.faults += self.faults
        found.counts["acts"] = self.crowd.acts
        found.counts["bursts"] = self.crowd.bursts
        found.counts.update({f"way {way}": times for way, times in self.ways.items()})
        cuts = self.replicas.kills + self.ways["sleep"] + self.ways["database"] + self.unclear
        if found.counts["marked repeats"] > cuts:
            found.faults.append(f"repeats: {found.counts['marked repeats']} where {cuts} ends may be unknown")
        return found

    # --- a messenger that misbehaves, and updates that nobody expects ------------------------------------------

    @property
    def unclear(self) -> int:
        """Calls of which the bot can't know whether they were carried out."""
        return sum(str(one.mishap) in UNCLEAR for one in self.mess.applied) if self.mess else 0

    async def misbehaves(self) -> None:
        """From now on calls and updates go wrong by the seed."""
        rules = [Rule(mishap=mishap, after=after, chance=chance, times=FOR_EVER) for mishap, after, chance in MISHAPS]
        messes = [UpdateRule(mess=mess, chance=0.03, times=FOR_EVER) for mess in MESSES]
        self.mess = Misbehaviour(self.sim, rules, self.seed)
        await self.mess.__aenter__()
        self.sim.updates.disorder = Disorder(messes, self.seed)

    async def behaves(self) -> None:
        if self.mess is not None:
            await self.mess.end()
            self.sim.updates.disorder = Disorder(())

    async def poisons(self, many: int) -> tuple[int, float]:
        """So many mutated updates; how many were set aside, and in how many seconds a good one is then answered."""
        samples = [raw for raw in self.seen.issued.values() if "message" in raw or "callback_query" in raw]
        for n, raw in enumerate(islice(poisoned(samples, self.seed), many), 1):
            number = self.sim.updates.inject({name: part for name, part in raw.items() if name != "update_id"})
            self.seen.poisoned.add(number)
            if n % 50 == 0:
                self.clock.move_to(self.clock.now() + timedelta(seconds=11))  # nobody is to be held back for haste
                while await self._unhandled() > BEHIND:
                    await asyncio.sleep(0.02)
        await self.rests(patience=600)
        async with self.store.work(self.clock.now()) as work:
            aside = select(func.count()).select_from(INBOX).where(INBOX.c.state == "dead_letter")
            row = await work.first(aside)
        return (row[0] if row else 0), await self._answered()

    async def _unhandled(self) -> int:
        """How many updates nobody has dealt with so far."""
        async with self.store.work(self.clock.now()) as work:
            row = await work.first(select(func.count()).select_from(INBOX).where(INBOX.c.state.in_(OPEN)))
        return len(self.sim.updates) + (row[0] if row else 0)

    async def _answered(self) -> float:
        """Seconds until somebody who asks for help gets it."""
        began, who = time.monotonic(), self.sim.person("新来的", phone="13500000001")
        who.says("/help")
        while not any(post.from_bot for post in who.posts):
            await asyncio.sleep(0.01)
        return time.monotonic() - began


def free_ports(many: int) -> tuple[int, ...]:
    """Ports of this machine that nobody listens to just now."""
    with ExitStack() as stack:
        found = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(many)]
        return tuple(one.getsockname()[1] for one in found)


@asynccontextmanager
async def soaking(folder: Path, url: str, seed: int, replicas: int, *, webhook: bool = False) -> AsyncIterator[Soak]:
    """A city laid in an empty database, with everybody joined; all its processes end with it."""
    clock = SharedClock.made(folder / "clock", MORNING)
    await create_database(url)

    async def wait(seconds: float) -> None:
        await asyncio.sleep(seconds * HASTE)

    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, wait=wait) as sim:
        ports = free_ports(replicas) if webhook else ()
        settings = settings_for(url, sim)
        known = settings.model_dump() | (HOOK if webhook else {})
        engine = open_engine(url)
        store = Store(engine, rules(settings), new_id)
        sim._now = lambda: datetime.fromtimestamp(clock.real(), UTC)  # of the Date of its answers
        made = Soak(sim, Replicas(folder / "clock", known, replicas, ports), clock, store, seed)
        try:
            await made.gathers()
            yield made
        finally:
            made.replicas.end()
            await engine.dispose()


async def soak(
    folder: Path,
    url: str,
    seed: int,
    *,
    replicas: int = 1,
    kills: int = 0,
    seconds: float = 0,
    mess: bool = False,
    webhook: bool = False,
) -> Verdict:
    """Kill so often, and for so long; then the verdict."""
    began = time.monotonic()
    async with soaking(folder, url, seed, replicas, webhook=webhook) as made:
        if mess:
            await made.misbehaves()
        said = 0
        while made.replicas.kills < kills or time.monotonic() - began < seconds:
            await made.strikes()
            if made.replicas.kills // 100 > said:
                said = made.replicas.kills // 100
                print(f"{made.replicas.kills} kills, {time.monotonic() - began:.0f} s", file=sys.stderr)
        await made.behaves()
        return await made.verdict()


async def poison(folder: Path, url: str, seed: int, many: int) -> Verdict:
    """So many mutated updates among the ordinary ones, without kills; then the verdict."""
    async with soaking(folder, url, seed, 1) as made:
        await made.lives(10.0)
        await made.rests()
        aside, answered = await made.poisons(many)
        found = await made.verdict()
        found.faults = [fault for fault in found.faults if not any(meant in fault for meant in MEANT)]
        found.counts |= Counter({"poisoned": many, "set aside": aside})
        if answered > 5.0:
            found.faults.append(f"the next good update was answered after {answered:.1f} s")
        return found


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=0)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--mess", action="store_true", help="the messenger misbehaves as well")
    asked.add_argument("--webhook", action="store_true", help="updates are brought, to any of the replicas")
    asked.add_argument("--poison", type=int, default=0, help="so many mutated updates instead of kills")
    given = asked.parse_args()
    print(f"SEED={given.seed} ENGINE={given.engine}")
    began = time.monotonic()
    verdict = asyncio.run(_run(given))
    print(f"{verdict}\n{time.monotonic() - began:.0f} s")
    return 1 if verdict.faults else 0


async def keep_copy(folder: Path, seed: int) -> None:
    """The database of a run with faults, to look at."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(folder / "city.db")) as city,
        closing(sqlite3.connect(ARTEFACTS / f"{seed}.db")) as copy,
    ):
        city.backup(copy)


async def keep_dump(url: str, seed: int) -> None:
    """The same of PostgreSQL, where its `pg_dump` is there."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    if dumping := shutil.which("pg_dump"):
        address = url.replace("+asyncpg", "")
        made = await asyncio.create_subprocess_exec(dumping, "--file", str(ARTEFACTS / f"{seed}.sql"), address)
        await made.wait()


async def _run(given: argparse.Namespace) -> Verdict:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as name:
        folder = Path(name)
        how = {"kills": given.kills, "seconds": given.seconds, "mess": given.mess, "webhook": given.webhook}
        if given.poison:
            return await poison(folder, database(folder), given.seed, given.poison)
        if given.engine == "sqlite":
            verdict = await soak(folder, database(folder), given.seed, **how)
            if verdict.faults:
                await keep_copy(folder, given.seed)
            return verdict
        async with postgresql.fresh("soak") as url:
            verdict = await soak(folder, url, given.seed, replicas=2, **how)
            if verdict.faults:
                await keep_dump(url, given.seed)
            return verdict
