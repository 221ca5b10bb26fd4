"""What is promised when PostgreSQL is restarted, hangs, or keeps the locks of a stopped replica: nothing is lost."""

import asyncio
from contextlib import suppress

import asyncpg
import postgresql
import pytest
from live_bot import noted, running, until
from message_outcomes import copies, inbox, marks
from playing import Play
from sqlalchemy import text
from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from bot import app as wiring
from bot.ops import retry
from bot.ops.leader_election import LeaseTiming
from demo.sample_city import open_at
from storage.db import engine

pytestmark = pytest.mark.thorough

HELP = "/help"
BRIEF = {"timeout": 0.3, "command_timeout": 0.3}  # seconds in place of five and fifteen


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(retry, "PAUSE", 0.02)
    monkeypatch.setattr(wiring, "open_engine", engine.open_engine)


@pytest.fixture
def logs():
    with capture_logs() as found:
        yield found


@pytest.fixture
async def city(postgres):
    async with open_at(postgres) as made:
        yield made


async def shut(address):
    """As at a restart: every connection ends, and none is made."""
    name = make_url(address).database
    async with postgresql.server() as server:
        await server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        await server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)


async def reopen(address):
    async with postgresql.server() as server:
        await server.execute(f'ALTER DATABASE "{make_url(address).database}" ALLOW_CONNECTIONS true')


async def test_while_postgresql_is_restarted_updates_wait_at_the_messenger(city, characters, postgres, logs):
    *_, wang = characters
    async with running(city):
        await wang.says(HELP)
        await shut(postgres)
        wang.account.says(HELP)
        await until(lambda: noted(logs, "the database doesn't answer", "storing"), "a vain try")
        assert len(city.sim.updates) == 1
        await reopen(postgres)
        await until(lambda: len(wang.hears) == 2, "an answer", city.clock)
        await city.settle()
    assert await inbox(city) == ["done", "done"]
    assert len(copies(wang)) == 2


async def test_what_became_of_a_send_survives_a_restart_of_postgresql(city, play, characters, postgres, logs):
    manager, *_, wang = characters
    left = [postgres]

    async def strike(phase, call):
        if left and call.method == "sendMessage" and phase == "received" and "已收到，" in call.params.text("text"):
            await shut(left.pop())

    city.sim.hook = strike
    async with running(city):
        filing = asyncio.create_task(play.files(wang))
        await until(lambda: noted(logs, "not written yet", "what became of a message"), "a vain try")
        await reopen(postgres)
        with suppress(Exception):  # the one who looks whether all is done may have lost its connection, too
            await filing
        await until(lambda: manager.has("编号"), "the card", city.clock)
        await city.settle()
    assert marks(wang, "已收到，") == [False]
    assert {row[0] for row in await postgresql.ask(postgres, "SELECT state FROM outbox")} == {"sent"}


# --- hung -------------------------------------------------------------------------------------------------------


class Line:
    """Between the bot and PostgreSQL; while it hangs nothing passes, and nobody is told."""

    def __init__(self):
        self.passes = asyncio.Event()
        self.passes.set()
        self._busy = set()

    async def __aenter__(self):
        server = make_url(postgresql.SERVER)
        self._to = (server.host, server.port or 5432)
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for task in list(self._busy):
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def _joined(self, reader, writer):
        self._busy.add(asyncio.current_task())
        with suppress(OSError, asyncio.CancelledError):
            further, back = await asyncio.open_connection(*self._to)
            try:
                await asyncio.gather(self._run(reader, back), self._run(further, writer))
            finally:
                writer.close()
                back.close()

    async def _run(self, reader, writer):
        while found := await reader.read(65536):
            await self.passes.wait()
            writer.write(found)
            await writer.drain()
        writer.close()


async def test_while_postgresql_hangs_updates_wait_at_the_messenger(postgres, logs, monkeypatch):
    monkeypatch.setattr(engine, "CONNECTING", {**engine.CONNECTING, **BRIEF})
    async with Line() as line:
        through = make_url(postgres).set(host="127.0.0.1", port=line.port).render_as_string(hide_password=False)
        async with open_at(through) as city:
            wang = await Play(city).resident()
            async with running(city):
                line.passes.clear()
                wang.account.says(HELP)
                await until(lambda: noted(logs, "the database doesn't answer", "storing"), "a vain try")
                assert len(city.sim.updates) == 1
                line.passes.set()
                await until(lambda: wang.hears, "an answer", city.clock)
                await city.settle()
            assert await inbox(city) == ["done"]
            assert len(copies(wang)) == 1


async def test_a_table_that_is_locked_for_a_moment_is_waited_for(city, characters, postgres, logs):
    *_, wang = characters
    other = await asyncpg.connect(postgresql.plain(postgres))
    lock = other.transaction()
    await lock.start()
    await other.execute("LOCK TABLE inbox, outbox IN ACCESS EXCLUSIVE MODE")
    statement = asyncio.create_task(wang.says(HELP))
    await asyncio.sleep(0.1)
    assert not wang.hears
    await lock.rollback()
    await statement
    await other.close()
    assert len(copies(wang)) == 1
    assert not [entry for entry in logs if entry["log_level"] == "error"]


# --- a stopped replica --------------------------------------------------------------------------------------------


def test_who_is_stopped_in_a_transaction_loses_its_locks_before_another_can_lead():
    known = engine.CONNECTING["server_settings"]
    assert int(known["idle_in_transaction_session_timeout"]) < LeaseTiming().lease * 1000
    assert int(known["lock_timeout"]) < LeaseTiming().lease * 1000


async def test_rows_that_a_stopped_replica_had_locked_are_free_after_a_while(city, characters, postgres, monkeypatch):
    *_, wang = characters
    brief = {**engine.CONNECTING["server_settings"], "idle_in_transaction_session_timeout": "200"}
    monkeypatch.setattr(engine, "CONNECTING", {**engine.CONNECTING, "server_settings": brief})
    stopped = engine.open_engine(postgres)
    await wang.says(HELP)
    async with stopped.connect() as connection:
        await connection.execute(text("UPDATE person SET name = name"))
        await connection.execute(text("UPDATE destination SET title = title"))
        await connection.execute(text("LOCK TABLE inbox, outbox IN SHARE ROW EXCLUSIVE MODE"))
        await wang.says(HELP)  # and here it sleeps
        assert len(copies(wang)) == 2
        with suppress(Exception):
            await connection.rollback()
        await connection.invalidate()
    await stopped.dispose()
