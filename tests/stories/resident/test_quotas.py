"""The throttle: whoever floods is slowed kindly, nothing is lost, danger always passes, nobody else notices."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.messaging.inbox import INBOX

TOO_FAST = "您发得太快"


async def handled(play, who):
    async with play.city.app.store.work(play.clock.now()) as work:
        mine = (INBOX.c.sender_id == who.id, INBOX.c.state == "done")
        return (await work.first(select(func.count()).select_from(INBOX).where(*mine)))[0]


async def steps(play, many):
    """Everything that can be done without waiting."""
    app = play.city.app
    for _ in range(many):
        await app.receiver.step()
        await app.worker.step()
        await app.outbox_dispatcher.step()


async def test_a_flood_of_one_delays_nobody_else(play):
    wang, li = await play.resident(), await play.resident("李先生", ("4栋", "301"))
    for _ in range(200):
        wang.account.says("/help")
    await steps(play, 2)
    li.account.says("/language")
    await steps(play, 2)
    assert li.hears
    await steps(play, 25)
    assert await handled(play, wang) == 20
    assert wang.count(TOO_FAST) == 1


async def test_what_was_held_back_is_handled_in_its_turn_and_told_of_once(play):
    wang = await play.resident()
    for _ in range(45):
        wang.account.says("/help")
    await play.city.settle()
    assert await handled(play, wang) == 45
    assert wang.count(TOO_FAST) == 1
    assert wang.count("帮助") == 45


async def test_danger_passes_at_once(play):
    wang = await play.resident()
    manager = await play.staff("经理甲")
    for _ in range(30):
        wang.account.says("/help")
    wang.account.says("电梯里有人被困")
    began = play.clock.real()
    await steps(play, 40)
    wang.account.taps("有危险")
    await steps(play, 6)
    assert play.clock.real() - began < 1
    assert manager.has("危险")


async def test_staff_are_not_slowed(play):
    manager = await play.staff("经理甲")
    for _ in range(40):
        manager.account.says("/help")
    await steps(play, 45)
    assert await handled(play, manager) == 40
    assert not manager.has(TOO_FAST)


@pytest.mark.usefixtures("filed")
async def test_a_held_update_holds_up_no_deadline_of_others(play):
    li = await play.resident("李先生", ("4栋", "301"))
    play.clock.move(timedelta(hours=3, minutes=59))
    for _ in range(60):
        li.account.says("/help")
    await steps(play, 25)
    play.clock.move(timedelta(minutes=2))
    await play.city.app.tick()
    assert (await play.case()).handler == "company"


async def test_an_eleventh_case_of_a_day_waits_as_a_draft_and_danger_goes_out(play):
    wang = await play.resident()
    for _ in range(10):
        await play.files(wang)
    await wang.says("楼道灯又不亮了")
    await wang.taps("新问题")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    assert "一天最多提交10件" in wang.answer.text
    assert len(await play.cases()) == 10
    await wang.says("/report")
    assert "楼道灯又不亮了" in wang.answer.text
    await play.files(wang, danger=True)
    assert len(await play.cases()) == 11
    play.clock.move(timedelta(days=1))
    await wang.says("/report")
    await wang.taps(wang.answer.labels[0])
    await wang.taps("提交")
    assert len(await play.cases()) == 12
