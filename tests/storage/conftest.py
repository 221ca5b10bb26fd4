"""Fixtures for storage: an empty database for each test, copied from one that was migrated once."""

import asyncio
import shutil
from itertools import count
from pathlib import Path

import pytest

from storage.db.engine import open_engine
from storage.db.migrating import ready
from storage.work import Store


@pytest.fixture(scope="session")
def laid_empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "bot.db"
    asyncio.run(ready(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def file(laid_empty, tmp_path):
    return Path(shutil.copy(laid_empty, tmp_path))


@pytest.fixture
def url(file):
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def engine(url):
    engine = open_engine(url)
    yield engine
    await engine.dispose()


@pytest.fixture
def store(engine):
    return Store(engine, None, count(1).__next__)
