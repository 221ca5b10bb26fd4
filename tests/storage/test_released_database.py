"""A database of version 0.1.0 goes on: migrated as a file, on PostgreSQL, and restored from a backup."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

import postgresql
import pytest
from rebuilt_case import rebuilt
from released_databases import RELEASED, as_file, on_postgresql, url_of
from sqlalchemy import func, select, tuple_
from variants import mostly_thorough

from demo.sample_city import open_at
from storage.db.engine import open_engine
from storage.db.migrating import migrate, revisions
from storage.maintenance.audit import verify
from storage.maintenance.backup import examined, staged, take_place
from storage.messaging import outbox_batching
from storage.messaging.outbox import OUTBOX, OUTBOX_MESSAGES, outbox_message_of
from storage.queries.case_inspector import messages
from storage.repositories import cases
from storage.repositories.cases import COMPLAINT, HOUSEHOLD
from storage.repositories.ledger import CHAIN, EVENT
from storage.repositories.timers import TIMER

LEFT = json.loads((RELEASED / "0.1.0" / "telephones.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(LEFT["now"])
WAITS = "379571302024119139:2:manager.supplemented:308475635734979751"  # whose first send nobody knows the end of
TOLD = "172093635670573853:2:manager.handler_lost:304985905410924047"  # in a digest
TAILS = """
    SELECT digest FROM event e WHERE seq = (SELECT max(seq) FROM event o WHERE o.complaint = e.complaint)
    ORDER BY complaint
"""


@pytest.fixture
def left(tmp_path):
    """The file as it was left."""
    return as_file(tmp_path / "left.db")


def tails(left):
    """One digest over the last links of all chains, as version 0.1.0 had them."""
    over = sha256()
    with closing(sqlite3.connect(left)) as connection:
        for (digest,) in connection.execute(TAILS):
            over.update(digest.encode())
    return over.hexdigest()


async def migrated(left):
    assert await migrate(url_of(left)) == ("0005", revisions()[0])
    return left


async def restored(left):
    target = left.with_name("bot.db")
    with staged(left, target) as fresh:
        verdict, brought = await examined(fresh, NOW)
        assert (verdict.breaks, brought) == ((), ("0005", revisions()[0]))
        take_place(fresh, target, NOW)
    return target


@asynccontextmanager
async def copy_of(file, folder):
    yield url_of(shutil.copy(file, folder / "goes_on.db"))


@pytest.fixture(scope="module", params=mostly_thorough(["file", "postgresql", "restored"]))
def copies(request, tmp_path_factory):
    """What the file becomes, once; and how each test gets a copy."""
    left = as_file(tmp_path_factory.mktemp("left") / "left.db")

    async def lay(there):
        await on_postgresql(there, left)
        assert await migrate(there) == ("0005", revisions()[0])

    if request.param == "postgresql":
        with postgresql.laid_once("left", lay) as name:
            yield lambda _: postgresql.fresh("goes_on", name)
    else:
        goes_on = restored if request.param == "restored" else migrated
        yield partial(copy_of, asyncio.run(goes_on(left)))


@pytest.fixture
async def address(copies, tmp_path):
    async with copies(tmp_path) as there:
        yield there


@pytest.fixture
async def city(address):
    """The people and groups as they were, and whatever there was to do at once is done."""
    async with open_at(address, NOW) as city:
        everybody = {number: city.sim.person(name, phone) for number, name, phone, _ in LEFT["people"]}
        assert all(account.id == number for number, account in everybody.items())
        for account in everybody.values():
            account.room.bot = "member"
        for group in LEFT["groups"]:
            made = city.sim.group(group["title"], members=[everybody[number] for number in group["members"]])
            assert made.id == group["chat"]
            made.room.bot = "member"
        city.people = {account.name: account for account in everybody.values()}
        yield city


async def rows(city, statement):
    async with city.app.store.work(city.clock.now()) as work:
        return await work.rows(statement)


async def test_every_link_of_the_ledger_holds_unchanged(address, left):
    """What was sealed is one event more, after all others."""
    engine = open_engine(address)
    verdict = await verify(engine)
    async with engine.connect() as connection:
        last = select(CHAIN, func.max(EVENT.c.seq)).where(EVENT.c.kind != "Sealed").group_by(CHAIN)
        links = select(EVENT.c.digest).where(tuple_(CHAIN, EVENT.c.seq).in_(last)).order_by(CHAIN)
        over = sha256("".join((await connection.execute(links)).scalars()).encode())
        sealed = (await connection.execute(select(func.count()).where(EVENT.c.kind == "Sealed"))).scalar_one()
    await engine.dispose()
    assert (verdict.findings, verdict.chains, verdict.events - sealed) == ((), 11, 106)
    assert over.hexdigest() == tails(left)


async def test_what_was_zero_is_none(city):
    assert await rows(city, select(EVENT.c.id).where(EVENT.c.complaint == 0)) == []
    outside = select(EVENT.c.id).where(EVENT.c.complaint.is_(None), EVENT.c.kind != "Sealed")
    assert len(await rows(city, outside)) == 29
    assert await rows(city, select(HOUSEHOLD.c.id).where(HOUSEHOLD.c.person == 0)) == []
    assert await rows(city, select(OUTBOX.c.id).where(OUTBOX.c.complaint == 0)) == []


async def test_every_case_is_what_its_events_make_it(city):
    """What is owed by today's rules and wasn't before is owed from the upgrade on."""
    await city.settle()
    async with city.app.store.work(NOW) as work:
        every = [row.id for row in await work.rows(select(COMPLAINT.c.id))]
        assert len(every) == 10
        for number in every:
            made, kept = await rebuilt(work, number), await cases.get(work, number)
            assert replace(made, clocks=()) == replace(kept, clocks=())
            if kept.is_alive:
                assert {c.stage for c in kept.all_owed} == {c.stage for c in made.all_owed}
            assert [c.id for c in kept.clocks] == list(range(1, len(kept.clocks) + 1))
            waits = select(TIMER.c.clock).where(TIMER.c.complaint == number, TIMER.c.state == "waiting")
            assert {row.clock for row in await work.rows(waits)} == {c.id for c in kept.running}


async def test_what_became_of_a_message_stands_in_columns(city):
    async with city.app.store.work(NOW) as work:
        became = {m.id: (m.state, m.outcome, m.unknown_ends) for m in await messages(work) if m.outcome}
        [waits] = await work.rows(OUTBOX_MESSAGES.where(OUTBOX.c.key == WAITS))
        [digest] = await work.rows(OUTBOX_MESSAGES.where(OUTBOX.c.kind == outbox_batching.DIGEST))
        told = await outbox_batching.told_in(work, outbox_message_of(digest, ""))
    assert sorted(became.values()) == [
        ("dead", "unreachable", 0), ("digested", "digested", 0), ("dropped", "pointless", 0), ("ready", "ambiguous", 1),
    ]  # fmt: skip
    assert outbox_message_of(waits, "").unknown_ends == 1
    assert [message.key for message in told] == [TOLD]


async def test_what_may_have_arrived_keeps_its_count_and_goes_marked(city):
    city.clock.wait(600.0)
    await city.settle()
    [said] = [s.text for s in city.people["经理甲"].sees if s.from_bot and "业主补充" in s.text]
    assert said.startswith("（可能重复")
    [row] = await rows(city, select(OUTBOX.c.state, OUTBOX.c.attempts).where(OUTBOX.c.key == WAITS))
    assert row == ("sent", 3)


@pytest.mark.parametrize("copies", mostly_thorough(["file", "postgresql", "restored"]), indirect=True)
async def test_its_timers_fire_and_somebody_is_told(city):
    expired = select(func.count()).select_from(EVENT).where(EVENT.c.kind == "Expired")
    [(before,)] = await rows(city, expired)
    await city.pass_to(NOW + timedelta(hours=6))
    [(after,)] = await rows(city, expired)
    waiting = select(TIMER.c.id).where(TIMER.c.state == "waiting", TIMER.c.due_at <= city.clock.now())
    assert (after - before, await rows(city, waiting)) == (2, [])  # the company owes nothing of what the bureau has
    assert city.app.missing_notices.found == ()


async def test_what_somebody_had_begun_to_write_is_offered(city):
    lu = city.people["陆先生"]
    lu.says("反映问题")
    await city.settle()
    assert "您有一份还没提交的内容" in lu.last.text
    assert "垃圾桶满了没人收" in lu.last.text


# --- what the database that was left happens not to hold -----------------------------------------------------------

CASE = 3045809753532847  # its `takeover` runs, with four points; its `respond` ran out
BECAME = [
    # state and outcome as version 0.1.0 wrote them, and today's
    ("ready", "429", "rate_limited"),
    ("ready", "ambiguous ×3: TimedOut", "ambiguous"),
    ("ready", "ConnectError", "not_sent"),
    ("dropped", "no point any more", "pointless"),
    ("dropped", "erased", "erased"),
    ("dropped", "message to edit not found", "uneditable"),
    ("dead", "can't be rendered", "unrenderable"),
    ("dead", "ChatMigrated", "moved"),
    ("dead", "topic_closed", "misplaced"),
    ("dead", "Forbidden", "unreachable"),
    ("dead", "Bad Request: can't parse entities", "refused"),
]
FIRST = 100_000  # row ids that the file has not


async def after_migrating(left, change, ask):
    """What `ask` finds in the file once `change` was made to it and it was migrated."""
    with closing(sqlite3.connect(left)) as connection, connection:
        change(connection)
    await migrated(left)
    with closing(sqlite3.connect(left)) as connection:
        return connection.execute(ask).fetchall()


async def test_what_waits_by_a_provisional_clock_is_marked(left):
    takeover = f"complaint = {CASE} AND stage = 'takeover'"

    def change(connection):
        [(body,)] = connection.execute("SELECT body FROM complaint WHERE id = ?", (CASE,))
        case = json.loads(body)
        for clock in case["clocks"]:
            clock["provisional"] = clock["stage"] in ("takeover", "respond")
        connection.execute("UPDATE complaint SET body = ? WHERE id = ?", (json.dumps(case), CASE))
        connection.execute(f"UPDATE timer SET state = 'done' WHERE {takeover} AND point = 'nudge1'")
        connection.execute(f"UPDATE timer SET state = 'waiting' WHERE complaint = {CASE} AND stage = 'respond'")

    marked = await after_migrating(left, change, "SELECT complaint, stage, point FROM timer WHERE provisional")
    assert sorted(marked) == [(CASE, "takeover", point) for point in ("expiry1", "nudge2", "nudge3")]


async def test_every_sentence_about_a_message_becomes_an_outcome(left):
    def change(connection):
        asked = connection.execute("SELECT * FROM outbox WHERE outcome = '' AND state = 'sent' LIMIT 1")
        names, row = [name for name, *_ in asked.description], asked.fetchone()
        for n, (state, said, _) in enumerate(BECAME, FIRST):
            values = dict(zip(names, row, strict=True)) | {"id": n, "key": f"left:{n}", "state": state, "outcome": said}
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO outbox VALUES ({marks})", tuple(values.values()))

    asked = f"SELECT outcome, reason, unknown_ends FROM outbox WHERE id >= {FIRST} ORDER BY id"
    expected = [(today, said, 0) for _, said, today in BECAME]
    expected[1] = ("ambiguous", "TimedOut", 3)
    assert await after_migrating(left, change, asked) == expected


async def test_a_topic_that_was_never_made_has_no_thread(left):
    def change(connection):
        [(group,)] = connection.execute("SELECT id FROM destination WHERE kind = 'group' LIMIT 1")
        rows = [(1, group, "浆洗街街道", 0), (2, group, "玉林街道", 77)]
        connection.executemany("INSERT INTO topic VALUES (?, ?, ?, ?)", rows)

    assert await after_migrating(left, change, "SELECT thread FROM topic ORDER BY id") == [(None,), (77,)]
