"""Messages that a restored copy holds unsent are marked as possible repeats."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.tables import OUTBOX

SAID = ("send", "files", "document")  # methods whose repeat somebody would see


def mark_repeats(file: Path) -> int:
    """Mark each message of the file that waits or was on its way as possibly sent; how many that are."""
    places = ", ".join("?" * len(SAID))
    marked = f"""
        UPDATE {OUTBOX.name} SET repeat = 1
        WHERE state IN ('ready', 'sending') AND repeat = 0 AND method IN ({places})
    """  # noqa: S608 - our own names
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(marked, SAID).rowcount
