"""A number for the registry and one for people and chats, which the database itself raises with every change of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = {
    "registry": ("district", "company", "project", "office", "appointment", "absence", "on_call_shift"),
    "people": ("person", "destination"),
}
RAISE = "INSERT INTO revision (topic, number) VALUES ({topic}, 1) ON CONFLICT (topic) DO UPDATE SET number = revision.number + 1"
FUNCTION = f"""CREATE FUNCTION raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {RAISE.format(topic="TG_ARGV[0]")};
  RETURN NULL;
END $$"""


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("topic", sa.String(), primary_key=True),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    )
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute(FUNCTION)
    for topic, tables in TABLES.items():
        for table in tables:
            _on_postgresql(topic, table) if on_postgresql else _on_sqlite(topic, table)


def _on_postgresql(topic: str, table: str) -> None:
    op.execute(
        f"CREATE TRIGGER revision_of_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION raise_revision('{topic}')"
    )


def _on_sqlite(topic: str, table: str) -> None:
    for change in ("insert", "update", "delete"):
        raised = RAISE.format(topic=f"'{topic}'")
        op.execute(f"CREATE TRIGGER revision_of_{table}_{change} AFTER {change.upper()} ON {table} BEGIN {raised}; END")
