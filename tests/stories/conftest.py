"""The people of most stories, and a case that has got so far."""

import pytest
from playing import ANSWER, Play
from scenes import scene

from demo.sample_city import SampleCity


@pytest.fixture
def play(city: SampleCity) -> Play:
    return Play(city)


@pytest.fixture
def play_in():
    """How to play in a city of one's own."""
    return Play


@scene
async def filed(play):
    """A manager with a new case on the table, and the household behind it."""
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    return manager, wang


@scene
async def answered(filed):
    manager, wang = filed
    await manager.says(ANSWER, reply_to=manager.card)
    return manager, wang


@scene
async def characters(play):
    """Manager, head, officer, group, resident; no case yet."""
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    return manager, head, officer, await play.group(officer), await play.resident()
