"""What is promised when a real process is told to stop while it has much to do."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime

import pytest
from live_bot import until
from message_outcomes import MARK

from demo.sample_city import TOKEN
from simulator.server import Simulator

HELP = "/help"
ENDS_WITHIN = 20.0  # seconds
PEOPLE = 30


def said_to(account):
    return [shown.text for shown in account.sees if shown.from_bot]


@pytest.mark.thorough
@pytest.mark.alone
async def test_sigterm_under_load_ends_well_and_another_instance_goes_on(tmp_path):
    file = tmp_path / "bot.db"
    async with Simulator(token=TOKEN, username="mashang_bot", now=lambda: datetime.now(UTC)) as sim:
        ours = {
            "MASHANG_TOKEN": TOKEN,
            "MASHANG_API_URL": sim.url,
            "MASHANG_DATABASE_URL": f"sqlite+aiosqlite:///{file}",
        }
        known = {**{k: v for k, v in os.environ.items() if not k.startswith("MASHANG_")}, **ours}
        people = [sim.person(f"业主{n}", phone=f"1390000{n:04d}") for n in range(PEOPLE)]
        async with started(known):
            for who in people:
                for _ in range(3):
                    who.says(HELP)
            await until(lambda: sum(len(said_to(who)) for who in people) > 5, "some answers", wait=30)
        assert sum(len(said_to(who)) for who in people) < 3 * PEOPLE  # it was in the middle of it
        with closing(sqlite3.connect(file)) as connection:
            assert not connection.execute("SELECT 1 FROM inbox WHERE state = 'claimed'").fetchall()
            assert not connection.execute("SELECT 1 FROM outbox WHERE state = 'sending'").fetchall()
        async with started(known):
            await until(lambda: all(len(said_to(who)) == 3 for who in people), "all the answers", wait=40)
    assert not [text for who in people for text in said_to(who) if text.startswith(MARK)]


@asynccontextmanager
async def started(known):
    """`mashang run`, which ends by itself when it is told to, or else with the test."""
    silent = {"stdout": asyncio.subprocess.DEVNULL, "stderr": asyncio.subprocess.DEVNULL}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "cli", "run", env=known, **silent)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), ENDS_WITHIN) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
