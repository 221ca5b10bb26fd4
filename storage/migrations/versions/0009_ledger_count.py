"""Digests of cases, statements and households, a scheme for each link, and the count of the ledger.

What stands there has no digest yet: `storage.maintenance.sealing` makes them, since only it knows the key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = {
    "event": {"scheme": "sha256", "case_digest": "", "words_digest": ""},
    "complaint": {"digest": ""},
    "statement": {"digest": ""},
    "household": {"digest": ""},
}


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", BIG, primary_key=True, autoincrement=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("fold", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
    )
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for name, given in columns.items():
                batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=given))
        with op.batch_alter_table(table) as batch:
            for name in columns:
                batch.alter_column(name, server_default=None)
