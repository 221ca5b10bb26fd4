"""Who may work on the database? On SQLite one process, and the lock dies with it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.faults import DatabaseUnreachable, StorageFault


class AlreadyRunning(StorageFault):
    """Another process works on this database."""


@contextmanager
def hold(url: str) -> Iterator[None]:
    """Keep the SQLite file for this process; PostgreSQL needs no such lock. AlreadyRunning where it is kept."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        yield
        return
    path = Path(f"{parsed.database}.lock")
    try:
        file = path.open("ab")
    except OSError as error:
        raise DatabaseUnreachable(f"{path} can't be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"another process works on {parsed.database}: stop it first, or name another database"
            ) from None
        yield
