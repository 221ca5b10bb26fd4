"""Rows refer to rows that are there, or to none: NULL in place of 0."""

from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


@dataclass(frozen=True)
class Key:
    """A column that refers to another table; `gone` is what follows where the row there is deleted."""

    table: str
    column: str
    to: str
    gone: str | None = None

    @property
    def parent(self) -> str:
        return "code" if self.to in ("company", "district", "project") else "id"


CASCADE, SET_NULL = "CASCADE", "SET NULL"
# Parents before their children, as SQLite makes each of these tables anew.
KEYS = (
    Key("office", "district", "district"),
    Key("project", "company", "company"),
    Key("project", "district", "district"),
    Key("complaint", "project", "project"),
    Key("complaint", "company", "company"),
    Key("complaint", "district", "district"),
    Key("destination", "person", "person", SET_NULL),
    Key("absence", "person", "person", CASCADE),
    Key("absence", "deputy", "person", CASCADE),
    Key("failed_code_attempt", "person", "person", CASCADE),
    Key("home", "person", "person", CASCADE),
    Key("home", "project", "project"),
    Key("on_call_shift", "project", "project"),
    Key("on_call_shift", "person", "person", CASCADE),
    Key("topic", "destination", "destination", CASCADE),
    Key("event", "complaint", "complaint"),
    Key("household", "complaint", "complaint"),
    Key("household", "person", "person", SET_NULL),
    Key("invitation", "person", "person", CASCADE),
    Key("invitation", "destination", "destination", SET_NULL),
    Key("invitation", "complaint", "complaint"),
    Key("invitation", "appointment", "appointment"),
    Key("invitation", "used_by", "person", SET_NULL),
    Key("statement", "complaint", "complaint"),
    Key("statement", "person", "person", SET_NULL),
    Key("timer", "complaint", "complaint"),
    Key("follower", "complaint", "complaint"),
    Key("follower", "person", "person", CASCADE),
    Key("follower", "household", "household"),
    Key("outbox", "complaint", "complaint"),
    Key("outbox", "household", "household"),
    Key("outbox", "destination", "destination", SET_NULL),
    Key("outbox", "digest_id", "outbox", SET_NULL),
    Key("sent_message", "destination", "destination", CASCADE),
    Key("sent_message", "complaint", "complaint"),
    Key("sent_message", "household", "household"),
)
NULLABLE = (
    ("event", "complaint"), ("household", "person"), ("outbox", "complaint"), ("outbox", "destination"),
    ("topic", "thread"),
)  # fmt: skip
NONE = {"event": "complaint", "topic": "thread"}  # in which 0 stood for none, and that is all that is mended there
# What becomes of rows whose other row was deleted while nothing looked after them.
DELETED = tuple(key for key in KEYS if key.gone == CASCADE) + (Key("sent_message", "complaint", "complaint"),)
EMPTIED = (
    *(key for key in KEYS if key.gone == SET_NULL),
    Key("outbox", "complaint", "complaint"),
    Key("outbox", "household", "household"),
    Key("sent_message", "household", "household"),
)


def upgrade() -> None:
    for table in dict.fromkeys(key.table for key in KEYS):
        _empty(table)
        _refer(table)
    op.create_index("ix_statement_person", "statement", ["person"])
    op.create_index("ix_on_call_shift_person", "on_call_shift", ["person"])
    for name, table, column, condition, unique in (
        ("ix_event_outside", "event", "seq", "complaint IS NULL", True),
        ("ix_outbox_digest", "outbox", "digest_id", "digest_id IS NOT NULL", False),
    ):
        only = sa.text(condition)
        op.create_index(name, table, [column], unique=unique, sqlite_where=only, postgresql_where=only)


def _empty(table: str) -> None:
    """What refers to nothing says so, or goes with what it belonged to."""
    with op.batch_alter_table(table) as batch:
        for name, column in NULLABLE:
            if name == table:
                batch.alter_column(column, existing_type=BIG, nullable=True)
    if table in NONE:
        none = sa.table(table, sa.column(NONE[table]))
        op.execute(none.update().where(none.c[NONE[table]] == 0).values({NONE[table]: None}))
    for key in KEYS:
        if key.table == table and key in (*DELETED, *EMPTIED):
            _let_go(key)


def _let_go(key: Key) -> None:
    rows = sa.table(key.table, sa.column(key.column))
    column = rows.c[key.column]
    parent = sa.table(key.to, sa.column(key.parent)).alias("parent")
    lost = (column.is_not(None), ~sa.exists().where(parent.c[key.parent] == column))
    op.execute(
        rows.delete().where(*lost) if key in DELETED else rows.update().where(*lost).values({key.column: None})
    )


def _refer(table: str) -> None:
    with op.batch_alter_table(table) as batch:
        for key in KEYS:
            if key.table == table:
                batch.create_foreign_key(
                    op.f(f"fk_{table}_{key.column}"),
                    key.to,
                    [key.column],
                    [key.parent],
                    ondelete=key.gone,
                    deferrable=True,
                    initially="DEFERRED",
                )
