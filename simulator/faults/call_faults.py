"""Faults of calls: refusals, HTML pages, silence, broken lines, delays, outages, and people's own acts."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from simulator.api_errors import Answer, DropConnection, Page, too_many
from simulator.botapi.calls import Call
from simulator.server import Simulator

Wait = Callable[[float], Awaitable[None]]
PATIENCE = 3600.0  # seconds after which even the most patient client has given up
HTML = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"
TITLES = {500: "500 Internal Server Error", 502: "502 Bad Gateway"}


@dataclass
class Scene:
    """Where mishaps take place: a simulator, a way to let real time pass, and until when whom a 429 halts."""

    sim: Simulator
    wait: Wait = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    halted: dict[int | None, float] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def halt(self, chat: int | None, seconds: float) -> None:
        """That chat takes nothing for so long; None is all of them."""
        self.halted[chat] = self.monotonic() + seconds

    def halted_for(self, chat: int) -> float:
        """How many seconds that chat still takes nothing."""
        return max(self.halted.get(key, 0.0) for key in (chat, None)) - self.monotonic()

    def meanwhile(self, what: Coroutine[Any, Any, None]) -> None:
        """Something that goes on while calls come and go."""
        task = asyncio.create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """What goes on comes to its end at once."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class Mishap(Protocol):
    async def befall(self, call: Call, scene: Scene) -> None:
        """Raise one of the faults, take time, or change the world and let the call go on."""


@dataclass(frozen=True)
class Flooded:
    """A 429: the chat, or all of them, take nothing for so many seconds."""

    seconds: int
    everywhere: bool = False

    async def befall(self, call: Call, scene: Scene) -> None:
        scene.halt(None if self.everywhere else call.params.integer("chat_id"), self.seconds)
        raise too_many(self.seconds)


@dataclass(frozen=True)
class Refused:
    """An answer in Telegram's own form and words."""

    status: int
    description: str

    async def befall(self, call: Call, scene: Scene) -> None:
        raise Answer(self.status, self.description)


BLOCKED = Refused(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = Refused(403, "Forbidden: user is deactivated")
KICKED = Refused(403, "Forbidden: bot was kicked from the supergroup chat")
NOT_FOUND = Refused(400, "Bad Request: chat not found")


@dataclass(frozen=True)
class Broken:
    """A 500 or 502 whose body is a page for people."""

    status: int

    async def befall(self, call: Call, scene: Scene) -> None:
        raise Page(self.status, HTML.format(TITLES.get(self.status, str(self.status))))


@dataclass(frozen=True)
class Silent:
    """No answer comes, until the client gives up."""

    async def befall(self, call: Call, scene: Scene) -> None:
        await scene.wait(PATIENCE)
        raise DropConnection


@dataclass(frozen=True)
class Reset:
    """The line breaks."""

    async def befall(self, call: Call, scene: Scene) -> None:
        raise DropConnection


@dataclass(frozen=True)
class Slow:
    """It takes so many seconds of real time."""

    seconds: float

    async def befall(self, call: Call, scene: Scene) -> None:
        await scene.wait(self.seconds)


@dataclass(frozen=True)
class Outage:
    """The line breaks, and for so many seconds of real time nobody can connect."""

    seconds: float

    async def befall(self, call: Call, scene: Scene) -> None:
        scene.meanwhile(self._outage(scene))
        raise DropConnection

    async def _outage(self, scene: Scene) -> None:
        await scene.sim.unplug()
        try:
            await scene.wait(self.seconds)
        finally:
            await scene.sim.plug()


@dataclass(frozen=True)
class Meanwhile:
    """People do something just then, and the call goes on: a group migrates, somebody blocks the bot."""

    act: Callable[[], object]
    name: str

    async def befall(self, call: Call, scene: Scene) -> None:
        self.act()

    def __repr__(self) -> str:
        return f"Meanwhile({self.name})"
