"""The event loop's watchdog: a loop that hangs for a minute ends the process, a stopped process doesn't."""

import asyncio
import threading

import pytest
from structlog.testing import capture_logs

from bot.ops.event_loop_watchdog import CODE, EventLoopWatchdog


class Seconds:
    """A clock that the test moves: so many seconds pass, and what happens in some of them; then it is told to stop."""

    def __init__(self, length, **happens):
        self.passed = 0
        self.length = length
        self.happens = {int(at.removeprefix("at_")): act for at, act in happens.items()}

    def __call__(self, _):
        self.passed += 1
        self.happens.get(self.passed, lambda: None)()
        return self.passed > self.length


@pytest.fixture
def ended():
    return []


@pytest.fixture
def hanging(ended):
    return EventLoopWatchdog(ended.append)


def test_a_minute_without_a_pulse_ends_the_process_and_tells_where(hanging, ended):
    seconds = Seconds(100)
    with capture_logs() as logs:
        hanging.watch(threading.get_ident(), seconds)
    assert (ended, seconds.passed) == ([CODE], 60)
    [told] = logs
    assert told["event"] == "the event loop hangs, the process ends"
    assert any("test_a_minute_without_a_pulse" in place for place in told["where"])


def test_each_pulse_begins_a_new_minute(hanging, ended):
    hanging.watch(threading.get_ident(), Seconds(150, at_50=hanging.beat, at_100=hanging.beat))
    assert ended == []


async def test_a_loop_that_goes_on_has_a_pulse_until_it_is_stopped(hanging, ended, monkeypatch):
    monkeypatch.setattr("bot.ops.event_loop_watchdog.PULSE", 0.001)
    monkeypatch.setattr("bot.ops.event_loop_watchdog.HANGS", 5.0)
    beats = []
    monkeypatch.setattr(hanging, "beat", lambda: beats.append(setattr(hanging, "_still", 0)))
    before = threading.active_count()
    hanging.start(asyncio.get_running_loop())
    while len(beats) < 5:
        await asyncio.sleep(0)
    hanging.stop()
    while threading.active_count() > before:
        await asyncio.sleep(0)
    assert ended == []
