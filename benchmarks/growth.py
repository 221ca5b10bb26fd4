"""What somebody waits for, or what runs by itself, in a city with many stored cases beside one with few."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from benchmarks import archive
from benchmarks.figures import MS, Figure, median
from benchmarks.running import database
from bot.app import new_id, rules
from bot.settings import Settings
from complaints.model.people import Home, Person
from complaints.usecases.resident import filing
from storage.db.engine import open_engine
from storage.messaging import live_messages, waiting_messages
from storage.queries import figures, missing_notices
from storage.repositories import cases, destinations, people, timers
from storage.repositories.destinations import Destination
from storage.work import Store, Work

FEW = 5_000  # cases
TIMES = 15  # that each is done
PLACE = "p1"
DISTRICT = "d1"
NOW = datetime(2026, 11, 19, 4, tzinfo=UTC)  # shortly after the story that was copied
Act = Callable[[Store, int], Awaitable[object]]


def _reads(read: Callable[[Work], Awaitable[object]]) -> Act:
    async def act(store: Store, turn: int) -> object:
        async with store.work(NOW, 0.0) as work:
            return await read(work)

    return act


async def _file(store: Store, turn: int) -> None:
    """A resident who was never heard of files a first case."""
    async with store.work(NOW, 0.0) as work:
        home = Home(project=PLACE, building="3栋", room="1")
        who = Person(id=new_id(), user=8_000_000 + turn, name="住户", phone=f"136{turn:08d}", home=home)
        people.put(work, who)
        destinations.put(work, Destination(id=new_id(), chat=who.user, kind="private", person=who.id))
        about = work.rules.catalogue.get("lighting_out")
        draft = filing.Draft(
            text="灯不亮",
            matter=about.id,
            kind=about.kind.value,
            danger=False,
            contact="bot",
            home=home,
            building=home.building,
        )
        await filing.file(work, await people.actor(work, who), draft)
        await work.commit()


ACTS: dict[str, Act] = {
    "file a case": _file,
    "open cases of a community": _reads(lambda work: cases.within(work, "project", [PLACE])),
    "open cases of a district": _reads(lambda work: cases.within(work, "district", [DISTRICT])),
    "a case by the end of its number": _reads(lambda work: cases.numbered(work, "301234", ["d0"], 1)),
    "a district's figures of a day": _reads(
        lambda work: figures.since(work, "district", [DISTRICT], NOW - timedelta(days=1))
    ),
    "a community's figures of a month": _reads(
        lambda work: figures.since(work, "project", [PLACE], NOW - timedelta(days=30))
    ),
    "notices that nobody was sent": _reads(
        lambda work: missing_notices.untold(work, NOW - timedelta(days=1), NOW - timedelta(minutes=1))
    ),
    "timers that are due": _reads(lambda work: timers.due_before(work, NOW)),
    "cards to be edited": lambda store, turn: live_messages.stale_cards(store, 0.0),
    "messages to be sent": lambda store, turn: waiting_messages.every(store),
    "what living cases go by": _reads(cases.promised),
}


async def measured(many: int, server: str) -> tuple[int, dict[str, float]]:
    """How many cases there are, and the median of the seconds that each act takes."""
    async with database(server) as (url, _):
        await archive.play(url)
        there = await archive.copy(url, many)
        store = Store(open_engine(url), rules(Settings(database_url=url)), new_id)
        found = {name: await _median(store, act) for name, act in ACTS.items()}
        await store.engine.dispose()
    return there, found


async def _median(store: Store, act: Act) -> float:
    taken = []
    for turn in range(TIMES):
        began = time.perf_counter()
        await act(store, turn)
        taken.append(time.perf_counter() - began)
    return median(taken)


async def growth(many: int, server: str) -> list[Figure]:
    """Each act with so many stored cases, as a multiple of what it takes with few; on SQLite without a server."""
    few, before = await measured(min(FEW, many), server)
    there, after = await measured(many, server)
    return [
        Figure(
            scenario=f"{there:,} stored cases beside {few:,}",
            name=name,
            value=after[name] / before[name],
            must="≤ 1.3",
            reference=f"{MS * after[name]:.2f} ms, {MS * before[name]:.2f} ms",
        )
        for name in ACTS
    ]
