"""The city that a benchmark runs in: the sample registry, and beside it as many communities as residents."""

from datetime import date, datetime

from sqlalchemy import insert, select

from bot.app import new_id, rules
from bot.settings import Settings
from complaints.model.people import Home, Person
from storage.db.engine import open_engine
from storage.db.migrating import ready
from storage.registry import load_sample
from storage.repositories import destinations, people, role_claims
from storage.repositories.destinations import Destination
from storage.tables import APPOINTMENT, PROJECT
from storage.work import Store, Work

FIRST_RESIDENT = 7_000_000
FIRST_MANAGER = 5_000_000
FIRST_OF_STAFF = 6_000_000
GROUP = -1_000_000_001  # the chat of the district's group
DISTRICT = "510107"
MODEL = "jchy"  # the project of the sample that the others are like


def user_of(phone: str) -> int:
    """The account of somebody of the sample registry."""
    return FIRST_OF_STAFF + int(phone[-4:])


async def prepare(url: str, residents: int, now: datetime) -> None:
    """A new database in which everybody has joined and nothing has been filed.

    Each resident lives in a community of its own with a manager of its own, so that nobody's case is like another's.
    """
    known = rules(Settings(database_url=url))
    await ready(url)
    engine = open_engine(url)
    try:
        await load_sample(engine, now, known.packs)
        store = Store(engine, known, new_id)
        async with store.work(now, 0.0) as work:
            model = (await work.rows(select(PROJECT).where(PROJECT.c.code == MODEL)))[0]._asdict()
            for phone in {row.phone for row in await work.rows(select(APPOINTMENT.c.phone))}:
                await _join_staff(work, phone)
            destinations.put(work, Destination(id=new_id(), chat=GROUP, kind="group", title="群", scope=DISTRICT))
            await work.commit()
        async with store.work(now, 0.0) as work:
            for number in range(residents):
                code = f"b{number}"
                work.queue_write(insert(PROJECT), {**model, "code": code, "name": f"小区{number}"})
                _join_manager(work, number, code)
                _join(work, FIRST_RESIDENT + number, f"139{number:08d}", Home(project=code, building="3栋", room="1"))
            await work.commit()
    finally:
        await engine.dispose()


async def _join_staff(work: Work, phone: str) -> None:
    person = _join(work, user_of(phone), phone)
    await role_claims.claim_roles(work, person, phone)


def _join_manager(work: Work, number: int, code: str) -> None:
    phone = f"137{number:08d}"
    person = _join(work, FIRST_MANAGER + number, phone)
    duty = {"name": f"经理{number}", "phone": phone, "role": "project_manager", "scope": code, "until": None}
    work.queue_write(insert(APPOINTMENT), {**duty, "since": date(2026, 1, 1), "person": person.id})


def _join(work: Work, user: int, phone: str, home: Home | None = None) -> Person:
    person = Person(id=new_id(), user=user, name=f"p{user}", phone=phone, home=home, consented_at=work.now)
    people.put(work, person)
    destinations.put(work, Destination(id=new_id(), chat=user, kind="private", person=person.id))
    return person
