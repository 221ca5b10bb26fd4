"""The state of the page that all its windows share: telephones, clock, case, faults."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.server import Simulator
from simulator.ui.action_schema import Act, ByPhone, Look, Move, Open, Restart, Speak, Trouble
from simulator.ui.actions import Impossible, Telephones, sample_names
from simulator.ui.controls import Controls, Player
from simulator.ui.drawing import LANGUAGES, milliseconds, phones, posts_after, toasts_after
from simulator.ui.fault_switches import Troubles
from simulator.ui.uploads import Uploads

MOST_OPEN = 8
GLANCE = 0.2  # seconds for which the inspector's data are kept


@dataclass(frozen=True)
class Seen:
    """What a window has been sent: which city (`epoch`), up to which change, the page's state, the inspector's data."""

    epoch: int = 0
    number: int = 0
    stage: str = ""
    behind: str = ""


class Show:
    """One city on show; `restart` replaces it by a fresh one."""

    nothing = Seen()

    def __init__(self, sim: Simulator, controls: Controls) -> None:
        self._sim = sim
        self._controls = controls
        self._epoch = 0
        self._moving = asyncio.Lock()
        self.uploads = Uploads()
        self._players: dict[str, Player] = {}
        self._tour: dict[str, list[Mapping[str, Any]]] = {language: [] for language in LANGUAGES}
        self._open: list[str] = []
        self._case = ""
        self._inspected: tuple[tuple[int, str], float, dict[str, Any]] | None = None
        self._telephones = Telephones({}, self.uploads)
        self._troubles = Troubles(sim, None, None)

    def begin(self) -> None:
        """A city has been laid out: its people are on show."""
        players = self._controls.players()
        self._epoch += 1
        self._case = ""
        self._tour = {language: list(self._controls.tour(language)) for language in LANGUAGES}
        self._players = {player.key: player for player in players}
        self._open = [player.key for player in players if player.open]
        self._telephones = Telephones(self._players, self.uploads)
        self._troubles = Troubles(self._sim, self._who("manager", Account), self._who("group", Group))
        self._stir()

    async def changed(self, seen: Seen) -> None:
        """Wait until anything visible happens."""
        await self._sim.world.news.after(seen.number)

    async def since(self, seen: Seen) -> tuple[list[dict[str, Any]], Seen]:
        """What a window has to be sent, and what it has been sent then."""
        epoch, world = self._epoch, self._sim.world
        behind = await self._behind()
        if (epoch, world) != (self._epoch, self._sim.world):
            return [], self.nothing  # all has changed meanwhile: once more, from the beginning
        if seen.epoch != epoch:
            seen = Seen(epoch=epoch)
        stage = self._stage()
        parts = [stage] if (written := json.dumps(stage, ensure_ascii=False)) != seen.stage else []
        parts.append(self._news(seen.number))
        if (hidden := json.dumps(behind, ensure_ascii=False)) != seen.behind:
            parts.append(behind)
        return parts, Seen(epoch, world.news.number, written, hidden)

    # --- acts -------------------------------------------------------------------------------------------------

    async def carry_out(self, act: Act) -> None:
        """Do what was done at the page; Impossible where it can't be done."""
        match act:
            case ByPhone():
                self._ready()
                self._telephones.carry_out(act)
            case Move():
                self._ready()
                async with self._moving:
                    await self._controls.move(act.jump, self._case)
            case Trouble():
                await self._troubles.switch(act.name, on=act.on)
            case Speak():
                self._ready()
                await self._controls.speak(act.language)
            case Open():
                self._place(act)
            case Look():
                self._case = act.case
        self._stir()

    async def restart(self, act: Restart) -> None:
        """A fresh city; Impossible("wait") while one is being laid out."""
        self._ready()
        if act.city not in {city.id for city in self._controls.cities}:
            raise Impossible("gone")
        async with self._moving:
            await self._troubles.clear()
            self._players, self._open = {}, []  # windows show nobody meanwhile
            await self._controls.restart(act.city, act.language)
        self.begin()

    def _ready(self) -> None:
        if not self._controls.ready:
            raise Impossible("wait")

    def _place(self, act: Open) -> None:
        if act.phone not in self._players:
            raise Impossible("gone")
        if act.act == "close" and act.phone in self._open:
            self._open.remove(act.phone)
        elif act.act == "open" and act.phone not in self._open:
            if len(self._open) >= MOST_OPEN:
                raise Impossible("full")
            self._open.append(act.phone)

    def _who(self, key: str, kind: type[Any]) -> Any:
        player = self._players.get(key)
        return player.who if player is not None and isinstance(player.who, kind) else None

    def _stir(self) -> None:
        self._sim.world.news.add()

    # --- what is shown ----------------------------------------------------------------------------------------

    def _stage(self) -> dict[str, Any]:
        return {
            "type": "stage",
            "epoch": self._epoch,
            "ready": self._controls.ready,
            "bot": {"name": self._sim.world.bot.first_name, "username": self._sim.world.bot.username},
            "cities": [{"id": city.id, "name": city.name} for city in self._controls.cities],
            "city": self._controls.city,
            "timezone": self._controls.timezone,
            "players": [_described(player) for player in self._players.values()],
            "open": self._open,
            "troubles": {name: name in self._troubles.on for name in self._troubles.possible},
            "samples": sorted(sample_names()),
            "tour": self._tour,
        }

    def _news(self, number: int) -> dict[str, Any]:
        world, players = self._sim.world, list(self._players.values())
        return {
            "type": "news",
            "fresh": number == 0,
            "now": milliseconds(self._controls.now()),
            "posts": posts_after(world, players, number),
            "phones": phones(world, players, self._sim.profile),
            "toasts": toasts_after(world, number) if number else [],
        }

    async def _behind(self) -> dict[str, Any]:
        """Read once for all windows, and not for every word that is said."""
        now, asked = asyncio.get_running_loop().time(), (self._epoch, self._case)
        if self._inspected is None or self._inspected[0] != asked or now - self._inspected[1] > GLANCE:
            found = await self._controls.behind(self._case)
            self._inspected = (asked, now, {"type": "behind", "chosen": self._case, **found})
        return self._inspected[2]


def _described(player: Player) -> dict[str, Any]:
    people = player.speakers if isinstance(player.who, Group) else [player.who]
    return {
        "key": player.key,
        "title": player.title,
        "role": player.role,
        "group": isinstance(player.who, Group),
        "people": [{"id": account.id, "name": account.name} for account in people],
        "language": _language(people),
        "poster": player.poster,
        "place": player.place,
    }


def _language(people: Any) -> str:
    code = str(people[0].user.language_code or "") if people else ""
    return "en" if code.startswith("en") else "zh"
