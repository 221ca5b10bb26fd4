"""A resident's number is shown for ten minutes, and stands nowhere afterwards."""

import json
from datetime import timedelta

from sqlalchemy import select
from telegram import ReplyKeyboardRemove

from simulator.faults.call_faults import Broken
from simulator.faults.injector import Misbehaviour, Rule
from storage.messaging.message_deletion import BLANK
from storage.messaging.outbox import OUTBOX
from storage.messaging.sent_messages import SENT_MESSAGE

PHONE = "电话：139"


async def rows(play, table):
    async with play.city.app.store.work(play.clock.now()) as work:
        return [row._mapping for row in await work.rows(select(table))]


async def test_the_message_with_the_number_disappears_after_ten_minutes(play, filed):
    manager, wang = filed
    await manager.taps("显示电话")
    assert "10分钟后自动消失" in manager.answer.text
    assert wang.phone in manager.answer.text
    await play.city.pass_by(minutes=9)
    assert manager.has(PHONE)
    await play.city.pass_by(minutes=1)
    assert not manager.has(PHONE)
    kept = json.dumps([dict(r) for table in (OUTBOX, SENT_MESSAGE) for r in await rows(play, table)], default=str)
    assert wang.phone not in kept


async def test_a_message_that_is_gone_already_is_no_fault(play, filed):
    manager, _ = filed
    await manager.taps("显示电话")
    play.city.sim.world.remove(manager.room.posts[manager.answer.message_id])
    await play.city.pass_by(minutes=10)
    (deleted,) = [row for row in await rows(play, OUTBOX) if row["method"] == "delete"]
    assert deleted["state"] == "sent"
    play.city.sim.calls.clear()


async def test_a_message_that_is_too_old_to_be_deleted_is_blanked(play, filed):
    """The bot was away for longer than Telegram lets it delete."""
    manager, _ = filed
    await manager.taps("显示电话")
    shown = manager.answer
    play.clock.move(timedelta(days=3))
    await play.city.settle()
    assert not manager.has(PHONE)
    assert manager.room.posts[shown.message_id].text == "这条消息的内容已不再显示。"
    (blanked,) = [row for row in await rows(play, OUTBOX) if row["kind"] == BLANK]
    assert (blanked["method"], blanked["state"]) == ("edit", "sent")
    play.city.sim.calls.clear()


async def test_it_disappears_at_the_second_try_although_its_reader_has_lost_the_right_meanwhile(play, filed):
    manager, _ = filed
    await manager.taps("显示电话")
    broken = Misbehaviour(play.city.sim, [Rule(mishap=Broken(502), methods=["deleteMessage"], times=1)])
    async with broken:
        play.clock.move(timedelta(hours=4, minutes=1))  # by then it is the head's
        await play.city.settle()
    assert [one.method for one in broken.applied] == ["deleteMessage"]
    assert not manager.has(PHONE)


async def test_what_can_be_neither_deleted_nor_blanked_counts_as_failed(play, filed):
    """The operator hears of it, and its reader nothing: no other message takes its place."""
    manager, _ = filed
    await manager.taps("显示电话")
    shown = manager.answer
    manager.room.posts[shown.message_id].keyboard = ReplyKeyboardRemove()
    play.clock.move(timedelta(days=3))
    await play.city.settle()
    assert not manager.has("不再显示")
    (failed,) = [row for row in await rows(play, OUTBOX) if row["kind"] == BLANK]
    assert failed["state"] == "dead"
    play.city.sim.calls.clear()


async def test_nobody_is_shown_a_number_who_has_lost_the_right_on_the_way(play, filed):
    """The look is judged again before the message leaves."""
    manager, _ = filed
    await manager.taps("联系 ▸")
    manager.account.taps("显示电话")
    app = play.city.app
    await app.receiver.step()
    await app.worker.step()
    play.clock.move(timedelta(hours=4, minutes=1))
    await app.tick()
    await play.city.settle()
    assert not manager.has(PHONE)
