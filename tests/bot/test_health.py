"""Health: whether the bot lives, is ready and does well, without anybody's data."""

from datetime import timedelta

import pytest
from playing import Play
from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from bot.clock import SystemClock
from bot.ops.heartbeat import Heartbeat
from storage.messaging.outbox import OUTBOX
from storage.queries.missing_notices import Found
from storage.repositories.timers import TIMER


async def faults(city):
    return [fault.name for fault in await city.app.health.faults()]


async def metric(city, name):
    page = (await city.app.health.answer_metrics(None)).body.decode()
    return {line.split()[0]: float(line.split()[1]) for line in page.splitlines() if line[0] != "#"}[f"mashang_{name}"]


async def writes(city, statement):
    async with city.app.store.work(city.clock.now()) as work:
        work.queue_write(statement)
        await work.commit()


async def test_a_bot_at_rest_is_ready(city):
    await city.settle()
    assert (await city.app.health.live(None)).status == 200
    assert (await city.app.health.ready(None)).status == 200


async def test_a_process_without_a_beat_for_a_minute_is_held_for_dead(city):
    beats, city.app.health.heartbeat = city.app.health.heartbeat, Heartbeat(city.clock.real)
    city.app.health.heartbeat.begin()
    await city.settle()
    assert (await city.app.health.live(None)).status == 200
    city.clock.wait(61.0)
    assert (await city.app.health.live(None)).status == 503
    assert beats.silence() == 0.0  # where nothing runs, nothing is late


async def test_a_database_that_doesn_t_answer_turns_ready_red(city, monkeypatch):
    def gone(*_):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(city.app.health.store, "work", gone)
    answer = await city.app.health.ready(None)
    assert (answer.status, "database" in answer.text) == (503, True)
    assert (await city.app.health.answer_metrics(None)).status == 200


async def test_a_bot_that_hears_nothing_isn_t_ready(city):
    await city.settle()
    city.app.receiver.gap.begin(cut_off=True)
    assert await faults(city) == ["deaf"]


async def test_a_deadline_that_nobody_deals_with_is_a_fault_and_has_its_age(city, filed):
    city.clock.move(timedelta(hours=30))
    assert await faults(city) == ["deadlines"]
    assert await metric(city, "oldest_due_timer_seconds") > 3600


async def test_a_message_that_nobody_sends_is_a_fault(city, filed):
    await writes(city, update(OUTBOX).where(OUTBOX.c.kind == "resident.receipt").values(state="ready"))
    city.clock.move(timedelta(minutes=3))
    assert await faults(city) == ["messages"]
    assert await metric(city, "ready_messages") == 1


async def test_a_message_that_is_tried_again_and_again_is_a_fault(city, filed):
    waits = {"state": "ready", "outcome": "not_sent", "not_before": city.clock.real() + 9000}
    await writes(city, update(OUTBOX).where(OUTBOX.c.kind == "resident.receipt").values(**waits))
    city.clock.move(timedelta(minutes=3))
    assert await faults(city) == ["messages"]
    assert await metric(city, "ready_messages") == 0


async def test_a_message_that_telegram_makes_wait_is_none(city, filed):
    waits = {"state": "ready", "outcome": "rate_limited", "not_before": city.clock.real() + 9000}
    await writes(city, update(OUTBOX).where(OUTBOX.c.kind == "resident.receipt").values(**waits))
    city.clock.move(timedelta(minutes=3))
    assert await faults(city) == []


async def test_what_an_outage_has_delayed_waits_only_since_the_start(city, filed):
    early = {"state": "ready", "made_at": city.clock.now() - timedelta(hours=20)}
    await writes(city, update(OUTBOX).where(OUTBOX.c.kind == "resident.receipt").values(**early))
    assert await faults(city) == []


async def test_a_call_that_lasts_a_minute_is_a_fault(city, filed):
    await writes(city, update(OUTBOX).where(OUTBOX.c.kind == "resident.receipt").values(state="sending"))
    assert await faults(city) == []
    city.clock.wait(61.0)
    assert await faults(city) == ["sending"]
    assert await metric(city, "oldest_sending_message_seconds") == 61.0


async def test_whoever_is_out_of_reach_is_no_failure_of_ours(city, filed):
    everybody = update(OUTBOX).where(OUTBOX.c.kind == "resident.receipt")
    await writes(city, everybody.values(state="dead", outcome="unreachable"))
    await faults(city)
    assert (city.app.health.failures, await metric(city, "dead_messages")) == (0, 1)
    await writes(city, everybody.values(state="dead", outcome="refused"))
    await faults(city)
    assert city.app.health.failures == 1


async def test_deadlines_are_measured_from_their_moment(city, filed):
    due = await city.next_deadline()
    city.clock.move_to(due + timedelta(seconds=3))
    await city.settle()
    assert await metric(city, 'deadline_lateness_seconds_bucket{le="2.0"}') == 0
    assert await metric(city, 'deadline_lateness_seconds_bucket{le="5.0"}') == 1


def test_a_clock_that_is_moved_moves_no_deadline_and_is_noticed():
    wall, steady = [1_800_000_000.0], [50.0]
    clock = SystemClock(lambda: wall[0], lambda: steady[0])
    before = clock.now()
    wall[0] += 86_400  # somebody sets it a day ahead
    steady[0] += 1
    assert clock.now() - before == timedelta(seconds=1)
    assert clock.slip() == pytest.approx(86_399)
    wall[0] -= 2 * 86_400  # and then a day back
    assert clock.now() - before == timedelta(seconds=1)


def test_case_time_doesn_t_begin_before_what_is_on_record():
    clock = SystemClock(lambda: 1_800_000_000.0, lambda: 50.0)
    known = clock.now() + timedelta(hours=2)
    clock.not_before(known)
    assert clock.now() == known


# --- the reconciler ---------------------------------------------------------------------------------------------


async def found(city):
    """What a whole pass of the reconciler finds, with nothing else in motion."""
    for _ in range(2):
        city.clock.wait(95.0)
        await city.app.missing_notices.step()
    return city.app.missing_notices.found


async def test_where_everything_works_it_finds_nothing(city, filed):
    _, officer = await Play(city).staff("负责人甲", "经办员甲")
    await Play(city).group(officer)
    await city.pass_by(hours=30)
    assert await found(city) == ()
    assert await metric(city, "overdue_without_notice") == 0


async def test_a_clock_that_ran_out_unnoticed_is_found(city, filed):
    await writes(city, update(TIMER).values(state="void"))
    city.clock.move(timedelta(hours=30))
    case = await Play(city).case()
    assert await found(city) == (Found(complaint=case.id),)
    assert await faults(city) == ["overdue"]


async def test_an_expiry_that_nobody_was_told_of_is_found(city, filed):
    await city.pass_by(hours=30)
    await writes(city, delete(OUTBOX).where(OUTBOX.c.seq > 1))
    case, events = await Play(city).case(), await Play(city).events()
    last = len(events) - events[::-1].index("Expired")  # the one before is older than a day
    assert await found(city) == (Found(complaint=case.id, seq=last),)


async def test_deadlines_that_wait_for_the_messenger_are_no_finding(city, filed):
    city.app.receiver.gap.begin(cut_off=True)
    city.clock.move(timedelta(hours=30))
    assert await found(city) == ()
