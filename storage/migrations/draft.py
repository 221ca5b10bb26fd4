"""`python -m storage.migrations.draft "message"`: a next revision from what `storage/tables/` says now."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from storage.db.engine import open_engine
from storage.db.migrating import configuration, revisions, upgrade

TIDY = {
    "hooks": "tidy",
    "tidy.type": "module",
    "tidy.module": "ruff",
    "tidy.options": "format REVISION_SCRIPT_FILENAME",
}


def draft(connection: Connection, message: str) -> None:
    """Write the file that leads from the revisions so far to today's tables; read it before you keep it."""
    from alembic import command

    number = f"{len(revisions()) + 1:04}"
    upgrade(connection)
    config = configuration(connection)
    for name, value in TIDY.items():
        config.set_section_option("post_write_hooks", name, value)
    command.revision(config, message, autogenerate=True, rev_id=number)


async def main(message: str) -> None:
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite+aiosqlite:///{Path(folder) / 'draft.db'}")
        async with engine.begin() as connection:
            await connection.run_sync(draft, message)
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(" ".join(sys.argv[1:])))
