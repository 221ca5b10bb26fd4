"""The commands `mashang backup` and `mashang restore`."""

import asyncio
import lzma
import os
import shlex
import shutil
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import postgresql
import pytest
from alembic import command

from storage.db.locking import hold
from storage.db.migrating import configuration, ready, revisions, transaction
from storage.maintenance.backup import _like


@pytest.fixture
def bot(founded, tmp_path):
    """A database with the sample registry in force."""
    return shutil.copy(founded, tmp_path / "bot.db")


@pytest.fixture
def kept(types, bot, tmp_path):
    types("backup", str(tmp_path / "kept.db"))
    return tmp_path / "kept.db"


def ask(file, statement):
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(statement).fetchall()


def districts(file):
    return ask(file, "SELECT count(*) FROM district")[0][0]


def refused(result, sentence):
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert result.exit_code == 2


def test_a_backup_is_one_file_that_only_its_owner_reads(types, database, bot, tmp_path):
    with hold(database):
        made = types("backup", str(tmp_path / "kept.db"))
    assert made.exit_code == 0, made.stderr
    assert "kept.db holds 0 events in 0 chains (cases: 0, last event: never)." in made.stdout
    for name in ("kept.db", "kept.db.head.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bot.db", "bot.db.lock", "kept.db", "kept.db.head.json"]
    assert districts(tmp_path / "kept.db") == 26
    assert ask(tmp_path / "kept.db", "PRAGMA journal_mode") == [("delete",)]


def cut_off(folder, *names, hours=2.0):
    """What a kill leaves of copies that were under way so long ago."""
    for name in names:
        (folder / name).write_bytes(b"what people said")
        at = (folder / name).stat().st_mtime - hours * 3600
        os.utime(folder / name, (at, at))


def test_what_a_killed_backup_left_is_gone_after_the_next(types, bot, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    cut_off(folder, ".mashang-20261101-033000.db.0a1b2c3d.part", ".mashang-20261101-033000.db.0a1b2c3d.part-wal")
    cut_off(tmp_path, ".bot.db.01234567.part")
    assert types("backup", str(folder)).exit_code == 0
    assert [p.name for p in folder.glob(".*")] == []
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_what_a_killed_restore_left_is_gone_after_the_next(types, kept, tmp_path):
    cut_off(tmp_path, ".bot.db.01234567.part", ".bot.db.01234567.part-journal")
    assert types("restore", str(kept), "--yes").exit_code == 0
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_a_backup_leaves_what_is_under_way_or_of_another_kind(types, bot, tmp_path):
    young, others = ".kept.db.01234567.part", [".kept.db.part", ".other.db.01234567.part", ".kept.db.0123456g.part"]
    cut_off(tmp_path, young, hours=0.2)
    cut_off(tmp_path, *others)
    assert types("backup", str(tmp_path / "kept.db")).exit_code == 0
    assert sorted(p.name for p in tmp_path.glob(".*")) == sorted([young, *others])


def test_a_backup_overwrites_nothing_unless_told_to(types, kept):
    ask(kept, "DELETE FROM district")
    refused(types("backup", str(kept)), "overwrite it with --force")
    assert districts(kept) == 0
    assert types("backup", str(kept), "--force").exit_code == 0
    assert districts(kept) == 26


def test_in_a_folder_a_backup_is_named_by_its_moment(types, bot, tmp_path):
    (tmp_path / "nightly").mkdir()
    assert types("backup", str(tmp_path / "nightly")).exit_code == 0
    made, head = sorted((tmp_path / "nightly").iterdir())
    assert made.match("mashang-20??????-??????.db")
    assert head.name == f"{made.name}.head.json"


def test_a_database_is_never_taken_for_a_backup_to_overwrite(types, bot, tmp_path):
    refused(types("backup", str(bot), "--force"), "is the database itself")
    (tmp_path / "other.db").touch()
    (tmp_path / "other.db.lock").touch()
    refused(types("backup", str(tmp_path / "other.db"), "--force"), "that somebody works on")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_is_not_there_is_told_and_nothing_is_left_behind(types, tmp_path, command):
    refused(types(command, str(tmp_path / "kept.db")), "there is no")
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".lock"] == []


def test_a_damaged_database_makes_no_backup(types, bot, tmp_path):
    with bot.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xaa" * 4096 * 4)
    refused(types("backup", str(tmp_path / "kept.db")), "bot.db")
    assert not (tmp_path / "kept.db").exists()


def test_a_backup_of_a_ledger_that_does_not_hold_is_kept_and_told(types, bot, tmp_path):
    columns = "complaint, seq, at, kind, body, previous, digest, scheme, case_digest, words_digest"
    values = "5, 1, '2026-11-21 00:00:00', 'Filed', '{}', 'x', 'y', 'sha256', '', ''"
    ask(bot, f"INSERT INTO event ({columns}) VALUES ({values})")
    made = types("backup", str(tmp_path / "kept.db"))
    assert "doesn't hold (2 findings, the first: the chain doesn't hold: case 5, event 1)" in made.stderr
    assert made.exit_code == 1
    bot.unlink()
    refused(types("restore", str(tmp_path / "kept.db")), "doesn't hold (2 findings")
    assert types("restore", str(tmp_path / "kept.db"), "--yes").exit_code == 0


def test_a_backup_takes_the_place_and_what_stood_there_is_kept(types, bot, kept, tmp_path):
    ask(bot, "DELETE FROM district")
    refused(types("restore", str(kept)), "makes room for")
    restored = types("restore", str(kept), "--yes")
    assert restored.exit_code == 0, restored.stderr
    assert "was brought from" not in restored.stdout
    assert districts(bot) == 26
    (aside,) = tmp_path.glob("bot-*.db")
    assert str(aside) in restored.stdout
    assert districts(aside) == 0
    assert districts(kept) == 26
    assert list(tmp_path.glob("*-wal")) == list(tmp_path.glob(".*.part*")) == []
    assert types("audit", "verify").exit_code == 0


def test_what_nobody_wrote_into_the_old_file_yet_goes_aside_with_it(types, bot, kept, tmp_path):
    """A log that were left beside the new file would be taken for its own."""
    with closing(sqlite3.connect(bot, isolation_level=None)) as reader:
        ask(bot, "PRAGMA journal_mode = WAL")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM district").fetchone()  # the log can't be folded in
        ask(bot, "DELETE FROM district")
        assert types("restore", str(kept), "--yes").exit_code == 0
    (aside,) = tmp_path.glob("bot-*.db")
    assert (districts(bot), districts(aside)) == (26, 0)


def test_where_somebody_sits_at_a_terminal_it_is_asked(types, bot, kept, monkeypatch):
    monkeypatch.setattr("cli.output.terminal", lambda: True)
    ask(bot, "DELETE FROM district")
    asked = types("restore", str(kept), given="n\n")
    assert "Restore it?" in asked.stdout
    assert districts(bot) == 0
    types("restore", str(kept), given="y\n")
    assert districts(bot) == 26


def test_nobody_restores_under_a_running_bot(types, database, kept):
    with hold(database):
        refused(types("restore", str(kept), "--yes"), "another process works on")


def test_an_older_backup_is_brought_to_today(types, database, tmp_path):
    def first(connection):
        command.upgrade(configuration(connection), revisions()[-1])

    async def lay():
        async with transaction(f"sqlite+aiosqlite:///{tmp_path / 'kept.db'}") as connection:
            await connection.run_sync(first)

    asyncio.run(lay())
    assert types("restore", str(tmp_path / "kept.db")).exit_code == 0
    asyncio.run(ready(database))


def test_a_backup_of_a_newer_version_is_refused(types, bot, kept):
    ask(kept, "UPDATE alembic_version SET version_num = '9999'")
    refused(types("restore", str(kept), "--yes"), "which this version doesn't know")
    assert types("audit", "verify").exit_code == 0


def test_a_copy_of_a_file_that_has_moved_is_no_backup(types, bot, kept):
    ask(kept, "CREATE TABLE moved AS SELECT 'postgresql://elsewhere' AS place")
    refused(types("restore", str(kept), "--yes"), "made after everything had moved to postgresql://elsewhere")
    shutil.copy(kept, bot)
    refused(types("backup", str(kept.with_name("other.db"))), "was moved to postgresql://elsewhere")


@pytest.mark.parametrize("content", [b"", b"no database at all", None])
def test_what_is_no_backup_of_ours_takes_nobody_s_place(types, bot, tmp_path, content):
    other = tmp_path / "other.db"
    if content is None:
        ask(other, "CREATE TABLE theirs (x)")
    else:
        other.write_bytes(content)
    refused(types("restore", str(other), "--yes"), "other.db")
    assert districts(bot) == 26


def test_the_restored_file_is_open_to_whom_the_old_one_was(tmp_path):
    old, fresh = tmp_path / "old", tmp_path / "fresh"
    old.touch(mode=0o640)
    fresh.touch(mode=0o600)
    _like(old, fresh)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o640


@pytest.mark.thorough
def test_for_postgresql_the_commands_are_printed_and_do_it(types, laid_on_postgresql, monkeypatch, tmp_path):
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump here")
    address = asyncio.run(postgresql.make("played", laid_on_postgresql))
    monkeypatch.setenv("MASHANG_DATABASE_URL", address.replace("postgres@", "postgres:hunter2@"))

    def carry_out(*words):
        printed = types(*words)
        assert printed.exit_code == 0
        assert "hunter2" not in printed.output
        subprocess.run(shlex.split(printed.stdout, comments=True), check=True, capture_output=True)

    carry_out("backup", str(tmp_path / "kept.dump"))
    asyncio.run(postgresql.ask(address, "DELETE FROM office"))
    carry_out("restore", str(tmp_path / "kept.dump"))
    assert asyncio.run(postgresql.ask(address, "SELECT count(*) FROM office")) == [(75,)]
    asyncio.run(postgresql.drop("played"))


def test_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_today(types, bot, tmp_path):
    dump = Path(__file__).parents[1] / "storage" / "released" / "0.1.0" / "database.sql.xz"
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.executescript(lzma.decompress(dump.read_bytes()).decode())
    restored = types("restore", str(tmp_path / "old.db"), "--yes")
    assert restored.exit_code == 0, restored.stderr
    assert f"was brought from 0005 to {revisions()[0]}" in restored.stdout
    assert ask(bot, "SELECT version_num FROM alembic_version") == [(revisions()[0],)]
    assert ask(tmp_path / "old.db", "SELECT version_num FROM alembic_version") == [("0005",)]
    sound = types("audit", "verify")
    assert "107 events in 11 chains checked: everything holds.\n106 events were sealed as they stood" in sound.stdout
    assert sound.exit_code == 0
