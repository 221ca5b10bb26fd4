"""The oldest updates that wait, found without looking at all of them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_inbox_oldest", "inbox", ["state", "id"])
