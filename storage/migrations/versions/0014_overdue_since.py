"""Since when an open case is overdue, as a column: lists of thousands are counted and paged by it.

It is read from the case's own clocks; only open cases have one.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = ("filed", "answered")
COMPLAINT = sa.table(
    "complaint",
    sa.column("id", sa.BigInteger()),
    sa.column("state", sa.String()),
    sa.column("body", sa.JSON()),
    sa.column("overdue_since", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.add_column("complaint", sa.Column("overdue_since", sa.DateTime(timezone=True)))
    some = sa.text("overdue_since IS NOT NULL")
    op.create_index(
        "ix_complaint_overdue", "complaint", ["overdue_since", "id"], sqlite_where=some, postgresql_where=some
    )
    here = op.get_bind()
    for row in here.execute(sa.select(COMPLAINT.c.id, COMPLAINT.c.body).where(COMPLAINT.c.state.in_(OPEN))).all():
        if (since := _overdue_since(row.body)) is not None:
            at = since.replace(tzinfo=None) if here.dialect.name == "sqlite" else since
            here.execute(COMPLAINT.update().where(COMPLAINT.c.id == row.id).values(overdue_since=at))


def _overdue_since(body: dict) -> datetime | None:  # type: ignore[type-arg]
    late = [c for c in body.get("clocks", ()) if c["state"] == "expired" and c.get("round", 1) == body.get("round", 1)]
    dues = [datetime.fromisoformat(c["due"]).astimezone(UTC) for c in late]
    return min(dues, default=None)
