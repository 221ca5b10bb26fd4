"""Fixtures for all tests: a sample city for each test, on PostgreSQL with ENGINE=postgresql."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")

import asyncio
import gc
import json
import shutil
import ssl
from functools import cache

import catalogues
import postgresql
import pytest

ENGINE = os.environ.get("ENGINE", "sqlite")
FIRST = ("page", "reliability", "stories")

# The house is imported where it is asked for: the process that only hands out the tests reads this file, too.


def pytest_configure():
    """No test reads translations that are not those of the catalogue: it would fail, or be written down, wrongly."""
    if stale := catalogues.stale():
        names = ", ".join(str(po.relative_to(catalogues.FOLDER.parent)) for po in stale)
        raise pytest.UsageError(
            f"{names}: newer than what was compiled of it. Run `make install` or `python -m locales.compile`."
        )


@pytest.fixture
def never_away(monkeypatch):
    """Hours pass in one step, and the bot lives all the while: they are no outage."""
    from storage.repositories import outages

    monkeypatch.setattr(outages, "LEAST", float("inf"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A file of tests stays in one process, which keeps its scenes; so do all tests of the page, with their browser."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return "page" if nodeid.startswith("tests/page/") else nodeid.partition("::")[0]

    config.option.loadscopereorder = False  # a scope that lasts needn't have many tests
    return ByFile(config, log)


def pytest_collection_modifyitems(items):
    """What lasts longest begins first, so that nobody waits for it in the end."""
    items.sort(key=lambda item: FIRST.index(room) if (room := item.path.parent.name) in FIRST else len(FIRST))


def pytest_sessionstart():
    """The libraries load without the collector, as in `mashang run`."""
    gc.disable()


def pytest_collection_finish():
    """What was imported stays: the collector needn't look at it again at every turn."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def migrated_once():
    """No empty file is migrated twice in a process."""
    import migrated

    from storage.db import migrating

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrating, "upgrade", migrated.once(migrating.upgrade))
        patch.setattr(migrating, "revisions", cache(migrating.revisions))
        yield


@pytest.fixture(scope="session")
def made_once():
    """What is the same for every city of a run is made once: certificates, rules, dispatcher, the engine of a file."""
    from bot import app
    from storage.db import migrating

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        for name in ("load_catalogue", "load_packs", "dispatcher", "open_engine"):
            patch.setattr(app, name, cache(getattr(app, name)))
        patch.setattr(migrating, "open_engine", app.open_engine)
        yield


@pytest.fixture(scope="session")
def founded(tmp_path_factory, made_once):
    """The database of the sample city, laid once and copied for each test."""
    from demo.sample_city import create_database, database

    folder = tmp_path_factory.mktemp("founded")
    asyncio.run(create_database(database(folder)))
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
    """The sample city's database."""
    from demo.sample_city import create_database

    with postgresql.laid_once("founded", create_database) as name:
        yield name


@pytest.fixture(scope="session")
def laid_bare():
    """Every table and no row."""
    from storage.db.migrating import ready

    with postgresql.laid_once("bare", ready) as name:
        yield postgresql.url(name)


@pytest.fixture
async def postgres(laid_on_postgresql):
    """The address of a fresh copy of the sample city's."""
    async with postgresql.fresh("played", laid_on_postgresql) as address:
        yield address


@pytest.fixture
async def bare(laid_bare):
    """The address of a database with every table and no row; always the same one, for dropping one waits for a disk."""
    await postgresql.empty(laid_bare)
    return laid_bare


@pytest.fixture
async def vacant():
    """The address of a database on PostgreSQL in which nothing is yet."""
    await postgresql.must_answer()
    async with postgresql.fresh("vacant") as address:
        yield address


@pytest.fixture
def address(request):
    """The database that a test plays on."""
    if ENGINE == "postgresql":
        return request.getfixturevalue("postgres")
    from demo.sample_city import database

    return database(request.getfixturevalue("laid"))


def overfull(call):
    """The buttons that a call brought, where they are more than four rows, or more than three in a row."""
    shown = call.params.get("reply_markup") or {}
    rows = (json.loads(shown) if isinstance(shown, str) else shown).get("inline_keyboard", [])
    labels = [[button["text"] for button in row] for row in rows]
    return [labels] if len(labels) > 4 or any(len(row) > 3 for row in labels) else []


@pytest.fixture
async def city(address, request):
    """The sample city, with as many of the test's scenes as were laid before; else nobody has joined yet.

    At the end no call of the bot was refused, none brought too many buttons, and all parts of it work.
    """
    from scenes import open_for

    async with open_for(request.node, address) as made:
        yield made
        assert [(c.method, c.description) for c in made.sim.refused] == []
        assert [shown for c in made.sim.calls for shown in overfull(c)] == []
        assert made.app.health.failing == {}
