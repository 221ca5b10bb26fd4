"""What alembic compares and works on: our tables, on the connection that `storage.migrating` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage import tables
from storage.types import Instant


def render(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A revision must not change when our types do: an instant is written as what the database has."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables.SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
