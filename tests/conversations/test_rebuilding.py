"""The scenes of all stories play, and a case is what its events make it: the ledger alone gives it again."""

import pytest

from bot.stories import STORIES
from bot.story import closed_in_silence, voice_only
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


SCENES = [(pack, scene) for pack, story in STORIES.items() for scene in story.scenes if scene is not closed_in_silence]


@pytest.mark.parametrize(("pack", "scene"), SCENES, ids=[f"{pack}-{scene.__name__}" for pack, scene in SCENES])
async def test_a_scene_plays_to_its_end_and_every_case_is_what_its_events_make_it(city, play, pack, scene):
    await scene(city, await STORIES[pack].gather(city))
    await every_case_is_what_its_events_make_it(city, play)


async def test_silence_closes_a_case_unrated(city, play):
    cast = await STORIES["chengdu"].gather(city)
    await voice_only(city, cast)
    await closed_in_silence(city, cast)
    await every_case_is_what_its_events_make_it(city, play)


async def every_case_is_what_its_events_make_it(city, play):
    stored = await play.cases()
    assert stored
    async with city.app.store.work(city.clock.now()) as work:
        for case in stored:
            assert await rebuilt(work, case.id) == case
