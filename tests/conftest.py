"""What every test may ask for: a city of its own, at rest; on PostgreSQL with ENGINE=postgresql."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")

import asyncio
import gc
import shutil
import ssl
from functools import cache

import postgresql
import pytest

ENGINE = os.environ.get("ENGINE", "sqlite")

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
    from bot.city import database, found

    folder = tmp_path_factory.mktemp("founded")
    asyncio.run(found(database(folder)))
    return folder / "city.db"


@pytest.fixture
def laid(founded):
    """A folder with a fresh copy; always the same one, so that the engine keeps the statements it has compiled."""
    folder = founded.parent / "played"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(founded, folder)
    return folder


@pytest.fixture(scope="session")
def laid_on_postgresql(made_once):
    """The sample city's database on PostgreSQL, laid once."""
    from bot.city import found

    async def lay():
        await postgresql.must_answer()
        await found(await postgresql.make("founded"))

    asyncio.run(lay())
    yield "founded"
    asyncio.run(postgresql.drop("founded"))


@pytest.fixture
async def postgres(laid_on_postgresql):
    """The address of a fresh copy."""
    yield await postgresql.make("played", laid_on_postgresql)
    await postgresql.drop("played")


@pytest.fixture
async def vacant():
    """The address of a database on PostgreSQL in which nothing is yet."""
    await postgresql.must_answer()
    yield await postgresql.make("vacant")
    await postgresql.drop("vacant")


@pytest.fixture(scope="session")
def laid_bare():
    """Every table and no row, on PostgreSQL, laid once."""
    from storage.migrating import ready

    async def lay():
        await postgresql.must_answer()
        await ready(await postgresql.make("bare"))

    asyncio.run(lay())
    yield "bare"
    asyncio.run(postgresql.drop("bare"))


@pytest.fixture
async def bare(laid_bare):
    """The address of a fresh copy."""
    yield await postgresql.make("vacant", laid_bare)
    await postgresql.drop("vacant")


@pytest.fixture
def address(request):
    """The database that a test plays on."""
    if ENGINE == "postgresql":
        return request.getfixturevalue("postgres")
    from bot.city import database

    return database(request.getfixturevalue("laid"))


@pytest.fixture
async def city(address):
    """The sample city with nobody joined yet; at the end no call of the bot was refused, and all parts of it work."""
    from bot.city import open_at

    async with open_at(address) as made:
        yield made
        assert [(c.method, c.description) for c in made.sim.refused] == []
        assert made.app.health.failing == {}
