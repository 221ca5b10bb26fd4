"""Long polling: updates are stored before they are confirmed, each once, and nothing malformed stops it."""

import pytest
from sqlalchemy import func, select
from telegram.error import TelegramError

from bot.intake.update_filter import actor_of, arrival
from demo.sample_city import SampleCity
from storage.messaging.inbox import INBOX


async def stored(city: SampleCity) -> int:
    async with city.app.store.work(city.clock.now()) as work:
        return (await work.first(select(func.count()).select_from(INBOX)))[0]


async def test_an_update_is_stored_before_it_is_confirmed(city: SampleCity):
    city.sim.person("李先生").says("你好")
    assert await city.app.receiver.step()
    assert (await stored(city), city.sim.updates_confirmed) == (1, [])
    await city.app.receiver.step()
    assert len(city.sim.updates_confirmed) == 1


async def test_the_same_update_again_is_stored_once(city: SampleCity):
    city.sim.person("李先生").says("你好")
    assert await city.app.receiver.step()
    city.app.receiver._offset = None  # as after a restart
    assert not await city.app.receiver.step()
    assert await stored(city) == 1


async def test_ids_that_begin_anew_lower_are_heard(city: SampleCity):
    li = city.sim.person("李先生")
    city.sim.updates.restart(1_000_000)
    li.says("你好")
    await city.settle()
    city.sim.updates.restart(5)
    li.says("还在吗")
    await city.settle()
    assert await stored(city) == 2


@pytest.mark.parametrize(
    "strange",
    [{"message": {"from": {"id": 10**30}, "text": "?"}}, {"message": "?"}, {"edited": {}}, {"message": {"chat": None}}],
    ids=str,
)
async def test_a_strange_update_blocks_nobody(city: SampleCity, strange):
    city.sim.inject(strange)
    li = city.sim.person("李先生")
    li.opens()
    await city.settle()
    assert li.last.from_bot


async def test_an_answer_that_holds_nothing_readable_pauses_the_poll(city: SampleCity):
    city.sim.inject({"update_id": 10**30, "message": {}})
    with pytest.raises(TelegramError):
        await city.app.receiver.step()
    city.sim.updates.clear()


@pytest.mark.parametrize(
    ("update", "actor"),
    [
        ({"update_id": 1, "message": {"from": {"id": 7}, "chat": {"id": -9}}}, 7),
        ({"update_id": 1, "message": {"chat": {"id": -9}}}, -9),
        ({"update_id": 1, "message": {"from": {"id": 2**63}, "chat": {"id": 5}}}, 5),
        ({"update_id": 1, "poll": {"id": "x"}}, 0),
    ],
)
def test_the_actor_is_the_sender_else_the_chat(update, actor):
    assert actor_of(update) == actor


def test_parts_of_an_album_wait_for_one_another():
    found = arrival({"update_id": 1, "message": {"media_group_id": "a", "from": {"id": 7}}}, 100.0)
    assert (found.album, found.not_before) == ("a", 101.0)


async def test_while_an_album_finds_together_its_sender_sees_that_somebody_is_at_work(city: SampleCity):
    wang = city.sim.person("王女士")
    wang.opens()
    await city.settle()
    wang.sends_album(3)
    await city.app.receiver.step()
    hints = [call.params["chat_id"] for call in city.sim.calls if call.method == "sendChatAction"]
    assert hints == [wang.id]
    assert city.sim.world.typing.keys() == {wang.id}
    await city.settle()
    assert city.sim.world.typing == {}


async def test_an_album_in_a_group_is_not_typed_at(city: SampleCity):
    officer = city.sim.person("经办员甲")
    group = city.sim.group("工作群", members=[officer])
    group.add_bot(by=officer, admin=True)
    officer.sends_album(2, to=group)
    await city.settle()
    assert not [call for call in city.sim.calls if call.method == "sendChatAction"]
