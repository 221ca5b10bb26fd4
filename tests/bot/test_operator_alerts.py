"""The operator hears of what lasts, once, from the leading instance; not of what flickers, nor of old things anew."""

import pytest
from sqlalchemy import delete

from bot.ops.health import Fault
from bot.ops.ledger_heads import LedgerHeads
from bot.ops.operator_alerts import OperatorAlerts
from demo.stories.steps import files
from storage.maintenance import heads
from storage.maintenance.audit import verify
from storage.tables import EVENT


class Ill:
    """A bot whose faults the test decides on."""

    def __init__(self):
        self.now = []
        self.failures = 0
        self.leads = True

    async def faults(self):
        return self.now


@pytest.fixture
def watched(city):
    operator = city.sim.person("运维", phone="13700000000")
    operator.opens()
    ill = Ill()
    dog = OperatorAlerts(city.app.telegram_bot, city.clock, ill, lambda: ill.leads, operator.id)

    async def looks(*faults, after=61.0):
        ill.now = [Fault(name, f"it is the {name}") for name in faults]
        await dog.step()
        city.clock.wait(after)
        await dog.step()
        return [shown.text for shown in operator.sees if shown.from_bot]

    return looks, ill


async def test_what_lasts_a_minute_is_told_to_the_operator_without_the_database(watched, city, monkeypatch):
    looks, _ = watched
    monkeypatch.delattr(city.app.store, "engine")
    [told] = await looks("database")
    assert "it is the database" in told


async def test_what_is_over_sooner_is_not_told(watched):
    looks, _ = watched
    assert await looks("leader", after=30.0) == []


async def test_what_goes_on_is_told_once_an_hour_and_its_end_after_a_minute(watched):
    looks, _ = watched
    await looks("leader")
    assert len(await looks("leader", after=600.0)) == 1
    assert len(await looks("leader", after=3600.0)) == 2
    assert len(await looks(after=30.0)) == 2
    assert "no longer" in (await looks(after=31.0))[-1]


async def test_what_comes_and_goes_is_told_once_an_hour(watched):
    looks, _ = watched
    for _ in range(5):
        await looks("messages")
        told = await looks(after=61.0)
    assert ["no longer" in text for text in told] == [False, True]
    for _ in range(30):
        await looks("messages")
        told = await looks()
    assert ["no longer" in text for text in told] == [False, True, False, True]


async def test_what_flickers_is_not_over(watched):
    looks, _ = watched
    await looks("messages")
    for _ in range(5):
        await looks(after=30.0)
        told = await looks("messages", after=30.0)
    assert len(told) == 1


async def test_who_does_not_lead_tells_only_of_what_keeps_everybody_from_leading(watched):
    looks, ill = watched
    ill.leads = False
    [told] = await looks("messages", "clock", "database")
    assert "database" in told
    assert "messages" not in told


async def test_who_leads_no_more_gives_no_all_clear(watched):
    looks, ill = watched
    await looks("messages")
    ill.leads = False
    assert len(await looks(after=120.0)) == 1


async def test_what_failed_for_good_is_told_once(watched):
    looks, ill = watched
    await looks()
    ill.failures = 2
    [told] = await looks()
    assert "2 more updates or messages" in told
    assert len(await looks()) == 1


async def test_what_had_failed_before_the_start_is_not_told_again(watched):
    looks, ill = watched
    ill.failures = None  # the database doesn't answer yet
    await looks()
    ill.failures = 7
    assert await looks() == []
    ill.failures = 8
    assert "1 more" in (await looks())[-1]


async def test_what_another_instance_has_told_is_not_told_again(watched):
    looks, ill = watched
    ill.leads = False
    await looks()
    ill.failures = 3
    await looks()
    ill.leads = True
    assert await looks() == []


async def test_the_operator_gets_the_head_of_the_ledger_which_a_file_of_the_message_proves(city, tmp_path):
    operator = city.sim.person("运维", phone="13700000000")
    operator.opens()
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    store, leads = city.app.store, True
    alerts = OperatorAlerts(city.app.telegram_bot, city.clock, Ill(), lambda: leads, operator.id)
    daily = LedgerHeads(store, city.clock, lambda: leads, alerts.report)
    await daily.report()
    told = operator.last.text
    assert "楼道" not in told
    assert "isn't what was counted" not in told
    (tmp_path / "message.txt").write_text(told, encoding="utf-8")
    head = heads.read(tmp_path / "message.txt")
    assert (await verify(store.engine, heads=[head])).findings == ()
    async with store.writing_now() as connection:
        await connection.execute(delete(EVENT).where(EVENT.c.id == head.highest))
    assert any("1 are missing" in finding for finding in (await verify(store.engine, heads=[head])).findings)
    await daily.report()
    assert "isn't what was counted: run `mashang audit verify`" in operator.last.text
    leads, before = False, len(operator.sees)
    await daily.report()
    assert len(operator.sees) == before


async def test_the_head_is_told_each_day_by_the_calendar(city):
    assert [do.__qualname__ for _, _, do in city.app.schedule._daily] == ["Calendar.remind", "LedgerHeads.report"]
