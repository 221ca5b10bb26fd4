"""What fails is tried again after a pause that grows up to a bound, and is short again after a success."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import Conflict, NetworkError, RetryAfter

from bot import backoff
from bot.ops import leader_election, retry
from bot.ops.retry import or_default, pauses, until_committed


@pytest.fixture
def slept(monkeypatch):
    """How long each pause would have been."""
    lengths = []

    async def sleep(length):
        lengths.append(length)

    monkeypatch.setattr(retry.asyncio, "sleep", sleep)
    return lengths


def failing(times):
    """A step that fails so often because of the database, and then works."""
    left = [times]

    async def step():
        left[0] -= 1
        if left[0] >= 0:
            raise OperationalError("SELECT", {}, Exception("disk I/O error"))
        return True

    return step


def test_a_pause_doubles_up_to_its_bound_and_begins_anew():
    pause = backoff.Backoff(1.0, 5.0)
    assert [pause.failed() for _ in range(5)] == [1.0, 2.0, 4.0, 5.0, 5.0]
    pause.succeeded()
    assert pause.failed() == 1.0
    assert [pause.failed() for _ in range(5000)][-1] == 5.0


async def test_a_loop_waits_longer_for_a_database_with_each_failure(slept):
    kept, step = pauses(), failing(5)
    assert [await or_default(step, "x", False, kept) for _ in range(6)] == [False] * 5 + [True]
    assert slept == [1.0, 2.0, 4.0, 5.0, 5.0]
    await or_default(failing(1), "x", False, kept)
    assert slept[-1] == 1.0


async def test_what_must_be_written_is_tried_less_and_less_often_and_for_ever(slept):
    assert await until_committed(failing(30), "x")
    assert slept[:4] == [1.0, 2.0, 4.0, 5.0]
    assert set(slept[3:]) == {5.0}


def test_polling_waits_longer_with_each_failure_and_as_long_as_telegram_says(city):
    pause = city.app.receiver._pause
    assert [pause(NetworkError("x")) for _ in range(4)] == [2.0, 4.0, 8.0, 10.0]
    assert pause(RetryAfter(7)) == 7.0
    assert pause(Conflict("x")) == 20.0


async def test_who_stands_by_tries_for_the_lease_less_often_while_that_fails(city, monkeypatch):
    stop, lengths = asyncio.Event(), []

    async def waited(_, length):
        lengths.append(length)
        if len(lengths) == 6:
            stop.set()

    with monkeypatch.context() as patch:
        patch.setattr(leader_election, "waited", waited)
        patch.setattr(city.app.lease, "step", failing(5))
        await city.app.lease.run(stop)
    assert lengths == [0.5, 1.0, 2.0, 3.0, 3.0, 0.5]
