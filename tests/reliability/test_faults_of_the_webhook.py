"""What is promised when Telegram brings the updates and doesn't hear that they were taken."""

import asyncio

import pytest
from message_outcomes import copies, inbox, marks
from playing import Play
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from variants import mostly_thorough

from bot.app import new_id, opened
from bot.clock import StillClock
from bot.settings import Settings
from demo.sample_city import MORNING, TOKEN, UNHURRIED, SampleCity
from simulator.server import Simulator
from simulator.updates.disorder import Disorder, UpdateRule
from simulator.updates.triggers import FOR_EVER
from storage.messaging import inbox as stored


@pytest.fixture
async def city(address):
    """The sample city, whose bot is told by webhook."""
    clock = StillClock(MORNING)

    async def pause(_):
        await asyncio.sleep(0)

    async with Simulator(TOKEN, "mashang_demo_bot", clock.now, monotonic=clock.real, wait=pause) as sim:
        settings = Settings(
            token=SecretStr(TOKEN), api_url=sim.url, database_url=address, listen="127.0.0.1:0",
            webhook_url="https://bot.example.cn/hook", webhook_secret=SecretStr("s3cret_of-the-test"),
        )  # fmt: skip
        async with opened(settings, clock, new_id, UNHURRIED) as app:
            sim.hosts["bot.example.cn"] = app.address

            async def settle():
                await app.settle(clock.wait)
                await delivered(sim)
                await app.settle(clock.wait)

            await settle()
            yield SampleCity(sim, app, clock, settle)


async def delivered(sim):
    for _ in range(5000):
        if not len(sim.updates):
            return
        await asyncio.sleep(0.001)
    raise AssertionError("not everything was delivered")


@pytest.mark.parametrize("mess", mostly_thorough(["twice", "unanswered", "again", None], played=2))
async def test_what_is_brought_again_is_handled_once(city, mess):
    times = 2 if mess == "unanswered" else FOR_EVER
    city.sim.updates.disorder = Disorder([UpdateRule(mess=mess, times=times)] if mess else [])
    wang = await Play(city).resident()
    for _ in range(3):
        wang.account.says("/help")
    await city.settle()
    assert await inbox(city) == ["done"] * 3
    assert city.sim.updates_confirmed == [1, 2, 3]
    assert len(copies(wang)) == 3
    assert not any(marks(wang))
    if mess:
        assert {applied.mess for applied in city.sim.updates.disorder.applied} == {mess}


async def test_what_could_not_be_stored_is_brought_again_in_order(city, monkeypatch):
    keep, failures = stored.keep, [2]

    async def full(*words):
        if failures[0]:
            failures[0] -= 1
            raise OperationalError("INSERT", {}, Exception("database or disk is full"))
        return await keep(*words)

    monkeypatch.setattr(stored, "keep", full)
    wang = await Play(city).resident()
    for words in ("/help", "/start"):
        wang.account.says(words)
    await city.settle()
    assert failures == [0]
    assert await inbox(city) == ["done"] * 2
    info = await city.app.telegram_bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        0,
        "Wrong response from the webhook: 503 Service Unavailable",
    )


async def test_half_a_character_where_none_belongs_stops_nothing(city):
    wang = await Play(city).resident()
    city.sim.inject({"message": {"from": {"id": wang.id}, "text": "?", "media_group_id": "\udc00"}})
    wang.account.says("/help")
    await city.settle()
    assert await inbox(city) == ["dead_letter", "done"]
    assert len(copies(wang)) == 1
