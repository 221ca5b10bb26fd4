"""The database engine, opened so that it loses nothing."""

from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Dialect, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.db.sqlite_driver import BEGIN, PRAGMAS, connect

Upsert: TypeAlias = postgresql.Insert | sqlite.Insert

# How a connection is told that all it reads is of one instant.
SNAPSHOT: dict[str, dict[str, Any]] = {
    "sqlite": {"snapshot": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

# PostgreSQL: seconds, and milliseconds where the server counts. An instance stopped in the middle of a transaction lets
# go of its rows before another one leads; one that waits for an answer that never comes gives up.
CONNECTING: dict[str, Any] = {
    "timeout": 5,
    "command_timeout": 15,
    "server_settings": {
        "application_name": "mashang",
        "idle_in_transaction_session_timeout": "10000",
        "lock_timeout": "10000",
        "timezone": "UTC",
    },
}
# A migration, a move or a look at the whole ledger lasts as long as it lasts.
PATIENT: dict[str, Any] = {
    **{name: value for name, value in CONNECTING.items() if name != "command_timeout"},
    "server_settings": {
        k: v for k, v in CONNECTING["server_settings"].items() if k in ("application_name", "timezone")
    },
}
# Connections that stay open: as many as updates are handled and messages sent at a time.
KEPT: dict[str, Any] = {"pool_size": 16, "max_overflow": 32}
KEEPS = {"fsync": ("on",), "synchronous_commit": ("on", "local", "remote_write", "remote_apply")}


def open_engine(url: str, *, patient: bool = False) -> AsyncEngine:
    """An engine on which every transaction of SQLite begins by word: IMMEDIATE, or DEFERRED for a snapshot.

    A `patient` one is for what somebody runs by hand and waits for.
    """
    if url.startswith("postgresql"):  # whose connections may have been dropped since they were last used
        connecting = PATIENT if patient else CONNECTING
        return create_async_engine(url, hide_parameters=True, connect_args=connecting, pool_pre_ping=True, **KEPT)
    engine = create_async_engine(url, hide_parameters=True, **KEPT)
    event.listen(engine.sync_engine, "do_connect", _connect)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _connect(dialect: Dialect, record: ConnectionPoolEntry, arguments: object, options: dict[str, object]) -> None:
    """Tell SQLAlchemy which connections to make."""
    options["async_creator_fn"] = connect


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("foreign_keys", True):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    snapshot = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql("BEGIN" if snapshot else BEGIN)


async def in_snapshot(connection: AsyncConnection) -> AsyncConnection:
    """The same connection, which from now on reads one instant and writes nothing."""
    return await connection.execution_options(**SNAPSHOT[connection.dialect.name])


def insert_into(bind: AsyncEngine | AsyncConnection, table: Table) -> Upsert:
    """An insert of this database's dialect, so that `on_conflict_do_…` can be said."""
    return postgresql.insert(table) if bind.dialect.name == "postgresql" else sqlite.insert(table)


@lru_cache
def upsert_into(
    dialect: str,
    table: Table,
    index: tuple[str, ...],
    changed: tuple[str, ...],
    only: ColumnElement[bool] | None = None,
) -> Upsert:
    """An insert that changes these columns where the row is there already (`only` where that holds of it).

    It is made once: what stands in the columns comes with it as parameters.
    """
    fresh = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    if not changed:
        return fresh.on_conflict_do_nothing(index_elements=index)
    return fresh.on_conflict_do_update(
        index_elements=index, set_={name: fresh.excluded[name] for name in changed}, where=only
    )


async def assert_durable(engine: AsyncEngine) -> None:
    """Raise unless the database has the settings that durability rests on."""
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            for name, wanted in PRAGMAS.items():
                _assert(name, str((await connection.execute(text(f"PRAGMA {name}"))).scalar()), (wanted,))
        else:
            for name, allowed in KEEPS.items():
                _assert(name, str((await connection.execute(text(f"SHOW {name}"))).scalar()), allowed)


def _assert(name: str, got: str, allowed: tuple[str, ...]) -> None:
    if got not in allowed:
        raise RuntimeError(f"the database refused {name} = {allowed[0]}: it says {got}")
