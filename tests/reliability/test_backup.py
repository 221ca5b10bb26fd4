"""A backup that is taken while people write is one instant, and a city lives on from it."""

import asyncio
import threading

import pytest
from sqlalchemy import select

from bot.clock import StillClock
from demo.sample_city import MORNING, TOKEN, database, running_bot
from demo.stories.steps import do, files
from simulator.server import Simulator
from storage.db.locking import hold
from storage.maintenance import backup
from storage.maintenance.audit import verify
from storage.maintenance.backup import back_up, examined, staged, take_place
from storage.messaging.inbox import INBOX
from storage.repositories.ledger import EVENT

pytestmark = pytest.mark.thorough


class Meanwhile:
    """Between the first page and the second somebody acts, to the end."""

    def __init__(self):
        self.begun, self.acted = threading.Event(), threading.Event()
        self.steps = 0

    def __call__(self, there, every):
        self.steps += 1
        self.begun.set()
        assert self.acted.wait(20)


async def on_record(city):
    """Every update that was taken from the messenger, and every event."""
    async with city.app.store.work(city.clock.now()) as work:
        updates = {row.update_id for row in await work.rows(select(INBOX.c.update_id))}
        events = {(row.complaint, row.digest) for row in await work.rows(select(EVENT.c.complaint, EVENT.c.digest))}
    return updates, events


async def busy(city, wang, manager):
    """Updates stored, cases filed, messages sent."""
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await do(city, lambda: manager.says("电工已到现场查看，今天17:00前更换。"))


async def test_a_backup_under_traffic_is_whole_and_a_city_lives_on_from_it(laid, monkeypatch):
    monkeypatch.setattr(backup, "PAGES", 16)
    clock, meanwhile = StillClock(MORNING), Meanwhile()
    file, live = laid / "kept.db", laid / "city.db"
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as sim:
        async with running_bot(sim, clock, database(laid)) as city:
            manager = await city.staff("经理甲", "13800000101")
            wang = await city.resident("王女士", "13900000001")
            before = await on_record(city)
            copying = asyncio.create_task(asyncio.to_thread(asyncio.run, back_up(live, file, meanwhile, clock.now())))
            await asyncio.to_thread(meanwhile.begun.wait, 20)
            await busy(city, wang, manager)
            meanwhile.acted.set()
            verdict = await copying
            after = await on_record(city)
        assert meanwhile.steps > 5
        assert verdict.breaks == ()
        with hold(database(laid)), staged(file, live) as fresh:
            assert (await examined(fresh, clock.now()))[0] == verdict
            take_place(fresh, live, clock.now())
        async with running_bot(sim, clock, database(laid)) as city:
            assert await on_record(city) == before
            assert before[1] < after[1]
            await do(city, lambda: wang.says("/mine"))
            await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
            manager.finds("新问题")
            assert (await verify(city.app.store.engine)).breaks == ()
            assert sim.refused == []
