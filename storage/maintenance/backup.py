"""Backup of the database while the bot runs, and restoring from a copy."""

import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from storage.db import migrating
from storage.db.civil_time import CIVIL
from storage.db.engine import open_engine
from storage.db.errors import StorageFault
from storage.db.ledger_key import LedgerKey
from storage.db.locking import assert_here, assert_one_name, moved_to
from storage.db.migrating import revision, revisions, transaction
from storage.maintenance import heads
from storage.maintenance.audit import Verdict, verify
from storage.maintenance.heads import Head
from storage.maintenance.restored_outbox import mark_repeats
from storage.maintenance.sealing import OtherSecret, migrate

PAGES = 1000  # of 4 kB, between two looks at how far it is
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
ORPHAN = re.compile(rf"\.(?P<name>.+)\.[0-9a-f]{{8}}\.part(?:{'|'.join(BESIDE)})?")
DATED = re.compile(r"\d{8}-\d{6}")  # as `stamp` writes a moment
ABANDONED = 3600.0  # seconds since somebody has last written to it
Told = Callable[[int, int], object]


class NoBackup(StorageFault):
    """It couldn't be made, or isn't one; what was there stays as it was."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a database holds, for whoever has to choose between two."""

    cases: int
    until: datetime | None

    def __str__(self) -> str:
        last = f"{self.until.astimezone(CIVIL):%Y-%m-%d %H:%M}" if self.until else "never"
        return f"cases: {self.cases}, last event: {last}"


# --- making one -------------------------------------------------------------------------------------------------


def named(file: Path, at: datetime) -> Path:
    """In a folder a backup has the name of its moment."""
    return file / f"mashang-{stamp(at)}.db" if file.is_dir() else file


def stamp(at: datetime) -> str:
    return f"{at.astimezone(CIVIL):%Y%m%d-%H%M%S}"


async def back_up(
    source: Path, file: Path, told: Told, at: datetime, key: LedgerKey | None = None, *, force: bool = False
) -> Verdict:
    """A copy of one instant, while the bot goes on; it has its name once it is whole and its ledger was looked at.

    Whoever reads it reads everything: only its owner may. The head of its ledger is written beside it first.
    """
    assert_one_name(url_of(source))
    key = key or LedgerKey()
    assert_here(url_of(source))
    _free(source, file, force=force)
    with _beside(file) as fresh:
        _clear_orphans(source, fresh)
        copy(source, fresh, told)
        verdict = await _verified(fresh, key) if await _is_newest(fresh) else await _verified_anew(fresh, key)
        _as_one_file(fresh)
        _write_head(replace(verdict.head, made_at=at.isoformat()).signed(key), heads.beside(file), force=force)
        _settle(fresh, file, force=force)
    return verdict


def _free(source: Path, file: Path, *, force: bool) -> None:
    if not source.is_file():
        raise NoBackup(f"there is no database {source}")
    if file.exists() and (not force or file.is_dir()):
        raise NoBackup(f"{file} is there already: name another file, or overwrite it with --force")
    if file.resolve() == source.resolve():
        raise NoBackup(f"{file} is the database itself")
    if any(Path(f"{file}{end}").exists() for end in (".lock", *BESIDE)):
        raise NoBackup(f"{file} is a database that somebody works on: name another file")
    if "?" in str(file.resolve()):
        raise NoBackup("a backup's path has no question mark")


def copy(source: Path, fresh: Path, told: Told = lambda there, every: None) -> None:
    """All pages as one snapshot has them, however much is written meanwhile; NoBackup unless they are sound."""
    try:
        with closing(_reading(source)) as old, closing(sqlite3.connect(fresh)) as new:
            old.execute("BEGIN")  # held to the end: else every write of the bot would begin the copy anew
            if not old.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                raise NoBackup(f"{source} holds nothing of Mashang's")
            old.backup(new, pages=PAGES, progress=lambda _, left, every: told(every - left, every), sleep=0)
            sound = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise NoBackup(f"{source} can't be copied ({error})") from error
    if sound != "ok":
        raise NoBackup(f"{source} is damaged: restore the newest backup that is sound")


def _reading(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)


async def _verified(file: Path, key: LedgerKey, *kept: Head) -> Verdict:
    engine = open_engine(url_of(file))
    try:
        return await verify(engine, key, kept)
    finally:
        await engine.dispose()


async def _is_newest(file: Path) -> bool:
    async with transaction(url_of(file)) as connection:
        return await connection.run_sync(revision) == revisions()[0]


async def _verified_anew(file: Path, key: LedgerKey) -> Verdict:
    """What an older version has left is looked at as this one would have it, in a copy that goes."""
    with _beside(file) as other:
        copy(file, other)
        await migrating.migrate(url_of(other))
        return await _verified(other, key)


def _write_head(head: Head, file: Path, *, force: bool) -> None:
    with _beside(file) as fresh:
        fresh.write_text(head.dump() + "\n", encoding="utf-8")
        _settle(fresh, file, force=force)


def _as_one_file(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.resolve()}"


# --- putting one in place ---------------------------------------------------------------------------------------


@contextmanager
def staged(file: Path, target: Path) -> Iterator[Path]:
    """A copy of the backup beside the database that it is for; the backup itself is never written to."""
    if not file.is_file():
        raise NoBackup(f"there is no backup {file}")
    with _beside(target) as fresh:
        copy(file, fresh)
        yield fresh


async def examined(
    fresh: Path, at: datetime, key: LedgerKey | None = None, head: Head | None = None
) -> tuple[Verdict, tuple[str | None, str]]:
    """Its ledger, and from which revision to which it was brought; MigrationNeeded where that is unknown.

    `head` is the one that was written beside it.
    """
    if place := moved_to(fresh):
        raise NoBackup(f"this copy was made after everything had moved to {place}: choose an earlier one")
    key = key or LedgerKey()
    try:
        brought = await migrate(url_of(fresh), key, at)
    except OtherSecret:  # which the verdict says, too; a copy isn't lost with its secret
        brought = await migrating.migrate(url_of(fresh))
    return await _verified(fresh, key, *([head] if head else [])), brought


def content(file: Path) -> Content | None:
    """None where it can't be read."""
    with suppress(sqlite3.Error), closing(_reading(file)) as connection:
        cases, until = connection.execute(
            "SELECT (SELECT count(*) FROM complaint), (SELECT max(at) FROM event)"
        ).fetchone()
        return Content(cases=cases, until=datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)
    return None


def take_place(fresh: Path, target: Path, at: datetime) -> Path | None:
    """What stood there keeps a dated name, which is returned. At no moment is there no database.

    What the backup holds unsent may have been sent since, and says so.
    """
    mark_repeats(fresh)
    _as_one_file(fresh)
    aside = None
    if target.exists():
        aside = target.with_name(f"{target.stem}-{stamp(at)}{target.suffix}")
        _like(target, fresh)
        _put_aside(target, aside)
    fresh.replace(target)
    _sync(target.parent)
    return aside


def _put_aside(target: Path, aside: Path) -> None:
    """The log of the old file must not be taken for the new one's: it is written into the file, or goes with it."""
    with suppress(sqlite3.Error):
        _as_one_file(target)
    try:
        os.link(target, aside)
    except FileExistsError:
        raise NoBackup(f"{aside} is there already: try again") from None
    except OSError:
        shutil.copy2(target, aside)  # a file system without links
    for end in BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{target}{end}").rename(f"{aside}{end}")


def _like(old: Path, fresh: Path) -> None:
    """Whoever could open the old one can open the new one, too, if root has restored it."""
    has = old.stat()
    fresh.chmod(has.st_mode & 0o777)
    with suppress(PermissionError):
        os.chown(fresh, has.st_uid, has.st_gid)


# --- files ------------------------------------------------------------------------------------------------------


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A file of another name in the same folder, for its owner only; whatever is left of it goes."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part").absolute()
    try:
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise NoBackup(f"{file.parent} can't be written: {error.strerror}") from error
    try:
        _clear_orphans(file, fresh)
        yield fresh
    finally:
        for end in ("", *BESIDE):
            Path(f"{fresh}{end}").unlink(missing_ok=True)


def _clear_orphans(file: Path, fresh: Path) -> None:
    """What a killed backup or restore of such a name has left: whole copies, which nobody would ever miss.

    One that is under way is written to again and again, and so is hardly older than the `fresh` one.
    """
    kind, youngest = DATED.sub("@", file.name), fresh.stat().st_mtime - ABANDONED
    with suppress(OSError):
        for left in file.absolute().parent.glob(".*.part*"):
            found = ORPHAN.fullmatch(left.name)
            if found and DATED.sub("@", found["name"]) == kind and left.stat().st_mtime < youngest:
                left.unlink(missing_ok=True)


def _settle(fresh: Path, file: Path, *, force: bool) -> None:
    """On the disk first, then under its name."""
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    if force:
        fresh.replace(file)
    else:
        try:
            os.link(fresh, file)
        except FileExistsError:
            raise NoBackup(f"{file} is there already: name another file, or overwrite it with --force") from None
        except OSError:
            fresh.replace(file)  # a file system without links
    _sync(file.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
