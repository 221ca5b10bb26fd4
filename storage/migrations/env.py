"""alembic's environment: our tables, on the connection that `storage.db.migrating` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger
from sqlmodel import AutoString, SQLModel

from storage import tables as tables
from storage.tables.types import Instant


def render(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Types as the database has them: a revision must not change when a class of ours does."""
    if kind != "type":
        return False
    if isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, AutoString):
        return "sa.String()"
    return "BIG" if isinstance(thing, BigInteger) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
