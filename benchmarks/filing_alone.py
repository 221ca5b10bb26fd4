"""The scenario of the database alone: what a filing costs, beside a driver that runs the same statements."""

import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks import backlog, city
from benchmarks.figures import Figure
from benchmarks.running import database, now
from benchmarks.sizes import Size
from storage.db.sqlite_driver import BEGIN, PRAGMAS


async def filing_alone(size: Size) -> list[Figure]:
    """Filings by the use case on SQLite, of which nothing is sent; then their statements by the driver alone."""
    many = size.filings_alone
    async with database() as (url, folder):
        await city.prepare(url, many, now())
        file = folder / "bot.db"
        for name in ("noted.db", "driver.db"):
            shutil.copy(file, folder / name)
        began = time.perf_counter()
        await backlog.cases(url, many, now(), None, all_sent=False)
        ours = many / (time.perf_counter() - began)
        statements = await _noted(url.replace("bot.db", "noted.db"), many)
        began = time.perf_counter()
        _run(folder / "driver.db", statements)
        driver = many / (time.perf_counter() - began)
    return [
        Figure(
            scenario="filing in storage alone",
            name="filings a second, of the driver's",
            value=ours / driver,
            must="≥ 0.5",
            reference=f"{ours:.0f} of {driver:.0f} a second",
        ),
        Figure(scenario="filing in storage alone", name="statements of a filing", value=len(statements) / many),
    ]


Noted = list[tuple[str, Any, bool]]


async def _noted(url: str, many: int) -> Noted:
    """Each statement of so many filings with its parameters, and whether these are several rows."""
    noted: Noted = []

    def note(connection: object, cursor: object, statement: str, values: Any, context: object, several: bool) -> None:
        noted.append((statement, values, several))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await backlog.cases(url, many, now(), None, all_sent=False)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return noted


def _run(on: Path, statements: Noted) -> None:
    """The same statements on a copy that is as durable; what begins a transaction ends the one before."""
    connection = sqlite3.connect(on, isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    for text, values, several in statements:
        if text in ("BEGIN", BEGIN) and connection.in_transaction:
            connection.execute("COMMIT")
        if text.startswith("PRAGMA"):
            continue
        if several:
            connection.executemany(text, values)
        else:
            connection.execute(text, values or ()).fetchall()
    if connection.in_transaction:
        connection.execute("COMMIT")
    connection.close()
