"""What is urgent among the updates that wait: staff's, and what may be about danger."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
URGENT: dict[str, Any] = {"sqlite_where": sa.text("urgent = 1"), "postgresql_where": sa.text("urgent")}


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("inbox") as batch:
        batch.alter_column("urgent", server_default=None)
    op.create_index("ix_inbox_urgent_open", "inbox", ["state", "sender_id", "id"], **URGENT)
    op.create_index("ix_inbox_urgent_oldest", "inbox", ["state", "id"], **URGENT)
