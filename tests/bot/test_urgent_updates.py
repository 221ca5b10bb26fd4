"""Whose updates come first: staff's, bound groups', and words of danger, with what their senders sent before."""

from datetime import timedelta

import pytest
from playing import Play
from sqlalchemy import select

from storage.messaging import inbox_throttle
from storage.messaging.inbox import INBOX
from storage.repositories.people import APPOINTMENT

BACKLOG = 7_000_000


@pytest.fixture
def play(city):
    return Play(city)


async def comes(city, *updates):
    """They have come in one batch; (sender, urgent) of each that waits."""
    given = [{**update, "update_id": BACKLOG + n} for n, update in enumerate(updates)]
    await city.app.receiver.intake.keep(given)
    return await waiting(city)


async def waiting(city):
    async with city.app.store.work(city.clock.now()) as work:
        rows = await work.rows(select(INBOX).where(INBOX.c.state == "ready").order_by(INBOX.c.id))
    return [(row.sender_id, row.urgent) for row in rows]


def said(who, text, **more):
    chat = more.pop("chat", {"id": who.id, "type": "private"})
    user = {"id": who.id, "is_bot": False, "first_name": "x"}
    return {"message": {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": text, **more}}


async def test_staff_come_first_with_all_that_they_sent_before(city, play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    assert await comes(city, said(wang, "你好"), said(manager, "/todo")) == [(wang.id, False), (manager.id, True)]


async def test_words_of_danger_come_first_and_their_sender_s_order_stays(city, play):
    wang = await play.resident()
    found = await comes(city, said(wang, "你好"), said(wang, "厨房有煤气味，着火了"), said(wang, "谢谢"))
    assert found == [(wang.id, True), (wang.id, True), (wang.id, False)]


async def test_what_is_said_in_a_bound_group_comes_first(city, play):
    officer, guest = await play.staff("经办员甲"), play.stranger("邻居")
    group, other = await play.group(officer), city.sim.group("邻里", members=[guest.account])
    places = [{"id": chat.id, "type": "supergroup", "title": "x"} for chat in (other, group)]
    found = await comes(city, *[said(guest, "/today", chat=place) for place in places])
    assert found == [(guest.id, True), (guest.id, True)]
    tap = {"id": "1", "from": {"id": officer.id}, "data": "x", "message": {"message_id": 1, "chat": places[1]}}
    assert (await comes(city, {}, {}, {"callback_query": tap}))[-1] == (officer.id, True)


@pytest.mark.parametrize("how", ["forward", "reply", "contact", "name"])
async def test_nobody_becomes_staff_by_what_a_message_says(city, play, how):
    manager, wang = await play.staff("经理甲"), await play.resident()
    staff = {"id": manager.id, "is_bot": False, "first_name": "经理甲"}
    spoofed = {
        "forward": {"forward_origin": {"type": "user", "date": 1, "sender_user": staff}, "forward_from": staff},
        "reply": {"reply_to_message": {"message_id": 2, "date": 1, "chat": {"id": manager.id}, "from": staff}},
        "contact": {"contact": {"phone_number": "13800000101", "first_name": "经理甲", "user_id": manager.id}},
        "name": {"via_bot": staff, "sender_business_bot": staff, "author_signature": "经理甲"},
    }[how]
    assert await comes(city, said(wang, "你好", **spoofed)) == [(wang.id, False)]


@pytest.mark.parametrize(("since", "until"), [(-400, -1), (1, 30)])
async def test_an_appointment_that_has_ended_or_not_begun_makes_nobody_staff(city, play, since, until):
    manager = await play.staff("经理甲")
    today = play.clock.now().date()
    async with city.app.store.work(play.clock.now()) as work:
        days = {"since": today + timedelta(days=since), "until": today + timedelta(days=until)}
        work.queue_write(APPOINTMENT.update().where(APPOINTMENT.c.name == "经理甲").values(**days))
        await work.commit()
    assert await comes(city, said(manager, "/todo")) == [(manager.id, False)]


async def test_who_is_staff_is_asked_once_for_all_that_came_together(city, play, monkeypatch):
    asked, ask = [], inbox_throttle.on_duty

    async def counted(store, connection, users, at):
        asked.append(users)
        return await ask(store, connection, users, at)

    monkeypatch.setattr(inbox_throttle, "on_duty", counted)
    residents = [play.stranger(f"业主{n}") for n in range(50)]
    await comes(city, *[said(one, "你好") for one in residents])
    assert asked == [{one.id for one in residents}]
