"""What every start, beat and look asks is found by an index, however much was ever kept."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from storage.db.engine import open_engine
from storage.db.migrating import ready
from storage.messaging import live_messages
from storage.queries import missing_notices
from storage.repositories import cases

ASKED = {
    "what living cases go by": cases.PROMISED,
    "expiries that nobody was told of": missing_notices.UNTOLD,
    "cards that show less than their case is": live_messages.STALE,
}
NOON = datetime(2026, 11, 18, 4, tzinfo=UTC)
ASKED_FOR = {"since": NOON, "until": NOON, "young": NOON, "edited_before": 1.0}


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
    walks = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
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
