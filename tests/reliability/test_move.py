"""A story that began on SQLite ends on PostgreSQL: nothing lost, nothing sent twice unmarked."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing

import postgresql
import pytest

from bot.clock import StillClock
from demo.sample_city import MORNING, TOKEN, database, running_bot
from demo.stories.steps import card, do, files, resolves
from simulator.server import Simulator
from storage.db.engine import open_engine
from storage.db.locking import MovedAway
from storage.db.migrating import ready
from storage.maintenance.audit import verify
from storage.maintenance.to_postgresql import move
from storage.messaging import inbox

pytestmark = pytest.mark.thorough

MARK = "（可能重复）"
ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
STORY = ["Filed", "Nudged", "Answered", "Classified", "Resolved", "Rated", "Closed"]


async def cut_off(sim, outbox_dispatcher):
    """Send what waits; the process ends when the first has reached its chat and nobody knows it yet."""
    reached = asyncio.Event()

    async def hang(phase, call):
        if phase == "done" and call.method == "sendMessage":
            reached.set()
            await asyncio.Event().wait()

    sim.hook = hang
    sending = asyncio.create_task(outbox_dispatcher.step())
    await reached.wait()
    sending.cancel()
    flights = [send.task for send in outbox_dispatcher._in_flight.values()]
    for send in flights:
        send.cancel()
    await asyncio.gather(sending, *flights, return_exceptions=True)
    sim.hook = None


async def half_told(city):
    """A case filed, nudged and answered, with everything that can be under way at once."""
    manager = await city.staff("经理甲", "13800000101")
    head = await city.staff("负责人甲", "13800000105")
    officer = await city.staff("经办员甲", "13800000107")
    wang = await city.resident("王女士", "13900000001")
    li = await city.resident("李先生", "13900000002", room="5栋 302")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await city.to_next_deadline()
    manager.finds("第1次提醒")
    await do(city, lambda: li.says("5栋电梯坏了，一直停在1楼"))  # and hasn't tapped yet what it is
    manager.says(ANSWER, reply_to=card(manager))
    await city.app.receiver.step()
    await city.app.worker.step()
    await cut_off(city.sim, city.app.outbox_dispatcher)
    head.says("/help")
    await city.app.receiver.step()
    await city.app.worker.step()  # and the answer isn't sent
    officer.says("/help")
    await city.app.receiver.step()
    assert await inbox.claim(city.app.store, city.clock.real(), 8, city.app.lease.owner)  # and it isn't handled
    return manager, head, officer, wang, li


def under_way(file):
    query = (
        "SELECT state, count(*) FROM (SELECT state FROM outbox UNION ALL SELECT state FROM inbox) "
        "WHERE state NOT IN ('sent', 'done') GROUP BY state"
    )
    with closing(sqlite3.connect(file)) as connection:
        return dict(connection.execute(query).fetchall())


async def to_the_end(city, people):
    manager, head, officer, wang, li = people
    await city.settle()
    assert [shown_to(who)[-1].split()[0] for who in (head, officer)] == ["帮助", "帮助"]
    await do(city, lambda: manager.taps("一般问题，2个工作日内办结"))  # a button from before the move
    await resolves(city, manager, "灯泡已更换，3栋楼道灯恢复正常。")
    await do(city, lambda: wang.taps("满意"))
    await files(city, li, "电梯停运或故障")  # the words are there already
    li.finds("已收到，")


def shown_to(account):
    return [shown.text for shown in account.sees if shown.from_bot]


def assert_told_once(people):
    """Nobody reads a thing twice, unless it says so: those whose messages were on their way when the bot ended."""
    told = [(who.name, text) for who in people for text in shown_to(who)]
    assert [found for found, times in Counter(told).items() if times > 1] == []
    marked = [(name, text.removeprefix(MARK)) for name, text in told if text.startswith(MARK)]
    assert {name for name, _ in marked} <= {"王女士", "经理甲"}
    assert any(found in told for found in marked)  # a call that was cut off before it left arrives once


async def assert_on_record(address, before):
    """Every event once, nothing left over, and every link holds."""
    kinds = await postgresql.ask(address, "SELECT kind FROM event WHERE complaint IS NOT NULL ORDER BY id")
    assert [kind for (kind,) in kinds] == [*STORY, "Filed"]  # and the case that was a draft
    states = "SELECT DISTINCT state FROM outbox UNION ALL SELECT DISTINCT state FROM inbox"
    assert await postgresql.ask(address, states) == [("sent",), ("done",)]
    engine = open_engine(address)
    verdict = await verify(engine)
    await engine.dispose()
    assert (verdict.breaks, verdict.chains) == ((), before.chains + 1)
    assert verdict.events == before.events + len(STORY) + 1 - 3  # Filed, Nudged and Answered stood there already


async def test_moved_in_its_middle_a_story_comes_to_its_end(laid, vacant):
    clock = StillClock(MORNING)
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as sim:
        async with running_bot(sim, clock, database(laid)) as city:
            people = await half_told(city)
        begun = under_way(laid / "city.db")
        assert (begun["claimed"], begun["sending"] >= 1, begun["ready"] + begun["sending"]) == (1, True, 3)
        moved = await move(laid / "city.db", vacant, clock.now(), lambda there, every: None)
        async with running_bot(sim, clock, vacant) as city:
            await to_the_end(city, people)
        assert sim.refused == []
        with pytest.raises(MovedAway):
            await ready(database(laid))
    assert_told_once(people)
    await assert_on_record(vacant, moved.verdict)
