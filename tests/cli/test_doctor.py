"""`mashang doctor` says what won't work, keeps nobody from trying it, tells no secret and makes nothing."""

from datetime import UTC, datetime

import pytest
from telegram import Bot, WebhookInfo

from cli.doctor import examine
from simulator.server import Simulator
from storage.db.migrating import ready

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


# --- secrets ----------------------------------------------------------------------------------------------------


async def says(monkeypatch, **settings):
    for name, value in settings.items():
        monkeypatch.setenv(f"MASHANG_{name.upper()}", value)
    return "\n".join([str(finding) async for finding in examine(AT)])


@pytest.mark.parametrize("password", ["hunter2secret", "hunter2%20secret"])
async def test_name_and_password_of_a_server_that_answers_are_not_printed(database, monkeypatch, password):
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=lambda: AT) as sim:
        address = sim.url.replace("//", f"//operator7:{password}@")
        told = await says(monkeypatch, token=TOKEN, api_url=address)
    assert "knows the token as @mashang_demo_bot" in told
    assert "hunter2" not in told
    assert "operator7" not in told


@pytest.mark.parametrize("way", ["api_url", "proxy"])
async def test_nor_those_of_one_that_does_not(database, monkeypatch, way):
    told = await says(monkeypatch, token=TOKEN, **{way: "http://operator7:hunter2secret@127.0.0.1:9"})
    assert "gives no answer" in told
    assert "hunter2" not in told
    assert "operator7" not in told


async def test_nor_those_of_a_database(database, monkeypatch):
    told = await says(monkeypatch, database_url="postgresql://operator7:hunter2secret@127.0.0.1:9/mashang")
    assert "the database isn't ready" in told
    assert "hunter2" not in told


# --- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["bot.db", "folder/bot.db"])
async def test_the_doctor_makes_no_file_and_no_folder(database, monkeypatch, tmp_path, where):
    told = await says(monkeypatch, database_url=f"sqlite:///{tmp_path / where}")
    assert "there is nothing in the database yet: run `mashang registry load DIR`" in told
    assert list(tmp_path.iterdir()) == []


async def test_the_doctor_leaves_an_empty_file_empty(database, monkeypatch, tmp_path):
    (tmp_path / "bot.db").touch()
    assert "there is nothing in the database yet" in await says(monkeypatch)
    assert [(p.name, p.stat().st_size) for p in tmp_path.iterdir()] == [("bot.db", 0)]


async def test_a_database_that_others_may_read_is_pointed_out(database, monkeypatch, tmp_path):
    await ready(database)
    (tmp_path / "bot.db").chmod(0o644)
    assert f"chmod 600 {tmp_path / 'bot.db'}" in await says(monkeypatch)
    (tmp_path / "bot.db").chmod(0o600)
    assert "chmod" not in await says(monkeypatch)


@pytest.mark.parametrize(("command", "holds"), [("cat {file}", True), ("/nowhere/hidden-model --fast", False)])
async def test_the_program_for_voice_messages_has_to_be_there(database, monkeypatch, command, holds):
    monkeypatch.setenv("MASHANG_TRANSCRIBE", command)
    found = [finding async for finding in examine(AT) if "voice messages" in finding.says]
    assert [finding.holds for finding in found] == [holds]
    assert "hidden-model" not in str(found[0])


async def test_without_a_program_for_voice_messages_nothing_is_said_of_one(database):
    assert not [finding async for finding in examine(AT) if "voice messages" in finding.says]


async def test_the_privacy_notice_is_for_a_lawyer_and_names_who_processes(database, monkeypatch):
    """《个人信息保护法》 17, 38, 39."""
    before = [finding async for finding in examine(AT)]
    for words in ("names nobody who processes", "no lawyer has checked the privacy notice"):
        assert warned({finding.says: finding for finding in before}, words)
    monkeypatch.setenv("MASHANG_PROCESSOR", "武侯区物业服务中心 028-85000000")
    monkeypatch.setenv("MASHANG_PRIVACY_CHECKED", "2026-03-31")
    after = [finding for finding in [f async for f in examine(AT)] if "privacy notice" in finding.says]
    assert [finding.warns for finding in after] == [False, False]
