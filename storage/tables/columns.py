"""The columns that several tables share."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, MetaData, String, Text, text
from sqlmodel import Field, SQLModel

from storage.tables.types import BigId, Instant

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
).naming_convention


def identity() -> Any:
    return Field(sa_column=Column(BigId, primary_key=True, autoincrement=True), default=None)


def big(*, index: bool = False, null: bool = True) -> Any:
    return Field(default=None, sa_type=BigId, index=index, nullable=null)


def refers(to: str, *, gone: str = "", index: bool = False, null: bool = True) -> Any:
    """The row of another table, as `table.column`; `gone` is what follows where that row is deleted: else it can't be.

    Looked at when the transaction ends, so that its writes may stand in any order.
    """
    key = ForeignKey(to, ondelete=gone or None, deferrable=True, initially="DEFERRED")
    kind = String if to.endswith(".code") else BigId
    return Field(default=None, sa_column=Column(kind, key, index=index, nullable=null))


def when(*, null: bool = True, index: bool = False) -> Any:
    return Field(default=None, sa_type=Instant, nullable=null, index=index)


def anything() -> Any:
    return Field(default=None, sa_type=JSON, nullable=False)


def long_text() -> Any:
    return Field(default="", sa_type=Text)


def one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def where(condition: str, postgresql: str = "") -> dict[str, Any]:
    """What makes an index of the rows alone of which the condition holds, as each engine writes it."""
    return {"sqlite_where": text(condition), "postgresql_where": text(postgresql or condition)}
