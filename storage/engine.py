"""How is the database opened so that it loses nothing?"""

from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.connecting import PRAGMAS, connect


def open_engine(url: str) -> AsyncEngine:
    """An engine on which every transaction of SQLite begins by word: IMMEDIATE, or DEFERRED for a snapshot."""
    engine = create_async_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "do_connect", _connect)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _connect(dialect: Any, record: Any, arguments: Any, options: dict[str, Any]) -> None:
    """Tell SQLAlchemy which connections to make."""
    options["async_creator_fn"] = connect


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
