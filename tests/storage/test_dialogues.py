"""What somebody has said so far is never overwritten by what was read before it."""

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.fsm.storage.base import StorageKey

from handlers.framework.fsm_storage import Dialogues
from storage.db.unit_of_work import Conflict
from storage.work import Store

KEY = StorageKey(bot_id=1, chat_id=7, user_id=7)
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)


async def written(store: Store, now, data, key=KEY):
    async with store.work(now, 0.0) as work:
        await Dialogues(work).set_data(key, data)
        await work.commit()


async def test_what_is_written_is_read(store):
    await written(store, NOW, {"draft": "灯"})
    async with store.work(NOW, 0.0) as work:
        assert await Dialogues(work).get_data(KEY) == {"draft": "灯"}


@pytest.mark.parametrize("begun", [True, False])
async def test_two_instances_that_hear_one_person_at_once_lose_nothing(store, begun):
    """The second finds that the dialogue has moved on, and handles its update anew."""
    if begun:
        await written(store, NOW, {"draft": ""})
    async with store.work(LATER, 0.0) as second:
        await Dialogues(second).get_data(KEY)
        await written(store, LATER, {"draft": "灯"})
        await Dialogues(second).set_data(KEY, {"draft": "水"})
        with pytest.raises(Conflict):
            await second.commit()
    async with store.work(LATER, 0.0) as work:
        assert await Dialogues(work).get_data(KEY) == {"draft": "灯"}


async def test_what_is_written_twice_in_one_work_is_no_conflict(store):
    await written(store, NOW, {"draft": "灯"})
    async with store.work(LATER, 0.0) as work:
        await Dialogues(work).set_data(KEY, {"draft": "灯灯"})
        await Dialogues(work).set_state(KEY, "Filing:words")
        await work.commit()
    await written(store, LATER, {"draft": "灯灯灯"})
