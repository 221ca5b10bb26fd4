"""No statement that a whole story runs, nor any that its people's commands run, walks a table that grows with use."""

import pytest
from sqlalchemy import event
from variants import mostly_thorough

from demo.stories import STORIES
from simulator.people.accounts import Account
from views.commands import OF_STAFF, RESIDENT

# What has as many rows as residents, cases, or things said of them; all others grow with the registry.
GROWING = {
    "complaint", "event", "statement", "household", "follower", "timer",
    "outbox", "inbox", "sent_message", "dialogue", "person", "destination", "home",
}  # fmt: skip
COMMANDS = [*(name for name, _ in OF_STAFF), *RESIDENT, "find 0001", "find 5101", "project 锦城花园", "privacy"]


@pytest.fixture
def asked(city):
    """Each different statement that was run, with its parameters."""
    seen = {}

    def note(connection, cursor, statement, parameters, context, many):
        if statement.split()[0] in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"):
            seen.setdefault(statement, parameters[0] if many else parameters)

    engine = city.app.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


async def walks(city, asked):
    """The statements for which SQLite walks a growing table, each with its steps."""
    found = {}
    async with city.app.store.engine.connect() as connection:
        for statement, parameters in list(asked.items()):
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(parameters))
            steps = [row[-1] for row in plan.all()]
            if walked := [step for step in steps if _walks(step)]:
                found[statement] = walked
    return found


def _walks(step):
    words = step.split()
    return words[0] == "SCAN" and words[1] in GROWING and not ("USING INDEX" in step and "_earlier" in step)


async def everything_is_asked_for(city, staff):
    """By each of them, whoever may: the bot looks before it refuses."""
    for who in [*staff, await city.resident("王女士", "13900000001")]:
        for command in COMMANDS:
            who.says(f"/{command}")
            await city.settle()


@pytest.mark.parametrize("pack", mostly_thorough(["chengdu", *sorted(set(STORIES) - {"chengdu"})]))
async def test_a_story_walks_no_table_that_grows(city, asked, pack):
    people = await STORIES[pack].gather(city)
    for scene in STORIES[pack].scenes:
        await scene(city, people)
    await everything_is_asked_for(city, [one for one in vars(people).values() if isinstance(one, Account)])
    assert len(asked) > 100
    assert await walks(city, asked) == {}
