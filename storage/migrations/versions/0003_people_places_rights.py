"""People's homes, duties, absences and followers; places' facts and offices; what is to vanish."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.types import BigId

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
NEW_TABLES = ("follower", "topic", "home", "absence", "watch", "office", "misstep")
TEXTS = {
    "company": ("hours",),
    "district": ("hours", "lift_rescue", "gas_rescue"),
    "project": ("hours",),
    "person": ("acting",),
    "complainant": ("pseudonym",),
}


def _identity() -> sa.Column[Any]:
    return sa.Column("id", BigId, primary_key=True, autoincrement=True, nullable=False)


def _big(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, BigId, nullable=null)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _when(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def upgrade() -> None:
    _new_columns()
    _new_tables()


def _new_columns() -> None:
    for table, names in TEXTS.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("project") as batch:
        batch.add_column(sa.Column("households", sa.Integer(), nullable=False, server_default="0"))
        for name in ("high_rise", "direct_power"):
            batch.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("destination") as batch:
        batch.add_column(sa.Column("forum", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("message") as batch:
        batch.add_column(_when("vanish_at", null=True))
    with op.batch_alter_table("dialogue") as batch:
        batch.add_column(_when("touched_at", null=True))
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("invitation") as batch:
        batch.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="bind"))
        for name in ("complaint", "role", "used_by"):
            batch.add_column(_big(name, null=True))
        batch.create_check_constraint("kind", "kind IN ('bind', 'staff', 'family')")
    op.create_index("ix_inbox_recent", "inbox", ["actor", "received_at"])
    op.create_index("ix_message_vanish_at", "message", ["vanish_at"])
    op.create_index("ix_dialogue_touched_at", "dialogue", ["touched_at"])
    op.create_index("ix_complainant_pseudonym", "complainant", ["pseudonym"])


def _new_tables() -> None:
    op.create_table(
        "follower",
        _identity(),
        *(_big(name) for name in ("complaint", "person", "complainant")),
        sa.Column("active", sa.Boolean(), nullable=False),
        _when("since"),
        sa.UniqueConstraint("complaint", "person"),
    )
    op.create_index("ix_follower_person", "follower", ["person"])
    op.create_table(
        "topic", _identity(), _big("destination"), _text("street"), _big("thread"),
        sa.UniqueConstraint("destination", "street"),
    )  # fmt: skip
    op.create_table(
        "home", _identity(), _big("person"), _text("project"), _text("building"), _text("room"),
        sa.UniqueConstraint("person", "project", "building", "room"),
    )  # fmt: skip
    op.create_table(
        "absence", _identity(), _big("person"), _big("deputy"), _text("role"), _text("scope"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
    )  # fmt: skip
    op.create_index("ix_absence_scope", "absence", ["scope", "role"])
    for name in ("person", "deputy"):
        op.create_index(f"ix_absence_{name}", "absence", [name])
    op.create_table("watch", _identity(), _text("project"), _big("person"), _when("since"), _when("until"))
    op.create_index("ix_watch_project", "watch", ["project", "until"])
    op.create_table(
        "office", _identity(), *(_text(name) for name in ("district", "kind", "name", "phone", "hours")),
        sa.UniqueConstraint("district", "kind", "name"),
        sa.CheckConstraint("kind IN ('street', 'community', 'department', 'section')", name="kind"),
    )  # fmt: skip
    op.create_table("misstep", _identity(), _big("person"), _when("at"))
    op.create_index("ix_misstep_person", "misstep", ["person", "at"])


def downgrade() -> None:
    for table in NEW_TABLES:
        op.drop_table(table)
    for name, table in (
        ("ix_inbox_recent", "inbox"), ("ix_message_vanish_at", "message"), ("ix_complainant_pseudonym", "complainant"),
        ("ix_dialogue_touched_at", "dialogue"),
    ):  # fmt: skip
        op.drop_index(name, table)
    columns = {
        **TEXTS,
        "project": ("hours", "households", "high_rise", "direct_power"),
        "destination": ("forum",),
        "message": ("vanish_at",),
        "dialogue": ("touched_at",),
        "inbox": ("held",),
    }
    for table, names in columns.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
    with op.batch_alter_table("invitation") as batch:
        batch.drop_constraint("ck_invitation_kind", type_="check")
        for name in ("kind", "complaint", "role", "used_by"):
            batch.drop_column(name)
