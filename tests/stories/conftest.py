"""The people of most stories, and a case that has got so far."""

import asyncio
import shutil

import pytest
from playing import ANSWER, Play
from scenes import scene
from typer.testing import CliRunner

from bot import clock as clocks
from cli.__main__ import app
from demo.sample_city import SampleCity
from storage.registry import SAMPLE


@pytest.fixture
def play(city: SampleCity) -> Play:
    return Play(city)


@pytest.fixture
def play_in():
    """How to play in a city of one's own."""
    return Play


@pytest.fixture
def load_anew(play, tmp_path, monkeypatch):
    """Change the registry's people, and load it by the operator's command beside the running bot."""
    monkeypatch.setenv("MASHANG_DATABASE_URL", str(play.city.app.store.engine.url))
    monkeypatch.setattr(clocks, "SystemClock", lambda: play.clock)
    folder = shutil.copytree(SAMPLE, tmp_path / "registry")
    people = folder / "people.csv"

    async def loaded(change):
        people.write_text(change(people.read_text(encoding="utf-8-sig")), encoding="utf-8")
        result = await asyncio.to_thread(CliRunner().invoke, app, ["registry", "load", str(folder)])
        assert (result.exit_code, result.stderr) == (0, "")

    return loaded


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
