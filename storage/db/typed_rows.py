"""What the type checker knows of statements and their rows."""

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Row, Select

Kind = TypeVar("Kind")
# A statement and its rows whose columns only their use knows; where all columns of a table are asked for, the table's
# Row class says what they hold (see `UnitOfWork.rows_of`).
AnySelect: TypeAlias = Select[*tuple[Any, ...]]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]


def as_rows(kind: type[Kind], rows: Sequence[AnyRow]) -> Sequence[Kind]:
    """Rows whose columns are the attributes of `kind`, for the type checker."""
    return cast(Sequence[Kind], rows)
