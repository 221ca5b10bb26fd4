"""The move to PostgreSQL: all of an SQLite file or nothing, and no command works on the file afterwards."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import parents
import postgresql
import pytest
from links import digest
from sqlalchemy import select
from sqlmodel import SQLModel
from variants import mostly_thorough

from storage.db.engine import open_engine
from storage.db.errors import DatabaseUnreachable
from storage.db.locking import AlreadyRunning, MovedAway, hold
from storage.db.migrating import MigrationNeeded, ready
from storage.maintenance import to_postgresql
from storage.maintenance.audit import verify
from storage.maintenance.to_postgresql import LEASE, NotMoved, go_back, move, url_of
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import OUTBOX
from storage.repositories.ledger import EVENT, START
from storage.repositories.people import PERSON
from storage.repositories.timers import TIMER

AT = datetime(2026, 11, 21, 1, 2, 3, 456789, tzinfo=UTC)
PEOPLE = to_postgresql.BATCH + 3
PARENTS = 5  # a district, a company, a project, a case and a chat


def nothing(there, every):
    pass


def chained(complaint, bodies):
    previous, rows = START, []
    for seq, body in enumerate(bodies, 1):
        facts = {"complaint": complaint, "seq": seq, "at": AT + timedelta(microseconds=seq), "actor": None}
        facts |= {"kind": "Urged", "body": body}
        link = digest(previous, *facts.values())
        rows.append({**facts, "previous": previous, "digest": link})
        previous = link
    return rows


def update(number, **values):
    blank = {"bot": 1, "sender_id": 2**40 + number, "raw": b"\x00\xff{}", "received_at": AT, "error": ""}
    return {"id": number, "update_id": number, **blank, **values}


def unnumbered(row):
    return {name: value for name, value in row.items() if name != "id"}


def message(number, **values):
    blank = {"destination": 5, "priority": 1, "complaint": None, "made_at": AT, "facts": None, "rendered": None}
    return {"id": number, "key": f"k{number}", **blank, **values}


@pytest.fixture(scope="session")
def living(tmp_path_factory):
    """A file with rows of every odd kind, filled once."""
    path = tmp_path_factory.mktemp("living") / "living.db"
    asyncio.run(fill(path))
    return path


@pytest.fixture
def file(living, tmp_path):
    return Path(shutil.copy(living, tmp_path))


async def fill(path):
    await ready(url_of(path))
    engine = open_engine(url_of(path))
    async with engine.begin() as connection:
        await parents.lay(connection, cases=[7], chats=[5])
        await connection.execute(EVENT.insert(), chained(None, [{"n": "吗", "f": 0.1}, {"x": None}]) + chained(7, [{}]))
        await connection.execute(PERSON.insert(), [{"id": 2**58 + n, "user": n} for n in range(PEOPLE)])
        facts = {"said": "灯\x00坏\ud83d了", "kept": "😀 \\u0000", "deep": [{"\x00": 1}]}
        for table, row in (
            (INBOX, update(3, state="claimed", owner="gone", attempts=1)),
            (INBOX, update(9, state="done", throttled=True, not_before=0.25)),
            (OUTBOX, message(4, state="sending", owner="gone", facts=facts)),
            (OUTBOX, message(6, reason="a\x00b", rendered={"text": ""})),
        ):
            await connection.execute(table.insert(), row)
        await connection.execute(LEASE.insert(), {"name": "leader", "owner": "gone", "until": 1.0})
    await engine.dispose()


async def rows(address, table):
    engine = open_engine(address)
    async with engine.connect() as connection:
        found = (await connection.execute(select(table).order_by(*table.primary_key.columns))).mappings().all()
    await engine.dispose()
    return [dict(row) for row in found]


async def holds_nothing(address):
    return [name for name in ("company", "event", "inbox", "outbox", "person") if await held(address, name)] == []


async def held(address, table):
    return await postgresql.ask(address, f"SELECT 1 FROM {table} LIMIT 1")


def says(file, statement):
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(statement).fetchall()


async def test_every_row_arrives_as_it_was(file, vacant):
    before = {table.name: await rows(url_of(file), table) for table in SQLModel.metadata.sorted_tables}
    told = []
    moved = await move(file, vacant, AT, lambda there, every: told.append((there, every)))
    assert moved.rows == 3 + PEOPLE + 2 + 2 + PARENTS
    assert (moved.verdict.events, moved.verdict.chains, moved.verdict.breaks) == (3, 2, ())
    assert told[-1] == (moved.rows, moved.rows)
    before["inbox"][0] |= {"state": "ready", "owner": ""}
    before["outbox"][0]["facts"] = {"said": "灯坏了", "kept": "😀 \\u0000", "deep": [{"": 1}]}
    before["outbox"][1]["reason"] = "ab"
    before["lease"] = []
    assert {table.name: await rows(vacant, table) for table in SQLModel.metadata.sorted_tables} == before


async def test_what_comes_after_gets_numbers_of_its_own(file, bare):
    await move(file, bare, AT, nothing)
    engine = open_engine(bare)
    timer = {"complaint": 7, "stage": "s", "clock": 1, "point": "p", "due_at": AT}
    async with engine.begin() as connection:
        fresh = await connection.execute(INBOX.insert().returning(INBOX.c.id), unnumbered(update(10)))
        first = await connection.execute(TIMER.insert().returning(TIMER.c.id), timer)
        assert (fresh.scalar(), first.scalar()) == (10, 1)
    await engine.dispose()


async def test_who_has_moved_is_told_so_wherever_the_file_is_opened(file, bare):
    await move(file, bare.replace("postgres@", "postgres:hunter2@"), AT, nothing)
    with pytest.raises(MovedAway, match=r"was moved to postgresql\+asyncpg://postgres:\*\*\*@127") as told:
        await ready(url_of(file))
    assert "hunter2" not in str(told.value)
    with pytest.raises(MovedAway), hold(url_of(file)):
        pass
    with pytest.raises(MovedAway):
        await move(file, bare, AT, nothing)
    go_back(file)
    await ready(url_of(file))
    with pytest.raises(NotMoved, match="never moved"):
        go_back(file)


async def test_while_the_bot_runs_nothing_is_moved_whatever_its_file_is_called(file, bare, tmp_path):
    (tmp_path / "other.db").symlink_to(file)
    for name in (file, tmp_path / "other.db"):
        with hold(f"sqlite+aiosqlite:///{name}"), pytest.raises(AlreadyRunning):
            await move(file, bare, AT, nothing)
    assert await holds_nothing(bare)


async def test_nobody_else_writes_while_rows_are_copied(file, bare):
    refused = []

    def write(there, every):
        with closing(sqlite3.connect(file, timeout=0)) as other:
            try:
                other.execute("UPDATE person SET name = 'late'")
            except sqlite3.OperationalError as error:
                refused.append(str(error))

    await move(file, bare, AT, write)
    assert set(refused) == {"database is locked"}


async def test_a_failure_on_the_way_leaves_both_as_they_were(file, vacant):
    def fail(there, every):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await move(file, vacant, AT, fail)
    laid = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    assert await postgresql.ask(vacant, laid) == [(0,)]
    await ready(url_of(file))
    await move(file, vacant, AT, nothing)


async def test_a_row_that_postgresql_refuses_stops_the_move_without_its_words(file, bare):
    says(file, "UPDATE inbox SET error = '13900000001', attempts = 3000000000 WHERE id = 3")
    with pytest.raises(NotMoved) as told:
        await move(file, bare, AT, nothing)
    assert "refuses rows of inbox" in str(told.value)
    assert "139" not in str(told.value)
    assert await holds_nothing(bare)


@pytest.mark.parametrize(
    ("statement", "why"),
    mostly_thorough(
        [
            ("UPDATE event SET body = '{\"n\": 9}' WHERE seq = 1 AND complaint IS NULL", "the ledger doesn't hold"),
            ("DROP TABLE alembic_version", "nothing of Mashang's"),
        ]
    ),
)
async def test_a_file_that_isn_t_whole_stays(file, bare, statement, why):
    says(file, statement)
    with pytest.raises(NotMoved, match=why):
        await move(file, bare, AT, nothing)
    assert await holds_nothing(bare)


async def test_an_older_file_is_migrated_first(file, bare):
    says(file, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(MigrationNeeded, match="run `mashang migrate`"):
        await move(file, bare, AT, nothing)


async def test_a_row_that_went_missing_on_the_way_is_found_out(file, bare, monkeypatch):
    written = to_postgresql._write

    async def forgetful(target, table, found):
        await written(target, table, found[1:] if table is OUTBOX else found)

    monkeypatch.setattr(to_postgresql, "_write", forgetful)
    with pytest.raises(NotMoved, match="of 2 rows of outbox 1 arrived"):
        await move(file, bare, AT, nothing)
    assert await holds_nothing(bare)


async def test_a_ledger_that_comes_out_different_is_found_out(file, bare, monkeypatch):
    written = to_postgresql._write

    async def forging(target, table, found):
        forged = chained(None, [{"n": "forged"}, {}]) + chained(7, [{}])
        links = [{**row, "id": n, "body": json.dumps(row["body"])} for n, row in enumerate(forged, 1)]
        await written(target, table, links if table is EVENT else found)

    monkeypatch.setattr(to_postgresql, "_write", forging)
    with pytest.raises(NotMoved, match="the ledger came out different"):
        await move(file, bare, AT, nothing)
    assert await holds_nothing(bare)


async def test_a_target_that_was_laid_but_holds_nothing_will_do(file, bare):
    moved = await move(file, bare, AT, nothing)
    engine = open_engine(bare)
    assert await verify(engine) == moved.verdict
    await engine.dispose()


@pytest.mark.parametrize(
    ("statement", "why"),
    mostly_thorough(
        [
            ("INSERT INTO company VALUES ('c', '', '', '')", "its company has rows: name an empty one"),
            ("INSERT INTO lease VALUES ('alive:x', 'x', 9e9)", "a bot runs on that PostgreSQL database"),
        ]
    ),
)
async def test_a_target_in_use_is_refused(file, bare, statement, why):
    await postgresql.ask(bare, statement)
    with pytest.raises(NotMoved, match=why):
        await move(file, bare, AT, nothing)
    await ready(url_of(file))


async def test_what_is_no_target_and_what_is_no_file_is_told(file, bare, tmp_path):
    with pytest.raises(NotMoved, match="a move goes to PostgreSQL"):
        await move(file, url_of(tmp_path / "other.db"), AT, nothing)
    with pytest.raises(NotMoved, match="there is no file"):
        await move(Path("nowhere.db"), bare, AT, nothing)
    with pytest.raises(DatabaseUnreachable, match="MASHANG_DATABASE_URL"):
        await move(file, "postgresql+asyncpg://nobody@127.0.0.1:9/none", AT, nothing)
