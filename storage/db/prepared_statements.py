"""Statements of SQLite made into text once, and run by the driver: what SQLAlchemy does for each run costs far more.

Only what SQLAlchemy would do with them as well is done here: its text, its types' values in and out.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase
from sqlalchemy.types import TypeEngine

from storage.db.sqlite_driver import Connection
from storage.db.typed_rows import AnyRow

Process: TypeAlias = Callable[[Any], Any] | None
Values: TypeAlias = Mapping[str, object]
Columns: TypeAlias = Mapping[str, TypeEngine[Any]]
Shape: TypeAlias = tuple[tuple[str, ...], tuple[int, ...]]  # names of columns, lengths of lists
LISTS = (list, tuple, set, frozenset)  # what `IN` may be asked with
MOST = 100  # texts of one statement: lists of so many lengths


class PreparedStatement:
    """The text of a statement, with what its parameters and its columns pass through."""

    def __init__(self, compiled: SQLCompiler, columns: Columns, lists: Mapping[str, Any], dialect: Dialect) -> None:
        expanded = compiled.construct_expanded_state({**dict.fromkeys(compiled.params), **lists})
        self.text = expanded.statement
        self.needs = {name for bind, name in compiled.bind_names.items() if bind.required}
        self._lists = dict(expanded.parameter_expansion)  # by the name of each its elements' own names
        kinds = {name: compiled.binds[of].type for of, names in self._lists.items() for name in names}
        kinds |= {name: bind.type for name, bind in compiled.binds.items()}
        standing: dict[str, Any] = compiled.params
        self._standing = lists
        self._in = [(n, standing.get(n), _way_in(kinds[n], dialect)) for n in expanded.positiontup or ()]
        self._out = [(n, process) for n, t in enumerate(columns.values()) if (process := _way_out(t, dialect))]
        self._row = _row_class(columns)

    def parameters(self, given: Mapping[str, Any]) -> list[object]:
        """In the order of the text."""
        for name, names in self._lists.items():
            given = {**given, **dict(zip(names, given.get(name, self._standing[name]), strict=True))}
        asked = [(given.get(name, standing), process) for name, standing, process in self._in]
        return [process(value) if process else value for value, process in asked]

    def row(self, found: tuple[object, ...]) -> AnyRow:
        """With the columns as attributes, as SQLAlchemy has them."""
        if self._out:
            values = list(found)
            for n, process in self._out:
                values[n] = process(values[n])
            found = tuple(values)
        return cast(AnyRow, self._row._make(found))


def _way_in(kind: TypeEngine[Any], dialect: Dialect) -> Process:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _way_out(kind: TypeEngine[Any], dialect: Dialect) -> Process:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _row_class(columns: Mapping[str, object]) -> Any:
    made = namedtuple("Row", columns.keys())  # type: ignore[misc]  # the statement says which
    made._mapping = property(made._asdict)  # type: ignore[attr-defined]  # as SQLAlchemy's rows have it
    return made


class PreparedStatements:
    """Runs the statements of one database; on SQLite those prepared that come again, from the second time on.

    So what is put together anew for each run never is. Whoever listens to the engine's `before_cursor_execute` hears
    every statement: then SQLAlchemy runs each. A value that its type can't take fails as the type says.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.sync_engine
        self._serves = engine.dialect.name == "sqlite"
        self._known: WeakKeyDictionary[Executable, dict[Shape, PreparedStatement | None]] = WeakKeyDictionary()

    async def rows(self, on: AsyncConnection, statement: Executable, asked: Values) -> Sequence[AnyRow]:
        """What a read finds."""
        prepared = self._prepared(statement, (), asked)
        driver = await _driver(on) if prepared else None
        if prepared is None or driver is None:
            return (await on.execute(statement, asked)).all()
        with self._saying_errors(prepared):
            found = await driver.fetched(prepared.text, prepared.parameters(asked))
        return [prepared.row(one) for one in found]

    async def write(self, on: AsyncConnection, statement: Executable, rows: Sequence[Values]) -> int:
        """Run it once for each of these; returns how many rows of the database it has hit."""
        prepared = self._prepared(statement, tuple(rows[0]), rows[0])
        driver = await _driver(on) if prepared else None
        if prepared is None or driver is None:
            return (await on.execute(statement, rows if len(rows) > 1 else rows[0])).rowcount
        with self._saying_errors(prepared):
            return await driver.written(prepared.text, [prepared.parameters(values) for values in rows])

    @contextmanager
    def _saying_errors(self, prepared: PreparedStatement) -> Iterator[None]:
        """As SQLAlchemy says them."""
        try:
            yield
        except sqlite3.Error as error:
            dialect = self._engine.dialect
            raise DBAPIError.instance(
                prepared.text, None, error, sqlite3.Error, hide_parameters=True, dialect=dialect
            ) from error

    def _prepared(self, statement: Executable, names: tuple[str, ...], given: Values) -> PreparedStatement | None:
        if not self._serves or self._engine.dispatch.before_cursor_execute:
            return None
        known = self._known.get(statement)
        if known is None:
            self._known[statement] = {}
            return None
        shape = (names, tuple([len(v) for v in given.values() if isinstance(v, LISTS)]))
        if shape not in known:
            if len(known) > MOST:
                return None
            known[shape] = prepared(statement, names, self._engine.dialect, given)
        found = known[shape]
        return found if found and found.needs <= given.keys() else None


def prepared(
    statement: Executable, names: tuple[str, ...], dialect: Dialect, given: Values
) -> PreparedStatement | None:
    """A read, or a write of columns with these names, and with lists as long as those that are `given`.

    None where more belongs to a run of it than text and types.
    """
    columns: dict[str, TypeEngine[Any]] = {}
    if isinstance(statement, SelectBase):
        compiled = statement.compile(dialect=dialect)
        columns = {column.key: column.type for column in statement.selected_columns if column.key}
        if len(columns) < len(statement.selected_columns):
            return None
    elif isinstance(statement, UpdateBase):
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
    else:
        return None
    lists = {name: given.get(name, bind.value) for bind, name in compiled.bind_names.items() if bind.expanding}
    if _does_more(compiled) or not all(isinstance(value, LISTS) for value in lists.values()):
        return None
    return PreparedStatement(compiled, columns, lists, dialect)


def _does_more(compiled: SQLCompiler) -> bool:
    """Values that Python makes, rows that a write returns, names that don't go into a text as they are."""
    made = [*compiled.insert_prefetch, *compiled.update_prefetch, *(compiled.effective_returning or ())]
    return bool(compiled.literal_execute_params or compiled.escaped_bind_names or made)


async def _driver(on: AsyncConnection) -> Connection | None:
    """What SQLite's connection is below, with its transaction begun; None where it isn't ours, or isn't open."""
    if not on.in_transaction():
        await on.begin()  # which fails where it is closed
    connection = on.sync_connection.connection.driver_connection if on.sync_connection else None
    return connection if isinstance(connection, Connection) and connection.is_open else None
