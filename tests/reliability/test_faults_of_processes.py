"""What is promised when an instance of the bot is told to stop, dies, or sleeps while another one works."""

import asyncio
from contextlib import AsyncExitStack

import postgresql
import pytest
from message_outcomes import MARK
from playing import ANSWER, Play

from bot import app as wiring
from bot.app import new_id, opened
from bot.clock import StillClock
from bot.delivery import telegram_methods
from demo.sample_city import MORNING, TOKEN, UNHURRIED, SampleCity, settings_for
from simulator.server import Simulator
from storage.db import engine
from storage.messaging import leases

pytestmark = pytest.mark.thorough

HELP = "/help"
SLEEP = 60.0  # seconds


class Replica:
    """One instance of several, with clocks of its own; `stopped` is where it sleeps until it is woken."""

    def __init__(self, sim, app, clock, ran):
        self.app = app
        self.clock = clock
        self.ran = ran
        self.city = SampleCity(sim, app, clock, settle=lambda: app.settle(clock.wait))
        self.asleep = asyncio.Event()
        self.woken = asyncio.Event()

    async def sleeps(self):
        """Here it is stopped; when it is woken its steady clock knows how long that was."""
        self.asleep.set()
        await self.woken.wait()

    def wake(self):
        self.ran[0] += SLEEP
        self.clock.wait(SLEEP)
        self.woken.set()

    async def sends(self):
        """All that it may send now, repeats too."""
        while await self.app.outbox_dispatcher.step():
            self.clock.wait(5)


@pytest.fixture
async def sim():
    clock = StillClock(MORNING)
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as made:
        yield made


@pytest.fixture
async def two(sim, postgres, monkeypatch):
    """A leader and a follower on one database."""
    monkeypatch.setattr(wiring, "open_engine", engine.open_engine)
    async with AsyncExitStack() as open_ones:
        found = []
        for _ in range(2):
            clock, ran = StillClock(MORNING), [0.0]
            monkeypatch.setattr(wiring, "steady", lambda ran=ran: ran[0])
            app = await open_ones.enter_async_context(opened(settings_for(postgres, sim), clock, new_id, UNHURRIED))
            found.append(Replica(sim, app, clock, ran))
        assert [one.app.lease.leads() for one in found] == [True, False]
        yield found


@pytest.fixture
def pass_by(two, postgres):
    """Time that the database's clock sees pass, and the follower; the leader sleeps."""

    async def passed(seconds):
        await postgresql.ask(postgres, f"UPDATE lease SET until = until - {seconds}")
        two[1].ran[0] += seconds
        two[1].clock.wait(seconds)

    return passed


async def hears(replica, account, words=HELP):
    """Somebody's words are handled, and what is to be said waits in the outbox."""
    account.says(words)
    await replica.app.receiver.step()
    while await replica.app.worker.step():
        pass


def said_to(account):
    return [shown.text for shown in account.sees if shown.from_bot]


# --- who sleeps and wakes -----------------------------------------------------------------------------------------


def stop_before(holder, name):
    def lay(replica, _):
        works = getattr(holder(replica), name)

        async def first_sleeps(*given, **named):
            await replica.sleeps()
            return await works(*given, **named)

        setattr(holder(replica), name, first_sleeps)

    return lay


def stop_during_the_call(replica, sim):
    async def hook(phase, call):
        if phase == "done" and call.method == "sendMessage" and not replica.asleep.is_set():
            await replica.sleeps()

    sim.hook = hook


POINTS = {  # where the leader is stopped, and how often the message is there at the end: unmarked, marked
    "before the claim": (stop_before(lambda r: r.app.outbox_dispatcher.sender, "_claim"), (1, 0)),
    "after the claim, before the call": (stop_before(lambda r: r.app.outbox_dispatcher.sender, "_call"), (0, 1)),
    "during the call": (stop_during_the_call, (1, 1)),
    "after the call, before it is written down": (
        stop_before(lambda r: r.app.outbox_dispatcher.sender, "_record_result"),
        (1, 1),
    ),
}


@pytest.mark.parametrize("point", POINTS)
async def test_who_slept_sends_nothing_that_another_has_sent_meanwhile(two, sim, pass_by, point):
    leader, follower = two
    lay, (unmarked, marked) = POINTS[point]
    wang = sim.person("王女士")
    await hears(leader, wang)
    lay(leader, sim)
    sending = asyncio.create_task(leader.app.outbox_dispatcher.step())
    await leader.asleep.wait()
    await pass_by(SLEEP)
    assert await follower.app.lease.step()
    await follower.sends()
    before = said_to(wang)
    leader.wake()
    await sending
    assert not await leader.app.outbox_dispatcher.step()
    await follower.sends()
    assert said_to(wang) == before
    marks = [text.startswith(MARK) for text in before]
    assert (marks.count(False), marks.count(True)) == (unmarked, marked)
    assert await rows(leader, "SELECT state FROM outbox") == [("sent",)]


async def rows(replica, query):
    return await postgresql.ask(replica.app.store.engine.url.render_as_string(hide_password=False), query)


async def test_who_slept_draws_no_card_over_a_newer_one(two, sim, pass_by, monkeypatch):
    leader, follower = two
    play = Play(leader.city)
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    await manager.says(ANSWER, reply_to=manager.card)
    await leader.sends()
    manager.account.says("已联系电工。", reply_to=manager.card)
    await leader.app.receiver.step()
    await leader.app.worker.step()
    edit, left = telegram_methods.edit, [leader]

    async def edits(*given):
        if left:
            await left.pop().sleeps()
        return await edit(*given)

    monkeypatch.setattr(telegram_methods, "edit", edits)
    leader.clock.wait(10)
    sending = asyncio.create_task(leader.app.outbox_dispatcher.step())
    await leader.asleep.wait()
    await pass_by(SLEEP)
    assert await follower.app.lease.step()
    await follower.sends()
    edited = [call for call in sim.calls if call.method == "editMessageText"]
    leader.wake()
    await sending
    assert [call for call in sim.calls if call.method == "editMessageText"] == edited


# --- who leads ----------------------------------------------------------------------------------------------------


async def test_leadership_moves_fifteen_seconds_after_a_death_and_not_before(two, pass_by):
    _, follower = two
    for _ in range(4):
        await pass_by(3.0)
        assert not await follower.app.lease.step()
        assert not follower.app.lease.leads()
    await pass_by(3.0)
    assert await follower.app.lease.step()
    assert follower.app.lease.leads()


async def test_a_follower_neither_polls_nor_beats_nor_sends_but_handles_updates(two, sim, never_away):
    leader, follower = two
    play = Play(leader.city)
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    wang.account.says(HELP)
    follower.clock.wait(4 * 3600)
    heard = len(wang.hears)
    assert not await follower.app.receiver.step()
    assert len(sim.updates) == 1
    assert not await follower.app.tick()
    assert (await play.events()).count("Nudged") == 0
    await leader.app.receiver.step()
    assert await follower.app.worker.step()
    assert not await follower.app.outbox_dispatcher.step()
    assert len(wang.hears) == heard
    await leader.sends()
    assert len(wang.hears) == heard + 1
    assert not manager.has("提醒")


async def test_what_a_dead_instance_had_begun_to_handle_the_others_handle(two, sim, pass_by):
    leader, follower = two
    wang = sim.person("王女士")
    wang.says(HELP)
    await leader.app.receiver.step()
    assert len(await leader.app.worker._claim(8)) == 1
    assert not await follower.app.worker.step()
    await pass_by(16)
    assert await follower.app.lease.step()
    assert await follower.app.worker.step()
    await follower.sends()
    assert len(said_to(wang)) == 1


async def test_a_leader_that_cannot_renew_its_lease_stops_sending_before_another_can_lead(two, sim, monkeypatch):
    leader, _ = two
    wang = sim.person("王女士")
    await hears(leader, wang)

    async def fails(*_):
        raise OSError("no database")

    with monkeypatch.context() as patch:
        patch.setattr(leases, "renew", fails)
        leader.ran[0] += 6.5
        with pytest.raises(OSError, match="no database"):
            await leader.app.lease.step()
        assert not await leader.app.outbox_dispatcher.step()
        assert not said_to(wang)
    leader.ran[0] += 3.5
    await leader.app.lease.step()
    await leader.sends()
    assert len(said_to(wang)) == 1


async def test_who_is_told_to_stop_lets_another_lead_at_once(two):
    leader, follower = two
    stop = asyncio.Event()
    running = asyncio.create_task(leader.app.run(stop))
    await asyncio.sleep(0)
    stop.set()
    await running
    follower.ran[0] += 3.1
    assert await follower.app.lease.step()
    assert follower.app.lease.leads()
