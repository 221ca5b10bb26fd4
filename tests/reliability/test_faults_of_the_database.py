"""What is promised when the database is locked, full, read-only, restarted or hung: nothing is lost, and it goes on."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from live_bot import noted, running, until
from message_outcomes import copies, inbox, marks, outbox
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from variants import mostly_thorough

from bot.ops import retry
from storage.db.locking import file_of
from storage.messaging.inbox import MAX_ATTEMPTS, MAX_CRASHES

HELP = "/help"


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(retry, "PAUSE", 0.01)


@pytest.fixture
def logs():
    with capture_logs() as found:
        yield found


# --- SQLite -----------------------------------------------------------------------------------------------------


class Trouble:
    """What every connection of the bot's is told from now on, and a lock of somebody else's."""

    def __init__(self, city, file):
        self.engine = city.app.store.engine.sync_engine
        self.file = file
        self.told = {}
        self.other = sqlite3.connect(file, isolation_level=None)
        self.other.execute("CREATE TABLE filler (bytes)")
        event.listen(self.engine, "checkout", self._tell)

    def _tell(self, connection, *_):
        for name, value in list(self.told.items()):
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {name} = {value}")
            cursor.close()

    def begin(self, kind):
        if kind == "locked":
            self.told["busy_timeout"] = 5
            self.other.execute("BEGIN IMMEDIATE")
        elif kind == "full":
            while self.other.execute("PRAGMA freelist_count").fetchone()[0]:
                self.other.execute("INSERT INTO filler VALUES (zeroblob(4000))")
            self.told["max_page_count"] = 1  # SQLite takes it for as many as there are
        else:
            self.told["query_only"] = 1

    def end(self):
        if self.other.in_transaction:
            self.other.execute("ROLLBACK")
        self.told |= {"busy_timeout": 5000, "max_page_count": 4294967294, "query_only": 0}

    def close(self):
        self.end()
        self.other.close()
        event.remove(self.engine, "checkout", self._tell)


@pytest.fixture
def trouble(city):
    file = file_of(str(city.app.store.engine.url))
    if file is None:
        pytest.skip("this is a trouble of files")
    made = Trouble(city, file)
    yield made
    made.close()


KINDS = ["locked", "full", "read-only"]


async def test_a_lock_that_is_over_in_time_is_not_noticed(city, characters, trouble, logs):
    *_, wang = characters
    trouble.other.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.05, trouble.end)
    await wang.says(HELP)
    assert len(copies(wang)) == 1
    assert not [entry for entry in logs if entry["log_level"] in ("warning", "error")]


@pytest.mark.parametrize("kind", KINDS)
async def test_an_update_that_cannot_be_stored_is_not_confirmed_and_handled_later(
    city, characters, trouble, logs, kind
):
    *_, wang = characters
    async with running(city):
        trouble.begin(kind)
        wang.account.says("楼道灯不亮" * 800)  # more than fits into what is free
        await until(lambda: noted(logs, "the database doesn't answer", "storing") > 2, "a vain try")
        assert await inbox(city) == []
        assert len(city.sim.updates) == 1
        trouble.end()
        await until(lambda: wang.hears, "an answer", city.clock)
        await until(lambda: not len(city.sim.updates), "the update confirmed")
    assert await inbox(city) == ["done"]
    assert len(copies(wang)) == 1


@pytest.fixture
def once(city, monkeypatch):
    """Let something happen in the middle of the next update."""

    def order(what):
        feed, left = city.app.worker._feed, [what]

        async def fed(context, update):
            if left:
                left.pop()()
            await feed(context, update)

        monkeypatch.setattr(city.app.worker, "_feed", fed)

    return order


@pytest.mark.parametrize("kind", mostly_thorough(["locked", "read-only"]))
async def test_an_update_that_cannot_be_finished_is_given_back_and_handled_later(
    city, characters, trouble, logs, once, kind
):
    *_, wang = characters
    async with running(city):
        once(lambda: trouble.begin(kind))
        wang.account.says(HELP)
        await until(lambda: noted(logs, "not written yet", "an update given back"), "a vain try")
        assert not wang.hears
        trouble.end()
        await until(lambda: wang.hears, "an answer", city.clock)
    assert await inbox(city) == ["done"]
    assert len(copies(wang)) == 1


def disk_is_full():
    """As SQLite says it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        try:
            connection.execute("CREATE TABLE t (x)")
        except sqlite3.Error as error:
            return OperationalError("", {}, error)
    raise AssertionError


@pytest.mark.thorough
async def test_an_update_is_no_dead_letter_for_what_the_database_could_not_do(city, characters, monkeypatch):
    """Where a little can still be written: the update is given back each time, and no try of it counts."""
    *_, wang = characters
    feed, left = city.app.worker._feed, [MAX_CRASHES + MAX_ATTEMPTS]

    async def fed(context, update):
        if left[0]:
            left[0] -= 1
            raise disk_is_full()
        await feed(context, update)

    monkeypatch.setattr(city.app.worker, "_feed", fed)
    await wang.says(HELP)
    assert left == [0]
    assert await inbox(city) == ["done"]
    assert len(copies(wang)) == 1


@pytest.mark.parametrize("kind", mostly_thorough(["locked", "read-only"]))
async def test_what_became_of_a_send_is_written_as_soon_as_it_can_be(city, play, characters, trouble, logs, kind):
    """The message is on its way when the database fails: it comes once, unmarked, and the next one after it."""
    manager, *_, wang = characters
    left = [kind]

    async def strike(phase, call):
        if left and call.method == "sendMessage" and phase == "received" and "已收到，" in call.params.text("text"):
            trouble.begin(left.pop())

    async with running(city):
        city.sim.hook = strike
        filing = asyncio.create_task(play.files(wang))
        await until(lambda: noted(logs, "not written yet", "what became of a message"), "a vain try")
        trouble.end()
        await filing
    assert marks(wang, "已收到，") == [False]
    assert marks(manager, "编号") == [False]
    assert set(await states(city)) == {"sent"}


async def states(city):
    return [state for state in ("ready", "sending", "sent", "dropped", "dead") for _ in await outbox(city, state)]


@pytest.mark.parametrize("kind", mostly_thorough(["locked", "read-only"]))
async def test_a_deadline_that_cannot_be_written_strikes_once_it_can_be(city, play, characters, trouble, logs, kind):
    manager, *_, wang = characters
    await play.files(wang)
    await play.at(13, 59)
    async with running(city):
        trouble.begin(kind)
        city.clock.wait(60)
        await until(lambda: noted(logs, "a part of the beat fails") > 1, "a vain try", city.clock)
        assert noted(logs, "a timer failed") == 0
        assert not manager.has("响应超时")
        trouble.end()
        await until(lambda: manager.has("响应超时"), "the expiry", city.clock)
    assert (await play.events()).count("Expired") == 1
    assert marks(manager, "响应超时") == [False]
