"""A simulator on a loopback port, a clock that is moved, and python-telegram-bot as the client."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiogram.types import Update
from telegram.ext import ExtBot

from simulator.server import Simulator

TOKEN = "424242:simulated-token"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.at = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self):
        return self.at

    def monotonic(self):
        return self.seconds

    def moves(self, **by):
        self.at += timedelta(**by)
        self.seconds += timedelta(**by).total_seconds()


@pytest.fixture(autouse=True)
def _timedeltas(monkeypatch):
    """python-telegram-bot warns of reading `retry_after` unless it is a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def sim(clock):
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now) as simulator:
        yield simulator


def client(simulator):
    return ExtBot(TOKEN, base_url=f"{simulator.url}/bot", base_file_url=f"{simulator.url}/file/bot")


@pytest.fixture
async def bot(sim):
    async with client(sim) as bot:
        yield bot


@pytest.fixture
def wang(sim):
    return sim.person("王女士", phone="13900000001")


@pytest.fixture
def opened(wang):
    wang.opens()
    return wang


@pytest.fixture
def officer(sim):
    return sim.person("李科", phone="13900000002", username="li_ke_officer")


@pytest.fixture
def group(sim, officer):
    group = sim.group("武侯区住建局", members=[officer])
    group.add_bot(by=officer)
    return group


@pytest.fixture
def heard(sim):
    """What the bot would get now, parsed by aiogram."""

    async def hear(offset=0):
        return [Update.model_validate(raw) for raw in await sim.updates.get(offset, 100, 0)]

    return hear


@pytest.fixture
async def asked(sim):
    """A call made by hand, where python-telegram-bot is too well-behaved to make it."""

    async with aiohttp.ClientSession() as session:

        async def ask(method, params):
            async with session.post(f"{sim.url}/bot{TOKEN}/{method}", json=params) as answer:
                return await answer.json()

        yield ask


@pytest.fixture
async def limited(clock):
    """A simulator that keeps Telegram's limits, and a client of it."""
    simulator = Simulator(TOKEN, "mashang_demo_bot", clock.now, limits=True, monotonic=clock.monotonic)
    async with simulator, client(simulator) as bot:
        yield simulator, bot
