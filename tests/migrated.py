"""An empty SQLite database is migrated once a process; every further one gets the same tables as they then stood."""

from collections.abc import Callable

from sqlalchemy import Connection

from storage.db.migrating import revision

TABLES = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"


def once(upgrade: Callable[[Connection], None]) -> Callable[[Connection], None]:
    """The same, but for what it makes of an empty SQLite database: written down the first time, and repeated."""
    written: list[str] = []

    def laid(connection: Connection) -> None:
        if connection.dialect.name != "sqlite" or revision(connection) is not None:
            upgrade(connection)
        elif written:
            for statement in written:
                connection.exec_driver_sql(statement)
        else:
            upgrade(connection)
            written.extend(connection.exec_driver_sql(TABLES).scalars())
            written.append(f"INSERT INTO alembic_version VALUES ('{revision(connection)}')")

    return laid
