"""A case keeps the policy pack that it was filed under, wherever its district has moved since."""

import shutil
from datetime import datetime, timedelta
from importlib.resources import files

import pytest
from sqlalchemy import update

from complaints.policy.pack import PackError
from demo.sample_city import CIVIL, open_city
from storage.repositories.places import DISTRICT

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
CHENGDU = (files("complaints") / "packs" / "chengdu.toml").read_text(encoding="utf-8")
TRIAL = CHENGDU.replace('id = "chengdu"', 'id = "trial"').replace('working = "4h"', 'working = "2h"')


@pytest.fixture
def packs(tmp_path, founded):
    """A folder with one more pack, in which a response takes another time; beside it a city."""
    shutil.copy(founded, tmp_path)
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "trial.toml").write_text(TRIAL, encoding="utf-8")
    return tmp_path / "packs"


async def bind(city, pack):
    async with city.app.store.writing_now() as connection:
        await connection.execute(update(DISTRICT).where(DISTRICT.c.code == "510107").values(pack=pack))


@pytest.mark.covered
async def test_a_case_goes_by_the_pack_that_it_was_filed_under(tmp_path, packs, play_in):
    async with open_city(tmp_path, packs=packs) as city:
        play = play_in(city)
        manager, wang = await play.staff("经理甲"), await play.resident()
        await play.files(wang)
        await bind(city, "trial")
        await manager.says(ANSWER, reply_to=manager.card)
        await play.files(wang, "单元门坏了", "unit_door")
        old, new = await play.cases()
    assert (old.pack, old.clock("resolve_general").due) == ("chengdu", datetime(2026, 11, 20, 18, tzinfo=CIVIL))
    assert (new.pack, new.clock("respond").due) == ("trial", new.filed_at + timedelta(hours=2))


@pytest.mark.parametrize(
    ("spoiled", "sentence"),
    [
        (None, 'open cases were filed under the pack "trial": put it back into MASHANG_PACKS'),
        (TRIAL.replace('"respond"', '"reply"'), 'trial: open cases wait for its stage "respond": put that back'),
    ],
)
async def test_the_bot_does_not_start_without_what_its_cases_go_by(tmp_path, packs, play_in, spoiled, sentence):
    async with open_city(tmp_path, packs=packs) as city:
        await bind(city, "trial")
        await play_in(city).files(await play_in(city).resident())
    other = tmp_path / "other"
    other.mkdir()
    if spoiled:
        (other / "trial.toml").write_text(spoiled, encoding="utf-8")
    with pytest.raises(PackError, match=sentence):
        async with open_city(tmp_path, packs=other):
            pass


async def test_one_deployment_serves_four_packs_at_once(play):
    for n, project in enumerate(("jchy", "bjhy", "laxy", "xcjy")):
        await play.files(await play.resident(f"业主{n}", ("3栋", "1201"), project))
    found = {c.pack: {clock.stage for clock in c.running} for c in await play.cases()}
    assert found == {
        "chengdu": {"respond"},
        "pudong": {"contact", "commit"},
        "changzhi": {"assign", "preliminary", "resolve"},
        "county": {"triage"},
    }
