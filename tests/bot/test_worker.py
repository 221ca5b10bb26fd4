"""Inbox → dispatcher: what fails is tried again, then a dead letter, and blocks nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.types import Update
from sqlalchemy import select

from bot.intake.update_context import legal_instant
from demo.sample_city import SampleCity
from storage.db.unit_of_work import Conflict
from storage.messaging.inbox import INBOX, Incoming

STORED = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


async def inbox_rows(city: SampleCity):
    async with city.app.store.work(city.clock.now()) as work:
        return [tuple(r) for r in await work.rows(select(INBOX.c.state, INBOX.c.attempts).order_by(INBOX.c.id))]


def failing(monkeypatch, city: SampleCity, error: Exception, times: int, text: str = "坏了"):
    feed, left = city.app.worker._feed, [times]

    async def fed(context, update):
        if left[0] and update.message is not None and update.message.text == text:
            left[0] -= 1
            raise error
        await feed(context, update)

    monkeypatch.setattr(city.app.worker, "_feed", fed)


async def test_a_conflict_is_run_again_at_once(city: SampleCity, monkeypatch):
    failing(monkeypatch, city, Conflict(), 3)
    city.sim.person("李先生").says("坏了")
    await city.settle()
    assert await inbox_rows(city) == [("done", 1)]


async def test_a_failure_is_tried_again_later(city: SampleCity, monkeypatch):
    failing(monkeypatch, city, RuntimeError("坏了"), 1)
    before = city.clock.real()
    city.sim.person("李先生").says("坏了")
    await city.settle()
    assert await inbox_rows(city) == [("done", 2)]
    assert city.clock.real() - before >= 1.0


async def test_after_eight_failures_it_is_a_dead_letter_and_the_sender_is_told(city: SampleCity, monkeypatch):
    failing(monkeypatch, city, RuntimeError("坏了"), 99)
    li = city.sim.person("李先生")
    li.says("坏了")
    li.says("/start")
    await city.settle()
    assert await inbox_rows(city) == [("dead_letter", 8), ("done", 1)]
    assert len([s for s in li.sees if s.from_bot]) == 2


async def test_it_is_a_dead_letter_even_where_its_sender_cannot_be_told(city: SampleCity, monkeypatch):
    failing(monkeypatch, city, RuntimeError("坏了"), 99)

    async def fails(*_):
        raise RuntimeError

    monkeypatch.setattr(city.app.worker, "_tell_sender", fails)
    city.sim.person("李先生").says("坏了")
    await city.settle()
    assert await inbox_rows(city) == [("dead_letter", 8)]


async def test_a_malformed_update_is_a_dead_letter_at_once(city: SampleCity):
    city.sim.inject({"message": {"from": {"id": 7}, "text": 5}})
    await city.settle()
    assert await inbox_rows(city) == [("dead_letter", 1)]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (timedelta(0), timedelta(0)),
        (-timedelta(minutes=5), -timedelta(minutes=5)),  # it waited while we were away
        (-timedelta(hours=24), -timedelta(hours=24)),
        (-timedelta(hours=25), timedelta(0)),  # Telegram keeps nothing so long
        (timedelta(minutes=5), timedelta(0)),  # nor does it know the future
    ],
)
def test_a_message_counts_from_its_own_date_where_that_can_be_true(said, counts):
    message = {"message_id": 1, "date": int((STORED + said).timestamp()), "chat": {"id": 7, "type": "private"}}
    update = Update.model_validate({"update_id": 1, "message": message})
    incoming = Incoming(ids=(1,), bot=1, update_id=1, sender_id=7, raws=(b"",), received_at=STORED, attempts=1)
    assert legal_instant(incoming, [update]) == STORED + counts


async def test_what_comes_from_somebody_whom_no_table_can_hold_is_a_dead_letter_at_once(city):
    huge = {"id": 10**30, "is_bot": False, "first_name": "大"}
    chat = {"id": 10**30, "type": "private"}
    city.sim.inject({"message": {"message_id": 1, "date": 1, "chat": chat, "from": huge, "text": "/help"}})
    await city.settle()
    assert await inbox_rows(city) == [("dead_letter", 1)]
