"""The PostgreSQL programs that back up a database and bring it back."""

import shlex
from pathlib import Path

from sqlalchemy.engine import make_url

ASKS = "PGPASSWORD or ~/.pgpass has the password, which isn't shown here"


def dumping(url: str, file: Path) -> str:
    """One command line of pg_dump, without the password."""
    return _line(url, "pg_dump", "--format=custom", f"--file={file}")


def restoring(url: str, file: Path) -> str:
    """One of pg_restore: in one transaction, what is there is dropped and the dump put in its place."""
    return _line(url, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", after=(str(file),))


def _line(url: str, *words: str, after: tuple[str, ...] = ()) -> str:
    to = make_url(url)
    where = {"host": to.host, "port": to.port, "username": to.username, "dbname": to.database}
    options = [f"--{name}={value}" for name, value in where.items() if value]
    mode = to.query.get("ssl") or to.query.get("sslmode")
    said = shlex.join([*words, *options, *after])
    return f"PGSSLMODE={shlex.quote(str(mode))} {said}" if mode else said
