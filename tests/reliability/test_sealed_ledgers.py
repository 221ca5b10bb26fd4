"""A ledger is sealed by one secret: what was kept without it, or with another, is taken as it stands and says so."""

import sqlite3
from contextlib import asynccontextmanager, closing

import pytest
from ledger_story import KEY, SECRET, findings, found_after, made_anew, opened, story, url
from sqlalchemy import delete, select, update
from variants import mostly_thorough

from bot.clock import StillClock
from demo.sample_city import MORNING, TOKEN, database, open_at, open_city, running_bot
from demo.stories.steps import files
from simulator.server import Simulator
from storage.db.engine import open_engine
from storage.db.ledger_key import FIRST, LedgerKey
from storage.maintenance import heads
from storage.maintenance.audit import verify
from storage.maintenance.sealing import OtherSecret, make_sure, seal
from storage.maintenance.to_postgresql import move
from storage.tables import COMPLAINT, EVENT


@pytest.fixture
async def copied(laid, monkeypatch):
    """The story's database, sealed by the secret."""
    with monkeypatch.context() as patch:
        patch.setenv("MASHANG_SECRET", SECRET)
        async with open_city(laid) as city:
            await story(city)
    return laid / "city.db"


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


@pytest.mark.parametrize("secret", mostly_thorough(["another secret of sixteen letters", ""]))
async def test_a_bot_with_another_secret_does_not_go_on(copied, monkeypatch, secret):
    monkeypatch.setenv("MASHANG_SECRET", secret)
    with pytest.raises(OtherSecret, match="sealed with another MASHANG_SECRET"):
        async with open_at(url(copied)):
            pass


@pytest.mark.thorough
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


@pytest.mark.thorough
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
