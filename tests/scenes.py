"""Fixtures that bring a city so far are played once in a process; every further test gets a copy of what came of it.

What a scene leaves behind is the database and the simulator's memory. The bot that goes on from there is a new one, as
after a restart, with the clock where the scene had left it.
"""

import inspect
import io
import pickle
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playing import Player

from bot.clock import StillClock
from demo.sample_city import MORNING, TOKEN, SampleCity, running_bot
from simulator.server import Memory, Simulator
from storage.db.locking import file_of


@dataclass(frozen=True)
class Kept:
    """A city's database, and its clock, simulator and people as bytes."""

    database: bytes
    state: bytes

    def restore(self, file: Path) -> tuple[StillClock, Memory, dict[str, Any]]:
        """The database into that file; clock, simulator and what the scenes returned."""
        file.write_bytes(self.database)
        return pickle.loads(self.state)  # noqa: S301 - written by this process


KEPT: dict[tuple[str, ...], Kept] = {}  # by the scenes that were played, in their order


def scene(lay):
    """An async fixture for which nothing is needed but the city, `play` and other scenes: laid once, then copied.

    What it returns may be people, groups, or tuples of them.
    """
    name = f"{lay.__module__}.{lay.__qualname__}"
    needed = inspect.signature(lay).parameters

    async def laid(city: SampleCity, **given: Any) -> Any:
        also = {"city": city} if "city" in needed else {}
        scenes = SCENES.get(id(city))
        if scenes is None:  # a test's own city, of which nothing is kept
            return await lay(**given, **also)
        return await scenes.reach(name, lambda: lay(**given, **also))

    asked = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in dict.fromkeys(("city", *needed))]
    laid.__signature__ = inspect.Signature(asked)
    laid.__name__, laid.__doc__ = lay.__name__, lay.__doc__
    laid.scene = name
    return pytest.fixture(laid)


class Scenes:
    """Which scenes this city has seen, and what they returned."""

    def __init__(self, city: SampleCity, address: str, done: tuple[str, ...], values: dict[str, Any]) -> None:
        self.city = city
        self.address = address
        self.done = done
        self.values = values
        self.seen = self._seen()

    async def reach(self, name: str, lay: Callable[[], Awaitable[Any]]) -> Any:
        """What the scene returns: as it was kept, or played now. It is kept if nothing but scenes was played before."""
        if name in self.values:
            return self.values[name]
        pure = self.seen == self._seen()
        self.values[name] = await lay()
        if pure and self.address.startswith("sqlite"):
            self.done = (*self.done, name)
            KEPT[self.done] = self._kept()
            self.seen = self._seen()
        return self.values[name]

    def _seen(self) -> tuple[Any, ...]:
        sim = self.city.sim
        return len(sim.calls), len(sim.world.entries), len(sim.world.rooms), self.city.clock.now()

    def _kept(self) -> Kept:
        with closing(sqlite3.connect(file_of(self.address))) as connection:
            database = connection.serialize()
        written = io.BytesIO()
        _Pickler(written).dump((self.city.clock, self.city.sim.memory, self.values))
        return Kept(database, written.getvalue())


SCENES: dict[int, Scenes] = {}  # by the id of an open city


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        """Somebody who plays goes without the city, which isn't copied."""
        return (Player, (None, obj.account)) if type(obj) is Player else NotImplemented


def _settled(value: Any, city: SampleCity) -> None:
    """Everybody who plays gets the city that is open now."""
    if type(value) is Player:
        value.city = city
    elif isinstance(value, tuple | list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            _settled(one, city)


def wanted(item: pytest.Item) -> tuple[str, ...]:
    """The scenes that a test asks for, in the order in which they will be played."""
    info = item._fixtureinfo
    found: dict[str, str] = {}

    def visit(name: str) -> None:
        for definition in info.name2fixturedefs.get(name, ())[-1:]:
            for needed in definition.argnames:
                visit(needed)
            if (known := getattr(definition.func, "scene", None)) is not None:
                found[name] = known

    for name in info.initialnames:
        visit(name)
    return tuple(found.values())


@asynccontextmanager
async def open_for(item: pytest.Item, address: str):
    """The sample city of a test, with as many of its scenes as were played before."""
    chain = wanted(item)
    done = next((chain[:n] for n in range(len(chain), 0, -1) if chain[:n] in KEPT), ())
    if done and address.startswith("sqlite"):
        kept = KEPT[done]
        clock, memory, values = kept.restore(file_of(address))
    else:
        done, clock, memory, values = (), StillClock(MORNING), None, {}
    sim = Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real)
    if memory is not None:
        sim.resume(memory)
    async with sim, running_bot(sim, clock, address) as city:
        _settled(values, city)
        if done:
            await city.settle()  # a bot that has just begun has asked for nothing yet
        SCENES[id(city)] = Scenes(city, address, done, values)
        try:
            yield city
        finally:
            del SCENES[id(city)]
