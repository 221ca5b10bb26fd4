"""One instance leads; another takes over when its lease has run out, and never before."""

import asyncio

import pytest
from sqlalchemy import select, update

from bot.app import new_id
from bot.ops.leader_election import LeaderLease, LeaseTiming
from complaints.notifications.notices import Priority
from complaints.policy.catalogue import load_catalogue
from complaints.policy.pack import load_packs
from complaints.time.workdays import Workdays
from complaints.usecases.ports import Rules
from demo.sample_city import MORNING
from storage.db.engine import open_engine
from storage.db.unit_of_work import Conflict
from storage.messaging import inbox, leases, outbox, waiting_messages
from storage.messaging.arrival import Arrival
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import Ended, MessageOutcome
from storage.repositories import destinations
from storage.repositories.destinations import Destination
from storage.work import Store


class Steady:
    def __init__(self):
        self.at = 0.0

    def __call__(self):
        return self.at


@pytest.fixture
async def store(postgres):
    engine = open_engine(postgres)
    rules = Rules(packs=load_packs(), catalogue=load_catalogue(), workdays=Workdays())
    yield Store(engine, rules, new_id)
    await engine.dispose()


@pytest.fixture
def start(store):
    """Another start of the bot, with a clock of its own."""

    async def made(owner, **terms):
        clock = Steady()
        lease = LeaderLease(store, owner, alone=False, terms=LeaseTiming(**terms), steady=clock)
        await lease.begin()
        return lease, clock

    return made


async def test_of_two_instances_one_leads(start):
    (first, _), (second, _) = await start("a"), await start("b")
    assert (first.leads(), second.leads()) == (True, False)


async def test_the_second_leads_once_the_first_one_s_lease_has_run_out(start, store):
    (first, _), (second, clock) = await start("a", lease=-1.0), await start("b")  # run out already
    assert second.leads()
    assert not first.leads()
    clock.at = 4.0
    assert not await second.step()  # the same term goes on
    assert second.leads()


async def test_who_leaves_lets_the_next_one_lead_at_once(start):
    (first, _), (second, clock) = await start("a"), await start("b")
    await first.leave()
    clock.at = 4.0
    assert await second.step()
    assert second.leads()


async def test_who_slept_knows_it_before_asking_anybody(start):
    first, clock = await start("a")
    clock.at = 5.5  # of 14 seconds, 9 must be left to claim a letter, and 8 to send it
    assert not first.leads()
    assert first.may_call()
    clock.at = 6.5
    assert not first.may_call()


async def test_who_wakes_up_after_its_lease_begins_anew_even_where_nobody_else_came(start):
    first, clock = await start("a")
    clock.at = 20.0
    assert await first.step()


async def test_only_the_leader_by_the_database_s_clock_can_claim_a_message(start, store, message):
    (first, _), _ = await start("a"), await start("b")
    assert first.leads()
    with pytest.raises(Conflict):
        await claims(store, message, "b")
    await claims(store, message, "a")


async def waiting(store, owner):
    """The one message that may be sent, for `owner` to send."""
    [row] = [row for row in await waiting_messages.every(store) if row.state == "ready"]
    async with store.work(MORNING, 1_000_000.0) as work:
        return await waiting_messages.load(work, row.id, owner)


async def claims(store, message, owner):
    real = 1_000_000.0
    async with store.work(message, real) as work:
        found = await waiting(store, owner)
        outbox.claim(work, found, {"text": "x"}, fenced=True)
        await work.commit()


async def test_what_another_instance_sends_by_now_is_left_to_it(start, store, message):
    await start("a")
    slept = await waiting(store, "a")
    await claims(store, message, "a")
    async with store.work(message) as work:
        [cut_off] = await outbox.unfinished(work, "b")
        outbox.again(work, cut_off, 0.0, Ended(outcome=MessageOutcome.AMBIGUOUS), repeat=True)
        await work.commit()
    await leases.release(store, "a")
    await start("b")
    await claims(store, message, "b")
    async with store.work(message) as work:
        outbox.again(work, slept, 0.0, Ended(outcome=MessageOutcome.NOT_SENT))
        await work.commit()
    async with store.work(message) as work:
        assert [x.owner for x in await outbox.unfinished(work, "c")] == ["b"]


async def test_updates_of_a_dead_start_are_handled_by_the_others(start, store, message):
    await inbox.keep(store, 1, [Arrival(update_id=1, sender_id=7, raw=b"{}")], message)
    [slept] = await inbox.claim(store, 0.0, 8, "dead")
    await start("a")
    [again] = await inbox.claim(store, 0.0, 8, "a")
    assert (again.update_id, again.attempts, again.crash_count) == (1, 1, 1)
    with pytest.raises(Conflict):
        await finishes(store, slept, message)
    await finishes(store, again, message)


async def test_what_several_starts_have_died_of_is_handled_by_itself(store, message):
    many = [Arrival(update_id=n, sender_id=n, raw=b"{}") for n in range(1, 5)]
    await inbox.keep(store, 1, many, message)
    async with store.work(message) as work:
        for number, deaths in (
            (1, inbox.QUARANTINE_AFTER + 1),
            (2, inbox.QUARANTINE_AFTER - 1),
            (3, inbox.QUARANTINE_AFTER),
        ):
            work.queue_write(update(INBOX).where(INBOX.c.update_id == number).values(crash_count=deaths))
        await work.commit()
    claimed = [[one.update_id for one in await inbox.claim(store, 0.0, 8, "a", idle=idle)] for idle in (0, 0, 1, 1)]
    assert claimed == [[2, 4], [], [3], [1]]


async def test_what_is_quarantined_is_handled_while_nothing_else_is(city, monkeypatch):
    handle, together = city.app.worker._handle, []

    async def handled(incoming):
        for _ in range(10):
            await asyncio.sleep(0)
        if incoming.quarantined:
            together.append(len(city.app.worker._in_hand))
        await handle(incoming)

    monkeypatch.setattr(city.app.worker, "_handle", handled)
    for n in range(6):
        city.sim.person(f"住户{n}", phone=f"1390000000{n}").says("/help")
    await city.app.receiver.step()
    async with city.app.store.work(city.clock.now()) as work:
        work.queue_write(update(INBOX).where(INBOX.c.id <= 3).values(crash_count=inbox.QUARANTINE_AFTER))
        await work.commit()
    stop = asyncio.Event()
    running = asyncio.create_task(city.app.worker.run(stop))
    while len(together) < 3:
        await asyncio.sleep(0)
    stop.set()
    await running
    assert together == [1] * 3


async def test_what_so_many_instances_have_died_of_becomes_a_dead_letter(city):
    city.sim.person("王女士", phone="13900000001").says("/help")
    await city.app.receiver.step()
    async with city.app.store.work(city.clock.now()) as work:
        work.queue_write(update(INBOX).values(crash_count=inbox.MAX_CRASHES))
        await work.commit()
    await city.settle()
    async with city.app.store.work(city.clock.now()) as work:
        assert [row.state for row in await work.rows(select(INBOX.c.state))] == ["dead_letter"]


async def finishes(store, incoming, now):
    async with store.work(now) as work:
        inbox.done(work, incoming)
        await work.commit()


async def test_two_workers_never_claim_the_same_update(store, message):
    await inbox.keep(store, 1, [Arrival(update_id=n, sender_id=n, raw=b"{}") for n in range(40)], message)
    found = await asyncio.gather(*(inbox.claim(store, 0.0, 8, owner) for owner in "abcdefgh"))
    claimed = [incoming.update_id for batch in found for incoming in batch]
    assert len(claimed) == len(set(claimed))


@pytest.fixture
async def message(store):
    """One message waits; its case time."""
    async with store.work(MORNING) as work:
        destinations.put(work, Destination(id=1, chat=5, kind="private", person=None))
        outbox.put(work, "k", destination=1, priority=int(Priority.REPLY), kind="reply", rendered={"text": "x"})
        await work.commit()
    return MORNING
