"""How is the database opened so that it loses nothing?"""

from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}


def open_engine(url: str) -> AsyncEngine:
    """An engine on which every transaction of SQLite begins by word: IMMEDIATE, or DEFERRED for a snapshot."""
    engine = create_async_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def _begin(connection: Any) -> None:
    snapshot = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql("BEGIN" if snapshot else "BEGIN IMMEDIATE")


async def assert_durable(engine: AsyncEngine) -> None:
    """Raise unless SQLite took the settings that durability rests on."""
    if engine.dialect.name != "sqlite":
        return
    async with engine.connect() as connection:
        for name, wanted in PRAGMAS.items():
            got = str((await connection.execute(text(f"PRAGMA {name}"))).scalar())
            if got != wanted:
                raise RuntimeError(f"SQLite refused {name} = {wanted}: it says {got}")
