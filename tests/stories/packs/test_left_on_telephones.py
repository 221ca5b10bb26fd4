"""People press what an earlier version has left on their telephones, and this version does what it says."""

import pytest
from released import VERSIONS, opened

from complaints.model.complaint import State
from storage.repositories import cases

MANAGER, HEAD, GROUP = 7_000_003, 7_000_004, -1_002_004_000_001
RATING, WRITING, SUPPLEMENTING, HURRYING = 7_000_022, 7_000_023, 7_000_025, 7_000_020

# Not every message of the telephones was kept, and a message may say already what it is to say.
EXPECTED = ("Bad Request: message to edit not found", "Bad Request: message is not modified")


@pytest.fixture(params=VERSIONS)
async def left(request, tmp_path, made_once):
    async with opened(request.param, tmp_path) as found:
        await found.city.settle()
        yield found
        assert [c.description for c in found.city.sim.refused if not c.description.startswith(EXPECTED)] == []
        assert found.city.app.health.failing == {}


async def newest_case(left, person):
    data = next(d for chat, _, _, d in reversed(left.buttons) if chat == person and d.startswith("c:"))
    async with left.city.app.store.work(left.city.clock.now()) as work:
        return await cases.get(work, int(data.split(":")[2]))


@pytest.mark.thorough
async def test_a_card_of_an_earlier_version_still_answers_its_case(left):
    left.presses(MANAGER, "一般问题，2个工作日内办结")
    await left.city.settle()
    left.people[MANAGER].says("大门灯的镇流器坏了，今天下午更换。")
    await left.city.settle()
    assert "今天下午更换" in left.people[SUPPLEMENTING].finds("答复了您").text
    assert (await newest_case(left, SUPPLEMENTING)).state is State.ANSWERED


@pytest.mark.thorough
async def test_a_rating_asked_for_by_an_earlier_version_closes_the_case(left):
    left.presses(RATING, "满意")
    await left.city.settle()
    assert (await newest_case(left, RATING)).state is State.CLOSED


async def test_a_half_written_case_goes_on(left):
    left.presses(WRITING, "垃圾清运不及时")
    await left.city.settle()
    left.people[WRITING].taps("提交")
    await left.city.settle()
    assert "垃圾桶满了没人收" in left.people[MANAGER].finds("新问题").text


async def test_the_groups_buttons_act(left):
    left.presses(GROUP, "挂牌督办")
    await left.city.settle()
    officer = left.people[next(iter(left.groups[GROUP].room.members))]
    officer.says("灯一周没有修好")
    await left.city.settle()
    assert "挂牌督办" in left.people[HURRYING].last.text
    assert "灯一周没有修好" in left.people[HEAD].last.text


@pytest.mark.thorough
async def test_no_button_that_was_left_behind_is_too_much(left):
    for chat, message, _, data in left.buttons:
        left.press(chat, message, data)
        await left.city.settle()
