"""Tables and columns are called what they hold; what became of a message stands in columns instead of a sentence."""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = {
    "role": "appointment",
    "complainant": "household",
    "saying": "statement",
    "message": "sent_message",
    "misstep": "failed_code_attempt",
    "watch": "on_call_shift",
}
INDEXES = {
    "role": {"person": ["person"], "phone": ["phone"], "scope": ["scope", "role"]},
    "complainant": {"complaint": ["complaint"], "person": ["person"], "pseudonym": ["pseudonym"]},
    "saying": {"complaint": ["complaint"]},
    "message": {"complaint": ["complaint"], "stale": ["live", "shown", "wanted"], "vanish_at": ["vanish_at"]},
    "misstep": {"person": ["person", "at"]},
    "watch": {"project": ["project", "until"]},
}
UNIQUE = {"role": ["phone", "role", "scope", "since"], "message": ["destination", "message_id"]}
COLUMNS = {
    "sent_message": {"reader": "recipient_role", "complainant": "household"},
    "outbox": {"reader": "recipient_role", "complainant": "household", "outcome": "prose"},
    "follower": {"complainant": "household"},
    "invitation": {"role": "appointment"},
    "inbox": {"actor": "sender_id", "held": "throttled", "deaths": "crash_count"},
}

OUTCOMES = (
    "ambiguous", "rate_limited", "not_sent", "refused", "unreachable", "uneditable", "misplaced", "moved",
    "unrenderable", "pointless", "erased", "digested",
)  # fmt: skip
# What version 0.1.0 has written down, in its words.
AMBIGUOUS = re.compile(r"ambiguous ×(\d+): (.*)", re.DOTALL)
DIGESTED = "in "
SAID = {
    "no point any more": "pointless",
    "erased": "erased",
    "429": "rate_limited",
    "can't be rendered": "unrenderable",
    "ChatMigrated": "moved",
    **dict.fromkeys(("message thread not found", "topic_deleted", "topic_closed"), "misplaced"),
    **dict.fromkeys(("message to edit not found", "message can't be edited", "message_id_invalid"), "uneditable"),
    **dict.fromkeys(
        (
            "chat not found", "user is deactivated", "user not found", "peer_id_invalid", "not enough rights to send",
            "bot was blocked", "bot was kicked", "bot is not a member", "Forbidden",
        ),
        "unreachable",
    ),
}  # fmt: skip
OUTBOX = sa.table(
    "outbox",
    *(sa.column(name) for name in ("id", "key", "state", "plain", "prose", "outcome", "reason", "unknown_ends")),
    sa.column("digest_id"),
)
INBOX = sa.table("inbox", sa.column("state"))
TIMER = sa.table("timer", *(sa.column(name) for name in ("complaint", "stage", "round", "state", "provisional")))
COMPLAINT = sa.table("complaint", sa.column("id"), sa.column("body", sa.JSON()))


def upgrade() -> None:
    for old, new in TABLES.items():
        _rename(old, new)
    _rename_columns()
    _add_columns()
    _dead_letters()
    _outcomes()
    _provisional()
    op.create_table(
        "registry_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_version")),
    )


def _rename(old: str, new: str) -> None:
    """The table, with all that is called after it."""
    for name in INDEXES[old]:
        op.drop_index(f"ix_{old}_{name}", old)
    op.rename_table(old, new)
    for name, columns in INDEXES[old].items():
        op.create_index(f"ix_{new}_{name}", new, columns)
    with op.batch_alter_table(new) as batch:
        if old in UNIQUE:
            named = "_".join(UNIQUE[old])
            batch.drop_constraint(op.f(f"uq_{old}_{named}"), type_="unique")
            batch.create_unique_constraint(op.f(f"uq_{new}_{named}"), UNIQUE[old])
        if old == "complainant":
            batch.drop_constraint(op.f("ck_complainant_contact"), type_="check")
            batch.create_check_constraint(op.f("ck_household_contact"), "contact IN ('phone', 'bot', 'anonymous')")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER INDEX pk_{old} RENAME TO pk_{new}")
        op.execute(f"ALTER SEQUENCE IF EXISTS {old}_id_seq RENAME TO {new}_id_seq")


def _rename_columns() -> None:
    for index in ("ix_inbox_open", "ix_inbox_recent"):
        op.drop_index(index, "inbox")
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for old, new in columns.items():
                batch.alter_column(old, new_column_name=new)
    op.create_index("ix_inbox_open", "inbox", ["state", "sender_id", "id"])
    op.create_index("ix_inbox_recent", "inbox", ["sender_id", "received_at"])


def _add_columns() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("outcome", sa.String(), nullable=True))
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("unknown_ends", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("digest_id", BIG, nullable=True))
    with op.batch_alter_table("timer") as batch:
        batch.add_column(sa.Column("provisional", sa.Boolean(), nullable=False, server_default=sa.false()))


def _dead_letters() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.drop_constraint(op.f("ck_inbox_state"), type_="check")
    op.execute(INBOX.update().where(INBOX.c.state == "aside").values(state="dead_letter"))
    with op.batch_alter_table("inbox") as batch:
        batch.create_check_constraint(
            op.f("ck_inbox_state"), "state IN ('ready', 'claimed', 'done', 'dead_letter')"
        )


# --- what became of messages ------------------------------------------------------------------------------------


def _outcomes() -> None:
    """Every sentence becomes an outcome, with the sentence as its reason where it says more."""
    _ambiguous()
    _digested()
    for said, outcome in SAID.items():
        mine = (OUTBOX.c.prose == said, OUTBOX.c.outcome.is_(None))
        op.execute(OUTBOX.update().where(*mine).values(outcome=outcome, reason=said))
    rest = OUTBOX.update().where(OUTBOX.c.prose != "", OUTBOX.c.outcome.is_(None))
    refused = sa.or_(OUTBOX.c.state == "dead", OUTBOX.c.plain == sa.true())
    op.execute(rest.where(refused).values(outcome="refused", reason=OUTBOX.c.prose))
    op.execute(rest.values(outcome="not_sent", reason=OUTBOX.c.prose))
    listed = ", ".join(f"'{outcome}'" for outcome in OUTCOMES)
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("prose")
        batch.create_check_constraint(op.f("ck_outbox_outcome"), f"outcome IN ({listed})")


def _ambiguous() -> None:
    """How many sends in a row nobody knows the end of."""
    connection = op.get_bind()
    said = sa.select(OUTBOX.c.id, OUTBOX.c.prose).where(OUTBOX.c.prose.startswith("ambiguous ×"))
    for number, prose in connection.execute(said).all():
        if (found := AMBIGUOUS.fullmatch(prose)) is not None:
            values = {"outcome": "ambiguous", "unknown_ends": int(found[1]), "reason": found[2]}
            connection.execute(OUTBOX.update().where(OUTBOX.c.id == number).values(**values))


def _digested() -> None:
    """Whatever was told in a digest knows its row instead of its key."""
    digest = OUTBOX.alias("digest")
    key = sa.func.substr(OUTBOX.c.prose, len(DIGESTED) + 1)
    number = sa.select(digest.c.id).where(digest.c.key == key).scalar_subquery()
    mine = (OUTBOX.c.state == "digested", OUTBOX.c.prose.startswith(DIGESTED))
    op.execute(OUTBOX.update().where(*mine).values(outcome="digested", digest_id=number))


def _provisional() -> None:
    """What a case waits for by a provisional clock."""
    connection = op.get_bind()
    marked = sa.cast(COMPLAINT.c.body, sa.Text()).contains('"provisional": true')
    for number, body in connection.execute(sa.select(COMPLAINT.c.id, COMPLAINT.c.body).where(marked)).all():
        case = json.loads(body) if isinstance(body, str) else body
        for clock in case["clocks"]:
            if clock["state"] == "running" and clock["provisional"]:
                mine = (TIMER.c.complaint == number, TIMER.c.stage == clock["stage"], TIMER.c.round == clock["round"])
                waits = TIMER.update().where(*mine, TIMER.c.state == "waiting")
                connection.execute(waits.values(provisional=sa.true()))
