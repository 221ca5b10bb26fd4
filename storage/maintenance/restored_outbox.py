"""Messages that a restored copy holds unsent are marked as possible repeats."""

import sqlite3
from contextlib import closing
from pathlib import Path

# Of methods whose repeat somebody would see.
MARKED = """
    UPDATE outbox SET repeat = 1
    WHERE state IN ('ready', 'sending') AND repeat = 0 AND method IN ('send', 'files', 'document')
"""


def mark_repeats(file: Path) -> int:
    """Mark each message of the file that waits or was on its way as possibly sent; how many that are."""
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(MARKED).rowcount
