"""The controller of the demo page: lays out a sample city, moves its clock, and shows a case's records."""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.app import new_id, opened
from bot.clock import MovableClock
from bot.instance import App
from complaints.policy.catalogue import load_catalogue
from complaints.policy.pack import load_packs
from complaints.time.workdays import WorkingTime
from demo import inspector
from demo.characters import OPEN, Character, SceneSetup, settings
from demo.inspector import both
from demo.sample_city import MORNING, UNHURRIED, SampleCity, create_database, database, quiet, settings_for
from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.server import Simulator
from simulator.ui.controls import CityChoice, Jump, Player
from storage.queries import case_inspector
from storage.registry import SAMPLE, read
from storage.repositories import people, timers
from views.framework import terms
from views.framework.translator import translator
from views.operator.tour import tour

FIRST_CITY = "chengdu"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
LAYING_OUT = 60.0  # seconds in which everybody has joined, on the slowest machine
PATIENCE = 1.0  # seconds that a move of the clock waits at each deadline: a fault may be switched on
STEPS: Mapping[Jump, timedelta] = {"minutes": timedelta(minutes=10), "hour": timedelta(hours=1)}


class DemoController:
    """One city at a time, each laid in a folder of its own; the simulator and its address stay."""

    def __init__(self, sim: Simulator, clock: MovableClock, folder: Path) -> None:
        self._sim = sim
        self._clock = clock
        self._folder = folder
        self._packs = load_packs()
        self._catalogue = load_catalogue()
        self._settings = self._playable()
        self._stack = AsyncExitStack()
        self._players: tuple[Player, ...] = ()
        self._live: SampleCity | None = None
        self._laid = 0
        self._inspecting = asyncio.Lock()  # nothing is inspected while the city is being closed
        self.city = FIRST_CITY
        self.ready = False

    def _playable(self) -> dict[str, SceneSetup]:
        registry = read(SAMPLE, self._packs).registry
        known = settings(registry) if registry is not None else {}
        return {pack: setting for pack, setting in known.items() if pack in self._packs}

    @property
    def cities(self) -> Sequence[CityChoice]:
        return [
            CityChoice(pack, {"zh": self._packs[pack].name.zh, "en": self._packs[pack].name.en})
            for pack in self._settings
        ]

    @property
    def timezone(self) -> str:
        return self._packs[self.city].timezone

    def now(self) -> datetime:
        return self._clock.now()

    def players(self) -> Sequence[Player]:
        return self._players

    def tour(self, language: str) -> Sequence[Mapping[str, Any]]:
        return tour(translator(language), self._packs[self.city], self._catalogue)

    # --- beginning and end ------------------------------------------------------------------------------------

    async def restart(self, city: str, language: str) -> None:
        """A fresh city: a new database, nobody's messages, the clock at a Wednesday morning."""
        await self.close()
        self.city = city
        self._sim.restart()
        self._clock.start_at(MORNING)
        app = await self._start()
        await self._gather(self._city(app, LAYING_OUT), self._settings[city], LANGUAGES[language])
        self._live = self._city(app, PATIENCE)
        self.ready = True

    async def close(self) -> None:
        """Close the city; the bot finishes what it has begun."""
        self.ready = False
        async with self._inspecting:
            self._live, self._players = None, ()
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    def _city(self, app: App, seconds: float) -> SampleCity:
        return SampleCity(self._sim, app, self._clock, settle=partial(quiet, self._sim, app, seconds))

    async def _start(self) -> App:
        """A bot that runs by itself until the city is closed."""
        folder = await self._fresh_folder()
        app = await self._stack.enter_async_context(
            opened(settings_for(database(folder), self._sim), self._clock, new_id, UNHURRIED)
        )
        stop = asyncio.Event()
        running = asyncio.create_task(app.run(stop))

        async def finish() -> None:
            stop.set()
            await running

        self._stack.push_async_callback(finish)
        return app

    async def _fresh_folder(self) -> Path:
        """A city's database is founded once and copied for every beginning."""
        template = self._folder / "template"
        if not template.exists():
            template.mkdir()
            await create_database(database(template))
        self._laid += 1
        fresh = self._folder / f"city{self._laid}"
        await asyncio.to_thread(shutil.copytree, template, fresh)
        return fresh

    # --- people -----------------------------------------------------------------------------------------------

    async def _gather(self, live: SampleCity, setting: SceneSetup, language: str) -> None:
        """Staff join and bind their groups; residents have not scanned their poster's code yet."""
        accounts = {part.key: self._sim.person(part.name, part.phone, language) for part in setting.parts}
        await live.joined(*(accounts[part.key] for part in setting.parts if not part.home))
        players = [_person(part, accounts[part.key], setting) for part in setting.parts]
        for key, title, binder in setting.groups:
            speakers = [account for name, account in accounts.items() if name.startswith(binder)]
            group = await live.bound_group(title, *speakers)
            players.append(_group(key, title, group, speakers))
        order = {key: number for number, key in enumerate(OPEN)}
        self._players = tuple(sorted(players, key=lambda player: order.get(player.key, len(order))))

    async def speak(self, language: str) -> None:
        """Whoever is known to the bot already is spoken to in that language, too."""
        if self._live is None:
            return
        accounts = {one.id: one for player in self._players for one in _accounts(player)}
        for account in accounts.values():
            account.speaks(LANGUAGES[language])
        async with self._live.app.store.work(self._clock.now(), self._clock.real()) as work:
            known = [await people.by_user(work, user) for user in accounts]
            for person in filter(None, known):
                people.put(work, replace(person, language=language))
            await work.commit()

    # --- time -------------------------------------------------------------------------------------------------

    async def move(self, jump: Jump, case: str) -> None:
        if self._live is None:
            return
        await self._live.settle()  # what has just been tapped or said may set the deadline that is meant
        await self._live.pass_to(await self._target(self._live, jump, case))

    async def _target(self, live: SampleCity, jump: Jump, case: str) -> datetime:
        now = self._clock.now()
        if jump == "deadline":
            return await self._deadline(live, case) or now
        if jump == "morning":
            return self._next_morning(live, now)
        return now + STEPS[jump]

    async def _deadline(self, live: SampleCity, number: str) -> datetime | None:
        """The next point of the chosen case, else of the newest, else of any; what waits for the messenger is past."""
        now = self._clock.now()
        async with live.app.store.work(now) as work:
            cases = await case_inspector.newest(work)
            chosen = next((c.id for c in cases if c.number == number), cases[0].id if cases else 0)
            waiting = [due for due in await timers.waiting(work) if due.due_at > now]
        mine = [due.due_at for due in waiting if due.complaint == chosen]
        return next(iter(mine or [due.due_at for due in waiting]), None)

    def _next_morning(self, live: SampleCity, now: datetime) -> datetime:
        """When business opens on the next working day."""
        hours: WorkingTime = self._packs[self.city].hours(live.app.store.rules.workdays)
        day = hours.day(now) + timedelta(days=1)
        while not hours.workdays.is_working(day):
            day += timedelta(days=1)
        opens: time = hours.spans[0][0]
        return datetime.combine(day, opens, hours.timezone)

    # --- the inspector ----------------------------------------------------------------------------------------

    async def behind(self, case: str) -> dict[str, Any]:
        async with self._inspecting:
            if self._live is None:
                return {"cases": [], "case": None, "outbox": []}
            async with self._live.app.store.work(self._clock.now(), self._clock.real()) as work:
                return await inspector.look(work, case)


def _accounts(player: Player) -> Sequence[Account]:
    return [player.who] if isinstance(player.who, Account) else player.speakers


def _person(part: Character, account: Account, setting: SceneSetup) -> Player:
    return Player(
        key=part.key,
        title={"zh": part.name, "en": part.english or _english(part)},
        role=both(lambda t: f"{part.where} · {terms.role(t, part.role)}"),
        who=account,
        poster=f"p_{part.home}" if part.home else "",
        place=setting.project.name if part.home else "",
        open=part.key in OPEN,
    )


def _group(key: str, title: str, group: Group, speakers: Sequence[Account]) -> Player:
    reader = "city_group" if key == "city_group" else "bureau_group"
    return Player(
        key=key,
        title={"zh": title, "en": both(lambda t: terms.role(t, reader))["en"].capitalize() + " group"},
        role=both(lambda t: terms.role(t, reader)),
        who=group,
        speakers=speakers,
        open=key in OPEN,
    )


def _english(part: Character) -> str:
    """The role and a letter: "Project manager A"."""
    role = both(lambda t: terms.role(t, part.role))["en"]
    return f"{role[:1].upper()}{role[1:]} {part.letter}".strip()
