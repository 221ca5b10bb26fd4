"""Updates posted to a webhook: in order, with the secret, until they are taken; and what may go wrong on the way."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram.error import BadRequest, Conflict

from simulator.botapi.webhook import SECRET_HEADER
from simulator.http_server import listen
from simulator.server import Simulator
from simulator.updates.disorder import Disorder, UpdateRule
from simulator.updates.triggers import FOR_EVER

SECRET = "a-secret_1"


class Ear:
    """A webhook that answers as it is told, then with 200."""

    def __init__(self):
        self.url = ""
        self.got = []
        self.answers = []
        self.secrets = set()
        self.at_once = 0
        self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def hear(self, request):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.got.append((await request.json())["update_id"])
        self.secrets.add(request.headers.get(SECRET_HEADER))
        await self.gate.wait()
        self.at_once -= 1
        status = self.answers.pop(0) if self.answers else 200
        if status == 0:
            request.transport.abort()
        return web.Response(status=status or 200)

    @asynccontextmanager
    async def open(self):
        app = web.Application()
        app.router.add_post("/hook", self.hear)
        runner, _, url = await listen(app, "127.0.0.1", 0)
        self.url = f"{url}/hook"
        yield self
        await runner.cleanup()


@pytest.fixture
async def ear():
    async with Ear().open() as made:
        yield made


@pytest.fixture
def pauses():
    return []


@pytest.fixture
async def sim(clock, pauses):
    """A simulator whose pauses take no time."""

    async def wait(seconds):
        pauses.append(seconds)
        await asyncio.sleep(0)

    async with Simulator("424242:simulated-token", "mashang_demo_bot", clock.now, wait=wait) as simulator:
        yield simulator


async def until(look):
    """Wait, not for ever, for what comes over the wire."""
    for _ in range(5000):
        if look():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came")


async def confirmed(sim, *numbers):
    """Wait until these, and no others, are confirmed."""
    await until(lambda: len(sim.updates_confirmed) == len(numbers) and not len(sim.updates))
    assert sorted(sim.updates_confirmed) == list(numbers)


def come(sim, how_many=3):
    for _ in range(how_many):
        sim.inject({"message": {}})


async def test_pending_and_new_updates_are_posted_in_order_with_the_secret(sim, bot, ear):
    come(sim, 2)
    await bot.set_webhook(ear.url, secret_token=SECRET, max_connections=1)
    await confirmed(sim, 1, 2)
    come(sim, 2)
    await confirmed(sim, 1, 2, 3, 4)
    assert (ear.got, ear.secrets, ear.most_at_once) == ([1, 2, 3, 4], {SECRET}, 1)


async def test_without_a_secret_there_is_no_header(sim, bot, ear):
    await bot.set_webhook(ear.url)
    come(sim, 1)
    await confirmed(sim, 1)
    assert ear.secrets == {None}


async def test_no_more_are_posted_at_once_than_may_be(sim, bot, ear):
    ear.gate.clear()
    await bot.set_webhook(ear.url, max_connections=3)
    come(sim, 5)
    await until(lambda: ear.at_once >= 3)
    assert (ear.got, (await bot.get_webhook_info()).pending_update_count) == ([1, 2, 3], 5)
    ear.gate.set()
    await confirmed(sim, 1, 2, 3, 4, 5)
    assert ear.most_at_once == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, "Wrong response from the webhook: 500 Internal Server Error"),
        (302, "Wrong response from the webhook: 302 Found"),
        (401, "Wrong response from the webhook: 401 Unauthorized"),
        (0, "Connection reset by peer"),
    ],
)
async def test_what_is_not_taken_comes_again_before_what_follows(sim, bot, ear, clock, pauses, status, words):
    ear.answers = [status, status]
    await bot.set_webhook(ear.url, max_connections=1)
    come(sim, 2)
    await confirmed(sim, 1, 2)
    assert (ear.got, pauses) == ([1, 1, 1, 2], [1.0, 1.0])
    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.last_error_date, info.pending_update_count) == (words, clock.at, 0)


async def test_what_nobody_listens_for_waits(sim, bot, pauses):
    async with Ear().open() as gone:
        pass
    await bot.set_webhook(gone.url)
    come(sim, 1)
    await until(lambda: len(pauses) >= 3)
    assert (await bot.get_webhook_info()).last_error_message == "Connection refused"
    async with Ear().open() as ear:
        await bot.set_webhook(ear.url)
        await confirmed(sim, 1)


async def test_nobody_outside_this_machine_is_called(sim, bot, pauses):
    await bot.set_webhook("https://example.com/hook")
    come(sim, 1)
    await until(lambda: pauses)
    assert "resolve" in (await bot.get_webhook_info()).last_error_message


async def test_a_host_of_the_outside_world_may_lead_to_this_machine(sim, bot, ear):
    sim.hosts["example.com"] = ear.url.removesuffix("/hook")
    await bot.set_webhook("https://example.com/hook")
    come(sim, 1)
    await confirmed(sim, 1)


async def test_a_deleted_webhook_leaves_what_was_not_taken_to_polling(sim, bot, ear):
    ear.gate.clear()
    await bot.set_webhook(ear.url)
    come(sim, 2)
    await until(lambda: len(ear.got) >= 2)
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert [raw["update_id"] for raw in await sim.updates.get(0, 100, 0)] == [1, 2]
    ear.gate.set()


async def test_pending_updates_can_be_dropped(sim, bot, ear):
    come(sim, 2)
    await bot.set_webhook(ear.url, drop_pending_updates=True, allowed_updates=["message"])
    come(sim, 1)
    await confirmed(sim, 3)
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == (ear.url, 40, ("message",))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"url": "http://example.com"}, "(?i)an HTTPS URL must be provided"),
        ({"url": "https://a.cn", "secret_token": "ä"}, "(?i)unallowed characters"),
        ({"url": "https://a.cn", "max_connections": 101}, "(?i)max_connections"),
    ],
)
async def test_a_webhook_is_refused(bot, what, why):
    with pytest.raises(BadRequest, match=why):
        await bot.set_webhook(**what)
    assert (await bot.get_webhook_info()).url == ""


@pytest.mark.parametrize(
    ("mess", "got"),
    [
        ("twice", [1, 2, 2, 3]),
        ("again", [1, 2, 3, 2]),
        ("unanswered", [1, 2, 2, 3]),
    ],
)
async def test_a_post_may_be_repeated_although_it_was_taken(sim, bot, ear, mess, got):
    sim.updates.disorder = Disorder([UpdateRule(mess=mess, nth=2)])
    come(sim, 3)
    await bot.set_webhook(ear.url, max_connections=1)
    await confirmed(sim, 1, 2, 3)
    await until(lambda: len(ear.got) >= 4)
    assert ear.got == got
    assert [a.mess for a in sim.updates.disorder.applied] == [mess]


async def test_posts_may_come_out_of_order(sim, bot, ear):
    sim.updates.disorder = Disorder([UpdateRule(mess="reordered", times=FOR_EVER)], seed=4)
    come(sim, 6)
    await bot.set_webhook(ear.url, max_connections=1)
    await until(lambda: len(ear.got) >= 6)
    assert sorted(ear.got) == [1, 2, 3, 4, 5, 6] != ear.got


async def test_a_simulator_that_stops_posts_nothing_more(sim, bot, ear):
    ear.answers = [500] * 10_000
    await bot.set_webhook(ear.url)
    come(sim, 1)
    await until(lambda: len(ear.got) >= 2)
    await sim.stop()
    had = len(ear.got)
    for _ in range(100):
        await asyncio.sleep(0)
    assert (len(ear.got), sim.updates_confirmed, len(sim.updates)) == (had, [], 1)
