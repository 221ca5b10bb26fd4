"""The migrations lead to the tables of `storage/tables/`; a database in another shape stops every command."""

import os
import signal
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, text
from sqlmodel import SQLModel

from storage import tables as tables
from storage.db.engine import open_engine
from storage.db.errors import DatabaseUnreachable, MigrationNeeded
from storage.db.locking import AlreadyRunning, hold
from storage.db.migrating import migrate, ready, revisions, transaction

HOLDER = """
import sys, time
from storage.db.locking import hold
with hold(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"


async def say(url, statement):
    engine = open_engine(url)
    async with engine.begin() as connection:
        result = await connection.execute(text(statement))
        found = result.all() if result.returns_rows else []
    await engine.dispose()
    return found


def differences(connection):
    return compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
async def test_the_migrations_lead_to_the_tables_of_today(url):
    await migrate(url)
    engine = open_engine(url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_the_checks_of_a_table_are_migrated_too(url):
    """Alembic's comparison doesn't look at them."""
    await migrate(url)
    made = {row.name: row.sql for row in await say(url, "SELECT name, sql FROM sqlite_master WHERE type = 'table'")}
    for table in SQLModel.metadata.sorted_tables:
        checks = [c for c in table.constraints if hasattr(c, "sqltext")]
        assert all(str(c.sqltext) in made[table.name] for c in checks)
        assert made[table.name].count("CHECK (") == len(checks)


async def test_indexes_of_what_is_computed_are_migrated_too(url):
    """Alembic's comparison skips them."""
    await migrate(url)
    made = {row.name: row.sql for row in await say(url, "SELECT name, sql FROM sqlite_master WHERE type = 'index'")}
    for index in (index for table in SQLModel.metadata.sorted_tables for index in table.indexes):
        computed = [str(one) for one in index.expressions if not isinstance(one, Column)]
        assert all(one in made[index.name] for one in computed), index.name


async def test_migrating_says_whence_and_whither(url):
    assert await migrate(url) == (None, revisions()[0])
    assert await migrate(url) == (revisions()[0], revisions()[0])


async def test_an_empty_database_is_made_ready(url):
    await ready(url)
    await ready(url)
    assert await say(url, "SELECT version_num FROM alembic_version") == [(revisions()[0],)]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "9999, which this version doesn't know"),
        ("DROP TABLE alembic_version", "has tables already"),
    ],
)
async def test_a_database_in_another_shape_is_refused(url, statement, said):
    await ready(url)
    await say(url, statement)
    with pytest.raises(MigrationNeeded, match=said):
        await ready(url)
    with pytest.raises(MigrationNeeded, match=said):
        await migrate(url)


async def test_an_older_database_asks_to_be_migrated(url, monkeypatch):
    await ready(url)
    monkeypatch.setattr("storage.db.migrating.revisions", lambda: ["9999", *revisions()])
    with pytest.raises(MigrationNeeded, match="run `mashang migrate`"):
        await ready(url)


async def test_a_database_that_cannot_be_opened_is_told_in_a_sentence(tmp_path):
    with pytest.raises(DatabaseUnreachable, match="MASHANG_DATABASE_URL"):
        await ready(f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'bot.db'}")


def test_a_second_process_is_refused_until_the_first_is_killed(url):
    words = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match="another process"), hold(url):
            pass
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    with hold(url):
        pass


def test_the_lock_is_given_back(url):
    with hold(url):
        pass
    with hold(url):
        pass


@pytest.mark.parametrize(("patient", "limits"), [(True, ("0", "0", None)), (False, ("10s", "10s", 15))])
async def test_what_is_run_by_hand_may_last_and_what_a_start_needs_may_not(vacant, patient, limits):
    async with transaction(vacant, patient=patient) as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        names = ("lock_timeout", "idle_in_transaction_session_timeout")
        shown = [(await connection.execute(text(f"SHOW {name}"))).scalar() for name in names]
        assert (*shown, raw._config.command_timeout) == limits
