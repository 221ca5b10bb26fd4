"""Accounts that lost a duty to somebody else, and indexes for what every start, beat and look asks."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "displacement",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column(
            "person",
            BIG,
            sa.ForeignKey("person.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
            nullable=False,
        ),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("why IN ('claimed', 'renamed')", name=op.f("ck_displacement_why")),
    )
    op.create_index("ix_displacement_person", "displacement", ["person"])
    op.create_index("ix_displacement_told", "displacement", ["told", "id"])
    op.create_index("ix_complaint_state", "complaint", ["state", "id"])
    op.create_index("ix_timer_case", "timer", ["complaint", "state", "stage"])
    op.create_index("ix_outbox_event", "outbox", ["complaint", "seq", "state"])
    op.drop_index("ix_sent_message_stale", "sent_message")
    op.create_index(
        "ix_sent_message_stale",
        "sent_message",
        ["edited"],
        sqlite_where=sa.text("live = 1 AND shown < wanted"),
        postgresql_where=sa.text("live AND shown < wanted"),
    )
