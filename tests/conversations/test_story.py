"""The story and its branches, on the wire: receiver, dispatcher, storage and courier against the simulator."""

import pytest

from bot.city import City
from bot.story import SCENES, Scene, files, gather, the_whole_way
from bot.telling import punctuality


@pytest.mark.parametrize("scene", [s for s in SCENES if s.__name__ != "closed_in_silence"], ids=lambda s: s.__name__)
async def test_a_scene_plays_to_its_end(city: City, scene: Scene):
    await scene(city, await gather(city))


async def test_silence_closes_a_case_unrated(city: City):
    cast = await gather(city)
    voice, silence = SCENES[-2:]
    await voice(city, cast)
    await silence(city, cast)


async def test_nudges_and_escalation_come_within_a_second_of_their_time(city: City):
    await the_whole_way(city, await gather(city))
    found = await punctuality(city)
    assert found.count >= 8
    assert found.worst.total_seconds() <= 1.0


async def test_a_receipt_names_who_was_told_when_it_is_due_and_the_clause(city: City):
    await gather(city)
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    receipt = wang.finds("投诉编号")
    assert "项目经理 经**" in receipt.text
    assert "11月18日(周三) 14:00" in receipt.text
    assert "成住建发〔2023〕62号 一(二)" in receipt.text
