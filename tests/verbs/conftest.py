"""A case of each pack, filed by 王女士 on Wednesday, 18 November 2026 at 10:00."""

import pytest
from sample_cases import SampleCase


@pytest.fixture
def filed_in():
    """How to file in a pack of one's own choice."""

    async def file(pack="chengdu", **how):
        case = SampleCase(pack)
        await case.filed(**how)
        return case

    return file


@pytest.fixture
async def case(filed_in):
    """Chengdu's: the manager has four hours to answer."""
    return await filed_in("chengdu")


@pytest.fixture
async def county(filed_in):
    """The county's: the bureau has it first."""
    return await filed_in("county")


@pytest.fixture
async def pudong(filed_in):
    """Pudong's: contact within thirty minutes, and a date."""
    return await filed_in("pudong")


@pytest.fixture
async def changzhi(filed_in):
    """Changzhi's: somebody named in thirty minutes, a preliminary result in three hours."""
    return await filed_in("changzhi")
