"""What if messages may have been sent after a copy was made? Whatever it holds unsent says so when it goes."""

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
