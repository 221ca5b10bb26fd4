"""A city of 23 districts in which many deadlines end in the same moment, and when each was first seen by whom."""

import re
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import islice

import cities
from playing import Play
from sqlalchemy import select, update

from bot.delivery.rate_limiter import Limits
from complaints.model.people import Home
from complaints.policy.pack import load_packs
from complaints.registry_schema import COLUMNS
from complaints.usecases.resident import filing
from demo.sample_city import CIVIL, MORNING, create_database, open_at
from storage.db.engine import open_engine
from storage.messaging.outbox import OUTBOX
from storage.registry import load, read
from storage.repositories import people, role_claims
from storage.repositories.cases import COMPLAINT
from storage.repositories.destinations import DESTINATION

DISTRICTS = cities.DISTRICTS
DUE = datetime(2026, 11, 18, 14, tzinfo=CIVIL)  # of what was filed at 10 in the morning, in Chengdu
NUMBER = re.compile(r"d\d+\d{12}|\bd?\d{15,}")
BUILDING = re.compile(r"\b\d+栋")
PEOPLE = (("project_manager", "p"), ("company_head", "c"), ("section_head", "d"))


def registry(projects, companies):
    """So many projects with a manager each, of so many companies with a head each; a section head per district."""
    many = {"p": projects, "c": companies, "d": DISTRICTS}
    held = [(role, f"{letter}{n}") for role, letter in PEOPLE for n in range(many[letter])]
    bodies = {
        "districts": cities.tables()["districts"][1:],
        "companies": [[f"c{n}", f"物业{n}", "", ""] for n in range(companies)],
        "projects": [[*p[:2], f"c{n % companies}", *p[3:]] for n, p in enumerate(islice(cities._projects(), projects))],
        "people": [[f"人{n}", str(13_900_000_000 + n), *who, "2026-01-01", ""] for n, who in enumerate(held)],
    }  # fmt: skip
    return {sheet: [[c.name for c in COLUMNS[sheet]], *body] for sheet, body in bodies.items()}


@asynccontextmanager
async def city(folder, projects, companies):
    """That city with everybody joined and each district's group bound, under Telegram's limits."""
    url = f"sqlite+aiosqlite:///{folder / 'storm.db'}"
    await create_database(url)
    (folder / "sheets").mkdir()
    for sheet, rows in registry(projects, companies).items():
        (folder / "sheets" / f"{sheet}.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    engine = open_engine(url)
    reading = read(folder / "sheets", load_packs())
    assert not reading.problems, reading.problems[:3]
    await load(engine, reading.registry, MORNING)
    await engine.dispose()
    async with open_at(url, MORNING, limits=Limits()) as made:
        play = Play(made)
        play.groups = [await bound(play, n) for n in range(DISTRICTS)]
        await join(play, len(registry(projects, companies)["people"]) - 1)
        yield play


async def bound(play, n):
    owner = play.stranger(f"群主{n}", phone=f"136{n:08d}")
    return await play.group(owner, f"d{n}", f"第{n}区")


async def join(play, many):
    async with play.city.app.store.work(play.clock.now()) as work:
        for n in range(many):
            phone = str(13_900_000_000 + n)
            player = play.stranger(f"人{n}", phone=phone)
            await role_claims.claim_roles(work, play.known(work, player), phone)
        await work.commit()


async def files(play, many, projects):
    """So many cases in the same moment, one each of so many households; nothing of it remains to be sent."""
    async with play.city.app.store.work(play.clock.now()) as work:
        homes = [Home(project=f"p{n % projects}", building=f"{n}栋", room=str(n)) for n in range(many)]
        filers = [
            play.known(work, play.stranger(f"住户{n}", phone=f"137{n:08d}"), home) for n, home in enumerate(homes)
        ]
        await work.commit()
    for filer in filers:
        async with play.city.app.store.work(play.clock.now()) as work:
            draft = filing.Draft(
                text="楼道灯不亮", matter="lighting_out", kind="repair", danger=False, contact="phone",
                home=filer.home, building=filer.home.building,
            )  # fmt: skip
            await filing.file(work, await people.actor(work, filer), draft)
            await work.commit()
    async with play.city.app.store.work(play.clock.now()) as work:
        work.queue_write(update(OUTBOX).values(state="sent"))
        await work.commit()


async def sights(play):
    """Seconds from the deadline until each (chat, building) that was to be told of it was first told, sorted.

    Each case is of a building of its own: groups and digests name it by its number, people by where it is.
    """
    building = COMPLAINT.c.body["building"].as_string()
    query = (
        select(DESTINATION.c.chat, building)
        .join(OUTBOX, OUTBOX.c.complaint == COMPLAINT.c.id)
        .join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
        .where(OUTBOX.c.made_at >= DUE)
    )
    async with play.city.app.store.work(play.clock.now()) as work:
        awaited = {tuple(row) for row in await work.rows(query)}
        where = {row[0]: row[1] for row in await work.rows(select(COMPLAINT.c.number, building))}
    first = {}
    for call in play.city.sim.calls:
        if call.method == "sendMessage" and call.status == 200 and call.at >= DUE:
            text = call.params.text("text")
            for one in (*(where[number] for number in NUMBER.findall(text)), *BUILDING.findall(text)):
                first.setdefault((call.params.integer("chat_id"), one), (call.at - DUE).total_seconds())
    assert awaited <= set(first), f"{len(awaited - set(first))} of {len(awaited)} were never seen"
    return sorted(first[one] for one in awaited)


def refused(play):
    return [call.status for call in play.city.sim.calls if call.status == 429]


def p99(seconds):
    return seconds[len(seconds) * 99 // 100]
