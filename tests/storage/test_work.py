"""The unit of work commits all of what it wrote, or nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import parents
import pytest
from sqlalchemy import bindparam, event, select, text, update

from complaints.lifecycle.timer_points import Timer
from storage.db.unit_of_work import Conflict
from storage.maintenance.audit import verify, verify_in
from storage.messaging import inbox, outbox
from storage.messaging.arrival import Arrival
from storage.messaging.outbox import OUTBOX
from storage.repositories import ledger, timers
from storage.repositories.ledger import EVENT
from storage.repositories.timers import TIMER
from storage.tables import COMPANY, LEDGER
from storage.work import Store

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def store(store):
    """With cases and a chat that rows may refer to."""
    async with store.writing_now() as connection:
        await parents.lay(connection, cases=range(60), chats=[1])
    return store


async def rows(store, statement):
    async with store.work(NOW) as work:
        return [tuple(r) for r in await work.rows(statement)]


async def test_without_commit_nothing_is_written(store):
    async with store.work(NOW) as work:
        await ledger.note(work, ledger.OUTSIDE, "Tried", {}, None, NOW)
    assert await rows(store, select(EVENT.c.kind)) == []


async def test_a_conflict_writes_nothing_of_the_whole(store):
    async with store.work(NOW) as work:
        await ledger.note(work, ledger.OUTSIDE, "Tried", {}, None, NOW)
        timers.finish(
            work, timers.Due(complaint=4711, stage="respond", clock=1, point="expiry1", due_at=NOW)
        )  # there is no such timer: somebody was faster
        with pytest.raises(Conflict):
            await work.commit()
    assert await rows(store, select(EVENT.c.kind)) == []


async def test_two_that_have_read_the_same_tail_conflict(store):
    async with store.work(NOW) as first, store.work(NOW) as second:
        await ledger.note(first, 7, "First", {}, None, NOW)
        await ledger.note(second, 7, "Second", {}, None, NOW)
        await first.commit()
        with pytest.raises(Conflict):
            await second.commit()
    assert await rows(store, select(EVENT.c.kind)) == [("First",)]


@pytest.fixture
def commits(engine):
    """How many transactions have been committed so far."""
    counted = []
    event.listen(engine.sync_engine, "commit", lambda connection: counted.append(1))
    return counted


async def test_what_waits_to_be_written_is_written_in_one_commit(store, commits):
    async with store.writing:
        writing = [asyncio.create_task(noted(store, n)) for n in range(1)]
        writing += [asyncio.create_task(put(store, f"k{n}")) for n in range(5)]
        await asyncio.sleep(0.05)
        assert commits == []
    await asyncio.gather(*writing)
    assert commits == [1]
    assert len(await rows(store, select(OUTBOX.c.id))) == 5


async def test_one_that_cannot_be_written_keeps_no_other(store, commits):
    async def conflicts():
        async with store.work(NOW) as work:
            outbox.put(work, "never", destination=1, priority=2)
            timers.finish(work, timers.Due(complaint=1, stage="respond", clock=1, point="expiry1", due_at=NOW))
            await work.commit()

    async with store.writing:
        writing = [asyncio.create_task(one) for one in (put(store, "a"), conflicts(), put(store, "b"))]
        await asyncio.sleep(0.05)
    failed = await asyncio.gather(*writing, return_exceptions=True)
    assert [type(one) for one in failed] == [type(None), Conflict, type(None)]
    assert [key for (key,) in await rows(store, select(OUTBOX.c.key).order_by(OUTBOX.c.key))] == ["a", "b"]


async def test_who_gives_up_before_it_is_written_leaves_nothing(store):
    async with store.writing:
        given_up, stays = asyncio.create_task(put(store, "a")), asyncio.create_task(put(store, "b"))
        await asyncio.sleep(0.05)
        given_up.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(given_up, stays, return_exceptions=True)
    assert await rows(store, select(OUTBOX.c.key)) == [("b",)]


async def test_who_gives_up_in_the_middle_of_a_commit_takes_no_other_along(store):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(connection):
        begun.set()
        await go_on.wait()

    first = asyncio.create_task(store.write(slow))
    await begun.wait()
    others = [asyncio.create_task(put(store, key)) for key in "ab"]
    await asyncio.sleep(0.01)
    others[0].cancel()
    first.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(first, *others, return_exceptions=True)
    assert (first.cancelled(), others[0].cancelled(), others[1].result()) == (True, True, None)
    assert await rows(store, select(OUTBOX.c.key)) == [("b",)]
    await put(store, "c")


# --- outbox -----------------------------------------------------------------------------------------------------


async def put(store, key, **values):
    async with store.work(NOW) as work:
        outbox.put(work, key, destination=1, priority=2, **values)
        await work.commit()


@pytest.mark.parametrize(
    ("state", "says"), [("ready", "new"), ("sending", "old"), ("sent", "old"), ("dropped", "old"), ("dead", "old")]
)
async def test_the_same_key_rewrites_a_message_only_while_it_is_ready(store, state, says):
    await put(store, "k", rendered="old")
    async with store.writing_now() as connection:
        await connection.execute(text("UPDATE outbox SET state = :state"), {"state": state})
    await put(store, "k", rendered="new")
    assert await rows(store, select(OUTBOX.c.rendered, OUTBOX.c.state)) == [(says, state)]


async def test_leaving_a_group_is_called_off_only_while_it_is_ready(store):
    for key in ("a", "b", "c"):
        await put(store, key)
    async with store.writing_now() as connection:
        await connection.execute(text("UPDATE outbox SET method = 'leave' WHERE key IN ('a', 'b')"))
        await connection.execute(text("UPDATE outbox SET state = 'sending' WHERE key = 'b'"))
        (destination,) = (await connection.execute(select(OUTBOX.c.destination).distinct())).scalars()
    async with store.work(NOW) as work:
        outbox.stay(work, destination)
        await work.commit()
    assert await rows(store, select(OUTBOX.c.key).order_by(OUTBOX.c.key)) == [("b",), ("c",)]


# --- ledger -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE event SET body = '{\"n\": 9}' WHERE seq = 2", [(7, 2)]),
        ("UPDATE event SET actor = 9 WHERE seq = 3", [(7, 3)]),
        ("UPDATE event SET at = '2026-11-18 02:00:01' WHERE seq = 1", [(7, 1)]),
        ("UPDATE event SET kind = 'Else' WHERE seq = 1", [(7, 1)]),
        ("DELETE FROM event WHERE seq = 2", [(7, 3)]),
        ("SELECT 1", []),
    ],
)
async def test_tampering_with_the_ledger_is_found(store, tampering, broken):
    async with store.work(NOW) as work:
        for n in (1, 2, 3):
            await ledger.note(work, 7, "Noted", {"n": n}, 1, NOW)
        await work.commit()
    async with store.writing_now() as connection:
        await connection.execute(text(tampering.replace(": ", r"\: ") if "\\" in tampering else tampering))
    async with store.engine.connect() as connection:
        assert list((await verify_in(connection)).breaks) == broken


async def noted(store, *numbers):
    async with store.work(NOW) as work:
        for n in numbers:
            await ledger.note(work, None, "Noted", {"n": n}, 1, NOW)
        await work.commit()


async def wrong(engine):
    """But that the cases here have no events."""
    return [finding for finding in (await verify(engine)).findings if "has no events" not in finding]


async def test_counting_reads_nothing_once_this_process_has_counted(store, engine):
    await noted(store, 1)
    asked = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    await noted(store, 2, 3)
    assert [statement for statement in asked if statement.startswith("SELECT") and "FROM ledger" in statement] == []
    assert [statement.split()[0] for statement in asked if "ledger" in statement] == ["UPDATE"]
    assert await rows(store, select(LEDGER.c.events)) == [(3,)]


async def test_two_processes_count_the_same_ledger(store, engine):
    other = Store(engine, None, count(100).__next__)
    for n, each in enumerate([store, other, store, other, other, store]):
        await noted(each, n)
    assert await rows(store, select(LEDGER.c.events)) == [(6,)]
    assert await wrong(engine) == []


async def test_what_is_not_written_is_not_counted(store, engine):
    await noted(store, 1)
    async with store.work(NOW) as work, store.work(NOW) as faster:
        for each in (work, faster):
            await ledger.note(each, None, "Noted", {"n": 2}, 1, NOW)
        await faster.commit()
        with pytest.raises(Conflict):
            await work.commit()
    await noted(store, 3)
    assert await rows(store, select(LEDGER.c.events)) == [(3,)]
    assert await wrong(engine) == []


# --- timers -----------------------------------------------------------------------------------------------------


async def test_a_clock_that_is_due_at_another_time_moves_its_timers_and_no_other_clocks(store):
    async with store.work(NOW) as work:
        for clock in (1, 2):  # of the same stage, as two parties may owe it
            timers.start(work, 7, [Timer(stage="respond", clock=clock, point="expiry1", due_at=NOW)])
        await work.commit()
    async with store.work(NOW) as work:
        timers.move(work, 7, 1, [Timer(stage="respond", clock=1, point="expiry1", due_at=LATER)])
        await work.commit()
    found = await rows(store, select(TIMER.c.clock, TIMER.c.due_at, TIMER.c.state).order_by(TIMER.c.clock))
    assert found == [(1, LATER, "waiting"), (2, NOW, "waiting")]


async def test_a_work_knows_what_it_has_made_of_timers_itself(store):
    """Each is dealt with once in it, and what it has stopped, moved or set waits as it says."""
    points = [
        Timer(stage="respond", clock=clock, point=f"expiry{n}", due_at=NOW) for clock in (1, 2, 3) for n in (1, 2)
    ]
    async with store.work(NOW) as work:
        timers.start(work, 7, points)
        await work.commit()
    async with store.work(NOW) as work:
        timers.finish(work, (await timers.due_of(work, 7, NOW))[0])
        timers.stop(work, 7, 2)
        timers.move(work, 7, 3, [replace(points[4], due_at=NOW - timedelta(1)), replace(points[5], due_at=LATER)])
        timers.start(work, 7, [Timer(stage="takeover", clock=4, point="expiry1", due_at=NOW)])
        seen = await timers.due_of(work, 7, NOW)
        assert [(t.clock, t.point) for t in seen] == [(3, "expiry1"), (1, "expiry2"), (4, "expiry1")]
        for timer in seen:
            timers.finish(work, timer)
        assert await timers.due_of(work, 7, NOW) == []
        await work.commit()
    left = await rows(store, select(TIMER.c.clock, TIMER.c.point).where(TIMER.c.state == "waiting"))
    assert left == [(3, "expiry2")]


# --- inbox ------------------------------------------------------------------------------------------------------


async def keep(store, *arrivals):
    return await inbox.keep(
        store, 1, [Arrival(update_id=u, sender_id=a, raw=b"{}", **more) for u, a, more in arrivals], NOW
    )


async def test_an_update_is_kept_once(store):
    assert await keep(store, (5, 1, {}), (6, 1, {})) == 2
    assert await keep(store, (6, 1, {}), (3, 1, {})) == 1  # ids may start anew lower


async def test_one_update_of_each_actor_is_claimed_in_order(store):
    await keep(store, (5, 1, {}), (6, 1, {}), (7, 2, {}))
    assert [(i.update_id, i.attempts) for i in await inbox.claim(store, 0.0, 8)] == [(5, 1), (7, 1)]
    assert await inbox.claim(store, 0.0, 8) == []


async def test_the_parts_of_an_album_are_claimed_together(store):
    album = {"album": "a", "not_before": 1.0}
    await keep(store, (5, 1, album), (6, 1, album), (7, 1, {}))
    assert await inbox.claim(store, 0.5, 8) == []
    assert [len(i.raws) for i in await inbox.claim(store, 1.0, 8)] == [2]


async def test_an_update_steps_aside_after_two_attempts(store):
    await keep(store, (5, 1, {}), (6, 1, {}))
    for attempt in (1, 2):
        (first,) = await inbox.claim(store, float(attempt), 8)
        assert (first.update_id, first.attempts) == (5, attempt)
        async with store.work(NOW) as work:
            inbox.release(work, first, "x", 9.0 if attempt == 2 else 0.0)
            await work.commit()
    assert [i.update_id for i in await inbox.claim(store, 3.0, 8)] == [6]


async def test_what_is_done_is_never_given_back(store):
    await keep(store, (5, 1, {}))
    (first,) = await inbox.claim(store, 0.0, 8)
    for mark in (
        lambda w: inbox.done(w, first),
        lambda w: inbox.release(w, first, "x", 0.0),
        lambda w: inbox.to_dead_letters(w, first, "x"),
    ):
        async with store.work(NOW) as work:
            mark(work)
            await work.commit()
    assert await inbox.claim(store, 9.0, 8) == []
    async with store.work(NOW) as work:
        assert await inbox.counts(work) == {}


async def test_more_works_at_once_than_connections_wait_for_no_connection(store):
    """Each has read before it writes: a reader that kept its connection would leave the writer without one."""

    async def note(n):
        async with store.work(NOW) as work:
            await ledger.note(work, n, "Noted", {}, None, NOW)
            await asyncio.sleep(0)
            await work.commit()

    async with asyncio.timeout(10):
        await asyncio.gather(*(note(n) for n in range(60)))
    assert len(await rows(store, select(EVENT.c.kind))) == 60


# --- what is written at once --------------------------------------------------------------------------------------


@pytest.fixture
def executed(engine):
    """Of each statement that writes, how many rows were handed over with it."""
    seen = []

    def note(connection, cursor, statement, parameters, context, many):
        if statement.startswith(("INSERT", "UPDATE")):
            seen.append((statement.split()[0], len(parameters) if many else 1))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    return seen


async def test_rows_that_follow_each_other_are_written_at_once(store, engine, executed):
    rows = [{"code": code, "name": code} for code in "abf"]
    fresh, renamed = COMPANY.insert(), update(COMPANY).where(COMPANY.c.code == bindparam("of")).values(name="")
    async with store.work(NOW) as work:
        for row in rows:
            work.queue_write(fresh, row)
        work.queue_write(renamed, {"of": "a"}, expect_rows=True)
        work.queue_write(renamed, {"of": "b"}, expect_rows=True)
        work.queue_write(fresh, {"code": "d", "name": "d"})
        work.queue_write(fresh, {"code": "e", "name": "e", "phone": "1"})  # of other columns
        await work.commit()
    assert executed == [("INSERT", 3), ("UPDATE", 2), ("INSERT", 1), ("INSERT", 1)]
    async with engine.connect() as connection:
        found = (
            await connection.execute(
                select(COMPANY.c.code, COMPANY.c.name).where(COMPANY.c.code.in_([*"abde"])).order_by(COMPANY.c.code)
            )
        ).all()
    assert [tuple(row) for row in found] == [("a", ""), ("b", ""), ("d", "d"), ("e", "e")]


async def test_a_guard_among_rows_that_are_written_at_once_still_writes_nothing(store, engine):
    fresh, renamed = COMPANY.insert(), update(COMPANY).where(COMPANY.c.code == bindparam("of")).values(name="")
    async with store.work(NOW) as work:
        work.queue_write(fresh, {"code": "a", "name": "a"})
        work.queue_write(renamed, {"of": "a"}, expect_rows=True)
        work.queue_write(renamed, {"of": "nobody"}, expect_rows=True)
        with pytest.raises(Conflict):
            await work.commit()
    async with engine.connect() as connection:
        assert (await connection.execute(select(COMPANY).where(COMPANY.c.code == "a"))).all() == []
