"""The webhook: an update is answered 200 only once it is stored, and nobody but Telegram can post one."""

import asyncio
import json
from io import BytesIO

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from telegram.error import BadRequest

from bot.app import new_id, opened
from bot.clock import StillClock
from bot.intake.polling import PAUSE
from bot.intake.webhook import HEADER, LARGEST
from bot.settings import Settings
from demo.sample_city import MORNING, TOKEN, UNHURRIED
from simulator.server import Simulator
from storage.messaging.inbox import INBOX

SECRET = "s3cret_of-the-test"


@pytest.fixture
async def hooked(address):
    """A bot at rest that listens for its webhook, its simulator, and a way to post to it."""
    clock = StillClock(MORNING)
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as sim:
        settings = Settings(
            token=SecretStr(TOKEN), api_url=sim.url, database_url=address, listen="127.0.0.1:0",
            webhook_url="https://bot.example.cn/hook", webhook_secret=SecretStr(SECRET),
        )  # fmt: skip
        async with opened(settings, clock, new_id, UNHURRIED) as app, aiohttp.ClientSession() as client:

            async def post(body, secret=SECRET, path="/hook"):
                raw = (
                    body
                    if isinstance(body, bytes)
                    else body.encode()
                    if isinstance(body, str)
                    else json.dumps(body).encode()
                )
                headers = {} if secret is None else {HEADER: secret}
                async with client.post(f"{app.address}{path}", data=BytesIO(raw), headers=headers) as answer:
                    return answer.status

            yield app, sim, post


async def stored(app):
    async with app.store.work(app.clock.now()) as work:
        return (await work.first(select(func.count()).select_from(INBOX)))[0]


def words(number, text="/help"):
    who = {"id": 77, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
    message = {"message_id": number, "date": int(MORNING.timestamp()), "chat": {"id": 77, "type": "private"}}
    return {"update_id": number, "message": {**message, "from": who, "text": text}}


async def test_an_update_is_stored_before_it_is_answered(hooked):
    app, _, post = hooked
    assert await post(words(1)) == 200
    assert await stored(app) == 1


async def test_one_brought_twice_is_stored_once(hooked):
    app, _, post = hooked
    assert [await post(words(1)), await post(words(1))] == [200, 200]
    assert await stored(app) == 1


async def test_whatever_path_a_proxy_leaves_is_taken(hooked):
    _, _, post = hooked
    assert [await post(words(1), path="/"), await post(words(2), path="/a/b")] == [200, 200]


@pytest.mark.parametrize("secret", [None, "", "wrong", "密码", "s3cret_of-the-tes"])
async def test_who_doesn_t_know_the_secret_brings_nothing(hooked, secret):
    app, _, post = hooked
    assert await post(words(1), secret=secret) == 401
    assert await stored(app) == 0


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "[]", '"x"', "{}", '{"update_id": "1"}', '{"update_id": 1e400}', '{"update_id": true}',
        b"\xff\xfe", "[" * 100_000,
    ],
)  # fmt: skip
async def test_what_is_no_update_is_refused(hooked, body):
    app, _, post = hooked
    assert await post(body) == 400
    assert await stored(app) == 0


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_what_is_not_packed_as_it_says_is_refused(hooked, encoding):
    app, *_ = hooked
    headers = {HEADER: SECRET, "Content-Encoding": encoding}
    async with aiohttp.ClientSession() as client:
        packed = BytesIO(json.dumps(words(1)).encode())
        async with client.post(app.address, data=packed, headers=headers) as answer:
            assert answer.status == 400
    assert await stored(app) == 0


async def test_a_webhook_that_telegram_refuses_is_told_once_and_a_fault(hooked, monkeypatch):
    app, *_ = hooked

    async def refuses(url, **_):
        raise BadRequest(f"Bad webhook: failed to resolve host: {url}")

    with capture_logs() as logs, monkeypatch.context() as patch:
        patch.setattr(type(app.receiver.bot), "set_webhook", lambda _, url, **options: refuses(url, **options))
        for _ in range(3):
            await app.receiver.step()
            app.clock.wait(PAUSE)
    assert [entry["why"] for entry in logs] == ["failed to resolve host"]
    assert "webhook" in [fault.name for fault in await app.health.faults()]
    await app.receiver.step()
    assert await app.health.faults() == []


async def test_a_body_over_a_megabyte_is_refused(hooked):
    _, _, post = hooked
    assert await post(words(1, "x" * LARGEST)) == 413


async def test_while_nothing_can_be_stored_telegram_is_asked_to_try_again(hooked, monkeypatch):
    _, _, post = hooked

    async def full(*_):
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr("storage.messaging.inbox.keep", full)
        assert await post(words(1)) == 503
    assert await post(words(1)) == 200


async def test_the_webhook_is_set_with_its_secret_and_brings_one_update_at_a_time(hooked):
    app, sim, _ = hooked
    await app.settle()
    [call] = [call for call in sim.calls if call.method == "setWebhook"]
    assert call.params.text("url") == "https://bot.example.cn/hook"
    assert call.params.text("secret_token") == SECRET
    assert call.params.integer("max_connections") == 1


async def test_what_came_by_webhook_is_handled(hooked):
    app, sim, post = hooked
    await post(words(1))
    await app.settle()
    assert [call.params.integer("chat_id") for call in sim.calls if call.method == "sendMessage"] == [77]


async def test_deadlines_wait_until_nothing_waits_at_telegram(hooked):
    app, sim, _ = hooked
    assert not app.receiver.gap.is_caught_up()
    sim.inject(words(1))
    await app.receiver.step()
    assert not app.receiver.gap.is_caught_up()
    sim.updates.clear()
    await app.receiver.step()
    assert app.receiver.gap.is_caught_up()


async def test_a_bot_about_to_stop_takes_nothing_more(hooked):
    app, _, post = hooked
    stop = asyncio.Event()
    stop.set()
    await app.receiver.run(stop)
    assert await post(words(1)) == 503
    assert await stored(app) == 0
