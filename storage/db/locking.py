"""The lock on an SQLite file: one process at a time, and none once the file was moved to PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.engine import make_url

from storage.db.errors import DatabaseUnreachable, StorageFault

CAN_LOCK = find_spec("fcntl") is not None  # not on Windows: no bot can run there, and so nobody is kept out
MARK = "moved"  # a table of its own, in no migration: a file that has it is a leftover


class AlreadyRunning(StorageFault):
    """Another process works on this database."""


class CannotLock(StorageFault):
    """This system has no such locks, so that a second bot couldn't be refused."""


class LinkedTwice(StorageFault):
    """The file has another name, by which another process could work on it unseen."""


class MovedAway(StorageFault):
    """Everything that it held goes on in another database."""


def file_of(url: str) -> Path | None:
    """The file of an SQLite database, whichever name it was given by; None on PostgreSQL."""
    parsed = make_url(url)
    named = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return Path(named).resolve() if named else None


@contextmanager
def hold(url: str, *, even_moved: bool = False, even_linked: bool = False) -> Iterator[None]:
    """Keep the SQLite file for this process; PostgreSQL needs no such lock.

    AlreadyRunning where it is kept, MovedAway where it is a leftover, unless `even_moved`; LinkedTwice where it has
    another name, unless `even_linked`.
    """
    file = file_of(url)
    if file is None:
        yield
        return
    with _locked(file):
        if not even_linked:
            assert_one_name(url)
        if not even_moved:
            assert_here(url)
        yield


def assert_one_name(url: str) -> None:
    """Lock and write-ahead log go by the name: two bots on two names of one file would write it to pieces."""
    file = file_of(url)
    if file is not None and file.exists() and file.stat().st_nlink > 1:
        raise LinkedTwice(
            f"{file} has another name on this disk (a hard link): remove that one "
            f"(find it with `find DIRECTORY -samefile {file}`), and make copies with `mashang backup`"
        )


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    path = Path(f"{database}.lock")
    try:
        file = path.open("ab")
    except OSError as error:
        raise DatabaseUnreachable(f"{path} can't be written: {error.strerror}") from error
    with file:
        try:
            if CAN_LOCK:
                _lock(file)
        except BlockingIOError:
            raise AlreadyRunning(
                f"another process works on {database}: stop it first, or name another database"
            ) from None
        yield


def _lock(file: BinaryIO) -> None:
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def assert_locks() -> None:
    """CannotLock where a bot can't run for want of locks."""
    if not CAN_LOCK:
        raise CannotLock(
            "mashang run needs Linux or macOS, on Windows WSL or Docker: this system has no locks that keep a second "
            "bot away and no signals that end one tidily; demo, registry, deadline, pack and calendar work here"
        )


def assert_here(url: str) -> None:
    """MovedAway from a file that was moved: whoever worked on it would lose it all, and answer beside the other bot."""
    file = file_of(url)
    place = moved_to(file) if file is not None else ""
    if place:
        raise MovedAway(
            f"{file} was moved to {place}: set MASHANG_DATABASE_URL to that. "
            f"To go on with the file as it was before, `mashang move {file} --back`"
        )


def moved_to(file: Path) -> str:
    """The address (without its password) that everything in the file was moved to, or nothing."""
    if not file.exists():
        return ""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True)) as connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (MARK,)).fetchone():
            return str(connection.execute("SELECT place FROM moved").fetchone()[0])
    return ""
