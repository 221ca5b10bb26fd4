"""Results of failed sends: the table of outcomes, over the wire."""

import asyncio
from dataclasses import replace

import pytest
from scenes import open_for, scene
from sqlalchemy import select

from bot.delivery.outbox_dispatcher import YOUNG
from bot.outcomes import WrongToken
from demo.sample_city import SampleCity
from demo.stories.steps import files
from simulator.api_errors import Answer, DropConnection, bad, too_many
from storage.messaging import spent_messages, waiting_messages
from storage.messaging.outbox import OUTBOX
from storage.repositories import cases
from storage.tables import COMPLAINT

MARK = "可能重复"


@pytest.fixture
async def city(address, request):
    """Here calls are refused on purpose."""
    async with open_for(request.node, address) as made:
        yield made


@scene
async def joined(city):
    """Manager and resident, before any case."""
    return await city.staff("经理甲", "13800000101"), await city.resident("李先生", "13900000002", room="5栋 302")


def goes_wrong(city: SampleCity, fault, *, phase="received", text="", times=1, method="sendMessage"):
    """The next calls whose text holds these words end so."""
    left = [times]

    async def hook(at, call):
        if at == phase and call.method == method and text in str(call.params.get("text", "")) and left[0]:
            left[0] -= 1
            raise fault

    city.sim.hook = hook


async def rows(city: SampleCity, kind: str):
    async with city.app.store.work(city.clock.now()) as work:
        query = select(OUTBOX.c.state, OUTBOX.c.attempts, OUTBOX.c.outcome).where(OUTBOX.c.kind == kind)
        return [tuple(r) for r in await work.rows(query.order_by(OUTBOX.c.id))]


def copies(who, words):
    return [s.text for s in who.sees if s.from_bot and words in s.text]


async def filed(city: SampleCity, joined):
    """A case of theirs, while something may go wrong already."""
    manager, li = joined
    await files(city, li, "公共照明不亮", "5栋楼道灯不亮")
    return manager, li


async def test_a_notice_that_may_have_arrived_goes_once_more_and_says_so(city: SampleCity, joined):
    goes_wrong(city, DropConnection(), phase="done", text="已收到，")
    _, li = await filed(city, joined)
    first, second = copies(li, "已收到，")
    assert MARK not in first
    assert second == f"（{MARK}）{first}"  # the kept rendering, word for word


async def test_what_must_not_be_missed_goes_again_until_an_answer_comes_and_then_is_an_alarm(city: SampleCity, joined):
    goes_wrong(city, DropConnection(), phase="done", text="已收到，", times=9)
    _, li = await filed(city, joined)
    assert [MARK in text for text in copies(li, "已收到，")] == [False, True, True, True, True]
    assert [state for state, *_ in await rows(city, "resident.receipt")] == ["dead"]


async def test_a_nudge_that_may_have_arrived_is_not_repeated(city: SampleCity, joined):
    manager, _ = await filed(city, joined)
    goes_wrong(city, DropConnection(), text="第1次提醒")
    await city.to_next_deadline()
    assert copies(manager, "第1次提醒") == []
    assert [state for state, *_ in await rows(city, "manager.nudge")] == ["dropped"]


@pytest.mark.parametrize(
    "fault", [Answer(500, "Internal Server Error"), Answer(502, "Bad Gateway"), DropConnection()], ids=repr
)
async def test_an_answer_somebody_waits_for_goes_once_more(city: SampleCity, fault):
    goes_wrong(city, fault, text="请一次发来楼栋和房号")
    li = await city.resident("李先生", "13900000002")
    assert [MARK in text for text in copies(li, "请一次发来楼栋和房号")] == [True]


async def test_a_429_waits_and_is_no_repeat(city: SampleCity, joined):
    goes_wrong(city, too_many(7), text="已收到，")
    before = city.clock.real()
    _, li = await filed(city, joined)
    assert city.clock.real() - before >= 7
    assert [MARK in text for text in copies(li, "已收到，")] == [False]


async def test_refused_markup_goes_once_more_as_plain_text(city: SampleCity, joined):
    goes_wrong(city, bad("can't parse entities: unsupported start tag"), text="已收到，")
    _, li = await filed(city, joined)
    assert len(copies(li, "已收到，")) == 1
    assert (await rows(city, "resident.receipt"))[0][:2] == ("sent", 2)


async def test_what_is_refused_twice_is_dead_and_the_chat_stays_good(city: SampleCity, joined):
    goes_wrong(city, bad("message is too long"), text="已收到，", times=2)
    _, li = await filed(city, joined)
    assert (await rows(city, "resident.receipt"))[0][:2] == ("dead", 2)
    li.says("我的问题")
    await city.settle()
    assert copies(li, "公共照明不亮")  # whatever else is said there still comes


async def test_who_blocked_the_bot_is_stood_in_for(city: SampleCity):
    head = await city.staff("负责人甲", "13800000105")
    manager = await city.staff("经理甲", "13800000101")
    li = await city.resident("李先生", "13900000002", room="5栋 302")
    manager.blocks_bot()
    city.sim.updates.clear()  # nobody tells: the refusal does
    await files(city, li, "公共照明不亮", "5栋楼道灯不亮")
    assert [state for state, *_ in await rows(city, "manager.filed")] == ["dead", "sent"]
    assert copies(head, "编号")


async def test_a_migrated_group_is_followed(city: SampleCity, joined):
    officer = await city.staff("经办员甲", "13800000107")
    group = await city.bound_group("武侯区住建工作群", officer)
    group.migrate()
    city.sim.updates.clear()  # the service message never comes: the refusal tells it
    await filed(city, joined)
    group.finds("抄告")


async def test_a_nudge_that_was_overtaken_is_dropped(city: SampleCity, joined):
    manager, _ = await filed(city, joined)
    city.clock.move_to(await city.next_deadline())
    await city.app.due_timers.step()
    manager.taps("一般问题，2个工作日内办结")
    await city.app.receiver.step()
    await city.app.worker.step()
    manager.says("电工今晚来换灯泡，请放心。")
    await city.app.receiver.step()
    await city.app.worker.step()
    await city.settle()
    assert copies(manager, "第1次提醒") == []
    assert (await rows(city, "manager.nudge"))[0][::2] == ("dropped", "pointless")


async def test_a_wrong_token_stops_the_dispatcher(city: SampleCity):
    goes_wrong(city, Answer(401, "Unauthorized"))
    city.sim.person("李先生", "13900000002").opens()
    with pytest.raises(WrongToken):
        await city.settle()


async def test_a_wrong_token_ends_the_dispatcher_also_where_another_message_is_sent_meanwhile(
    city: SampleCity, monkeypatch
):
    goes_wrong(city, Answer(401, "Unauthorized"))
    for name, phone in (("李先生", "13900000002"), ("王女士", "13900000001")):
        city.sim.person(name, phone).opens()
    await city.app.receiver.step()
    await city.app.worker.step()
    outbox_dispatcher, since = city.app.outbox_dispatcher, waiting_messages.since

    async def looks_for_long(*given):
        """What was on its way arrives while the dispatcher looks for more, and counts as just begun no longer."""
        await asyncio.wait(
            [asyncio.create_task(asyncio.sleep(0)), *(f.task for f in outbox_dispatcher._in_flight.values())]
        )
        city.clock.wait(YOUNG)
        return await since(*given)

    monkeypatch.setattr(waiting_messages, "since", looks_for_long)
    with pytest.raises(WrongToken):
        async with asyncio.timeout(5):
            await outbox_dispatcher.run(asyncio.Event())
    assert len(outbox_dispatcher._in_flight) <= 1  # the other one may have met it first
    await outbox_dispatcher._wait_for_all()


async def test_a_card_whose_case_changes_while_it_is_on_its_way_is_drawn_again(city: SampleCity, joined):
    manager, li = joined
    changed = []

    async def another_matter(at, call):
        told = call.method == "sendMessage" and str(call.params.get("chat_id")) == str(manager.id)
        if at != "received" or not told or changed:
            return
        changed.append(call)
        async with city.app.store.work(city.clock.now(), city.clock.real()) as work:
            (number,) = [row.id for row in await work.rows(select(COMPLAINT.c.id))]
            before = await work.complaint(number)
            cases.put(work, replace(before, matter="lift_stopped", version=before.version + 1))
            await work.commit()

    city.sim.hook = another_matter
    await files(city, li, "公共照明不亮", "5栋楼道灯不亮")
    await city.settle()
    assert changed
    assert "公共照明不亮" not in manager.sees[-1].text
    assert "5栋楼道灯不亮" in manager.sees[-1].text


async def test_a_send_that_has_ended_well_is_no_reason_to_look_into_the_database(city: SampleCity, joined, monkeypatch):
    dispatcher, looks, since = city.app.outbox_dispatcher, [], waiting_messages.since

    async def counted(*given):
        looks.append(given)
        return await since(*given)

    monkeypatch.setattr(waiting_messages, "since", counted)
    for person in joined:
        person.says("/help")
    await city.app.receiver.step()
    await city.app.worker.step()
    sent = len(city.sim.calls)
    await dispatcher._start_what_is_due()  # the worker has said that something was added
    assert len(looks) == 1
    await dispatcher._wait_for_all()
    assert len(city.sim.calls) == sent + 2
    await dispatcher._start_what_is_due()
    assert len(looks) == 1
    assert len(dispatcher.queue) == 0


async def test_a_send_that_may_have_to_be_repeated_is_looked_for_at_once(city: SampleCity, joined, monkeypatch):
    dispatcher = city.app.outbox_dispatcher
    joined[0].says("/help")
    await city.app.receiver.step()
    await city.app.worker.step()
    goes_wrong(city, too_many(1))
    await dispatcher._start_what_is_due()
    await dispatcher._wait_for_all()
    await dispatcher._start_what_is_due()
    assert len(dispatcher.queue) == 1


# --- a question that is answered before it has arrived ----------------------------------------------------------

ASKED = "请写一句给住户的话"
ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"


def asked(manager):
    return next(s for s in manager.sees if ASKED in s.text)


async def test_a_question_that_is_answered_before_it_goes_arrives_without_buttons(city: SampleCity, joined):
    manager, li = await filed(city, joined)
    goes_wrong(city, too_many(7), text=ASKED)
    manager.taps("回复住户")
    manager.says(ANSWER)
    await city.settle()
    assert copies(li, ANSWER)
    assert asked(manager).labels == []


async def test_a_question_that_is_answered_while_it_is_being_sent_loses_its_buttons(city: SampleCity, joined):
    """Another instance has handled the answer before this one hears that the question has arrived."""
    manager, _ = await filed(city, joined)

    async def hook(at, call):
        if at == "done" and call.method == "sendMessage" and ASKED in str(call.params.get("text", "")):
            city.sim.hook = None
            async with city.app.store.work(city.clock.now()) as work:
                question = await work.first(select(OUTBOX.c.key).where(OUTBOX.c.state == "sending"))
                spent_messages.spend_on_its_way(work, question.key)
                await work.commit()

    city.sim.hook = hook
    manager.taps("回复住户")
    await city.settle()
    await city.pass_by(seconds=10)
    assert asked(manager).labels == []
