"""The command line in a room of its own, with a database that isn't there yet."""

import os

import pytest
from typer.testing import CliRunner

from cli.__main__ import app


@pytest.fixture
def database(monkeypatch, tmp_path):
    for name in [n for n in os.environ if n.startswith("MASHANG_")]:
        monkeypatch.delenv(name)
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    monkeypatch.setenv("MASHANG_DATABASE_URL", url)
    return url


@pytest.fixture
def types(database):
    def run(*words, given=None):
        return CliRunner().invoke(app, list(words), input=given)

    return run
