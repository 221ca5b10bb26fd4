"""A PostgreSQL for tests: databases laid once and copied, each process with names of its own."""

import asyncio
import os
from contextlib import asynccontextmanager, contextmanager

import asyncpg
import pytest
from sqlalchemy.engine import make_url

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres")
MINE = f"mashang_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


def url(name: str) -> str:
    return make_url(SERVER).set(database=f"{MINE}_{name}").render_as_string(hide_password=False)


def plain(address: str) -> str:
    return address.replace("+asyncpg", "")


@asynccontextmanager
async def server():
    connection = await asyncpg.connect(plain(SERVER), timeout=5)
    try:
        yield connection
    finally:
        await connection.close()


async def drop(name: str) -> None:
    async with server() as connection:
        await connection.execute(f'DROP DATABASE IF EXISTS "{MINE}_{name}" WITH (FORCE)')


async def make(name: str, template: str = "") -> str:
    """A fresh database of that name, empty or a copy; its address."""
    await drop(name)
    async with server() as connection:
        copied = f' TEMPLATE "{MINE}_{template}"' if template else ""
        await connection.execute(f'CREATE DATABASE "{MINE}_{name}"{copied}')
    return url(name)


@asynccontextmanager
async def fresh(name: str, template: str = ""):
    """The address of such a database, for as long as it is needed."""
    try:
        yield await make(name, template)
    finally:
        await drop(name)


async def allow(address: str, *, connections: bool) -> None:
    """Let a database take connections, or drop all that there are and take no new one."""
    name = make_url(address).database
    async with server() as connection:
        await connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {str(connections).lower()}')
        if not connections:
            await connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)


async def ask(address: str, query: str):
    """The rows of a query of the test's own, past the house."""
    connection = await asyncpg.connect(plain(address), timeout=5)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


EMPTY = """
SET session_replication_role = replica;
SET synchronous_commit = off;
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences;
END $$
"""


async def empty(address: str) -> None:
    """No row is left in any table, and numbers begin at 1; truncating would make files anew."""
    connection = await asyncpg.connect(plain(address), timeout=5)
    try:
        await connection.execute(EMPTY)
    finally:
        await connection.close()


async def must_answer() -> None:
    """Skip, and say so, where no PostgreSQL answers; in CI that is a failure."""
    try:
        async with server():
            return
    except (OSError, asyncpg.PostgresError) as error:
        why = f"no PostgreSQL answers at TEST_POSTGRESQL ({type(error).__name__})"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@contextmanager
def laid_once(name, lay):
    """A database on PostgreSQL, laid for the whole run and copied for each test; its name."""

    async def begin():
        await must_answer()
        await lay(await make(name))

    asyncio.run(begin())
    try:
        yield name
    finally:
        asyncio.run(drop(name))
