"""What is promised when strangers open connections and say nothing, half a request, or what is no HTTP."""

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from live_bot import running, until
from playing import Play
from pydantic import SecretStr
from variants import mostly_thorough

from bot.app import new_id, opened
from bot.clock import StillClock
from bot.intake.webhook import HEADER
from bot.ops import http_connections
from demo.sample_city import MORNING, TOKEN, UNHURRIED, SampleCity, settings_for
from simulator.server import Simulator

HALF = b"GET /live HTTP/1.1\r\nHost: bot\r\n"
WHOLE = HALF + b"\r\n"
SECRET = "s3cret_of-the-test"


@pytest.fixture
def hasty(monkeypatch):
    """Half a second is all the time that there is for a first request, or for a body."""
    monkeypatch.setattr(http_connections, "LOOK", 0.05)
    monkeypatch.setattr(http_connections, "FIRST", 0.5)
    monkeypatch.setattr(http_connections, "ANSWER", 0.5)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(http_connections, "most_connections", lambda: 10)


@asynccontextmanager
async def listening(address, **more):
    clock = StillClock(MORNING)
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as sim:
        known = settings_for(address, sim).model_copy(update={"listen": "127.0.0.1:0", **more})
        async with opened(known, clock, new_id, UNHURRIED) as app:
            yield SampleCity(sim, app, clock, settle=lambda: app.settle(clock.wait))
            await app.lease.leave()


@pytest.fixture
async def city(address):
    """A bot that listens."""
    async with listening(address) as made:
        yield made


@pytest.fixture
async def hooked(address):
    """A bot to which Telegram brings its updates."""
    async with listening(address, webhook_url="https://bot.example.cn/hook", webhook_secret=SecretStr(SECRET)) as made:
        yield made


def port(city):
    return int(city.app.address.rpartition(":")[2])


@asynccontextmanager
async def connections(city, number, says=b""):
    """So many of them, each of which has said so much."""
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(number):
            reader, writer = await asyncio.open_connection("127.0.0.1", port(city))
            stack.callback(writer.close)
            writer.write(says)
            made.append((reader, writer))
        yield made


async def answer(city, raw):
    """What comes back, to the end."""
    async with connections(city, 1, raw) as [(reader, _)], asyncio.timeout(5):
        return await reader.read()


def written(caplog):
    return [(record.name, record.getMessage()) for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("says", mostly_thorough([b"", HALF]))
async def test_who_says_nothing_whole_is_closed_after_a_while_and_nothing_is_logged(city, hasty, caplog, says):
    async with connections(city, 30, says) as made, asyncio.timeout(5):
        for reader, _ in made:
            assert await reader.read() == b""
    assert written(caplog) == []


async def test_who_has_asked_once_may_ask_again_later(city, hasty):
    async with connections(city, 1, WHOLE) as [(reader, writer)], asyncio.timeout(5):
        assert b"200 OK" in await reader.readuntil(b"}")
        await _seconds(1.0)
        writer.write(WHOLE)
        assert b"200 OK" in await reader.readuntil(b"}")


async def _seconds(length):
    """Real time that a server may count."""
    done = asyncio.Event()
    asyncio.get_running_loop().call_later(length, done.set)
    await done.wait()


async def test_where_there_are_too_many_the_oldest_that_waits_makes_room(few, city, caplog):
    async with connections(city, 50, HALF) as made, asyncio.timeout(5):
        assert b"200 OK" in await answer(city, HALF + b"Connection: close\r\n\r\n")
        for reader, _ in made[:40]:
            assert await reader.read() == b""
        assert not made[-1][0].at_eof()
    assert written(caplog) == []


@pytest.mark.thorough
async def test_an_update_whose_body_does_not_come_is_not_waited_for(hooked, hasty, caplog):
    slow = f"POST /hook HTTP/1.1\r\nHost: bot\r\n{HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n{{"
    async with connections(hooked, 1, slow.encode()) as [(reader, _)], asyncio.timeout(5):
        assert (await reader.read()).startswith(b"HTTP/1.1 408")
    assert written(caplog) == []


MALFORMED = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40,
    b"GET /live\r\n\r\n",
    b"GET /live HTTP/9.9\r\n\r\n",
    b"GET /live HTTP/1.1\r\nno colon\r\n\r\n",
    b"GET /live HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"GET /live HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET /live HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"POST /live HTTP/1.1\r\nHost: bot\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /live HTTP/1.1\r\nHost: bot\r\n\r\n\x00\x01 and more\r\n\r\n",
    b"GET \xff\xfe HTTP/1.1\r\n\r\n",
    b"POST /live HTTP/1.1\r\nHost: bot\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
]


@pytest.mark.parametrize("raw", MALFORMED, ids=range(len(MALFORMED)))
async def test_what_is_no_request_is_refused_and_nothing_is_logged(city, hasty, caplog, raw):
    assert (await answer(city, raw)).startswith(b"HTTP/")
    assert written(caplog) == []


async def test_a_flood_of_half_open_connections_delays_no_deadline(few, city, never_away, hasty, caplog):
    play = Play(city)
    manager, *_ = await play.staff("经理甲", "负责人甲", "经办员甲")
    await play.files(await play.resident())
    due = (await play.case()).clock("respond").due
    city.clock.wait((due - city.clock.now() - timedelta(minutes=1)).total_seconds())
    await city.settle()
    caplog.clear()
    async with running(city), connections(city, 200, HALF):
        city.clock.wait(61.0)
        began = asyncio.get_running_loop().time()
        await until(lambda: manager.has("响应超时"), "the expiry", city.clock)
        assert asyncio.get_running_loop().time() - began < 4.0
        async with aiohttp.ClientSession() as client, client.get(f"{city.app.address}/live") as live:
            assert live.status == 200
    assert written(caplog) == []


def test_a_process_that_may_open_few_files_takes_few_connections(monkeypatch):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (120, 120))
    assert http_connections.most_connections() == 14
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY,) * 2)
    assert http_connections.most_connections() == 100
