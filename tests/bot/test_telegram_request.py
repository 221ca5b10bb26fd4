"""The HTTP client below python-telegram-bot: what it sends, what errors mean, and the ways through proxies."""

import asyncio
import struct
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.delivery import telegram_request
from bot.delivery.telegram_request import TelegramRequest, environment_proxy
from bot.outcomes import NEVER_LEFT, Outcome, classify_error
from simulator.http_server import listen

TOKEN = "123456:secret-of-the-bot"
ME = {"ok": True, "result": {"id": 123456, "is_bot": True, "first_name": "b", "username": "b"}}
SENT = {"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "a"}}


def _file(value):
    return value.headers["Content-Disposition"], value.file.read()


@pytest.fixture
async def server():
    """Answers as `answers` says by method, and notes what came."""

    async def handle(request):
        method = request.match_info["method"]
        fields = dict(await request.post())
        fields = {name: value if isinstance(value, str) else _file(value) for name, value in fields.items()}
        heard.append((method, fields))
        answer = answers.get(method, SENT)
        return await answer(request) if callable(answer) else web.json_response(answer)

    heard, answers = [], {"getMe": ME}
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", handle)
    runner, _, address = await listen(app, "127.0.0.1", 0)
    yield address, heard, answers
    await runner.cleanup()


@asynccontextmanager
async def bot(address, proxy=None, seconds=1.0, before=lambda: 7.0, after=lambda asked_at, headers: None):
    def request():
        return TelegramRequest(connections=4, timeout=seconds, proxy=proxy, before_call=before, after_call=after)

    async with Bot(TOKEN, base_url=f"{address}/bot", request=request(), get_updates_request=request()) as made:
        yield made


async def test_words_and_files_arrive_as_they_are(server):
    address, heard, _ = server
    async with bot(address) as telegram:
        await telegram.send_message(5, "一 & 二=三\n“四”")
        await telegram.send_document(5, b"\x00\xff", filename="督办单.pdf", caption="五")
    assert heard[1] == ("sendMessage", {"chat_id": "5", "text": "一 & 二=三\n“四”"})
    method, fields = heard[2]
    assert (method, fields["chat_id"], fields["caption"]) == ("sendDocument", "5", "五")
    disposition, content = next(value for value in fields.values() if not isinstance(value, str))
    assert 'filename="督办单.pdf"' in disposition
    assert content == b"\x00\xff"


async def test_what_was_asked_and_answered_when_is_told(server):
    address, _, _ = server
    told = []
    async with bot(address, before=lambda: 42.0, after=lambda *given: told.append(given)):
        pass
    assert [(asked_at, "Date" in headers) for asked_at, headers in told] == [(42.0, True)]


async def test_any_429_names_a_time(server):
    address, _, answers = server

    async def flooded(request):
        return web.json_response({"ok": False, "error_code": 429, "description": "retry after 3"}, status=429)

    answers["sendMessage"] = flooded
    async with bot(address) as telegram:
        with pytest.raises(RetryAfter) as error:
            await telegram.send_message(5, "a")
    assert classify_error(error.value).wait == 3


async def test_an_answer_that_doesn_t_come_is_ambiguous(server):
    address, _, answers = server

    async def silent(request):
        await asyncio.sleep(1.0)

    answers["sendMessage"] = silent
    async with bot(address, seconds=0.05) as telegram:
        with pytest.raises(TimedOut) as error:
            await telegram.send_message(5, "a")
    assert classify_error(error.value).outcome is Outcome.AMBIGUOUS


async def test_where_nobody_listens_nothing_has_left_and_no_word_holds_the_token(server, unused_tcp_port):
    address, _, _ = server
    async with bot(address) as telegram:
        telegram._base_url = f"http://127.0.0.1:{unused_tcp_port}/bot{TOKEN}"
        with pytest.raises(NetworkError) as error:
            await telegram.send_message(5, "a")
    assert isinstance(error.value.__cause__, NEVER_LEFT)
    assert classify_error(error.value).outcome is Outcome.NOT_SENT
    assert "secret" not in f"{error.value} {error.value.__cause__!r}"


# --- proxies ----------------------------------------------------------------------------------------------------


async def pipe(reader, writer):
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()


async def through(reader, writer, host, port, ready):
    to_reader, to_writer = await asyncio.open_connection(host, port)
    writer.write(ready)
    await asyncio.gather(pipe(reader, to_writer), pipe(to_reader, writer), return_exceptions=True)


async def http_proxy(reader, writer):
    line = (await reader.readuntil(b"\r\n\r\n")).split(b" ")
    host, _, port = line[1].decode().rpartition(":")
    asked.append(line[0].decode())
    await through(reader, writer, host, int(port), b"HTTP/1.1 200 OK\r\n\r\n")


async def plain_proxy(reader, writer):
    """Asked for a whole address, as one without TLS is."""
    head = await reader.readuntil(b"\r\n\r\n")
    method, target, _ = head.split(b" ", 2)
    asked.append(method.decode())
    asked.extend(line.partition(b": ")[2].decode() for line in head.split(b"\r\n") if b"Proxy-Auth" in line)
    where = urlsplit(target.decode())
    to_reader, to_writer = await asyncio.open_connection(where.hostname, where.port)
    to_writer.write(head.replace(target, where.path.encode(), 1))
    await asyncio.gather(pipe(reader, to_writer), pipe(to_reader, writer), return_exceptions=True)


async def socks_proxy(reader, writer):
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    _, _, _, kind = await reader.readexactly(4)
    length = 4 if kind == 1 else (await reader.readexactly(1))[0]
    host = await reader.readexactly(length)
    (port,) = struct.unpack(">H", await reader.readexactly(2))
    asked.append("SOCKS")
    named = ".".join(map(str, host)) if kind == 1 else host.decode()
    await through(reader, writer, named, port, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")


async def refusing_proxy(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
    writer.close()


asked = []


@asynccontextmanager
async def proxy(kind, serve):
    serving = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"{kind}://127.0.0.1:{serving.sockets[0].getsockname()[1]}"
    finally:
        serving.close()


@pytest.mark.parametrize(("kind", "serve", "by"), [("http", http_proxy, "CONNECT"), ("socks5", socks_proxy, "SOCKS")])
async def test_a_proxy_is_gone_through(server, kind, serve, by):
    address, heard, _ = server
    asked.clear()
    async with proxy(kind, serve) as url, bot(address, proxy=url) as telegram:
        await telegram.send_message(5, "a")
    assert set(asked) == {by}
    assert [method for method, _ in heard] == ["getMe", "sendMessage"]


LOGIN = {"Proxy-Authorization": "Basic d2FuZzpwQHNz"}


@pytest.mark.parametrize(
    ("environment", "proxy", "login"),
    [
        ({}, None, {}),
        ({"https_proxy": "http://proxy:8080"}, "http://proxy:8080", {}),
        ({"https_proxy": "http://wang:p%40ss@proxy:8080"}, "http://proxy:8080", LOGIN),
        ({"http_proxy": "http://proxy:8080"}, None, {}),
        ({"https_proxy": "http://proxy:8080", "no_proxy": "telegram.org"}, None, {}),
        ({"https_proxy": "https://proxy:8080"}, None, {}),
        ({"https_proxy": "socks5://proxy:1080"}, None, {}),
        ({"https_proxy": ""}, None, {}),
    ],
)
def test_the_environment_may_name_a_proxy(monkeypatch, environment, proxy, login):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert environment_proxy.__wrapped__("https", "api.telegram.org") == (proxy, login)


async def test_what_the_environment_names_is_gone_through_and_logged_in_to(server, monkeypatch):
    address, heard, _ = server
    asked.clear()
    async with proxy("http", plain_proxy) as url:
        monkeypatch.setattr(telegram_request, "environment_proxy", lambda scheme, host: (url, LOGIN))
        async with bot(address) as telegram:
            await telegram.send_message(5, "a")
    assert set(asked) == {"POST", LOGIN["Proxy-Authorization"]}
    assert [method for method, _ in heard] == ["getMe", "sendMessage"]


async def test_what_a_proxy_refuses_has_not_left(server):
    address, heard, _ = server
    async with proxy("http", refusing_proxy) as url:
        with pytest.raises(NetworkError) as error:
            async with bot(address, proxy=url):
                pass
    assert classify_error(error.value).outcome is Outcome.NOT_SENT
    assert heard == []
