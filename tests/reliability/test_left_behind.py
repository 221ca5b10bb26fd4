"""Whatever an instance leaves unfinished is finished by another: a notice, a claim, a stand-in, a digest."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import storms
from live_bot import until
from message_outcomes import copies, marks
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from storms import DUE

from bot.delivery import sender
from bot.delivery.delivery_queue import DeliveryQueue
from bot.delivery.send_results import ResultRecorder
from bot.delivery.sender import Sender
from bot.ops import retry
from simulator.api_errors import bad
from simulator.faults.call_faults import BLOCKED, Broken
from simulator.faults.injector import Rule
from storage.db.unit_of_work import Conflict
from storage.messaging import outbox_batching, waiting_messages
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import OUTBOX
from views import notices
from views.officer import group_cards


def gone():
    return OperationalError("SELECT", {}, Exception("server closed the connection"))


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(retry, "PAUSE", 0.01)


@pytest.fixture
async def due(city, play, characters):
    """A case whose time runs out when the test says so; the group that must hear of it."""
    *_, group, wang = characters
    await play.files(wang)
    at = (await play.case()).clock("respond").due
    return lambda: city.pass_to(at), group


async def states(city, kind):
    async with city.app.store.work(city.clock.now()) as work:
        rows = await work.rows(select(OUTBOX.c.state).where(OUTBOX.c.kind == kind))
        return [row.state for row in rows]


def fails_once(works):
    """The same function, whose first answer is lost, or which never ran: as the given one says."""
    failed = []

    async def flaky(*given, **named):
        if not failed:
            failed.append(True)
            raise gone()
        return await works(*given, **named)

    return flaky


async def test_a_database_that_fails_while_a_notice_is_drawn_makes_it_late_and_not_pointless(city, due, monkeypatch):
    comes, group = due
    monkeypatch.setattr(sender, "render", fails_once(sender.render))
    await comes()
    await city.settle()
    assert len(copies(group, "超时")) == 1
    assert await states(city, "bureau.expired") == ["sent"]


async def test_a_notice_that_cannot_be_drawn_is_an_alarm(city, due, monkeypatch):
    comes, _ = due

    async def broken(work, message):
        raise KeyError(message.kind)

    with monkeypatch.context() as patch:
        patch.setattr(sender, "render", broken)
        await comes()
    assert await states(city, "bureau.expired") == ["dead"]


async def test_a_claim_whose_answer_was_lost_is_sent_all_the_same(city, due, monkeypatch):
    comes, group = due
    claim, lost = Sender._claim, []

    async def unheard(self, work, message):
        claimed = await claim(self, work, message)
        if message.kind == "bureau.expired" and not lost:
            lost.append(True)
            raise gone()
        return claimed

    monkeypatch.setattr(Sender, "_claim", unheard)
    await comes()
    city.clock.wait(2.0)
    await city.settle()
    assert len(copies(group, "超时")) == 1


async def test_an_update_whose_claim_was_never_answered_is_handled_all_the_same(city, play, monkeypatch):
    wang = await play.resident()
    wang.account.says("/help")
    await city.app.receiver.step()
    store, writing, lost = city.app.store, city.app.store.writing_now, []

    @asynccontextmanager
    async def unheard():
        async with writing() as connection:
            yield connection
        if not lost:
            lost.append(True)
            raise gone()

    monkeypatch.setattr(store, "writing_now", unheard)
    with pytest.raises(OperationalError):
        await city.app.worker.step()
    await city.app.worker._free_strays()
    await city.settle()
    assert wang.count("帮助") == 1
    async with store.work(city.clock.now()) as work:
        assert [row.state for row in await work.rows(select(INBOX.c.state))] == ["done"]


@pytest.mark.parametrize("fault", [gone(), Conflict()], ids=["database", "conflict"])
async def test_a_term_whose_beginning_fails_is_begun_again_and_nothing_is_sent_before(city, monkeypatch, fault):
    wang = city.sim.person("王女士")
    wang.says("/help")
    await city.app.receiver.step()
    await city.app.worker.step()
    recover, begun, stop = ResultRecorder.recover, [], asyncio.Event()

    async def begins(self, *given):
        begun.append(len(copies(wang)))
        if len(begun) == 1:
            raise fault
        await recover(self, *given)

    monkeypatch.setattr(ResultRecorder, "recover", begins)
    sending = asyncio.create_task(city.app.outbox_dispatcher.run(stop))
    await until(lambda: copies(wang), "an answer")
    stop.set()
    await sending
    assert begun == [0, 0]


async def test_each_term_begins_with_what_others_have_left(city, monkeypatch):
    await city.settle()
    looked = []

    async def looks(*_):
        looked.append(city.app.lease.term)

    monkeypatch.setattr(ResultRecorder, "recover", looks)
    await city.app.outbox_dispatcher.step()
    city.app.lease.term += 1
    await city.app.outbox_dispatcher.step()
    assert looked == [city.app.lease.term]


async def test_who_stands_in_is_told_with_the_failure(city, play, characters, goes_wrong, monkeypatch):
    _, head, _, _, wang = characters
    await goes_wrong(Rule(mishap=BLOCKED, chats={characters[0].id}, times=9))
    monkeypatch.setattr(ResultRecorder, "_next_in_line", fails_once(ResultRecorder._next_in_line))
    await play.files(wang)
    assert len(copies(head, "所以通知您")) == 1  # the manager's card
    assert len(copies(head, "早先的卡片")) == 1  # and the copy of the head's own, of which it took the place


async def test_a_gateway_that_is_broken_for_ten_seconds_loses_nothing(city, due, goes_wrong):
    comes, group = due
    ordered = await goes_wrong(Rule(mishap=Broken(502), chats={group.id}, times=2))
    await comes()
    await ordered.end()
    await city.settle()
    assert marks(group, "超时") == [True]


# --- digests ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def crowded(tmp_path, made_once):
    """Thirty deadlines of one group have just ended; nothing of it is sent yet."""
    async with storms.city(tmp_path, 1, 1) as city:
        await storms.files(city, 30, 1)
        city.clock.move_to(DUE)
        await city.city.app.receiver.step()
        assert await city.city.app.due_timers.step()
        yield city


@pytest.mark.thorough
async def test_one_notice_that_cannot_be_drawn_takes_no_other_with_it(crowded, monkeypatch):
    drawn, failed = group_cards.expired, []

    def flaky(t, d):
        if not failed:
            failed.append(True)
            raise KeyError
        return drawn(t, d)

    monkeypatch.setitem(notices.VIEWS, "bureau.expired", flaky)
    await crowded.city.settle()
    assert storms.refused(crowded) == []
    assert len(await storms.sights(crowded)) > 0


@pytest.mark.thorough
async def test_a_digest_that_telegram_refuses_leaves_its_notices_to_go_one_by_one(crowded):
    async def refuses(phase, call):
        if phase == "received" and call.method == "sendMessage" and "合在一起" in call.params.text("text"):
            raise bad("message is too long")

    crowded.city.sim.hook = refuses
    await crowded.city.settle()
    await storms.sights(crowded)


async def test_what_is_being_sent_alone_is_not_told_in_a_digest_as_well(crowded):
    app = crowded.city.app
    _, [crowd, *_] = DeliveryQueue(await waiting_messages.every(app.store)).crowds()
    async with app.store.work(crowded.clock.now(), crowded.clock.real()) as work:
        await outbox_batching.gather(work, crowd.destination)
        async with app.store.work(crowded.clock.now()) as other:
            first = (
                select(OUTBOX.c.id).where(OUTBOX.c.state == "ready", OUTBOX.c.destination == crowd.destination).limit(1)
            )
            other.queue_write(update(OUTBOX).where(OUTBOX.c.id == first.scalar_subquery()).values(state="sending"))
            await other.commit()
        with pytest.raises(Conflict):
            await work.commit()
