"""The ledger shows what was changed, what is missing and what was made anew: each row of a story in turn."""

import asyncio
import shutil
import sqlite3
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.clock import StillClock
from bot.settings import Settings
from demo.sample_city import MORNING, TOKEN, database, open_at, open_city, running_bot
from demo.stories.steps import card, do, files, resolves
from simulator.server import Simulator
from storage.db.engine import open_engine
from storage.db.ledger_key import FIRST, LedgerKey
from storage.maintenance import heads
from storage.maintenance.audit import verify, verify_in
from storage.maintenance.link_checks import EVENTS
from storage.maintenance.sealing import ROWS, OtherSecret, make_sure, seal
from storage.maintenance.to_postgresql import move
from storage.repositories import ledger_count
from storage.repositories.ledger import START, link_of
from storage.repositories.ledger_count import Count
from storage.tables import COMPLAINT, EVENT, HOUSEHOLD, LEDGER, STATEMENT

SECRET = "a secret of at least sixteen letters"
KEY = Settings(secret=SECRET).ledger_key()
FORGERS = {"as version 0.2 did": LedgerKey(), "without a key": LedgerKey(), "with another key": LedgerKey(b"guessed")}


async def story(city):
    """Two cases: one expires and goes to the company, one is resolved; a third household's data are erased."""
    manager = await city.staff("经理甲", "13800000101")
    await city.staff("负责人甲", "13800000105")
    wang = await city.resident("王女士", "13900000001")
    li = await city.resident("李先生", "13900000002", room="5栋 302")
    zhao = await city.resident("赵先生", "13900000003", room="6栋 601")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await do(city, lambda: manager.says("电工已到现场，今天17:00前更换。", reply_to=card(manager)))
    await do(city, lambda: manager.taps("一般问题，2个工作日内办结"))
    await resolves(city, manager, "灯泡已更换，3栋楼道灯恢复正常。")
    await do(city, lambda: wang.taps("满意"))
    await files(city, zhao, "公共照明不亮", "6栋楼道灯也不亮，请来修")
    await do(city, lambda: zhao.says("/privacy"), lambda: zhao.taps("删除我的数据"), lambda: zhao.taps("确认删除"))
    await files(city, li, "电梯停运或故障", "5栋电梯坏了，一直停在1楼")
    await city.pass_to(city.clock.now() + timedelta(hours=5))


@pytest.fixture(scope="module")
def told(tmp_path_factory, founded):
    """The database of the story, played once with a secret; the head of half of it, and that of the end."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copy(founded, folder / "city.db")

    async def play():
        async with open_city(folder) as city:
            await story(city)
            async with city.app.store.reading_now() as connection:
                return await heads.current(connection, KEY, city.clock.now())

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MASHANG_SECRET", SECRET)
        head = asyncio.run(play())
    return folder / "city.db", head


def url(file):
    return f"sqlite+aiosqlite:///{file}"


@asynccontextmanager
async def opened(file):
    """A transaction that nobody keeps, without regard for what refers to what."""
    engine = open_engine(url(file))
    async with engine.execution_options(foreign_keys=False).connect() as connection:
        yield connection
        await connection.rollback()
    await engine.dispose()


@pytest.fixture
async def open_told(told):
    async with opened(told[0]) as connection:
        await connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        yield connection


@pytest.fixture
def head(told):
    return told[1]


async def findings(connection, *heads_kept):
    return (await verify_in(connection, KEY, heads_kept)).findings


async def found_after(connection, *statements):
    """What is found once these were done; all is as before again."""
    async with connection.begin_nested() as step:
        for statement in statements:
            await connection.execute(text(statement) if isinstance(statement, str) else statement)
        found = await findings(connection)
        await step.rollback()
    return found


async def test_what_nobody_has_touched_holds(open_told, head):
    verdict = await verify_in(open_told, KEY, [head])
    kinds = set((await open_told.execute(select(EVENT.c.kind))).scalars())
    assert {"Filed", "Answered", "Resolved", "Rated", "Closed", "Expired", "Erased", "DataErased"} <= kinds
    assert (verdict.findings, verdict.remarks) == ((), ())
    assert verdict.events > 20
    assert replace(head, made_at="", signature="") == verdict.head


def forged(name, value):
    """Another value of the same kind, as the file has it."""
    if name in ("body", "media", "facts"):
        return '{"forged": 1}'
    if name in ("at", "said_at", "since", "filed_at", "closed_at"):
        return "2020-01-01 00:00:00.000000"
    if name == "urged_on":
        return "2020-01-01"
    if name == "active":
        return 1 - value
    return value + 1000 if isinstance(value, int) else 77 if value is None else f"{value}x"


@pytest.mark.parametrize("table", [EVENT, COMPLAINT, STATEMENT, HOUSEHOLD, LEDGER], ids=lambda table: table.name)
async def test_every_value_of_every_row_is_proven(open_told, table):
    """But an event's number where the order stays: it says nothing."""
    rows = (await open_told.execute(text(f"SELECT * FROM {table.name}"))).mappings().all()
    unseen = []
    for row in rows:
        for name in row:
            if table is EVENT and name == "id":
                continue
            change = f"UPDATE {table.name} SET {name} = :value WHERE id = {row['id']}"
            statement = text(change).bindparams(value=forged(name, row[name]))
            with suppress(IntegrityError):
                if not await found_after(open_told, statement):
                    unseen.append((row["id"], name))
    assert rows
    assert unseen == []


@pytest.mark.parametrize("table", [EVENT, COMPLAINT, STATEMENT, HOUSEHOLD, LEDGER], ids=lambda table: table.name)
async def test_every_row_that_is_gone_is_missed(open_told, table):
    numbers = (await open_told.execute(select(table.c.id))).scalars().all()
    assert numbers
    gone = {number: await found_after(open_told, delete(table).where(table.c.id == number)) for number in numbers}
    assert [number for number, found in gone.items() if not found] == []


@pytest.mark.parametrize("table", [EVENT, COMPLAINT, STATEMENT, HOUSEHOLD], ids=lambda table: table.name)
async def test_every_row_that_stands_there_twice_is_seen(open_told, table):
    rows = (await open_told.execute(select(table))).mappings().all()
    for row in rows:
        more = {"number": "another"} if table is COMPLAINT else {}
        more |= {"seq": row["seq"] + 100} if table is EVENT else {}
        assert await found_after(open_told, table.insert().values({**row, **more, "id": row["id"] + 10**6}))


CASE = "(SELECT complaint FROM event WHERE kind = 'Expired' LIMIT 1)"
EXPIRED = f"(SELECT seq FROM event WHERE kind = 'Expired' AND complaint = {CASE} ORDER BY seq LIMIT 1)"
TABLES_OF_A_CASE = ("timer", "sent_message", "outbox", "statement", "household", "follower", "event")


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (["DELETE FROM event WHERE id = (SELECT max(id) FROM event)"], "1 are missing"),
        ([f"DELETE FROM event WHERE complaint = {CASE} AND seq >= {EXPIRED}"], "its chain ends with event"),
        ([f"DELETE FROM event WHERE complaint = {CASE}"], "its whole chain is missing"),
        (["DELETE FROM event"], "its whole chain is missing"),
        (["DELETE FROM event WHERE complaint IS NULL AND seq > 2"], "are missing; the last that is there is of 2026-"),
        (["UPDATE complaint SET state = 'closed'"], "was changed"),
        (["UPDATE statement SET text = 'all is well'"], "the words of case"),
        (["UPDATE statement SET text = '', media = '[]', person = NULL"], "the words of case"),
        (["DELETE FROM ledger"], "the count of the ledger is missing"),
        (["UPDATE event SET body = json_set(body, '$.outage', json('{}')) WHERE kind = 'Expired'"], "doesn't hold"),
    ],
)
async def test_every_tampering_that_was_not_seen_is_named(open_told, statements, named):
    found = await found_after(open_told, *statements)
    assert any(named in finding for finding in found), found


async def test_a_case_that_went_with_everything_of_it_is_missed_from_when_to_when(open_told):
    [case] = (await open_told.execute(text(f"SELECT {CASE[1:-1].removeprefix('SELECT ')}"))).scalars()
    everything = [f"DELETE FROM {table} WHERE complaint = {case}" for table in TABLES_OF_A_CASE]
    found = await found_after(open_told, *everything, f"DELETE FROM complaint WHERE id = {case}")
    assert any("are missing; the last that is there is of 2026-11-18" in finding for finding in found), found
    assert any(finding.startswith("no event has the number") and "between 2026-" in finding for finding in found), found


async def test_messages_know_of_an_event_that_is_gone(open_told):
    last = f"SELECT max(seq) FROM event WHERE complaint = {CASE}"
    told = await found_after(
        open_told,
        f"UPDATE outbox SET seq = ({last}) WHERE id = (SELECT max(id) FROM outbox WHERE complaint = {CASE})",
        f"DELETE FROM event WHERE complaint = {CASE} AND seq = ({last})",
    )
    assert any(finding.startswith("messages tell of event") for finding in told), told


async def test_words_that_were_erased_and_come_back_are_seen(open_told):
    blank = select(STATEMENT.c.id).where(STATEMENT.c.text == "")
    [erased] = (await open_told.execute(blank)).scalars()
    again = update(STATEMENT).where(STATEMENT.c.id == erased).values(text="6栋楼道灯也不亮，请来修")
    assert any("were changed" in finding for finding in await found_after(open_told, again))


# --- everything made anew ----------------------------------------------------------------------------------------


async def made_anew(connection, key, scheme, change=lambda link: link):
    """Every link, row and count as somebody would write them who knows how it is done."""
    proofs = {}
    for table, digest in ROWS:
        for row in (await connection.execute(select(table))).mappings().all():
            proofs[table.name, row["id"]] = digest(key, row)
            await connection.execute(update(table).where(table.c.id == row["id"]).values(digest=digest(key, row)))
    tails, count = {}, Count()
    for row in (await connection.execute(EVENTS)).all():
        words = None if scheme == FIRST or row.complaint is None else row.body.get("words")
        rows = {"words_digest": proofs["statement", words]} if words is not None else {}
        link = replace(link_of(row), previous=tails.get(row.complaint, START), scheme=scheme, **rows)
        link = change(replace(link, case_digest="") if scheme == FIRST else link)
        tails[row.complaint] = link.digest(key)
        count = count.plus([tails[row.complaint]])
        values = {**vars(link), "digest": tails[row.complaint]}
        await connection.execute(update(EVENT).where(EVENT.c.id == row.id).values(values))
    if scheme != FIRST:  # the last of each chain is that of the case's row
        await ledger_count.put(connection, count, key)
    else:
        await connection.execute(delete(LEDGER))


def nobody_is_blamed(link):
    return replace(link, body={**link.body, "outage": {}}) if link.kind == "Expired" else link


@pytest.mark.parametrize("forger", FORGERS)
@pytest.mark.parametrize("changed", [lambda link: link, nobody_is_blamed], ids=["unchanged", "changed"])
async def test_a_ledger_made_anew_without_the_secret_is_found_out(open_told, forger, changed):
    key = FORGERS[forger]
    scheme = FIRST if forger.startswith("as version") else key.scheme
    await made_anew(open_told, key, scheme, changed)
    found = await findings(open_told)
    assert any("without MASHANG_SECRET, or with another one" in finding for finding in found), found


async def test_each_chain_made_anew_is_found_out(open_told):
    chains = (await open_told.execute(select(EVENT.c.complaint).distinct())).scalars().all()
    for chain in chains:
        for key in (LedgerKey(), LedgerKey(b"guessed")):
            async with open_told.begin_nested() as step:
                previous = START
                for row in (await open_told.execute(EVENTS.where(EVENT.c.complaint.is_not_distinct_from(chain)))).all():
                    link = replace(link_of(row), previous=previous, scheme=KEY.scheme)
                    previous = link.digest(key)
                    values = {**vars(link), "digest": previous}
                    await open_told.execute(update(EVENT).where(EVENT.c.id == row.id).values(values))
                assert await findings(open_told)
                await step.rollback()


async def test_whoever_has_the_secret_is_found_out_by_a_head_that_was_kept(open_told, head):
    assert await findings(open_told, head) == ()
    await made_anew(open_told, KEY, KEY.scheme, nobody_is_blamed)
    found = await findings(open_told, head)
    assert any(f"the head of {head.when} proves other events" in finding for finding in found), found


async def test_what_was_cut_off_and_counted_anew_is_found_out_by_a_head_that_was_kept(open_told, head):
    await open_told.execute(text("DELETE FROM event WHERE id = (SELECT max(id) FROM event)"))
    count = Count().plus((await open_told.execute(select(EVENT.c.digest).order_by(EVENT.c.id))).scalars())
    await ledger_count.put(open_told, count, KEY)
    found = await findings(open_told, head)
    assert f"the head of {head.when} counts {head.events} events, {head.events - 1} are there: 1 are missing" in found


async def test_a_head_that_somebody_has_changed_proves_nothing(open_told, head):
    [found] = await findings(open_told, replace(head, gaps=head.gaps + 1))
    assert found == f"the head of {head.when} was changed: its signature doesn't hold"
    [found] = await findings(open_told, head.signed(LedgerKey(b"guessed")))
    assert found == f"the head of {head.when} was signed with another secret, or with none"


# --- secrets -----------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(told, tmp_path):
    return shutil.copy(told[0], tmp_path / "city.db")


@asynccontextmanager
async def simulator(clock):
    async with Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now, monotonic=clock.real) as sim:
        yield sim


async def test_a_ledger_that_was_kept_without_a_secret_is_sealed_as_it_stands(laid, monkeypatch):
    clock = StillClock(MORNING)
    async with simulator(clock) as sim:
        async with running_bot(sim, clock, database(laid)) as city:
            await story(city)
            assert (await verify(city.app.store.engine)).findings == ()
        monkeypatch.setenv("MASHANG_SECRET", SECRET)
        async with running_bot(sim, clock, database(laid)) as city:
            await seen_as_sealed(city)
    async with opened(laid / "city.db") as connection:
        for n in (1, 5, 9):
            assert await found_after(connection, delete(EVENT).where(EVENT.c.id == n))
        await made_anew(connection, LedgerKey(), FIRST)
        assert await findings(connection)


async def seen_as_sealed(city):
    verdict = await verify(city.app.store.engine, KEY)
    sealed = [f"{verdict.events - 1} events were sealed as they stood"]
    assert (verdict.findings, [remark.split(" on ")[0] for remark in verdict.remarks]) == ((), sealed)
    sun = await city.resident("孙女士", "13900000004", room="7栋 701")
    await files(city, sun, "公共照明不亮", "7栋楼道灯不亮")
    assert (await verify(city.app.store.engine, KEY)).findings == ()


@pytest.mark.parametrize("secret", ["", "another secret of sixteen letters"])
async def test_a_bot_with_another_secret_does_not_go_on(copied, monkeypatch, secret):
    monkeypatch.setenv("MASHANG_SECRET", secret)
    with pytest.raises(OtherSecret, match="sealed with another MASHANG_SECRET"):
        async with open_at(url(copied)):
            pass


async def test_somebody_who_has_lost_the_secret_seals_what_stands_there(copied):
    fresh = LedgerKey(b"a new one")
    engine = open_engine(url(copied))
    assert (await verify(engine, fresh)).findings != ()
    async with engine.begin() as connection:
        await seal(connection, fresh, (await connection.execute(select(EVENT.c.at))).scalars().first())
    verdict = await verify(engine, fresh)
    assert verdict.findings == ()
    assert "sealed as they stood" in verdict.remarks[0]
    async with engine.begin() as connection:
        await connection.execute(update(EVENT).where(EVENT.c.id == 3).values(actor=1))
    assert (await verify(engine, fresh)).findings != ()
    await engine.dispose()


async def test_a_count_that_was_taken_away_is_not_made_anew_at_the_start(copied):
    with closing(sqlite3.connect(copied)) as connection, connection:
        connection.execute("DELETE FROM ledger")
    engine = open_engine(url(copied))
    assert await make_sure(engine, KEY, None) is None
    assert (await verify(engine, KEY)).findings != ()
    await engine.dispose()


# --- both engines ------------------------------------------------------------------------------------------------


async def test_it_is_the_same_ledger_on_postgresql_and_goes_on_there(laid, vacant, monkeypatch):
    monkeypatch.setenv("MASHANG_SECRET", SECRET)
    clock = StillClock(MORNING)
    engine = open_engine(vacant)
    async with simulator(clock) as sim:
        async with running_bot(sim, clock, database(laid)) as city:
            await story(city)
            async with city.app.store.reading_now() as connection:
                head = await heads.current(connection, KEY, clock.now())
        moved = await move(laid / "city.db", vacant, clock.now(), lambda there, every: None, KEY)
        assert (moved.verdict.findings, moved.verdict.events) == ((), head.events)
        async with running_bot(sim, clock, vacant) as city:
            sun = await city.resident("孙女士", "13900000004", room="7栋 701")
            await files(city, sun, "公共照明不亮", "7栋楼道灯不亮")
    verdict = await verify(engine, KEY, [head])
    assert (verdict.findings, verdict.events > head.events) == ((), True)
    async with engine.begin() as connection:
        await connection.execute(update(COMPLAINT).values(state="closed"))
        await connection.execute(delete(EVENT).where(EVENT.c.id == verdict.head.highest))
    found = (await verify(engine, KEY, [head])).findings
    await engine.dispose()
    assert any("was changed" in finding for finding in found)
    assert any("1 are missing" in finding for finding in found)
