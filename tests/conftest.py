"""What every test may ask for: a city of its own, at rest."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")

import asyncio
import gc
import shutil
import ssl
from functools import cache

import pytest

# The house is imported where it is asked for: the process that only hands out the tests reads this file, too.


def pytest_sessionstart():
    """The libraries load without the collector, as in `mashang run`."""
    gc.disable()


def pytest_collection_finish():
    """What was imported stays: the collector needn't look at it again at every turn."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def made_once():
    """What is the same for every city of a run is made once: certificates, packs, catalogue and dispatcher."""
    from bot import app

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        for name in ("load_catalogue", "load_packs", "dispatcher"):
            patch.setattr(app, name, cache(getattr(app, name)))
        yield


@pytest.fixture(scope="session")
def founded(tmp_path_factory, made_once):
    """The database of the sample city, laid once and copied for each test."""
    from bot.city import found

    folder = tmp_path_factory.mktemp("founded")
    asyncio.run(found(folder))
    return folder / "city.db"


@pytest.fixture
async def city(tmp_path, founded):
    """The sample city with nobody joined yet; no call of the bot may have been refused at the end."""
    from bot.city import open_city

    shutil.copy(founded, tmp_path)
    async with open_city(tmp_path) as made:
        yield made
        assert [(c.method, c.description) for c in made.sim.refused] == []
