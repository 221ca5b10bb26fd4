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
    """What is the same for every city of a run is made once: certificates, rules, dispatcher, the engine of a file."""
    from bot import app
    from storage import migrating

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        for name in ("load_catalogue", "load_packs", "dispatcher", "open_engine"):
            patch.setattr(app, name, cache(getattr(app, name)))
        patch.setattr(migrating, "open_engine", app.open_engine)
        patch.setattr(migrating, "revisions", cache(migrating.revisions))
        yield


@pytest.fixture(scope="session")
def founded(tmp_path_factory, made_once):
    """The database of the sample city, laid once and copied for each test."""
    from bot.city import found

    folder = tmp_path_factory.mktemp("founded")
    asyncio.run(found(folder))
    return folder / "city.db"


@pytest.fixture
def laid(founded):
    """A folder with a fresh copy; always the same one, so that the engine keeps the statements it has compiled."""
    folder = founded.parent / "played"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(founded, folder)
    return folder


@pytest.fixture
async def city(laid):
    """The sample city with nobody joined yet; no call of the bot may have been refused at the end."""
    from bot.city import open_city

    async with open_city(laid) as made:
        yield made
        assert [(c.method, c.description) for c in made.sim.refused] == []
