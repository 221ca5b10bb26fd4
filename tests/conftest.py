"""What every test may ask for: a city of its own, at rest."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.city import City, open_city


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    """The sample city with nobody joined yet; no call of the bot may have been refused at the end."""
    async with open_city(tmp_path) as made:
        yield made
        assert [(c.method, c.description) for c in made.sim.refused] == []
