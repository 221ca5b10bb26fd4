"""What every start, beat and look asks is found by an index, however much was ever kept."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, event
from sqlmodel import SQLModel

from storage.db.engine import open_engine
from storage.db.migrating import ready
from storage.messaging import inbox, live_messages, outbox, waiting_messages
from storage.queries import case_views, missing_notices
from storage.repositories import cases, ledger, timers
from storage.tables import HOUSEHOLD

ASKED = {
    "what living cases go by": cases.PROMISED,
    "expiries that nobody was told of": missing_notices.UNTOLD,
    "cards that show less than their case is": live_messages.STALE,
    "cases of a community that ran out of time": case_views.OVERDUE,
    "everything that waits to be sent": waiting_messages.ALL,
    "what has come to be sent since": waiting_messages.SINCE,
    "a message that waits to be sent": waiting_messages.ONE,
    "what was begun and nobody finishes": outbox.CUT_OFF,
    "the last number of a second": cases.LAST_NUMBER,
    "cases to look at for clocks that ran out": missing_notices.ALIVE_CASES,
    "timers that are due": timers.DUE,
    "clocks that rest on days not announced yet": timers.PROVISIONAL,
    "the end of a case's chain": ledger.TAIL_OF_CASE,
    "whether the last update of a sender is served": inbox.NEXT_WAKE,
}
SHORT = {"destination", "company", "district", "project"}  # tables that grow with the registry, not with what happens
NOON = datetime(2026, 11, 18, 4, tzinfo=UTC)
ASKED_FOR = {
    "since": NOON, "until": NOON, "young": NOON, "edited_before": 1.0, "begin": NOON, "project": "p",
    "stages": ["respond"],
    "last": 5, "these": [1, 2], "message": 1, "real": 1.0,
    "first": "51", "past": "52", "after": 0, "limit": 200, "at": NOON,
    "of_case": 1, "by": "x", "flying": [1],
}  # fmt: skip


@pytest.fixture
async def plan(tmp_path):
    """What SQLite does to answer a statement, step by step."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'plans.db'}"
    await ready(url)
    engine = open_engine(url)

    async def planned(statement):
        return [row.detail for row in await _planned(engine, statement)]

    yield planned
    await engine.dispose()


async def _planned(engine, statement, *before, explain="EXPLAIN QUERY PLAN"):
    """What the database does to answer a statement, step by step."""
    written = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *call: written.append(call[2:4]))
    async with engine.connect() as connection:
        for command in before:
            await connection.exec_driver_sql(command)
        await connection.execute(statement, ASKED_FOR)
        query, values = written[-1]
        return (await connection.exec_driver_sql(f"{explain} {query}", tuple(values))).all()


@pytest.mark.parametrize("asked", ASKED)
async def test_nothing_that_is_asked_again_and_again_walks_a_table(plan, asked):
    steps = await plan(ASKED[asked])
    walks = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step and step.split()[1] not in SHORT]
    assert walks == [], steps


async def test_what_living_cases_go_by_is_found_case_by_case(plan):
    steps = await plan(cases.PROMISED)
    assert any("timer USING COVERING INDEX ix_timer_case (complaint=? AND state=?)" in step for step in steps), steps
    assert any("complaint USING INDEX ix_complaint_state (state=?)" in step for step in steps), steps


async def test_messages_of_an_expiry_are_found_by_the_event(plan):
    steps = await plan(missing_notices.UNTOLD)
    outbox = [step for step in steps if step.startswith("SEARCH outbox")]
    assert outbox, steps
    assert all("(complaint=? AND seq=?" in step for step in outbox), steps


async def test_stale_cards_are_found_among_the_stale_ones(plan):
    steps = await plan(live_messages.STALE)
    assert steps[0] == "SEARCH sent_message USING INDEX ix_sent_message_stale (edited<?)", steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


async def test_a_community_s_overdue_cases_are_counted_case_by_case_not_among_all_expiries(plan):
    steps = await plan(case_views.OVERDUE)
    assert any("SEARCH complaint" in step and "(project=?)" in step for step in steps), steps
    assert any("SEARCH event" in step and "(complaint=?)" in step for step in steps), steps


async def test_what_has_come_to_be_sent_is_found_by_its_number(plan):
    steps = await plan(waiting_messages.SINCE)
    assert all("rowid" in step for step in steps if "SEARCH outbox" in step), steps


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("expiries that nobody was told of", "ix_outbox_event"),
        ("cards that show less than their case is", "ix_sent_message_stale"),
    ],
)
async def test_postgresql_can_go_by_the_indexes_of_what_is_rare(bare, asked, index):
    """Which it takes it knows from how much there is; here is nothing, and so walking is made dear."""
    engine = open_engine(bare)
    try:
        dear = ("SET enable_seqscan = off", "SET enable_hashjoin = off", "SET enable_mergejoin = off")
        rows = await _planned(engine, ASKED[asked], *dear, explain="EXPLAIN")
    finally:
        await engine.dispose()
    assert index in "\n".join(row[0] for row in rows)


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_what_refers_to_another_row_is_found_by_an_index(table):
    """Without one the whole table is walked whenever that row is made while a reference is open, or goes."""
    keys = [c for c in table.constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint)]
    first = {next(iter(of.columns)).name for of in (*table.indexes, *keys) if len(of.columns)}
    assert {key.parent.name for key in table.foreign_keys} <= first


async def test_a_filing_costs_the_same_however_much_was_ever_sent(plan):
    """Its household is made while its words still refer to a case that isn't."""
    row = dict.fromkeys(HOUSEHOLD.columns.keys(), 1)
    steps = await plan(HOUSEHOLD.insert().values(**{**row, "urged_on": None, "since": NOON, "contact": "bot"}))
    assert not [step for step in steps if step.startswith("SCAN")], steps
