"""The errors for which the database can't be used, each as one sentence for the operator."""

import socket
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

DOWN = (DBAPIError, PoolExhausted, OSError)  # lost connection, full disk, locked file, no free connection
# Errors that are no fault of the statement. PostgreSQL's classes: connection, transaction timed out,
# resources, lock not available, operator's intervention, system.
ITS_OWN = ("08", "25", "53", "55", "57", "58")
ITS_OWN_ON_SQLITE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)


class StorageFault(Exception):
    """Its text is one sentence without secrets, and says what to do."""


class DatabaseUnreachable(StorageFault):
    """It can't be opened."""


class MigrationNeeded(StorageFault):
    """Its tables are not those that this version works on."""


def is_its_own(error: BaseException) -> bool:
    """Whether the database failed by itself, whatever the statement was."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, (PoolExhausted, ConnectionError, TimeoutError, socket.gaierror))
    state = str(getattr(error.orig, "sqlstate", None) or "")
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the rest of it says more than we ask
    return error.connection_invalidated or state.startswith(ITS_OWN) or code in ITS_OWN_ON_SQLITE
