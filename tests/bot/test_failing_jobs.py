"""A job that fails in a tick keeps no other from running, and is reported."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.ops.http_server import CantListen, listening
from scheduler import calendar
from storage.repositories.timers import TIMER


async def faults(city):
    return [fault.name for fault in await city.app.health.faults()]


async def down(*_):
    raise OperationalError("SELECT", {}, Exception("said by somebody"))


async def test_a_part_that_always_fails_stops_no_other(city, filed, monkeypatch):
    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(city.app.due_timers, "step", down)
        looked = []
        patch.setattr(city.app.missing_notices, "step", lambda: _noting(looked))
        await city.app.tick()
        await city.app.tick()
        assert len(looked) == 2
        assert await faults(city) == ["beat"]
    assert [(entry["part"], entry["why"]) for entry in logs] == [("due_timers", "OperationalError in down")]
    city.clock.wait(0.6)
    await city.app.tick()
    assert await faults(city) == []


async def test_a_part_that_fails_is_tried_again_less_and_less_often_and_at_once_after_a_success(city, filed, patched):
    tries = await patched(ticks=240, seconds=0.25)  # a minute
    assert 18 <= tries <= 24
    await patched(ticks=20, seconds=0.25, fails=False)
    assert await patched(ticks=3, seconds=0.25) == 2  # half a second after the first
    await patched(ticks=20, seconds=0.25, fails=False)


@pytest.fixture
def patched(city, monkeypatch):
    """How often deadlines are looked for in so many ticks."""

    async def count(ticks, seconds, fails=True):
        tries = []

        async def step():
            tries.append(True)
            return await down() if fails else False

        with monkeypatch.context() as patch:
            patch.setattr(city.app.due_timers, "step", step)
            for _ in range(ticks):
                await city.app.fire_deadlines()
                city.clock.wait(seconds)
        return len(tries)

    return count


async def _noting(looked):
    looked.append(True)
    return False


async def test_a_reconciler_that_comes_to_no_end_is_a_fault(city, filed):
    await city.settle()
    city.clock.wait(301.0)
    assert await faults(city) == ["reconciling"]
    await city.app.tick()
    city.clock.wait(95.0)
    await city.app.tick()
    assert await faults(city) == []


async def test_while_nothing_is_heard_no_reconciler_is_missed(city, filed):
    await city.settle()
    city.app.receiver.gap.begin(cut_off=True)
    city.clock.wait(301.0)
    assert await faults(city) == ["deaf"]
    await city.app.missing_notices.step()
    city.app.receiver.gap.end()
    assert await faults(city) == []


async def test_who_leads_no_more_knows_nothing_of_overdue_cases(city, filed, monkeypatch):
    async with city.app.store.work(city.clock.now()) as work:
        work.queue_write(update(TIMER).values(state="void"))
        await work.commit()
    city.clock.move(timedelta(hours=30))
    for _ in range(2):
        city.clock.wait(95.0)
        await city.app.missing_notices.step()
    assert await faults(city) == ["overdue"]
    with monkeypatch.context() as patch:
        patch.setattr(city.app.lease, "leads", lambda: False)
        await city.app.tick()
        assert await faults(city) == []
    await city.app.missing_notices.step()
    assert await faults(city) == []  # a whole pass of its own comes first


async def test_cases_are_counted_anew_to_the_end_whatever_comes_between(city, filed, monkeypatch):
    await city.settle()
    counted = []

    async def provisional(_):
        return [1, 2]

    async def fails_once(_, case):
        counted.append(case)
        if len(counted) == 1:
            await down()

    step = city.app.calendar
    step._all_counted = False
    monkeypatch.setattr(calendar.timers, "provisional", provisional)
    monkeypatch.setattr(calendar, "recount", fails_once)
    city.clock.wait(16.0)
    await step.step()
    assert counted == [1, 2]
    assert not await step.step()  # not at once again
    city.clock.wait(16.0)
    await step.step()
    assert counted == [1, 2, 1, 2]
    city.clock.wait(16.0)
    assert not await step.step()


async def test_an_unreadable_list_of_cases_is_read_again(city, filed, monkeypatch):
    city.app.calendar._all_counted = False
    city.clock.wait(16.0)
    with monkeypatch.context() as patch:
        patch.setattr(calendar.timers, "provisional", down)
        with pytest.raises(OperationalError):
            await city.app.calendar.step()
    assert not city.app.calendar._all_counted


async def test_an_error_of_the_running_bot_is_not_taken_for_a_port_in_use(city):
    with pytest.raises(ConnectionResetError):
        async with listening(("127.0.0.1", 0), city.app.health, None):
            raise ConnectionResetError


async def test_a_port_in_use_is_told_in_a_sentence(city):
    async with listening(("127.0.0.1", 0), city.app.health, None) as address:
        with pytest.raises(CantListen, match=r"nothing can listen at 127\.0\.0\.1"):
            async with listening(("127.0.0.1", int(address.rpartition(":")[2])), city.app.health, None):
                pass
