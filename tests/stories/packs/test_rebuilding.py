"""The scenes of all stories play, and a case is what its events make it: the ledger alone gives it again."""

import pytest
from rebuilt_case import every_case_is_what_its_events_make_it

from demo.stories import STORIES
from demo.stories.chengdu import closed_in_silence, voice_only

SCENES = [(pack, scene) for pack, story in STORIES.items() for scene in story.scenes if scene is not closed_in_silence]

# Chengdu's first plays in `make test`, all of them in `make check`.
PLAYED = [
    pytest.param(pack, scene, id=f"{pack}-{scene.__name__}", marks=[pytest.mark.thorough] * bool(n))
    for n, (pack, scene) in enumerate(SCENES)
]


@pytest.mark.parametrize(("pack", "scene"), PLAYED)
@pytest.mark.covered
async def test_a_scene_plays_to_its_end_and_every_case_is_what_its_events_make_it(city, play, pack, scene):
    await scene(city, await STORIES[pack].gather(city))
    await every_case_is_what_its_events_make_it(city, play)


@pytest.mark.covered
async def test_silence_closes_a_case_unrated(city, play):
    characters = await STORIES["chengdu"].gather(city)
    await voice_only(city, characters)
    await closed_in_silence(city, characters)
    await every_case_is_what_its_events_make_it(city, play)
