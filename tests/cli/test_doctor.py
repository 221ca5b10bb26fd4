"""`mashang doctor` says what of a webhook won't work, without keeping anybody from trying it."""

from datetime import UTC, datetime

import pytest
from telegram import Bot, WebhookInfo

from cli.doctor import examine
from simulator.server import Simulator

AT = datetime(2026, 4, 1, tzinfo=UTC)
TOKEN = "123456:ABC-def_ghi-jkl"
HOOK = "https://bot.example.cn/hook"
SECRET = "sixteen_letters-and-more"


@pytest.fixture
def told(database, monkeypatch):
    async def tell(**settings):
        for name, value in settings.items():
            monkeypatch.setenv(f"MASHANG_{name.upper()}", value)
        found = [finding async for finding in examine(AT)]
        return {finding.says: finding for finding in found if "webhook" in f"{finding.says}{finding.cure}".lower()}

    return tell


def warned(found, words):
    (one,) = [finding for says, finding in found.items() if words in says]
    assert one.warns
    assert one.holds
    assert one.cure
    return True


async def test_a_secret_without_a_webhook_is_pointed_out(told):
    assert warned(await told(webhook_secret=SECRET), "and no webhook")


@pytest.mark.parametrize("address", ["http://bot.example.cn/hook", "https://bot.example.cn:8080/hook"])
async def test_where_telegram_brings_nothing_is_pointed_out(told, address):
    assert warned(await told(webhook_url=address, webhook_secret=SECRET), "brings no updates to this webhook")


@pytest.mark.parametrize("address", [HOOK, "https://bot.example.cn:8443/hook"])
async def test_what_telegram_takes_is_well(told, address):
    found = await told(webhook_url=address, webhook_secret=SECRET)
    assert [finding.warns for finding in found.values()] == [False]


async def test_a_server_of_ones_own_takes_any_address(told):
    found = await told(webhook_url="http://bot:9000/", webhook_secret=SECRET, api_url="http://127.0.0.1:9")
    assert [finding.warns for finding in found.values()] == [False]


async def test_a_secret_that_can_be_guessed_is_pointed_out(told):
    assert warned(await told(webhook_url=HOOK, webhook_secret="short"), "can be guessed")


@pytest.fixture
async def server(told, monkeypatch):
    """A Bot API server that says of the webhook what it is told to."""
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=lambda: AT) as sim:

        async def tell(info, **settings):
            async def says(_):
                return info

            monkeypatch.setattr(Bot, "get_webhook_info", says)
            return await told(token=TOKEN, api_url=sim.url, **settings)

        yield tell


def active(url, error=None):
    return WebhookInfo(url, False, 5, last_error_message=error)


async def test_a_foreign_webhook_is_pointed_out_and_not_shown(server):
    found = await server(active("https://elsewhere.cn/secret-path"))
    assert warned(found, "isn't this bot's")
    assert "elsewhere" not in "".join(map(str, found.values()))


async def test_a_webhook_that_telegram_cannot_reach_is_pointed_out(server):
    found = await server(active(HOOK, "Connection refused"), webhook_url=HOOK, webhook_secret=SECRET)
    assert warned(found, "5 updates wait there")
    assert "Connection refused" in "".join(map(str, found.values()))


async def test_ones_own_webhook_is_well(server):
    found = await server(active(HOOK), webhook_url=HOOK, webhook_secret=SECRET)
    assert not any(finding.warns for finding in found.values())
