"""The command line answers what is wrong with one sentence, and never with a traceback."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
from links import digest
from sqlalchemy import delete, update

from cli.doctor import examine
from simulator.server import Simulator
from storage.db.engine import PRAGMAS, open_engine
from storage.db.locking import hold
from storage.db.migrating import ready, revisions
from storage.registry import SAMPLE
from storage.repositories.ledger import EVENT, START

TOKEN = "424242:simulated-token"
AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


def refused(result, sentence, code=2):
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert result.exit_code == code


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--story", "nowhere"), '"nowhere" has no story; there are chengdu, pudong, changzhi, county'),
        (("pudong",), "a pack has a story: mashang demo --story PACK"),
    ],
)
def test_a_story_that_there_is_not_is_refused(types, words, sentence):
    result = types("demo", *words)
    assert sentence in " ".join(result.stderr.replace("│", " ").split())
    assert result.exit_code == 2


def timed(script):
    """Seconds of another Python that runs this, and what it said."""
    begun = time.perf_counter()
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, told


@pytest.mark.alone
def test_help_answers_at_once_and_imports_nothing_heavy():
    heavy = ("aiogram", "telegram", "sqlalchemy", "sqlmodel", "pydantic", "alembic")
    asks = (
        "import sys; from cli.__main__ import main; sys.argv = ['mashang', '--help']\n"
        "try: main()\n"
        f"except SystemExit: print([m for m in {heavy} if m in sys.modules], file=sys.stderr)"
    )
    library = "import typer, typer.rich_utils, rich.markdown"  # what draws the help
    helps, draws = [], []
    for _ in range(5):
        draws.append(timed(library)[0])
        seconds, told = timed(asks)
        helps.append(seconds)
        assert told.stderr.strip() == "[]"
        assert "registry" in told.stdout
    assert min(helps) < 2 * min(draws)


def test_a_registry_is_loaded_and_counted(types):
    result = types("registry", "load", str(SAMPLE))
    assert "Loaded 26 districts, 5 companies, 6 projects and 35 appointments, 75 offices" in result.stdout
    assert result.exit_code == 0


def test_checking_a_registry_touches_no_database(types, tmp_path):
    result = types("registry", "check", str(SAMPLE))
    assert "All is well: 26 districts" in result.stdout
    assert not (tmp_path / "bot.db").exists()


def test_a_database_that_somebody_else_writes_to_is_told(types, database, monkeypatch):
    types("migrate")
    monkeypatch.setitem(PRAGMAS, "busy_timeout", "50")
    with closing(sqlite3.connect(database.removeprefix("sqlite+aiosqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(types("registry", "load", str(SAMPLE)), "database is locked")


@pytest.mark.parametrize("command", ["load", "check"])
def test_a_faulty_registry_is_told_line_by_line_and_not_loaded(types, tmp_path, command):
    folder = shutil.copytree(SAMPLE, tmp_path / "registry")
    people = folder / "people.csv"
    people.write_text(people.read_text(encoding="utf-8").replace("13800000106", "none"), encoding="utf-8")
    result = types("registry", command, str(folder))
    refused(result, "people.csv:7 phone: not a telephone number", code=1)
    assert "none" not in result.output
    assert not (tmp_path / "bot.db").exists()


def test_a_folder_that_is_not_there_is_told(types, tmp_path):
    assert types("registry", "load", str(tmp_path / "nowhere")).exit_code == 2


def test_migrate_says_what_it_did(types):
    assert f"went from nothing to {revisions()[0]}" in types("migrate").stdout
    assert f"is at {revisions()[0]} already" in types("migrate").stdout


def test_nobody_migrates_under_a_running_bot(types, database):
    with hold(database):
        refused(types("migrate"), "another process works on")


def test_the_bot_does_not_start_without_a_token(types):
    refused(types("run"), "MASHANG_TOKEN should be the bot's token from BotFather, like 123456:ABC…; it isn't set")


def test_a_bad_setting_stops_the_start_and_stays_unseen(types, monkeypatch):
    monkeypatch.setenv("MASHANG_TOKEN", "hunter2")
    result = types("run")
    refused(result, "MASHANG_TOKEN should be the bot's token")
    assert "hunter2" not in result.output


def test_a_broken_pack_stops_the_start_with_its_sentence(types, monkeypatch, tmp_path):
    (tmp_path / "mine.toml").write_text("id = 7", encoding="utf-8")
    monkeypatch.setenv("MASHANG_PACKS", str(tmp_path))
    monkeypatch.setenv("MASHANG_TOKEN", TOKEN)
    refused(types("run"), "mine.toml: id")


def test_a_misspelt_setting_is_pointed_out_at_start(types, monkeypatch):
    monkeypatch.setenv("MASHANG_TOKN", TOKEN)
    assert "did you mean MASHANG_TOKEN?" in types("migrate").stderr


async def _two_events(url):
    engine = open_engine(url)
    previous = START
    async with engine.begin() as connection:
        for seq in (1, 2):
            facts = {"complaint": None, "seq": seq, "at": AT, "actor": None, "kind": "Refused", "body": {"n": seq}}
            link = digest(previous, *facts.values())
            await connection.execute(EVENT.insert(), {**facts, "previous": previous, "digest": link})
            previous = link
    await engine.dispose()


async def _tamper(url):
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.execute(update(EVENT).where(EVENT.c.seq == 1).values(body={"n": 9}))
    await engine.dispose()


def test_the_audit_finds_the_link_that_was_changed(types, database):
    types("migrate")
    asyncio.run(_two_events(database))
    sound = types("audit", "verify")
    assert sound.stdout.startswith("2 events in 1 chains checked: everything holds.\nNo MASHANG_SECRET is set: ")
    assert sound.exit_code == 0
    asyncio.run(_tamper(database))
    broken = types("audit", "verify")
    refused(broken, "the acts outside all cases, event 1", code=1)


def test_a_head_that_was_kept_proves_what_was_there(types, database, tmp_path, monkeypatch):
    monkeypatch.setenv("MASHANG_SECRET", "a secret of at least sixteen letters")
    types("migrate")
    asyncio.run(_two_events(database))
    refused(types("audit", "verify"), "`mashang audit seal` seals it as it stands", code=1)
    assert types("audit", "seal", "--yes").stdout.endswith("Sealed.\n")
    assert types("backup", str(tmp_path / "kept.db")).exit_code == 0
    head = str(tmp_path / "kept.db.head.json")
    sound = types("audit", "verify", "--head", head)
    assert sound.stdout.startswith("3 events in 1 chains and 1 heads checked: everything holds.\nUntil 2")
    assert "2 events were sealed as they stood on " in sound.stdout
    asyncio.run(_cut_off(database))
    broken = types("audit", "verify", "--head", head)
    assert "counts 3 events, 2 are there: 1 are missing" in broken.stderr
    refused(broken, "Of 3 events 1 are missing; the last that is there is of ", code=1)
    refused(types("audit", "verify", "--head", str(tmp_path / "kept.db")), "holds no head of a ledger")


async def _cut_off(url):
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.execute(delete(EVENT).where(EVENT.c.seq == 3))
    await engine.dispose()


def test_a_backup_that_is_not_what_its_head_says_is_told(types, database, tmp_path, monkeypatch):
    monkeypatch.setenv("MASHANG_SECRET", "a secret of at least sixteen letters")
    types("migrate")
    asyncio.run(_two_events(database))
    types("audit", "seal", "--yes")
    types("backup", str(tmp_path / "kept.db"))
    asyncio.run(_cut_off(f"sqlite+aiosqlite:///{tmp_path / 'kept.db'}"))
    refused(types("restore", str(tmp_path / "kept.db")), "the ledger doesn't hold (3 findings")
    monkeypatch.delenv("MASHANG_SECRET")
    refused(types("restore", str(tmp_path / "kept.db")), "set MASHANG_SECRET to it")
    assert types("restore", str(tmp_path / "kept.db"), "--yes").exit_code == 0


def test_the_doctor_names_everything_that_is_missing(types):
    result = types("doctor")
    assert result.exit_code == 1
    assert "✓ the policy packs load" in result.stdout
    assert "✗ there is nothing in the database yet: run `mashang registry load DIR`, which makes it" in result.stdout
    assert "✗ there is no token" in result.stdout
    types("migrate")
    result = types("doctor")
    assert "✗ the registry has 0 districts, 0 companies, 0 projects: run `mashang registry load DIR`" in result.stdout
    assert "✗ there is no token" in result.stdout


async def test_the_doctor_knows_a_token_that_the_server_takes(monkeypatch):
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=lambda: AT) as simulator:
        monkeypatch.setenv("MASHANG_API_URL", simulator.url)
        assert "✓ " + simulator.url + " knows the token as @mashang_demo_bot" in await _told(monkeypatch, TOKEN)
        refused_token = "1:wrong-wrong-wrong"
        told = await _told(monkeypatch, refused_token)
    assert "doesn't take the token" in told
    assert refused_token not in told


async def test_the_doctor_says_why_a_server_does_not_answer(monkeypatch):
    monkeypatch.setenv("MASHANG_API_URL", "http://127.0.0.1:9")
    told = await _told(monkeypatch, TOKEN)
    assert "✗ http://127.0.0.1:9 gives no answer" in told
    assert TOKEN not in told


@pytest.mark.parametrize(
    ("now", "mark"), [(datetime(2026, 10, 31, 15, tzinfo=UTC), "✓"), (datetime(2026, 10, 31, 16, tzinfo=UTC), "!")]
)
async def test_from_november_on_the_doctor_warns_of_a_missing_notice(database, now, mark):
    """The day is China's. A warning doesn't keep the bot from running."""
    await ready(database)
    found = [finding async for finding in examine(now) if "working days" in finding.says]
    assert [str(finding)[0] for finding in found] == [mark]
    assert found[0].holds


@pytest.mark.parametrize(("secret", "mark"), [("", "!"), ("sixteen letters!", "✓")])
async def test_the_doctor_says_by_which_key_deleted_residents_are_counted(monkeypatch, secret, mark):
    monkeypatch.setenv("MASHANG_SECRET", secret)
    (found,) = [finding async for finding in examine(AT) if "deleted residents" in finding.says]
    assert str(found)[0] == mark
    assert found.holds


async def _told(monkeypatch, token):
    monkeypatch.setenv("MASHANG_TOKEN", token)
    return "\n".join([str(finding) async for finding in examine(AT)])
