"""What the story shows on the way: punctual nudges, and a receipt that says all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from complaints.model.events import Filed, Resolved
from demo.sample_city import SampleCity
from demo.stories import STORIES
from demo.stories.chengdu import gather, the_whole_way
from demo.stories.steps import files
from demo.story_runner import punctuality
from storage.repositories import ledger
from storage.tables import EVENT


@pytest.mark.thorough
async def test_nudges_and_escalation_come_within_a_second_of_their_time(city: SampleCity):
    await the_whole_way(city, await gather(city))
    found = await punctuality(city)
    assert found.count >= 8
    assert found.worst.total_seconds() <= 1.0


async def test_a_receipt_names_who_was_told_when_it_is_due_and_the_clause(city: SampleCity):
    await gather(city)
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    receipt = wang.finds("已收到，")
    assert "项目经理 经**" in receipt.text
    assert "11月18日(周三) 14:00" in receipt.text
    assert "成住建发〔2023〕62号 一(二)" in receipt.text


@pytest.mark.parametrize("pack", ["changzhi", "county", "pudong"])
async def test_work_in_a_story_takes_its_time(city: SampleCity, pack: str):
    story = STORIES[pack]
    await story.scenes[0](city, await story.gather(city))
    async with city.app.store.work(city.clock.now()) as work:
        [case] = [row.complaint for row in await work.rows(select(EVENT.c.complaint).where(EVENT.c.kind == Filed.name))]
        at = {type(recorded.event): recorded.at for recorded in await ledger.history(work, case)}
    assert timedelta(hours=1) < at[Resolved] - at[Filed] < timedelta(days=3)
