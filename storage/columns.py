"""How are the columns that tables share written?"""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Text
from sqlmodel import Field

from storage.types import BigId, Instant


def identity() -> Any:
    return Field(sa_column=Column(BigId, primary_key=True, autoincrement=True), default=None)


def big(*, index: bool = False, null: bool = True) -> Any:
    return Field(default=None, sa_type=BigId, index=index, nullable=null)


def when(*, null: bool = True) -> Any:
    return Field(default=None, sa_type=Instant, nullable=null)


def anything() -> Any:
    return Field(default=None, sa_type=JSON)


def long_text() -> Any:
    return Field(default="", sa_type=Text)


def one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
