"""Leases of replicas, whose an update is while it is handled, and letters that a digest has told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
STATES = "state IN ('ready', 'sending', 'sent', 'dropped', 'dead', 'digested')"


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), primary_key=True, nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
    )
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("owner", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("deaths", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_event_recent", "event", ["kind", "at"])
    with op.batch_alter_table("outbox") as batch:
        batch.drop_constraint(op.f("ck_outbox_state"), type_="check")
        batch.create_check_constraint(op.f("ck_outbox_state"), STATES)
