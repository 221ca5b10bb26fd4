"""The SQLite driver: statements run in place, those that may wait for the disk or a process in a thread."""

import asyncio
import sqlite3
import threading
from datetime import UTC, datetime
from itertools import count

import aiosqlite
import pytest
from sqlalchemy import select

from storage.db import engine, sqlite_driver
from storage.db.sqlite_driver import connect
from storage.messaging import inbox
from storage.messaging.arrival import Arrival
from storage.messaging.inbox import INBOX
from storage.work import Store

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def other(file, store):
    """Another process's connection, which waits for no lock."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=0)
    yield connection
    connection.close()


@pytest.fixture
async def here(store):
    """The first word of each statement, and whether it ran in the loop's own thread."""
    seen = []
    loop = threading.get_ident()
    async with store.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        raw.driver_connection._conn.set_trace_callback(
            lambda sql: sql.startswith("PRAGMA") or seen.append((sql.split()[0], threading.get_ident() == loop))
        )
    seen.clear()
    return seen


def arrives(store):
    return inbox.keep(store, 1, [Arrival(update_id=5, sender_id=7, raw=b"{}")], NOW)


async def test_a_reading_takes_no_hop(store, here):
    async with store.work(NOW) as work:
        await work.rows(select(INBOX.c.id))
    assert here == [("BEGIN", True), ("SELECT", True), ("ROLLBACK", True)]


LOOKED_UP = [("SELECT", True)] * 2  # the chats, and who of the senders is staff


async def test_a_writing_that_needn_t_wait_for_its_lock_waits_for_the_disk_in_the_thread(store, here):
    await arrives(store)
    assert here == [("BEGIN", True), *LOOKED_UP, ("INSERT", True), ("COMMIT", False)]


async def test_a_writing_waits_for_its_lock_in_the_thread(store, here, other):
    other.execute("BEGIN IMMEDIATE")
    arriving = asyncio.create_task(arrives(store))
    async with asyncio.timeout(5):
        while ("BEGIN", False) not in here:
            await asyncio.sleep(0)
    other.execute("ROLLBACK")
    await arriving
    assert here == [("BEGIN", True), ("BEGIN", False), *LOOKED_UP, ("INSERT", True), ("COMMIT", False)]


async def test_whoever_gives_up_waiting_for_the_lock_leaves_none_behind(store, here, other):
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(arrives(store))
    async with asyncio.timeout(5):
        while here != [("BEGIN", True), ("BEGIN", False)]:
            await asyncio.sleep(0)
    waiting.cancel()
    other.execute("ROLLBACK")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    assert await arrives(store) == 1


async def test_a_rollback_comes_after_what_was_given_up_in_the_thread(file, other):
    connection = await connect(str(file), check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    begins = asyncio.create_task(connection.execute("BEGIN IMMEDIATE"))
    await asyncio.sleep(0)
    begins.cancel()
    rolls_back = asyncio.create_task(connection.rollback())
    await asyncio.sleep(0)
    other.execute("ROLLBACK")
    await rolls_back
    await connection.execute("SELECT 1")  # behind everything else
    other.execute("BEGIN IMMEDIATE")
    await connection.close()


# --- what all of this rests on ----------------------------------------------------------------------------------


def test_aiosqlite_has_the_inner_parts_that_statements_in_place_rest_on():
    """Where this fails after an update of aiosqlite, read its core.py and mend `sqlite_driver.Connection`."""
    assert sqlite_driver.missing() == []
    assert sqlite_driver.connect is not sqlite_driver.plain


async def test_everything_that_aiosqlite_does_goes_through_execute(file, monkeypatch):
    seen = []
    execute = aiosqlite.Connection._execute

    async def noted(self, fn, *args, **kwargs):
        seen.append(fn.__name__)
        return await execute(self, fn, *args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", noted)
    connection = await aiosqlite.connect(file, isolation_level=None)
    cursor = await connection.execute("BEGIN")
    await cursor.fetchall()
    await connection.rollback()
    await connection.commit()
    await cursor.close()
    await connection.close()
    assert seen == ["execute", "fetchall", "rollback", "commit", "close", "close"]


async def test_what_aiosqlite_queues_its_thread_does_in_turn(file):
    connection = await aiosqlite.connect(file)
    begun, done = threading.Event(), []

    def slow():
        begun.wait(5)
        done.append("slow")

    first = asyncio.create_task(connection._execute(slow))
    await asyncio.sleep(0)
    second = asyncio.create_task(connection._execute(done.append, "quick"))
    await asyncio.sleep(0)
    assert done == []
    begun.set()
    await asyncio.gather(first, second)
    await connection.close()
    assert done == ["slow", "quick"]


async def test_without_those_parts_plain_connections_do_the_same(file, monkeypatch):
    monkeypatch.setattr(engine, "connect", sqlite_driver.plain)
    slower = Store(engine.open_engine(f"sqlite+aiosqlite:///{file}"), None, count(1).__next__)
    await engine.assert_durable(slower.engine)
    assert await arrives(slower) == 1
    async with slower.work(NOW) as work:
        assert len(await work.rows(select(INBOX.c.id))) == 1
    await slower.engine.dispose()


def test_an_aiosqlite_with_other_inner_parts_is_told_apart(monkeypatch):
    monkeypatch.delattr(aiosqlite.Connection, "_execute")
    assert "_execute" in sqlite_driver.missing()


class Counted(sqlite3.Connection):
    """Knows which of its kind are open."""

    open: list[sqlite3.Connection]

    def __init__(self, *args, **how):
        super().__init__(*args, **how)
        self.open.append(self)

    def close(self):
        super().close()
        if self in self.open:
            self.open.remove(self)


@pytest.fixture
def opened(monkeypatch):
    """The connections that are open at the moment."""
    monkeypatch.setattr(Counted, "open", [], raising=False)
    return Counted.open


@pytest.mark.parametrize("way", [connect, sqlite_driver.plain])
async def test_a_file_that_is_no_database_is_left_closed(tmp_path, opened, way):
    (tmp_path / "notes.txt").write_text("no database at all " * 100)
    with pytest.raises(sqlite3.DatabaseError):
        await way(tmp_path / "notes.txt", factory=Counted, check_same_thread=False)
    await _until(lambda: not opened)


async def test_whoever_gives_up_opening_leaves_nothing_open(tmp_path, opened):
    class Slow(Counted):
        begun, waits = threading.Event(), threading.Event()

        def __init__(self, *args, **how):
            self.begun.set()
            self.waits.wait(5)
            super().__init__(*args, **how)
            seen.append(self)

    seen = []
    opening = asyncio.ensure_future(connect(tmp_path / "city.db", factory=Slow, check_same_thread=False))
    await asyncio.to_thread(Slow.begun.wait, 5)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    Slow.waits.set()
    await _until(lambda: seen and not opened)


async def _until(holds):
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)
