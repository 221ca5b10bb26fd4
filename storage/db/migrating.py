"""The check that tables have this version's shape, and the migrations that bring them there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.db.engine import open_engine
from storage.db.errors import DatabaseUnreachable, MigrationNeeded
from storage.db.locking import assert_here, assert_one_name

if TYPE_CHECKING:
    from alembic.config import Config

Then: TypeAlias = "Callable[[AsyncConnection, bool], Awaitable[None]]"
HERE = Path(__file__).parents[1] / "migrations"


def stands(url: str) -> bool:
    """Whether there is a database at all: one that is a file may not be there yet, or have nothing in it."""
    parsed = make_url(url)
    file = Path(parsed.database or "")
    return parsed.get_backend_name() != "sqlite" or (file.exists() and file.stat().st_size > 0)


def configuration(connection: Connection) -> Config:
    """What alembic needs to know; `migrations/env.py` works on the connection given here."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(configuration(connection), "head")


def revision(connection: Connection) -> str | None:
    """Where the database stands; None before its first migration."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def revisions() -> list[str]:
    """All that this version knows, the newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(HERE).walk_revisions()]


async def migrate(url: str, then: Then | None = None) -> tuple[str | None, str]:
    """Bring the tables to the newest revision in one transaction; returns where they stood and stand.

    `then` is called within it, with whether anything was changed.

    SQLite makes a table anew to change it, and would take dropping the old one for deleting what others refer to: so
    its foreign keys are looked at once, at the end.
    """
    async with transaction(url, foreign_keys=False) as connection:
        before = await connection.run_sync(revision)
        if before is not None and before not in revisions():
            raise MigrationNeeded(_unknown(before))
        if before is None and not await connection.run_sync(_empty):
            raise MigrationNeeded(FOREIGN)
        await connection.run_sync(upgrade)
        after = await connection.run_sync(revision)
        if after != before:
            await connection.run_sync(_assert_references)
        if then is not None:
            await then(connection, after != before)
    return before, after or ""


async def ready(url: str) -> None:
    """An empty database is migrated, one at the newest revision passes; any other raises MigrationNeeded.

    MovedAway where everything went to another database.
    """
    assert_one_name(url)
    assert_here(url)
    async with transaction(url, patient=False) as connection:
        await make_ready(connection)


async def is_ready(url: str) -> bool:
    """Whether there is a database at the newest revision, and not an empty one or none; nothing is made or changed.

    MigrationNeeded and MovedAway as `ready`.
    """
    if not stands(url):
        return False
    assert_one_name(url)
    assert_here(url)
    async with transaction(url, patient=False) as connection:
        return await _is_shaped(connection)


async def make_ready(connection: AsyncConnection) -> None:
    """What `ready` says, within a transaction that is under way."""
    if not await _is_shaped(connection):
        await connection.run_sync(upgrade)


async def _is_shaped(connection: AsyncConnection) -> bool:
    """At the newest revision, or empty (False); MigrationNeeded where it is neither."""
    newest, *_ = known = revisions()
    at = await connection.run_sync(revision)
    if at is None and await connection.run_sync(_empty):
        return False
    if at is None:
        raise MigrationNeeded(FOREIGN)
    if at not in known:
        raise MigrationNeeded(_unknown(at))
    if at != newest:
        raise MigrationNeeded(f"the database is at {at}, this version works on {newest}: run `mashang migrate`")
    return True


FOREIGN = "the database has tables already, and none of them says its revision: name an empty one"


def _unknown(stands: str) -> str:
    return f"the database is at {stands}, which this version doesn't know: install the version that has made it"


def _empty(connection: Connection) -> bool:
    return not set(inspect(connection).get_table_names()) - {"alembic_version"}


def _assert_references(connection: Connection) -> None:
    """MigrationNeeded where rows refer to what isn't there; PostgreSQL has looked by itself."""
    if connection.dialect.name == "sqlite":
        lost = sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})
        if lost:
            raise MigrationNeeded(f"rows of {', '.join(lost)} refer to rows that aren't there: restore a sound backup")


@asynccontextmanager
async def readied(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database that is at the newest revision (see `ready`), for as long as a command needs it."""
    await ready(url)
    engine = open_engine(url, patient=True)
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def transaction(url: str, *, patient: bool = True, foreign_keys: bool = True) -> AsyncIterator[AsyncConnection]:
    """One transaction on a database that nobody has opened yet: committed at the end, or nothing has happened."""
    try:
        engine = open_engine(url, patient=True) if patient else open_engine(url)
    except ModuleNotFoundError as error:
        raise DatabaseUnreachable(f"this kind of database needs the package {error.name}: install it") from error
    try:
        async with engine.execution_options(foreign_keys=foreign_keys).begin() as connection:
            yield connection
    except (DBAPIError, OSError) as error:
        why = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseUnreachable(f"the database can't be used ({why}): see MASHANG_DATABASE_URL") from error
    finally:
        await engine.dispose()
