"""Years of closed cases, copied by the database itself from those of a story, to see what grows with them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from demo.sample_city import create_database, open_at
from demo.stories import chengdu
from storage.db.engine import open_engine
from storage.tables import (
    COMPANY,
    COMPLAINT,
    DISTRICT,
    EVENT,
    HOUSEHOLD,
    OUTBOX,
    PROJECT,
    SENT_MESSAGE,
    STATEMENT,
    TIMER,
)

DISTRICTS, COMPANIES, PROJECTS = 23, 200, 4000
SPACING = 30  # minutes between a copy and the next older one: a month lies in the small city as in the large one
# The number of a case's copy; the story has fewer than a hundred.
CASE = "(SELECT place FROM model WHERE model.id = made.{0}) + i * 100"
# What a copy has of its own; everything else is as in the story. A case with all that belongs to it is 40 rows or so.
OWN: Mapping[Table, Mapping[str, str]] = {
    COMPLAINT: {
        "id": CASE.format("id"),
        "number": "'c' || i || '-' || number",
        "project": "'p' || (i % :projects)",
        "company": "'c' || (i % :projects % :companies)",
        "district": "'d' || (i % :projects % :districts)",
    },
    EVENT: {"complaint": CASE.format("complaint")},
    STATEMENT: {"id": "(id % 1000000000) * 10000000 + i", "complaint": CASE.format("complaint")},
    HOUSEHOLD: {"id": "(id % 1000000000) * 10000000 + i", "complaint": CASE.format("complaint")},
    TIMER: {"complaint": CASE.format("complaint")},
    OUTBOX: {
        "key": "'c' || i || '-' || key",
        "complaint": CASE.format("complaint"),
        "household": "(household % 1000000000) * 10000000 + i",
        "digest_id": "NULL",
    },
    SENT_MESSAGE: {
        "message_id": "message_id + i * 1000",
        "complaint": CASE.format("complaint"),
        "household": "(household % 1000000000) * 10000000 + i",
    },
}


# A moment so much earlier, on each engine.
EARLIER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', {column}, '-' || (i * {minutes}) || ' minutes')",
    "postgresql": "{column} - make_interval(mins => i * {minutes})",
}


async def play(url: str) -> None:
    """Lay the sample city into an empty database, and a few cases that are played to their end."""
    await create_database(url)
    async with open_at(url) as sample:
        characters = await chengdu.gather(sample)
        for scene in (chengdu.withdrawn, chengdu.two_households, chengdu.a_date_agreed):
            await scene(sample, characters)


async def copy(url: str, cases: int) -> int:
    """Copy them until there are about so many; returns how many there are."""
    engine = open_engine(url, patient=True)
    on = engine.dialect.name
    async with engine.execution_options(foreign_keys=False).begin() as connection:
        if on == "postgresql":  # whose references and triggers are left out, as SQLite's references are
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await _places(connection)
        numbered = "SELECT id, row_number() OVER () AS place FROM complaint"
        await connection.execute(text(f"CREATE TEMP TABLE model AS {numbered}"))
        each = int((await connection.execute(text("SELECT count(*) FROM model"))).scalar_one())
        given = {"many": cases // each, "projects": PROJECTS, "companies": COMPANIES, "districts": DISTRICTS}
        for table, own in OWN.items():
            await connection.execute(_copied(table, own, on), given)
        await connection.execute(text("DROP TABLE model"))
    if on == "postgresql":  # as it does by itself within minutes
        async with engine.connect() as connection:
            at_once = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for statement in ("VACUUM ANALYZE", "CHECKPOINT"):
                await at_once.execute(text(statement))
    await engine.dispose()
    return cases // each * each


async def _places(connection: AsyncConnection) -> None:
    district = {"city": "大市", "pack": "chengdu"}
    project = {"street": "街道", "community": "社区", "address": "", "households": 500}
    await _fill(connection, DISTRICT, [{"code": f"d{n}", "name": f"第{n}区", **district} for n in range(DISTRICTS)])
    await _fill(connection, COMPANY, [{"code": f"c{n}", "name": f"物业{n}"} for n in range(COMPANIES)])
    places = [{"company": f"c{n % COMPANIES}", "district": f"d{n % DISTRICTS}"} for n in range(PROJECTS)]
    rows = [{"code": f"p{n}", "name": f"小区{n}", **place, **project} for n, place in enumerate(places)]
    await _fill(connection, PROJECT, rows)


async def _fill(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    blank = {column.name: "" for column in table.columns} | {"high_rise": False, "direct_power": False}
    known = {column.name for column in table.columns}
    whole = [{name: value for name, value in {**blank, **row}.items() if name in known} for row in rows]
    await connection.execute(table.insert(), whole)


def _copied(table: Table, own: Mapping[str, str], on: str) -> TextClause:
    """Only what the story made is copied, each time a little older."""
    columns = [column for column in table.columns if column.name in own or column.name != "id"]
    taken = ", ".join(own.get(column.name) or _older(column.name, str(column.type), on) for column in columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    of_case = "id" if table is COMPLAINT else "complaint"
    many = "WITH RECURSIVE copies(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < :many)"
    made = f"(SELECT * FROM {table.name} WHERE {of_case} IN (SELECT id FROM model)) AS made"  # noqa: S608 - our names
    return text(f"INSERT INTO {table.name} ({names}) {many} SELECT {taken} FROM {made}, copies")  # noqa: S608


def _older(name: str, kind: str, on: str) -> str:
    return EARLIER[on].format(column=f'"{name}"', minutes=SPACING) if kind.startswith("DATETIME") else f'"{name}"'
