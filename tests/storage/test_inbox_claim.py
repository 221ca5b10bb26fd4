"""The claim of updates: whose is handled next, and at what cost, whatever else waits."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, text, update
from variants import mostly_thorough

from storage.messaging import inbox, inbox_claim
from storage.messaging.inbox import INBOX

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
NEVER = 1e12
LOOKS = inbox_claim.AMONG_URGENT, inbox_claim.URGENT_IN_CIRCLE, inbox_claim.AMONG_OLDEST, inbox_claim.IN_CIRCLE


@pytest.fixture(params=["file", "bare"])
def url(request):
    found = request.getfixturevalue(request.param)
    return found if request.param == "bare" else f"sqlite+aiosqlite:///{found}"


async def wait(store, senders, **more):
    """One update of each of the senders waits, in this order, behind those that were here before."""
    blank = {
        "bot": 1,
        "raw": b"{}",
        "received_at": NOW,
        "attempts": 0,
        "not_before": 0.0,
        "album": "",
        "state": "ready",
    }
    blank |= {"throttled": False, "urgent": False, "owner": "", "crash_count": 0, "error": "", **more}
    async with store.writing_now() as connection:
        last = (await connection.execute(INBOX.select().order_by(INBOX.c.id.desc()).limit(1))).first()
        begin = last.update_id + 1 if last else 1
        rows = [{**blank, "sender_id": sender, "update_id": begin + n} for n, sender in enumerate(senders)]
        await connection.execute(insert(INBOX), rows)


async def claimed(store, limit=8):
    """(sender, how many parts) of each that is claimed."""
    return [(found.sender_id, len(found.raws)) for found in await inbox.claim(store, 0.0, limit, "me")]


async def handled(store):
    """What was claimed is done."""
    async with store.writing_now() as connection:
        await connection.execute(update(INBOX).where(INBOX.c.state == "claimed").values(state="done"))


async def test_the_oldest_comes_first_whoever_has_sent_it(store):
    await wait(store, [9, 4, 9, 7, 4])
    assert await claimed(store, 2) == [(9, 1), (4, 1)]
    assert await claimed(store, 2) == [(7, 1)]
    await handled(store)
    assert await claimed(store) == [(9, 1), (4, 1)]


@pytest.mark.parametrize("until", [0.0, NEVER])
async def test_behind_a_flood_the_others_have_their_turn(store, until):
    await wait(store, [5] * (2 * inbox_claim.LOOKED_AT), not_before=until)
    await wait(store, [6, 4, 7])
    others = [(6, 1), (4, 1), (7, 1)]
    assert await claimed(store) == ([(5, 1), *others] if until == 0.0 else others)
    assert await claimed(store) == []


async def test_behind_a_flood_more_senders_than_are_found_at_once_all_have_their_turn(store):
    await wait(store, [5] * (inbox_claim.LOOKED_AT + 1), not_before=NEVER)
    many = {*range(100, 101 + 2 * inbox_claim.IN_TURN)}
    await wait(store, many)
    served = []
    while found := await claimed(store):
        served += [sender for sender, _ in found]
        await handled(store)
    assert (len(served), {*served}) == (len(many), many)


async def test_behind_many_who_have_to_wait_somebody_is_found_all_the_same(store):
    await wait(store, range(100, 101 + 2 * inbox_claim.LOOKED_AT), not_before=NEVER)
    await wait(store, [5000])
    assert await claimed(store) == [(5000, 1)]


async def test_behind_a_flood_what_has_stepped_aside_lets_its_sender_s_next_one_pass_and_is_tried_again(store):
    await wait(store, [5] * inbox_claim.LOOKED_AT, not_before=NEVER)
    await wait(store, [6], attempts=inbox_claim.STEPS_ASIDE_AFTER, not_before=NEVER)
    await wait(store, [6, 6])
    await wait(store, [7], attempts=inbox_claim.STEPS_ASIDE_AFTER)
    await wait(store, [8], attempts=inbox_claim.STEPS_ASIDE_AFTER, not_before=NEVER)
    assert await claimed(store) == [(6, 1), (7, 1)]


async def test_an_album_is_claimed_whole_whatever_lies_between_its_parts(store):
    for _ in range(3):
        await wait(store, [5], album="a")
        await wait(store, range(100, 130))
    assert await claimed(store, 1) == [(5, 3)]


async def test_of_two_albums_of_a_sender_one_is_claimed(store):
    await wait(store, [5, 5], album="a")
    await wait(store, [5, 5], album="b")
    assert await claimed(store) == [(5, 2)]


async def test_an_album_that_has_stepped_aside_is_tried_again_whole(store):
    await wait(store, [5, 5], album="a", attempts=inbox_claim.STEPS_ASIDE_AFTER)
    assert len(await inbox_claim.look(store, 0.0, 8)) == 1  # or another start could take its second part
    assert await claimed(store) == [(5, 2)]


async def test_of_what_has_stepped_aside_one_of_each_sender_is_tried_again_at_a_time(store):
    await wait(store, [5, 5], attempts=inbox_claim.STEPS_ASIDE_AFTER)
    assert await claimed(store) == [(5, 1)]


async def test_what_is_urgent_comes_before_all_that_is_older(store):
    await wait(store, [4, 5, 6])
    await wait(store, [7, 8], urgent=True)
    assert await claimed(store, 3) == [(7, 1), (8, 1), (4, 1)]


async def test_behind_somebody_s_many_urgent_ones_others_urgent_ones_have_their_turn(store):
    await wait(store, range(100, 150))
    await wait(store, [5] * (inbox_claim.LOOKED_AT + 1), urgent=True)
    await wait(store, [6, 4], urgent=True)
    assert sorted(await claimed(store, 3)) == [(4, 1), (5, 1), (6, 1)]


async def test_who_has_many_urgent_ones_takes_one_place_and_leaves_the_others_to_those_who_have_none(store):
    await wait(store, range(100, 150))
    await wait(store, [5] * (inbox_claim.LOOKED_AT + 1), urgent=True)
    assert await claimed(store) == [(5, 1), *[(sender, 1) for sender in range(100, 107)]]
    assert [sender for sender, _ in await claimed(store)] == [*range(107, 115)]


BACKLOGS = {
    "of as many": lambda many: range(many),
    "of one, and then many": lambda many: [7] * (many // 2) + [*range(8, 8 + many // 2)],
    "of few": lambda many: [n % 25 for n in range(many)],
    "of one, and then a few": lambda many: [7] * (many - 5) + [1, 2, 8, 9, 10],
}


@pytest.mark.parametrize("backlog", mostly_thorough([*BACKLOGS], played=2))
@pytest.mark.parametrize("urgent", mostly_thorough([False, True]))
async def test_a_look_costs_the_same_however_many_wait(store, backlog, urgent):
    costs = []
    for many in (1000, 8000):
        async with store.writing_now() as connection:
            await connection.execute(INBOX.delete())
        await wait(store, BACKLOGS[backlog](many), urgent=urgent)
        costs.append(await cost(store))
    assert costs[1] < 2 * costs[0]


async def cost(store):
    """Steps of SQLite's machine, or rows that PostgreSQL has looked at, for all that a look may ask."""
    count = on_sqlite_s_machine
    if store.engine.dialect.name == "postgresql":
        count = on_postgresql
        async with store.writing_now() as connection:
            await connection.execute(text("ANALYZE inbox"))  # what it does by itself within a minute
    async with store.reading_now() as connection:
        return sum([await count(connection, asked) for asked in LOOKS])


async def on_sqlite_s_machine(connection, asked):
    steps = []
    machine = (await connection.get_raw_connection()).driver_connection._conn
    machine.set_progress_handler(lambda: steps.append(1) and 0, 1)
    await connection.execute(asked, {"real": 0.0})
    machine.set_progress_handler(None, 0)
    return len(steps)


async def on_postgresql(connection, asked):
    compiled = asked.compile(dialect=connection.dialect)
    values = compiled.construct_params({"real": 0.0})
    explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}"
    (plan,) = (await connection.exec_driver_sql(explained, tuple(values[n] for n in compiled.positiontup))).one()
    [whole] = json.loads(plan) if isinstance(plan, str) else plan
    return looked_at(whole["Plan"])


def looked_at(node):
    """The rows that a node of a plan has seen, with those below it."""
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return own + sum(map(looked_at, node.get("Plans", ())))
