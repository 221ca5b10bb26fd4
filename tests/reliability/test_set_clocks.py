"""What is promised when the machine's clock is set while the bot runs, or was wrong when it started."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.executors import base as executors
from apscheduler.schedulers import base as schedulers
from apscheduler.triggers import interval
from live_bot import running, until
from playing import Play
from structlog.testing import capture_logs

from bot.app import new_id, opened
from bot.clock import SystemClock, steady
from demo.sample_city import MORNING, TOKEN, UNHURRIED, SampleCity, settings_for
from scheduler.civil_schedule import CivilSchedule
from simulator.server import Simulator
from storage.db.civil_time import CIVIL
from storage.repositories import ledger

HOUR = 3600.0
YEAR = 365 * 24 * HOUR
SOON = 2.0  # seconds before the deadline at which the clock is set
IN_TIME = 2.0  # seconds after its time by which a deadline has struck, on a machine that is busy


class Machine:
    """Time runs on, and can be skipped; the machine's clock shows it, or whatever it was set to."""

    def __init__(self):
        self.began = MORNING.timestamp() - steady()
        self.skipped = 0.0
        self.wrong_by = 0.0

    def steadily(self):
        return steady() + self.skipped

    def real(self):
        return self.began + self.steadily()

    def now(self):
        return datetime.fromtimestamp(self.real(), UTC)

    def wall(self):
        return self.real() + self.wrong_by

    def wait(self, seconds):
        self.skipped += seconds


@pytest.fixture
def machine(monkeypatch):
    """A machine of which every library sees the same clock."""
    made = Machine()

    class Shown(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(made.wall(), tz)

    for module in (schedulers, executors, interval):
        monkeypatch.setattr(module, "datetime", Shown)
    return made


@pytest.fixture
async def world(machine, never_away, address):
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=machine.now, monotonic=machine.steadily) as sim:
        yield World(sim, machine, address)


class World:
    def __init__(self, sim, machine, address):
        self.sim = sim
        self.machine = machine
        self.address = address

    @asynccontextmanager
    async def bot(self):
        """An instance that reads the machine's clock, as `mashang run` does."""
        clock = SystemClock(self.machine.wall, self.machine.steadily)
        async with opened(settings_for(self.address, self.sim), clock, new_id, UNHURRIED) as app:
            yield SampleCity(self.sim, app, self.machine, settle=lambda: app.settle(self.machine.wait))
            await app.lease.leave()


async def filed(city):
    """A case of this morning; its manager, and when he must have answered."""
    play = Play(city)
    manager, *_ = await play.staff("经理甲", "负责人甲", "经办员甲")
    await play.files(await play.resident())
    return manager, (await play.case()).clock("respond").due


async def expired(city):
    """When the clock ran out by the ledger, and when that was recorded: nothing where it hasn't."""
    async with city.app.store.work(city.app.clock.now()) as work:
        history = await ledger.history(work, (await Play(city).case()).id)
    return [record for record in history if type(record.event).__name__ == "Expired"]


async def nudges(city, wanted):
    return (await Play(city).events()).count("Nudged") == wanted


async def faults(city):
    return [fault.name for fault in await city.app.health.faults()]


# --- set while the bot runs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seconds",
    [
        -600.0,
        *(pytest.param(s, marks=pytest.mark.thorough) for s in (600.0, -8 * HOUR, 8 * HOUR, -3 * YEAR, 3 * YEAR, -3.0)),
    ],
)
async def test_a_clock_that_is_set_under_the_real_ticker_moves_no_deadline(world, machine, seconds):
    async with world.bot() as city:
        manager, due = await filed(city)
        async with running(city):
            machine.wait((due - machine.now()).total_seconds() - SOON)
            await until(lambda: nudges(city, 3), "a beat by the time that was skipped to")
            machine.wrong_by = seconds
            await until(lambda: machine.now() >= due - timedelta(seconds=0.3), "the last moment before the deadline")
            assert not await expired(city)
            await until(lambda: manager.has("响应超时"), "the expiry", wait=6.0)
            late = (machine.now() - due).total_seconds()
        [record] = await expired(city)
    assert late < IN_TIME
    assert not record.event.delayed
    assert abs((record.at - due).total_seconds()) < IN_TIME


async def test_a_clock_that_is_set_is_told_in_the_log_and_arms_the_calendar_anew(world, machine, monkeypatch):
    armed = []
    monkeypatch.setattr(CivilSchedule, "rearm", lambda _, at: armed.append(at))
    with capture_logs() as logs:
        async with world.bot() as city, running(city):
            machine.wrong_by = -8 * HOUR
            await until(lambda: armed, "the schedule armed anew")
            assert "clock" in await faults(city)
    assert abs(armed[0].timestamp() - machine.wall()) < 60
    [told] = [entry for entry in logs if entry["event"].startswith("the machine's clock was set")]
    assert told["by_seconds"] == -28800


async def test_what_belongs_to_the_calendar_follows_the_clock_that_was_set(machine):
    done = []

    async def do():
        done.append(datetime.fromtimestamp(machine.wall(), CIVIL).time().hour)

    schedule = CivilSchedule()
    schedule.daily(9, 0, do)
    schedule.start()
    try:
        for hours in (-2.0, 24.0, -0.5):  # from 10:00 to 08:00, to the next day's 10:00, and to 09:30: that is done
            machine.wrong_by = hours * HOUR
            schedule.rearm(datetime.fromtimestamp(machine.wall(), UTC))
            await until(lambda wanted=(hours == 24.0): len(done) >= wanted, "what is due")
    finally:
        schedule.stop()
    assert done == [10]


# --- wrong at the start -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [8.0, -8.0, 0.01, -3 * 365 * 24.0, 3 * 365 * 24.0])
async def test_a_clock_that_is_wrong_at_the_start_and_corrected_later_moves_no_deadline(world, machine, hours):
    """As of a machine whose battery clock is in local time, and which NTP corrects after the start."""
    async with world.bot() as city:
        manager, due = await filed(city)
    machine.wrong_by = hours * HOUR
    with capture_logs() as logs:
        async with world.bot() as city:
            await city.settle()
            assert not await expired(city)
            assert await faults(city) == ["clock"]
            machine.wrong_by = 0.0
            await city.settle()
            assert await faults(city) == []
            for before, there in ((0.5, False), (-0.5, True)):
                machine.wait((due - machine.now()).total_seconds() - before * 60)
                await city.settle()
                assert bool(await expired(city)) is there
            assert manager.has("响应超时")
    [told] = [entry for entry in logs if entry["event"].startswith("the machine's clock is wrong")]
    assert told["seconds_ahead"] == pytest.approx(hours * HOUR, abs=3)


async def test_where_the_messenger_says_no_date_the_machines_clock_counts(world, machine):
    world.sim.says_date = False
    machine.wrong_by = HOUR
    async with world.bot() as city:
        await city.settle()
        assert city.app.clock.now().timestamp() == pytest.approx(machine.wall(), abs=2)
        assert await faults(city) == []
        machine.wrong_by = 0.0
        assert await faults(city) == ["clock"]


async def test_case_time_that_is_not_the_messengers_is_a_fault_and_says_what_to_do(world, machine):
    """As where a virtual machine was paused: its steady time stood still."""
    async with world.bot() as city:
        await city.settle()
        machine.began += 60.0
        await city.settle()
        assert await faults(city) == ["clock", "case_time"]
        said = [fault.says for fault in await city.app.health.faults()]
    assert "then start the bot anew" in said[1]
