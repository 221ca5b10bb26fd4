"""Faults that somebody at the page switches on to see what happens then."""

from typing import Literal, get_args

from simulator.api_errors import too_many
from simulator.botapi.calls import Call
from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.server import Simulator

TroubleName = Literal["blocked", "too_many", "lost", "migrated"]
NAMES: tuple[TroubleName, ...] = get_args(TroubleName)
RETRY_AFTER = 3  # seconds of real time
READING = frozenset({"getUpdates", "getMe"})


class Troubles:
    """The faults of one city, all off at first; a group that has migrated stays so."""

    def __init__(self, sim: Simulator, blocker: Account | None, group: Group | None) -> None:
        self._sim = sim
        self._blocker = blocker
        self._group = group
        self.on: set[TroubleName] = set()
        sim.hook = self._interfere

    @property
    def possible(self) -> list[TroubleName]:
        """The faults that are possible with these people and groups."""
        missing = {"blocked": self._blocker is None, "migrated": self._group is None}
        return [name for name in NAMES if not missing.get(name)]

    async def switch(self, name: TroubleName, *, on: bool) -> None:
        """Turn a fault on or off; nothing happens where it is so already."""
        if name not in self.possible or (name in self.on) is on or (name == "migrated" and not on):
            return
        if name == "blocked" and self._blocker is not None:
            self._blocker.blocks_bot() if on else self._blocker.unblocks_bot()
        if name == "migrated" and self._group is not None:
            self._group.migrate()
        if name == "lost":
            await (self._sim.unplug() if on else self._sim.plug())
        self.on ^= {name}

    async def clear(self) -> None:
        """All is well again, as far as it can be."""
        self._sim.hook = None
        await self._sim.plug()
        self.on.clear()

    async def _interfere(self, phase: str, call: Call) -> None:
        if phase == "received" and "too_many" in self.on and call.method not in READING:
            raise too_many(RETRY_AFTER)
