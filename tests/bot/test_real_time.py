"""The app's own loops on real time, with a training pack whose hours are seconds."""

import asyncio
import re
import time
from importlib.resources import files as resources

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from demo import sample_city as cities
from demo.sample_city import SampleCity, open_city
from demo.stories.steps import files
from storage.repositories.ledger import EVENT

PACK = resources("complaints") / "packs" / "chengdu.toml"


class Running(MovableClock):
    """Real time; `wait` only tells the settling to look again."""

    def wait(self, seconds: float) -> None:
        time.sleep(min(seconds, 0.05))


@pytest.mark.thorough
@pytest.mark.alone
async def test_nudges_and_expiry_come_within_a_second_of_their_time(tmp_path, monkeypatch):
    packs = tmp_path / "packs"
    packs.mkdir()
    period = 'period = { working = "4s", off = "4s" }'
    text = PACK.read_text("utf-8").replace('period = { working = "4h", off = "8h" }', period)
    (packs / "chengdu.toml").write_text(text, "utf-8")
    monkeypatch.setattr(cities, "StillClock", Running)
    async with open_city(tmp_path, packs=packs) as city:
        manager = await city.staff("经理甲", "13800000101")
        li = await city.resident("李先生", "13900000002")
        await files(city, li, "公共照明不亮", "3栋楼道灯不亮")
        stop = asyncio.Event()
        running = asyncio.create_task(city.app.run(stop))
        began = await _filed_at(city)
        async with asyncio.timeout(7):
            while not any(re.search("响应超时", s.text) for s in manager.sees):
                await asyncio.sleep(0.05)
        stop.set()
        await running
    seen = [s for s in manager.sees if "提醒\n" in s.text or "响应超时" in s.text]
    late = [(s.at - began).total_seconds() - due for s, due in zip(seen, (2.0, 3.0, 3.6, 4.0), strict=True)]
    assert all(0 <= seconds <= 1.0 for seconds in late), late


async def _filed_at(city: SampleCity):
    async with city.app.store.work(city.clock.now()) as work:
        return (await work.first(select(EVENT.c.at).where(EVENT.c.kind == "Filed"))).at
