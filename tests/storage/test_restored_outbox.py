"""Messages that a restored copy holds unsent go out marked as possible repeats, and no others do."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from storage.db.locking import MARK
from storage.db.migrating import ready
from storage.maintenance.backup import staged, take_place
from storage.maintenance.restored_outbox import mark_repeats
from storage.maintenance.to_postgresql import go_back

AT = datetime(2026, 4, 1, tzinfo=UTC)
OUTBOX_MESSAGES = [
    ("send", "ready", 0), ("send", "ready", 2), ("files", "sending", 1), ("document", "ready", 0),
    ("edit", "ready", 0), ("delete", "ready", 0), ("leave", "ready", 0), ("send", "sent", 1), ("send", "dead", 1),
    ("send", "digested", 0), ("send", "dropped", 0),
]  # fmt: skip
REPEATED = [0, 1, 2, 3]


@pytest.fixture
async def file(tmp_path):
    path = tmp_path / "kept.db"
    await ready(f"sqlite+aiosqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, (method, state, attempts) in enumerate(OUTBOX_MESSAGES):
            row = (str(number), method, state, attempts, '{"text": "said"}')
            connection.execute(
                "INSERT INTO outbox (key, method, state, attempts, rendered, kind, seq, recipient_role,"
                " priority, not_before, owner, repeat, plain, made_at, reason, unknown_ends, facts)"
                " VALUES (?, ?, ?, ?, ?, '', 0, '', 1, 0, '', 0, 0, '2026-04-01', '', 0, 'null')",
                row,
            )
    return path


def repeated(file):
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT key, repeat, rendered FROM outbox ORDER BY id").fetchall()
    assert {rendered for *_, rendered in rows} == {'{"text": "said"}'}
    return [int(key) for key, repeat, _ in rows if repeat]


def test_only_what_somebody_would_read_twice_is_marked(file):
    assert mark_repeats(file) == len(REPEATED)
    assert repeated(file) == REPEATED
    assert mark_repeats(file) == 0


def test_a_restored_file_is_marked_and_its_backup_is_not(file, tmp_path):
    target = tmp_path / "bot.db"
    with staged(file, target) as fresh:
        take_place(fresh, target, AT)
    assert repeated(target) == REPEATED
    assert repeated(file) == []


def test_a_file_that_one_goes_back_to_is_marked(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"CREATE TABLE {MARK} (place TEXT NOT NULL, at TEXT NOT NULL)")
        connection.execute(f"INSERT INTO {MARK} VALUES ('there', 'then')")
    assert go_back(file) == "there"
    assert repeated(file) == REPEATED
