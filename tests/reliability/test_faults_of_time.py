"""What is promised when a clock is wrong, or the bot was away while time ran out."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from live_bot import running, until
from message_outcomes import inbox, marks
from playing import ANSWER, Play
from sqlalchemy import select
from structlog.testing import capture_logs
from variants import mostly_thorough

from bot.app import new_id, opened
from bot.clock import StillClock, SystemClock
from bot.intake import intake_gap, polling
from bot.intake.polling import BATCH
from complaints.model import events as e
from complaints.model.events import Expired
from demo.sample_city import MORNING, TOKEN, UNHURRIED, SampleCity, running_bot, settings_for
from simulator.faults.call_faults import Broken
from simulator.faults.injector import Rule
from simulator.server import Simulator
from simulator.updates.triggers import FOR_EVER
from storage.queries import figures
from storage.repositories import ledger
from storage.repositories.ledger import EVENT

HOUR = timedelta(hours=1)
EXCUSED = "响应：系统中断过，时间顺延"


@pytest.fixture
async def world(address):
    """People and chats whose bot comes and goes; `world.bot()` is one instance of it."""
    clock = StillClock(MORNING)
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as sim:
        yield World(sim, clock, address)


class World:
    def __init__(self, sim, clock, address):
        self.sim = sim
        self.clock = clock
        self.address = address
        self.moved = 0.0  # seconds by which the machine's clock is ahead of the world's

    @asynccontextmanager
    async def bot(self):
        async with running_bot(self.sim, self.clock, self.address) as city:
            yield city
            await city.app.lease.leave()

    @asynccontextmanager
    async def bot_on_a_machine(self):
        """An instance that reads the machine's clock, as `mashang run` does."""
        machine = SystemClock(lambda: self.clock.now().timestamp() + self.moved, self.clock.real)
        known = settings_for(self.address, self.sim)
        async with opened(known, machine, new_id, UNHURRIED) as app:
            yield SampleCity(self.sim, app, self.clock, settle=lambda: app.settle(self.clock.wait))
            await app.lease.leave()

    def wait(self, **length):
        self.clock.wait(timedelta(**length).total_seconds())


async def cast_of(city):
    play = Play(city)
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    return play, manager, head, await play.group(officer), await play.resident()


async def recorded(city):
    """Everything that happened to cases, in the order in which it was written."""
    async with city.app.store.work(city.clock.now()) as work:
        rows = await work.rows(
            select(EVENT.c.kind, EVENT.c.at).where(EVENT.c.complaint.is_not(None)).order_by(EVENT.c.id)
        )
        return [(row.kind, row.at) for row in rows]


# --- the machine's clock ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", mostly_thorough([5, -5]))
async def test_a_clock_that_is_set_while_the_bot_runs_moves_no_deadline_and_is_told(world, never_away, hours):
    async with world.bot_on_a_machine() as city:
        play, manager, *_, wang = await cast_of(city)
        await play.files(wang)
        world.moved = hours * 3600.0
        await city.settle()
        assert [kind for kind, _ in await recorded(city)] == ["Filed"]
        assert "clock" in [fault.name for fault in await city.app.health.faults()]
        due = (await play.case()).clock("respond").due
        for minutes in (119.5, 0.75, 59.25, 0.75, 35.25, 0.75, 23.25, 0.75):  # around each point
            world.wait(minutes=minutes)
            await city.settle()
        assert manager.count("响应超时") == 1
        happened = await recorded(city)
    assert [kind for kind, _ in happened] == ["Filed", *["Nudged"] * 3, "Expired"]
    assert [at - due for _, at in happened[1:]] == [-2 * HOUR, -1 * HOUR, -0.4 * HOUR, 0 * HOUR]


async def test_a_clock_that_is_right_is_no_alarm(world):
    async with world.bot_on_a_machine() as city:
        world.wait(hours=3)
        assert "clock" not in [fault.name for fault in await city.app.health.faults()]


async def test_an_instance_before_the_newest_event_goes_on_where_the_ledger_ends(world, never_away):
    async with world.bot_on_a_machine() as city:
        play, *_, wang = await cast_of(city)
        await play.files(wang)
    world.wait(minutes=1)
    world.moved = -0.9 * 3600.0
    world.sim.says_date = False
    with capture_logs() as logs:
        async with world.bot_on_a_machine() as city:
            await city.settle()
            begun = city.app.clock.now()
            world.wait(hours=4)
            await city.settle()
            happened = await recorded(city)
    assert begun >= MORNING
    assert [kind for kind, _ in happened] == ["Filed", *["Nudged"] * 3, "Expired"]
    assert sorted(at for _, at in happened) == [at for _, at in happened]
    assert "the machine's clock stands before the newest event: check it" in [entry["event"] for entry in logs]


# --- an outage of 26 hours ----------------------------------------------------------------------------------------


@pytest.fixture
async def after_the_outage(world):
    """Two cases; one manager answers in time, the bot is away; more waits at the messenger than comes at once."""
    async with world.bot() as city:
        play, manager, _, group, wang = await cast_of(city)
        other_manager = await play.staff("经理乙")
        li = await play.resident("李先生", project="wjy")
        await play.files(wang)
        await play.files(li)
        people = [play.stranger(f"路人{n}", phone=f"137{n:08d}") for n in range(BATCH + 20)]
    world.wait(hours=3)
    for somebody in people:
        somebody.account.says("/help")
    manager.account.says(ANSWER, reply_to=manager.card)
    world.wait(hours=23)
    assert len(world.sim.updates) > BATCH
    return manager, other_manager, wang, li, group


@pytest.fixture
async def back(world, after_the_outage):
    """The bot is back; what waited at the moment of each strike is noted."""
    async with world.bot() as city:
        strike, city.waited = city.app.due_timers._fire, []

        async def struck(timer):
            city.waited += [state for state in await inbox(city) if state != "done"]
            return await strike(timer)

        city.app.due_timers._fire = struck
        await city.settle()
        yield city


@pytest.mark.thorough
async def test_what_came_in_an_outage_is_handled_before_any_timer_strikes(back, after_the_outage):
    manager, _, wang, *_ = after_the_outage
    kinds = [kind for kind, _ in await recorded(back)]
    assert back.waited == []
    assert kinds.index("Answered") < kinds.index("Expired")
    assert wang.has(ANSWER)
    assert not manager.has("响应超时")


async def test_an_answer_given_in_time_during_an_outage_is_in_time(back):
    cases = {case.place.project: case for case in await Play(back).cases()}
    answered, expired = cases["jchy"], cases["wjy"]
    assert (answered.clock("respond").state, answered.handler) == ("met", "manager")
    assert answered.answered_at == MORNING + 3 * HOUR
    assert (expired.clock("respond").state, expired.handler) == ("running", "manager")


@pytest.mark.thorough
async def test_each_timer_of_an_outage_strikes_once(world, back):
    """Also where the bot starts once more."""
    first = await recorded(back)
    await back.settle()
    assert await recorded(back) == first
    async with back.app.store.work(back.clock.now()) as work:
        [case] = [case for case in await Play(back).cases() if case.place.project == "wjy"]
        history = [r.event for r in await ledger.history(work, case.id)]
    points = [(event.stage, event.point) for event in history if isinstance(event, (e.Nudged, Expired))]
    assert len(points) == len(set(points))
    assert [point for stage, point in points if stage == "respond"] == ["nudge1", "nudge2", "nudge3", "expiry1"]


@pytest.mark.thorough
async def test_what_an_outage_took_is_given_back_and_counted_against_nobody(world, back, after_the_outage):
    """The alarm comes, says from when to when we were away, and names the new time, which counts."""
    _, other_manager, _, li, group = after_the_outage
    async with back.app.store.work(back.clock.now()) as work:
        [case] = [case for case in await Play(back).cases() if case.place.project == "wjy"]
        expired = [r.event for r in await ledger.history(work, case.id) if isinstance(r.event, Expired)]
        counted = await figures.since(work, "district", ["510107"], MORNING)
    [excused] = expired
    assert (excused.counts, excused.due) == (False, MORNING + 4 * HOUR)
    assert excused.outage.began < MORNING + HOUR
    assert excused.outage.ended == MORNING + 26 * HOUR
    assert case.clock("respond").due == excused.until
    assert timedelta(hours=29, minutes=58) < excused.until - MORNING <= 30 * HOUR  # the four hours again
    for told in (other_manager, li, group):
        assert "系统收不到也发不出消息，这段时间不算任何人超时" in told.finds("响应：系统中断过，时间顺延").text
        assert "没有按时办理" not in "".join(shown.text for shown in told.sees)
    assert (counted["filed"], counted["in_time"], counted["overdue"]) == (2, 1, 0)
    back.clock.move(excused.until - back.clock.now())
    await back.settle()
    assert "锦安物业 · 项目经理 经理乙没有按时办理" in group.finds("超时 · 响应").text


# --- a gap in what comes in ---------------------------------------------------------------------------------------


async def test_deadlines_wait_while_updates_do_not_come_in_and_at_most_ten_minutes(
    city, play, characters, goes_wrong, monkeypatch
):
    manager, *_, wang = characters
    monkeypatch.setattr(polling, "PAUSE", 0.01)
    await play.files(wang)
    await play.at(13, 55)
    ordered = await goes_wrong(Rule(mishap=Broken(502), methods={"getUpdates"}, times=FOR_EVER))
    async with running(city):
        await until(lambda: not city.app.receiver.gap.is_caught_up(), "a gap in what comes in")
        city.clock.wait(intake_gap.AT_MOST - 60)
        for _ in range(3):
            await city.app.tick()
        assert (await play.events()).count("Expired") == 0
        city.clock.wait(61)
        await until(lambda: manager.has(EXCUSED), "the expiry")
        await ordered.end()
    assert marks(manager, EXCUSED) == [False]


@pytest.mark.thorough
async def test_deadlines_wait_for_as_long_as_the_messenger_cannot_be_reached(city, play, characters, monkeypatch):
    manager, *_, wang = characters
    monkeypatch.setattr(polling, "PAUSE", 0.01)
    await play.files(wang)
    await play.at(13, 55)
    await city.sim.unplug()
    async with running(city):
        await until(lambda: not city.app.receiver.gap.is_caught_up(), "a gap in what comes in")
        city.clock.wait(3 * 3600)
        for _ in range(3):
            await city.app.tick()
        assert (await play.events()).count("Expired") == 0
        await city.sim.plug()
        manager.account.says(ANSWER, reply_to=manager.card)
        await until(lambda: manager.has(EXCUSED), "the expiry", city.clock)
    assert (await play.events()).count("Expired") == 1
