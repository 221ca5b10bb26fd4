"""What is promised after an outage, when a whole city has written meanwhile: staff and danger first."""

import time

import pytest
from live_bot import running, until
from playing import Play

from bot.clock import MovableClock
from bot.delivery.rate_limiter import Limits
from bot.intake.update_filter import arrival
from complaints.model.people import Home
from demo.sample_city import MORNING, TOKEN, database, running_bot
from simulator.server import Simulator
from storage.messaging import inbox
from storage.messaging.arrival import Arrival

PEOPLE = 500
WITHIN = 2.0  # seconds
SMALL_TALK = ("/help", "你好", "谢谢", "/mine")


@pytest.fixture
async def play(laid):
    """A city on the machine's own time, and under Telegram's limits."""
    clock = MovableClock(MORNING)
    async with (
        Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real, limits=True) as sim,
        running_bot(sim, clock, database(laid), limits=Limits()) as city,
    ):
        city.settle = _at_once
        yield Play(city)


async def _at_once():
    """Nothing is settled before the bot runs."""


async def talked(play, many, people=PEOPLE):
    """So many updates of so many residents have come, in turn, while nobody handled any."""
    residents = [play.stranger(f"业主{n}", phone=f"137{n:08d}") for n in range(people)]
    async with play.city.app.store.work(play.clock.now()) as work:
        for n, one in enumerate(residents):
            play.known(work, one, Home(project="jchy", building="3栋", room=f"{n}"))
        await work.commit()
    arrivals = [_arrival(residents[n % people], n + 1, SMALL_TALK[n // people % 4], play) for n in range(many)]
    for begin in range(0, many, 500):
        batch = arrivals[begin : begin + 500]
        await inbox.keep(play.city.app.store, play.city.sim.world.bot.id, batch, play.clock.now(), play.clock.real())


def _arrival(who, number, text, play) -> Arrival:
    user = {"id": who.id, "is_bot": False, "first_name": who.name, "language_code": "zh-hans"}
    said = {
        "message_id": 1_000_000 + number,
        "date": int(play.clock.now().timestamp()) - 600,
        "chat": {"id": who.id, "type": "private", "first_name": who.name},
        "from": user,
        "text": text,
        **({"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]} if text[0] == "/" else {}),
    }
    return arrival({"update_id": 10_000_000 + number, "message": said}, play.clock.real())


async def caught_up(play):
    """How many updates still wait."""
    async with play.city.app.store.work(play.clock.now()) as work:
        return (await inbox.counts(work)).get("open", 0)


@pytest.mark.parametrize("many", [300, pytest.param(20_000, marks=[pytest.mark.alone, pytest.mark.thorough])])
async def test_after_an_outage_a_manager_is_answered_within_two_seconds_however_many_residents_have_written(play, many):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await talked(play, many, min(PEOPLE, many // 3))
    async with running(play.city):
        await until(lambda: manager.has("新问题"), "the notice of the case")
        heard, waiting = len(manager.hears), await caught_up(play)
        begin = time.monotonic()
        manager.account.says("/todo")
        await until(lambda: len(manager.hears) > heard, "an answer", wait=60.0)
        took = time.monotonic() - begin
        print(f"{waiting} updates waited; answered in {took:.2f} s; {await caught_up(play)} wait still")
        assert "公共照明" in manager.answer.text
        assert await caught_up(play) > many * 2 // 3, "it went before what waited"
        assert took < WITHIN or many < 20_000  # the small one shows the order; its time is that of a busy machine
