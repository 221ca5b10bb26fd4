"""What works share of the registry and of people is always what their own snapshot holds, whoever has changed it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, select, text, update

from storage.db.engine import open_engine
from storage.db.shared_reads import MOST, SharedReads, Topic
from storage.repositories import destinations, duties, people, places
from storage.tables import (
    ABSENCE,
    APPOINTMENT,
    COMPANY,
    DESTINATION,
    DISTRICT,
    OFFICE,
    ON_CALL_SHIFT,
    PERSON,
    PROJECT,
    REVISION,
)

NOON = datetime(2026, 11, 18, 4, tzinfo=UTC)
DAY = NOON.date()
HELD = {"name": "甲", "phone": "1", "role": "project_manager", "scope": "p", "since": DAY, "person": 1}
TIMES = {"since": NOON, "until": NOON + timedelta(hours=2)}
ROWS = {
    DISTRICT: {"code": "d", "name": "", "city": "", "pack": ""},
    COMPANY: {"code": "c", "name": ""},
    PROJECT: {"code": "p", "name": "", "company": "c", "district": "d"},
    OFFICE: {"district": "d", "kind": "street", "name": ""},
    PERSON: {"id": 1, "user": 1},
    DESTINATION: {"id": 1, "chat": 1, "kind": "private"},
    APPOINTMENT: HELD,
    ABSENCE: {"person": 1, "deputy": 1, "role": "", "scope": "", "since": DAY, "until": DAY},
    ON_CALL_SHIFT: {"project": "p", "person": 1, **TIMES},
}
PEOPLE = {PERSON, DESTINATION}


@pytest.fixture
async def written(engine):
    """A row of each table of both topics."""
    await write(engine, *(insert(table).values(row) for table, row in ROWS.items()))
    return engine


@pytest.fixture
def asked(engine):
    """Every statement that is run, in order, but for the revisions."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if "FROM revision" not in statement and not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    return seen


async def write(engine, *statements):
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(statement)


async def revisions(engine):
    async with engine.connect() as connection:
        return dict((await connection.execute(select(REVISION))).all())


async def each_change_is_counted(engine):
    """Insert, update and delete a row of each table, and look at both numbers after each."""
    for table, row in ROWS.items():
        before = await revisions(engine)
        await write(engine, insert(table).values(row))
        await write(engine, update(table).values({next(iter(row)): next(iter(row.values()))}))
        mine, other = ("people", "registry") if table in PEOPLE else ("registry", "people")
        after = await revisions(engine)
        assert after[mine] == before.get(mine, 0) + 2, table.name
        assert after.get(other, 0) == before.get(other, 0), table.name
    for table in reversed(ROWS):
        before = await revisions(engine)
        await write(engine, table.delete())
        assert await revisions(engine) != before, table.name


async def test_each_change_of_a_row_is_counted_on_sqlite(engine):
    await each_change_is_counted(engine)


async def test_each_change_of_a_row_is_counted_on_postgresql(bare):
    engine = open_engine(bare)
    try:
        await each_change_is_counted(engine)
    finally:
        await engine.dispose()


async def everything(work):
    return [
        await places.project(work, "p"),
        await places.company(work, "c"),
        await places.district(work, "d"),
        await people.by_id(work, 1),
        await people.by_user(work, 1),
        await people.appointments_of(work, 1),
        await people.everybody_over(work, ["p", "c"]),
        await people.names(work, (1,)),
        await destinations.of_chat(work, 1),
        await destinations.by_id(work, 1),
        await duties.on_watch(work, "p"),
        await duties.watching(work, 1),
        await duties.deputised(work, 1),
        await duties.planned(work, 1),
    ]


async def test_a_second_work_asks_nothing_again(written, store, asked):
    async with store.work(NOON) as work:
        first = await everything(work)
    assert None not in first
    assert asked
    asked.clear()
    async with store.work(NOON) as work:
        assert await everything(work) == first
    assert asked == []


async def test_what_another_process_changes_is_read_by_the_next_work(written, store):
    other = open_engine(str(written.url))
    async with store.work(NOON) as work:
        await everything(work)
    await write(other, update(PROJECT).values(name="乙"), update(PERSON).values(name="丙"))
    await other.dispose()
    async with store.work(NOON) as work:
        assert (await places.project(work, "p")).name == "乙"
        assert (await people.by_id(work, 1)).name == "丙"


async def test_a_work_under_way_goes_on_with_its_own_snapshot_and_leaves_nothing_of_it(written, store):
    async with store.work(NOON) as earlier:
        assert (await places.company(earlier, "c")).name == ""
        await write(written, update(PROJECT).values(name="乙"))
        async with store.work(NOON) as later:
            assert (await places.project(later, "p")).name == "乙"
        assert (await places.project(earlier, "p")).name == ""
    async with store.work(NOON) as later:
        assert (await places.project(later, "p")).name == "乙"


async def test_what_a_work_that_began_before_the_change_reads_is_kept_from_later_ones(written, store):
    async with store.work(NOON) as earlier:
        await earlier.rows(text("SELECT 1 FROM project"))  # its snapshot is of before
        await write(written, update(PROJECT).values(name="乙"))
        async with store.work(NOON) as later:
            assert (await places.company(later, "c")).name == ""
        assert (await places.project(earlier, "p")).name == ""
    async with store.work(NOON) as later:
        assert (await places.project(later, "p")).name == "乙"


@pytest.mark.parametrize(
    ("later", "on_watch"),
    [(timedelta(0), True), (timedelta(hours=2), False), (timedelta(hours=-1), False), (timedelta(days=1), False)],
)
async def test_who_answers_now_is_asked_of_the_moment(written, store, later, on_watch):
    async with store.work(NOON + timedelta(minutes=30)) as work:
        assert await duties.on_watch(work, "p")
    async with store.work(NOON + later) as work:
        assert bool(await duties.on_watch(work, "p")) is on_watch
        assert bool(await duties.watching(work, 1)) is on_watch


async def test_who_holds_a_role_is_asked_of_the_day(written, store):
    await write(written, update(APPOINTMENT).values(until=DAY))
    async with store.work(NOON) as work:
        assert await people.appointments_of(work, 1)
        assert await people.everybody_over(work, ["p"]) == {1}
    async with store.work(NOON + timedelta(days=1)) as work:
        assert await people.appointments_of(work, 1) == ()
        assert await people.everybody_over(work, ["p"]) == set()


async def test_what_a_work_puts_it_reads(written, store):
    async with store.work(NOON) as work:
        chat = await destinations.of_chat(work, 1)
        destinations.mark(work, chat.id, reachable=False)
        assert not (await destinations.of_chat(work, 1)).reachable
    async with store.work(NOON) as work:
        assert (await destinations.of_chat(work, 1)).reachable  # it was never committed


def test_a_topic_holds_no_more_than_so_much():
    reads = SharedReads()
    reads.answers(Topic.PEOPLE, 1).update(dict.fromkeys(range(MOST + 1)))
    assert reads.answers(Topic.PEOPLE, 1) == {}


def test_an_older_revision_is_neither_answered_nor_kept():
    reads = SharedReads()
    reads.answers(Topic.PEOPLE, 2)["a"] = 1
    reads.answers(Topic.PEOPLE, 1)["b"] = 2
    assert reads.answers(Topic.PEOPLE, 2) == {"a": 1}
