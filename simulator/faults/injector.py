"""The fault injector: rules say which fault befalls which calls, and a seed replays all chance."""

import asyncio
import math
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from simulator.api_errors import too_many
from simulator.botapi.calls import Call, Hook
from simulator.faults.call_faults import Mishap, Scene, Wait
from simulator.server import PACED, Simulator
from simulator.updates.triggers import Turn, Turns, first_due

STILL = "Flooded, still"


@dataclass(frozen=True, kw_only=True)
class Rule(Turn):
    """A fault of calls of these methods, to these chats (or all, or groups or people alone), that hold these words.

    `after`: the fault comes after the call was carried out, before its answer. Only calls that get so far are counted.
    """

    mishap: Mishap
    methods: Collection[str] = PACED
    chats: Collection[int] = ()
    groups: bool | None = None
    words: str = ""
    after: bool = False

    def fits(self, phase: str, call: Call) -> bool:
        chat = call.params.integer("chat_id")
        return (
            phase == ("done" if self.after else "received")
            and call.method in self.methods
            and (not self.chats or chat in self.chats)
            and (self.groups is None or self.groups is (chat < 0))
            and self.words in call.words
        )


@dataclass(frozen=True)
class Applied:
    """The fault that was applied to a call; the first call that the simulator got has number 1."""

    mishap: str
    method: str
    call: int


class Misbehaviour:
    """A simulator whose calls go wrong by rule, while this is entered. The first rule whose turn it is applies."""

    def __init__(
        self,
        sim: Simulator,
        rules: Iterable[Rule],
        seed: int = 0,
        *,
        wait: Wait = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.seed = seed
        self.applied: list[Applied] = []
        self.scene = Scene(sim, wait, monotonic)
        self._sim = sim
        self._rules = [(rule, Turns(rule, f"{seed}/{number}")) for number, rule in enumerate(rules)]
        self._before: Hook | None = None

    def __repr__(self) -> str:
        return f"Misbehaviour(seed={self.seed}, rules={len(self._rules)}, applied={len(self.applied)})"

    async def __aenter__(self) -> Self:
        self._before, self._sim.hook = self._sim.hook, self._interfere
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.end()

    async def end(self) -> None:
        """All is well again, as far as it can be."""
        self._sim.hook = self._before
        await self.scene.end()
        await self._sim.plug()

    def times(self, mishap: Mishap) -> int:
        """How often that has befallen a call."""
        return sum(applied.mishap == str(mishap) for applied in self.applied)

    async def _interfere(self, phase: str, call: Call) -> None:
        if self._before is not None:
            await self._before(phase, call)
        if phase == "received":
            self._refuse_halted(call)
        rule = first_due((rule, turns) for rule, turns in self._rules if rule.fits(phase, call))
        if rule is not None:
            self._note(str(rule.mishap), call)
            await rule.mishap.befall(call, self.scene)

    def _refuse_halted(self, call: Call) -> None:
        """A 429 holds for as long as it said."""
        rest = self.scene.halted_for(call.params.integer("chat_id")) if call.method in PACED else 0.0
        if rest > 1e-9:
            self._note(STILL, call)
            raise too_many(math.ceil(rest))

    def _note(self, what: str, call: Call) -> None:
        self.applied.append(Applied(what, call.method, call.number))
