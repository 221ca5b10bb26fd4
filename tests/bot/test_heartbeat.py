"""Deadlines that are not looked after are a fault of their own, an alarm that says so, and after a minute the end."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.ops import health, heartbeat
from bot.ops.heartbeat import CODE, HANGS, LATE, Heartbeat, HeartbeatWatch
from bot.ops.operator_alerts import OperatorAlerts


class Seconds:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def beating(city, seconds):
    """A bot at rest whose ticker runs by these seconds."""
    city.app.health.heartbeat = made = Heartbeat(seconds)
    made.begin()
    return made


async def faults(city):
    return [fault.name for fault in await city.app.health.faults()]


async def test_a_beat_that_is_late_is_a_fault_of_its_own_and_its_return_the_end_of_it(city, beating, seconds):
    await city.settle()
    seconds.now += LATE - 0.1
    assert await faults(city) == []
    seconds.now += 0.2
    assert await faults(city) == ["ticker"]
    assert b"mashang_ticker_silence_seconds 8.1" in (await city.app.health.answer_metrics(None)).body
    await city.app.tick()
    assert await faults(city) == []


async def test_the_operator_is_told_that_deadlines_are_not_running(city, beating, seconds):
    operator = city.sim.person("运维", phone="13700000000")
    operator.opens()
    await city.settle()
    alerts = OperatorAlerts(city.app.telegram_bot, city.clock, city.app.health, lambda: True, operator.id)
    seconds.now += LATE + 1
    await alerts.step()
    city.clock.wait(61.0)
    await alerts.step()
    [told] = [shown.text for shown in operator.sees if "Mashang on" in shown.text]
    assert "deadlines are not running" in told


async def test_a_job_that_never_ends_is_seen_while_the_bot_runs_and_ends_it(city, filed, monkeypatch):
    """With seconds as hundredths of seconds; the other loops go on meanwhile."""
    ended = asyncio.Event()
    monkeypatch.setattr(heartbeat, "PULSE", 0.01)
    monkeypatch.setattr(heartbeat, "HANGS", 0.6)
    monkeypatch.setattr(health, "LATE", 0.3)

    def end(code):
        assert code == CODE
        ended.set()
        release.set()

    release = asyncio.Event()
    monkeypatch.setattr("bot.instance.HeartbeatWatch", lambda beat, answers: HeartbeatWatch(beat, answers, end))
    monkeypatch.setattr(city.app.due_timers, "step", release.wait)
    stop = asyncio.Event()
    running = asyncio.create_task(city.app.run(stop))
    with capture_logs() as logs:
        async with asyncio.timeout(8):
            while "ticker" not in await faults(city):
                await asyncio.sleep(0.01)
            await ended.wait()
    stop.set()
    await running
    assert "deadlines are not running, the process ends" in [entry["event"] for entry in logs]


class Watched:
    """A watch on a beat whose database the test decides on."""

    def __init__(self):
        self.beat = Heartbeat()
        self.answers = True
        self.ended = []
        self.watch = HeartbeatWatch(self.beat, self._database_answers, self.ended.append)

    async def _database_answers(self):
        return self.answers

    async def passes(self, seconds, *, beats=False):
        for _ in range(seconds):
            if beats:
                self.beat.beat()
            await self.watch.step()


@pytest.fixture
def watched():
    return Watched()


async def test_a_minute_without_a_beat_ends_the_process(watched):
    await watched.passes(5, beats=True)
    await watched.passes(int(HANGS) - 1)
    assert watched.ended == []
    await watched.passes(1)
    assert watched.ended == [CODE]


async def test_who_beats_now_and_then_goes_on(watched):
    for _ in range(4):
        await watched.passes(int(HANGS) - 2)
        await watched.passes(1, beats=True)
    assert watched.ended == []


async def test_a_database_that_is_away_ends_nothing_for_as_long_as_it_is(watched):
    watched.answers = False
    await watched.passes(10 * int(HANGS))
    assert watched.ended == []
    watched.answers = True
    await watched.passes(1, beats=True)
    await watched.passes(1)
    assert watched.ended == []


async def test_a_database_that_takes_no_writes_is_away_and_no_fault_of_the_ticker(city, beating, seconds, monkeypatch):
    await city.settle()
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    seconds.now += LATE + 1
    async with city.app.store.writing_now():  # somebody writes, and comes to no end
        assert await faults(city) == ["database"]
    assert await faults(city) == ["ticker"]
