"""What every test may ask for: a city of its own, at rest."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.city import City, found, open_city


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the sample city, laid once and copied for each test."""
    folder = tmp_path_factory.mktemp("founded")
    asyncio.run(found(folder))
    return folder / "city.db"


@pytest.fixture
async def city(tmp_path: Path, founded: Path) -> AsyncIterator[City]:
    """The sample city with nobody joined yet; no call of the bot may have been refused at the end."""
    shutil.copy(founded, tmp_path)
    async with open_city(tmp_path) as made:
        yield made
        assert [(c.method, c.description) for c in made.sim.refused] == []
