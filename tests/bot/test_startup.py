"""`mashang run` as a real process: up in time, small enough, and quick to answer."""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.people.accounts import Account
from simulator.server import Simulator

TOKEN = "424242:simulated-token-of-a-real-process"
READY_WITHIN = 5.0  # seconds on two cores
LIBRARIES_LOAD = 2.4  # seconds that loading the libraries took where the limits were measured
LARGEST = 270  # MB of resident memory
ANSWERED_WITHIN = 0.150  # seconds, median
PEOPLE, TAPS = 10, 3  # a chat takes three messages at once, then one a second


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator(token=TOKEN, username="mashang_bot", now=lambda: datetime.now(UTC)) as made:
        yield made


@pytest.fixture
def environment(sim: Simulator, tmp_path: Path) -> dict[str, str]:
    database = f"sqlite+aiosqlite:///{tmp_path / 'real.db'}"
    ours = {"MASHANG_TOKEN": TOKEN, "MASHANG_API_URL": sim.url, "MASHANG_DATABASE_URL": database}
    return {**{k: v for k, v in os.environ.items() if not k.startswith("MASHANG_")}, **ours}


async def seen(account: Account, count: int, within: float = 10.0) -> float:
    """Wait until so many messages of the bot are there; how many seconds that took."""
    began = time.perf_counter()
    while sum(shown.from_bot for shown in account.sees) < count:
        if time.perf_counter() - began > within:
            raise AssertionError(f"no answer within {within} s")
        await asyncio.sleep(0.002)
    return time.perf_counter() - began


async def crowd(sim: Simulator) -> list[Account]:
    return [sim.person(f"业主{n}", phone=f"1390000{n:04d}") for n in range(PEOPLE)]


async def answer(account: Account, before: int) -> float:
    account.says("/help")
    return await seen(account, before + 1)


def resident_memory(pid: int) -> int:
    """MB, as the kernel counts it."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def slowness() -> float:
    """How much longer than on the machine of the limits the libraries alone take to load here; 1 or more."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import aiogram, telegram.ext, sqlmodel"], check=True)
    return max(1.0, (time.perf_counter() - began) / LIBRARIES_LOAD)


@pytest.mark.alone
async def test_the_bot_is_up_in_five_seconds_small_and_quick(sim, environment):
    slow = slowness()
    wang = sim.person("王女士", phone="13900000001")
    wang.opens()
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "cli", "run"], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        await seen(wang, 1, within=READY_WITHIN * 3 * slow)
        ready = time.perf_counter() - began
        waits = [await answer(account, n) for account in await crowd(sim) for n in range(TAPS)]
        memory = resident_memory(process.pid)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=20)
    print(f"ready {ready:.2f} s, answered {statistics.median(waits) * 1000:.0f} ms (median), {memory} MB")
    assert ready < READY_WITHIN * slow, errors[-2000:]
    assert memory < LARGEST
    assert statistics.median(waits) < ANSWERED_WITHIN * slow
    assert TOKEN not in errors
