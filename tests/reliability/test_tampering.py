"""The ledger shows what was changed, what is missing and what was made anew: each row of a story in turn."""

import asyncio
import shutil
from contextlib import suppress
from dataclasses import replace

import pytest
from ledger_story import KEY, SECRET, findings, found_after, made_anew, opened, story
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from demo.sample_city import open_city
from storage.db.ledger_key import FIRST, LedgerKey
from storage.maintenance import heads
from storage.maintenance.audit import verify_in
from storage.maintenance.link_checks import EVENTS
from storage.repositories import ledger_count
from storage.repositories.ledger import START, link_of
from storage.repositories.ledger_count import Count
from storage.tables import COMPLAINT, EVENT, HOUSEHOLD, LEDGER, STATEMENT

FORGERS = {"as version 0.2 did": LedgerKey(), "without a key": LedgerKey(), "with another key": LedgerKey(b"guessed")}


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


@pytest.fixture
async def open_told(told):
    async with opened(told[0]) as connection:
        await connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        yield connection


@pytest.fixture
def head(told):
    return told[1]


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
    if name in ("at", "said_at", "since", "filed_at", "closed_at", "overdue_since"):
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
