"""Statements and rows whose columns only their use knows.

Where all columns of a table are asked for, the table's Row class says what they hold (see `UnitOfWork.rows_of`).
"""

from typing import Any, TypeAlias

from sqlalchemy import Row, Select

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
