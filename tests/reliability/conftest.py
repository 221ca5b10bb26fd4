"""Fixtures for faults: a city whose line to the messenger fails on order, and a loop whose time can be skipped."""

import asyncio

import pytest
from playing import Play
from scenes import open_for, scene

from simulator.faults.call_faults import PATIENCE
from simulator.faults.injector import Misbehaviour

GIVES_UP = 10.0  # seconds: more than any call of the bot's may last
BREATHS = 200  # turns of the loop in which all that isn't held up gets its answer


@pytest.fixture
async def city(address, request):
    """The sample city; here calls are refused on purpose."""
    async with open_for(request.node, address) as made:
        yield made


@pytest.fixture
def play(city):
    return Play(city)


@pytest.fixture
async def skips(monkeypatch):
    """Waiting that takes no time: the loop's clock is put forward, so that whoever waits too long gives up."""
    loop, ahead = asyncio.get_running_loop(), [0.0]
    real = loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + ahead[0])

    async def skip(seconds):
        until = loop.time() + min(seconds, GIVES_UP)
        for _ in range(BREATHS):
            await asyncio.sleep(0)
        ahead[0] += max(0.0, until - loop.time())
        if seconds >= PATIENCE:
            await asyncio.Event().wait()

    return skip


@pytest.fixture
async def goes_wrong(city, skips):
    """From now on calls go wrong by these rules."""
    begun = []

    async def begin(*rules, seed=0):
        made = Misbehaviour(city.sim, rules, seed, wait=skips, monotonic=city.clock.real)
        begun.append(await made.__aenter__())
        return made

    yield begin
    for one in begun:
        print(one)
        await one.end()


@scene
async def characters(play):
    """Manager, head, officer, their group, resident; no case yet."""
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    return manager, head, officer, await play.group(officer), await play.resident()


@scene
async def filed(play, characters):
    """A case on the manager's table."""
    await play.files(characters[-1])
    return characters
