"""The check for missing notices: an expiry counts as told only where somebody has read of it, or soon will."""

from datetime import timedelta

import pytest
from playing import Play
from scenes import scene
from sqlalchemy import delete, select, update

from storage.messaging import outbox_batching
from storage.messaging.outbox import OUTBOX
from storage.repositories.ledger import EVENT


async def writes(city, statement):
    async with city.app.store.work(city.clock.now()) as work:
        work.queue_write(statement)
        await work.commit()


async def found(city):
    """What a whole pass of the reconciler finds, with nothing else in motion."""
    for _ in range(2):
        city.clock.wait(95.0)
        await city.app.missing_notices.step()
    return len(city.app.missing_notices.found)


@scene
async def expired(city, filed):
    """The seq of an expiry of which everybody was told."""
    _, officer = await Play(city).staff("负责人甲", "经办员甲")
    await Play(city).group(officer)
    await city.pass_by(hours=4.5)
    async with city.app.store.work(city.clock.now()) as work:
        [row] = await work.rows(select(EVENT.c.seq).where(EVENT.c.kind == "Expired"))
    assert await found(city) == 0
    return row.seq


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("dead", "unreachable"), ("dropped", "pointless"), ("dropped", "ambiguous"), ("digested", "digested"),
    ],
)  # fmt: skip
async def test_what_nobody_will_read_is_no_notice(city, expired, state, outcome):
    await writes(city, update(OUTBOX).where(OUTBOX.c.seq == expired).values(state=state, outcome=outcome))
    assert await found(city) == 1


@pytest.mark.parametrize("state", ["ready", "sending"])
async def test_what_is_on_its_way_counts_for_ten_minutes(city, expired, state):
    fresh = {"state": state, "made_at": city.clock.now()}
    await writes(city, update(OUTBOX).where(OUTBOX.c.seq == expired).values(**fresh))
    assert await found(city) == 0
    city.clock.wait(600.0)
    assert await found(city) == 1


@pytest.mark.parametrize(
    ("state", "findings"), [("sent", 0), ("ready", 0), ("sending", 0), ("dead", 1), ("dropped", 1)]
)
async def test_what_a_digest_tells_is_told_with_it(city, expired, state, findings):
    await writes(city, update(OUTBOX).where(OUTBOX.c.seq == expired).values(state="ready"))
    async with city.app.store.work(city.clock.now()) as work:
        [mine, *_] = await work.rows(select(OUTBOX.c.id, OUTBOX.c.destination).where(OUTBOX.c.seq == expired))
        outbox_batching._put(work, mine.destination, [mine.id], 1)
        await work.commit()
    digest = OUTBOX.c.kind == outbox_batching.DIGEST
    told = {"state": "digested", "digest_id": select(OUTBOX.c.id).where(digest).scalar_subquery()}
    await writes(city, update(OUTBOX).where(digest).values(state=state))
    await writes(city, update(OUTBOX).where(OUTBOX.c.seq == expired).values(**told))
    assert await found(city) == findings


async def test_one_notice_that_arrived_is_enough(city, expired):
    mine = OUTBOX.c.seq == expired
    first = select(OUTBOX.c.id).where(mine).limit(1).scalar_subquery()
    await writes(city, update(OUTBOX).where(mine, OUTBOX.c.id != first).values(state="dead", outcome="unreachable"))
    assert await found(city) == 0


async def test_what_had_no_point_any_more_is_no_finding_once_the_case_has_moved_on(city, filed, expired):
    await writes(city, update(OUTBOX).where(OUTBOX.c.seq == expired).values(state="dropped", outcome="pointless"))
    assert await found(city) == 1
    _, wang = filed
    await wang.taps("撤回")
    await wang.taps("确定撤回")
    assert await found(city) == 0


async def test_of_a_case_that_has_moved_on_some_notice_must_stand_all_the_same(city, filed, expired):
    await writes(city, delete(OUTBOX).where(OUTBOX.c.seq == expired))
    city.clock.move(timedelta(seconds=1))
    assert await found(city) == 1


async def test_what_residents_are_told_in_the_morning_is_not_missing_at_night(city):
    """Nobody of the staff has joined: the household alone can be told."""
    play = Play(city)
    wang = await play.resident()
    await play.at(20)
    await play.files(wang)
    await play.at(4, 30, day=19)
    assert await found(city) == 0
    assert not wang.has("响应超时")
    await play.at(8, day=19)
    assert (await found(city), wang.has("响应超时")) == (0, True)
