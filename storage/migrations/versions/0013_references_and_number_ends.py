"""Every column that refers to another table is found by an index, and so is the end of a case's number.

Without one a database walks the whole table whenever a row may be referred to: SQLite did at each filing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PLAIN = (
    ("follower", "household"),
    ("home", "project"),
    ("invitation", "appointment"),
    ("invitation", "complaint"),
    ("invitation", "destination"),
    ("invitation", "person"),
    ("invitation", "used_by"),
)
OF_SOME = ("outbox", "sent_message")


def upgrade() -> None:
    for table, column in PLAIN:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table in OF_SOME:
        some = sa.text("household IS NOT NULL")
        op.create_index(
            f"ix_{table}_household", table, ["household"], sqlite_where=some, postgresql_where=some
        )
    op.create_index("ix_complaint_number_end", "complaint", [sa.text("substr(number, length(number) - 3)")])
