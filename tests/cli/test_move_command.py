"""The command `mashang move`, from SQLite to PostgreSQL."""

import asyncio

import postgresql
import pytest

from storage.db.locking import hold
from storage.registry import SAMPLE


@pytest.fixture
def file(types, tmp_path):
    types("registry", "load", str(SAMPLE))
    return str(tmp_path / "bot.db")


@pytest.fixture
def target(laid_bare):
    """As people write it, with a password that nobody may see."""
    asyncio.run(postgresql.empty(laid_bare))
    return postgresql.plain(laid_bare).replace("postgres@", "postgres:hunter2@")


def test_a_move_says_what_to_set_and_the_file_is_left_alone_from_then_on(types, file, target):
    moved = types("move", file, target)
    assert moved.exit_code == 0, moved.stderr
    assert "Moved 148 rows." in moved.stdout
    assert "Now set MASHANG_DATABASE_URL=postgresql+asyncpg://postgres:***@" in moved.stdout
    for words in (("migrate",), ("registry", "load", str(SAMPLE)), ("audit", "verify"), ("doctor",)):
        later = types(*words)
        assert "was moved to postgresql+asyncpg://postgres:***@" in later.output
        assert later.exit_code != 0
    assert "hunter2" not in moved.output + later.output
    assert types("move", file, "--back").exit_code == 2
    assert "may work on" in types("move", file, "--back", "--yes").stdout
    assert types("migrate").exit_code == 0


def test_the_setting_says_where_to_if_nothing_else_does(types, file, target, monkeypatch):
    assert "say where to" in types("move", file).stderr
    monkeypatch.setenv("MASHANG_DATABASE_URL", target)
    assert types("move", file).exit_code == 0
    assert "everything holds" in types("audit", "verify").stdout


def test_a_move_under_a_running_bot_is_refused_in_one_sentence(types, file, target, database):
    with hold(database):
        refused = types("move", file, target)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "another process works on" in refused.stderr
