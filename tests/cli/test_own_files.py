"""What is written is for its owner only, a database has one name, and a reader who has had enough breaks nothing."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from variants import mostly_thorough

from storage.db.locking import LinkedTwice, hold
from storage.db.migrating import ready
from storage.registry import SAMPLE

ROOT = Path(__file__).parents[2]
HOLD_OPEN = """
import os, sqlite3, sys
sys.argv = ["mashang", "registry", "load", sys.argv[1]]
from cli.__main__ import main
os.umask(0o022)
try: main()
except SystemExit: pass
connection = sqlite3.connect(os.environ["FILE"], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("INSERT INTO lease VALUES ('x', 'y', 0)")
for name in sorted(os.listdir(os.path.dirname(os.environ["FILE"]))):
    print(name, oct(os.stat(os.path.join(os.path.dirname(os.environ["FILE"]), name)).st_mode & 0o777))
"""


def test_the_database_and_its_log_are_for_their_owner_only(database, tmp_path):
    """As `mashang` itself starts, under the usual umask."""
    env = {**os.environ, "FILE": str(tmp_path / "bot.db")}
    asked = [sys.executable, "-c", HOLD_OPEN, str(SAMPLE)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT, env=env).stdout
    modes = dict(line.split() for line in told.splitlines() if line.startswith("bot.db"))
    assert {"bot.db", "bot.db-wal", "bot.db-shm"} <= set(modes)
    assert set(modes.values()) == {"0o600"}


# --- one name ---------------------------------------------------------------------------------------------------


@pytest.fixture
async def linked(database, tmp_path):
    """A database and the address of its other name."""
    await ready(database)
    os.link(tmp_path / "bot.db", tmp_path / "other.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"


@pytest.mark.parametrize(
    "words", mostly_thorough([("migrate",), (("run",),), (("registry", "load", str(SAMPLE)),), (("audit", "verify"),)])
)
def test_no_second_bot_starts_by_a_hard_link(database, linked, monkeypatch, words):
    monkeypatch.setenv("MASHANG_DATABASE_URL", linked)
    monkeypatch.setenv("MASHANG_TOKEN", "123456:ABC-def_ghi-jkl")
    asked = [sys.executable, "-m", "cli", *words]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == 2
    assert "has another name on this disk (a hard link): remove that one" in done.stderr
    assert "Traceback" not in done.stderr


async def test_neither_name_is_worked_on_until_one_is_gone(database, linked, tmp_path):
    for url in (database, linked):
        with pytest.raises(LinkedTwice), hold(url):
            pass
    (tmp_path / "other.db").unlink()
    with hold(database):
        await ready(database)


def test_what_stands_aside_after_a_restore_is_no_other_name(database, types, tmp_path):
    assert types("registry", "load", str(SAMPLE)).exit_code == 0
    assert types("backup", str(tmp_path / "kept.db")).exit_code == 0
    assert types("restore", str(tmp_path / "kept.db"), "--yes").exit_code == 0
    for file in tmp_path.glob("*.db"):
        assert (file.name, file.stat().st_nlink) == (file.name, 1)
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 in (0, 0o044)


# --- readers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", mostly_thorough(["pack show chengdu", "--help", "deadline --help", "doctor"]))
def test_a_reader_who_has_had_enough_is_no_fault(database, words):
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m cli {words} | true"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stderr == ""
