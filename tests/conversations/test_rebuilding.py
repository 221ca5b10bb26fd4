"""A case is what its events make it: after the whole story, the ledger alone gives the stored case again."""

import pytest

from bot.stories import STORIES
from complaints import lifecycle, stages
from storage import ledger


async def rebuilt(work, complaint_id):
    """The case from its events alone."""
    first, *rest = await ledger.history(work, complaint_id)
    case = lifecycle.born(complaint_id, first.event, first.at)
    pack = work.rules.packs[case.pack]
    hours = pack.hours(work.rules.workdays)
    case, _ = stages.turn(case, first.event, first.at, pack, hours)
    for recorded in rest:
        case = lifecycle.apply(case, recorded.event, recorded.at)
        case, _ = stages.turn(case, recorded.event, recorded.at, pack, hours)
    return case


@pytest.mark.parametrize("pack", STORIES)
async def test_every_case_of_a_story_is_what_its_events_make_it(city, play, pack):
    story = STORIES[pack]
    cast = await story.gather(city)
    for scene in story.scenes:
        await scene(city, cast)
    stored = await play.cases()
    assert len(stored) >= len(story.scenes) - 1
    async with city.app.store.work(city.clock.now()) as work:
        for case in stored:
            assert await rebuilt(work, case.id) == case
