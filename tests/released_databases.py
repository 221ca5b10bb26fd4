"""The database that an earlier version has left, as a file and on PostgreSQL."""

import lzma
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from sqlalchemy import MetaData, create_engine, select

from storage.db.engine import open_engine
from storage.db.migrating import configuration

RELEASED = Path(__file__).parent / "storage" / "released"
REVISION = "0005"


def as_file(path: Path, version: str = "0.1.0") -> Path:
    """The file as it was left."""
    dump = lzma.decompress((RELEASED / version / "database.sql.xz").read_bytes()).decode()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump)
    return path


def url_of(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def on_postgresql(address: str, file: Path) -> None:
    """The same rows in the tables that the version made there."""
    old, rows = MetaData(), {}
    source = create_engine(f"sqlite:///{file}")
    with source.connect() as connection:
        old.reflect(connection)
        for table in old.sorted_tables:
            rows[table.name] = [dict(row) for row in connection.execute(select(table)).mappings()]
    source.dispose()
    engine = open_engine(address, patient=True)
    async with engine.begin() as connection:
        await connection.run_sync(lambda to: command.upgrade(configuration(to), REVISION))
        there = MetaData()
        await connection.run_sync(there.reflect)
        for name, found in rows.items():
            if found and name != "alembic_version":
                await connection.execute(there.tables[name].insert(), [_aware(row) for row in found])
                await _number_on(connection, there.tables[name])
    await engine.dispose()


def _aware(row):
    return {k: v.replace(tzinfo=UTC) if isinstance(v, datetime) else v for k, v in row.items()}


async def _number_on(connection, table):
    if "nextval" in str(table.c[0].server_default and table.c[0].server_default.arg):
        highest = f"(SELECT max(id) FROM {table.name})"
        await connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {highest})")
