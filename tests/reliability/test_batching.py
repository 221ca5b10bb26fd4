"""Digests: where a chat's queue outgrows a minute, its notices become one message with every number in full."""

import os
from dataclasses import replace

import pytest
import storms
from storms import DUE

MANY = 500 if os.environ.get("STORM") else 120  # deadlines; `make storm` lets 500 and 1,000 end at once


@pytest.fixture
def storm(tmp_path, made_once):
    """So many deadlines at once in so many projects of so many companies; the city right after it."""

    async def breaks(city, many, projects):
        await storms.files(city, many, projects)
        city.clock.move_to(DUE)
        await city.city.settle()
        return await storms.sights(city)

    return breaks, tmp_path


@pytest.mark.thorough
async def test_sixty_in_one_group_are_a_few_messages_and_none_is_missing(storm):
    breaks, folder = storm
    async with storms.city(folder, 1, 1) as city:
        seen = await breaks(city, 60, 1)
        told = [shown.text for shown in city.groups[0].sees if shown.from_bot]
    assert len(told) <= 2
    assert seen[-1] < 60
    assert storms.refused(city) == []


@pytest.mark.thorough
async def test_what_goes_out_one_by_one_stays_so_below_the_limit(storm):
    breaks, folder = storm
    async with storms.city(folder, 1, 1) as city:
        await breaks(city, 10, 1)
        assert sum("超时" in shown.text for shown in city.groups[0].sees) == 10


@pytest.mark.thorough
async def test_a_digest_says_nothing_of_a_case_that_is_over_by_then(storm):
    _, folder = storm
    async with storms.city(folder, 1, 1) as city:
        await storms.files(city, 30, 1)
        city.clock.move_to(DUE)
        await city.city.app.receiver.step()
        assert await city.city.app.due_timers.step()
        assert await city.city.app.outbox_dispatcher.make_digests()
        gone = await elsewhere(city)
        await city.city.settle()
        texts = [shown.text for shown in city.groups[0].sees if shown.from_bot]
    assert texts
    assert not any(gone in text for text in texts)


async def elsewhere(city):
    """The first case turns out to belong to another district, so that this group has no business with it."""
    [first, *_] = await city.cases()
    async with city.city.app.store.work(city.clock.now()) as work:
        case = await work.complaint(first.id)
        place = replace(case.place, district="d1")
        work.put(replace(case, place=place, version=case.version + 1))
        await work.commit()
    return first.number


@pytest.mark.thorough
async def test_hundreds_of_deadlines_in_23_groups_are_seen_within_a_minute(storm):
    breaks, folder = storm
    async with storms.city(folder, MANY, MANY // 5) as city:
        seen = await breaks(city, MANY, MANY)
        assert storms.refused(city) == []
    assert storms.p99(seen) < 60
    told = f"{MANY} deadlines, 23 groups: {len(seen)} sights, p99 {storms.p99(seen):.1f} s, last {seen[-1]:.1f} s"
    print(told)


@pytest.mark.thorough
async def test_twice_as_many_in_one_group_and_at_one_head_are_seen_within_a_minute(storm):
    breaks, folder = storm
    async with storms.city(folder, 1, 1) as city:
        seen = await breaks(city, 2 * MANY, 1)
        assert storms.refused(city) == []
    assert seen[-1] < 60
    told = f"{2 * MANY} at one head: {len(seen)} sights, p99 {storms.p99(seen):.1f} s, last {seen[-1]:.1f} s"
    print(told)
