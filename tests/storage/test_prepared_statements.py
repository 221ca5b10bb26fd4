"""What is run prepared reads and writes as SQLAlchemy would, and fails as it would."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, LargeBinary, Time, bindparam, event, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ResourceClosedError, StatementError
from sqlmodel import SQLModel

from storage.db.errors import is_its_own
from storage.db.prepared_statements import PreparedStatements, prepared
from storage.tables import COMPLAINT, OUTAGE, OUTBOX
from storage.tables.types import Instant

NOW = datetime(2026, 11, 18, 2, 0, 0, 123456, tzinfo=UTC)
SAMPLES = (
    (Instant, NOW),
    (JSON, {"谁": [1, None, "王"]}),
    (Boolean, True),
    (Date, date(2026, 11, 18)),
    (DateTime, NOW),
    (Time, time(8, 30)),
    (Float, 1.5),
    (LargeBinary, b"\x00\xff"),
    (Integer, 7),
)
FRESH = OUTAGE.insert()
BETWEEN = select(OUTAGE).where(OUTAGE.c.ended > bindparam("begin"))


def sample(column):
    return next((value for kind, value in SAMPLES if isinstance(column.type, kind)), "字")


async def without_checks(connection):
    for pragma in ("defer_foreign_keys", "ignore_check_constraints"):
        await connection.execute(text(f"PRAGMA {pragma} = 1"))


@pytest.fixture
def statements(engine):
    return PreparedStatements(engine)


@pytest.fixture
def sent(monkeypatch):
    """The texts that prepared statements have handed to the driver."""
    from storage.db import sqlite_driver

    seen = []
    for name in ("_fetched", "_written"):
        run = getattr(sqlite_driver, name)

        def noting(on, text, given, run=run):
            seen.append(text)
            return run(on, text, given)

        monkeypatch.setattr(sqlite_driver, name, noting)
    return seen


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
async def test_each_column_of_each_table_comes_back_as_sqlalchemy_has_it(engine, statements, sent, table):
    row, fresh, read = {column.name: sample(column) for column in table.columns}, table.insert(), select(table)
    async with engine.connect() as connection:
        await without_checks(connection)
        for _ in range(2):  # the first time SQLAlchemy writes, the second time it is prepared
            await connection.execute(table.delete())
            assert await statements.write(connection, fresh, [row]) == 1
        for _ in range(2):
            (mine,) = await statements.rows(connection, read, {})
        (theirs,) = (await connection.execute(read)).all()
        await connection.rollback()
    assert len(sent) == 2
    assert (mine._asdict(), dict(mine._mapping)) == (theirs._asdict(), dict(theirs._mapping))
    assert tuple(mine) == tuple(theirs)


async def test_nothing_is_the_same_nothing(engine, statements):
    row = {"key": "k", "destination": 1, "priority": 1, "made_at": NOW, "rendered": None, "facts": None}
    fresh, raw = OUTBOX.insert(), text("SELECT typeof(rendered), rendered, typeof(facts) FROM outbox ORDER BY id")
    async with engine.connect() as connection:
        await without_checks(connection)
        for n in range(2):
            await statements.write(connection, fresh, [{**blank(OUTBOX), **row, "key": f"k{n}"}])
        first, second = (await connection.execute(raw)).all()
        await connection.rollback()
    assert first == second


def blank(table):
    return {c.name: sample(c) for c in table.columns if not c.nullable and not c.primary_key}


async def test_what_is_asked_goes_in_by_its_name(engine, statements, sent):
    async with engine.connect() as connection:
        for _ in range(2):
            await statements.write(connection, FRESH, [{"began": NOW, "ended": NOW}])
        for _ in range(2):
            assert await statements.rows(connection, BETWEEN, {"begin": NOW}) == []
            assert len(await statements.rows(connection, BETWEEN, {"begin": NOW.replace(year=2025)})) == 2
    assert len(sent) == 4


@pytest.mark.parametrize("these", [[], [1], [1, 3], {2, 3, 9}, (3, 1, 2)])
async def test_lists_of_any_length_are_asked_for(engine, statements, sent, these):
    among = select(OUTAGE.c.id).where(OUTAGE.c.id.in_(bindparam("these", expanding=True)), OUTAGE.c.id.not_in((7, 8)))
    async with engine.connect() as connection:
        await statements.write(connection, FRESH, [{"id": n, "began": NOW, "ended": NOW} for n in (1, 2, 3)])
        await statements.rows(connection, among, {"these": [1, 1]})
        sent.clear()
        found = await statements.rows(connection, among, {"these": these})
        assert {row.id for row in found} == {*these} & {1, 2, 3}
        marked = OUTAGE.update().where(OUTAGE.c.id.in_(bindparam("these", expanding=True)))
        for _ in range(2):
            hit = await statements.write(connection, marked, [{"these": these, "ended": NOW}])
            assert hit == len({*these} & {1, 2, 3})
        await connection.rollback()
    assert len(sent) == 2


async def test_a_statement_is_kept_for_so_many_lengths_and_no_more(engine, statements, sent, monkeypatch):
    monkeypatch.setattr("storage.db.prepared_statements.MOST", 3)
    among = select(OUTAGE.c.id).where(OUTAGE.c.id.in_(bindparam("these", expanding=True)))
    async with engine.connect() as connection:
        for n in range(20):
            assert await statements.rows(connection, among, {"these": [*range(n)]}) == []
    assert 0 < len(sent) < 6


async def test_what_is_missing_is_refused(engine, statements):
    async with engine.connect() as connection:
        for _ in range(3):
            with pytest.raises(StatementError, match="begin"):
                await statements.rows(connection, BETWEEN, {})


async def test_it_fails_as_sqlalchemy_does(engine, statements):
    async with engine.connect() as connection:
        for _ in range(3):
            with pytest.raises(IntegrityError) as failed:
                await statements.write(connection, FRESH, [{"id": 1, "began": NOW, "ended": NOW}] * 2)
            assert "2026" not in str(failed.value)
            await connection.rollback()
        await connection.execute(text("DROP TABLE outage"))
        with pytest.raises(OperationalError):
            await statements.rows(connection, BETWEEN, {"begin": NOW})
        await connection.rollback()
    with pytest.raises(ResourceClosedError):
        await statements.rows(connection, BETWEEN, {"begin": NOW})


async def test_a_connection_that_was_closed_below_is_told_as_sqlalchemy_does(engine, statements):
    async with engine.connect() as connection:
        for _ in range(2):
            await statements.rows(connection, BETWEEN, {"begin": NOW})
        raw = await connection.get_raw_connection()
        await raw.driver_connection.close()
        with pytest.raises(DBAPIError) as failed:
            await statements.rows(connection, BETWEEN, {"begin": NOW})
        assert is_its_own(failed.value)


async def test_a_read_sees_one_instant_from_its_first_statement_on(engine, statements):
    async with engine.connect() as one:
        for _ in range(2):
            await statements.rows(one, BETWEEN, {"begin": NOW})
    async with engine.connect() as reading:
        reading = await reading.execution_options(snapshot=True)
        assert await statements.rows(reading, BETWEEN, {"begin": NOW.replace(year=2025)}) == []
        async with engine.begin() as writing:
            await writing.execute(FRESH, {"began": NOW, "ended": NOW})
        assert await statements.rows(reading, BETWEEN, {"begin": NOW.replace(year=2025)}) == []


async def test_who_listens_hears_every_statement(engine, statements, sent):
    heard = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *call: heard.append(call[2]))
    async with engine.connect() as connection:
        for _ in range(3):
            await statements.rows(connection, BETWEEN, {"begin": NOW})
    assert sent == []
    assert len([text for text in heard if "outage" in text]) == 3


@pytest.mark.parametrize(
    "statement",
    [
        select(COMPLAINT).where(COMPLAINT.c.id.in_(bindparam("these", expanding=True))),
        select(COMPLAINT.c.id, OUTBOX.c.id),
        OUTAGE.insert().returning(OUTAGE.c.id),
        text("SELECT 1"),
    ],
    ids=["a list that is missing", "two columns of one name", "a write that returns", "text"],
)
def test_what_takes_more_than_text_and_types_is_left_to_sqlalchemy(engine, statement):
    assert prepared(statement, ("began", "ended"), engine.dialect, {}) is None
