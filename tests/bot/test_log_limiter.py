"""What says the same again and again is written now and then, with how much was left out; nothing else is."""

import errno
import io
import logging
import sys

import pytest
import structlog
from pydantic import SecretStr

from bot import logs
from bot.log_limiter import MOST, TOO_MANY, WINDOW, LogLimiter
from bot.logs import note_unawaited, set_up_logs
from bot.settings import Settings


@pytest.fixture
def now():
    return [100.0]


@pytest.fixture
def written(monkeypatch, now):
    """What reaches stderr; the logging of before comes back afterwards."""
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", out)
    monkeypatch.setattr(logs, "LogLimiter", lambda: LogLimiter(lambda: now[0]))
    set_up_logs(Settings(token=SecretStr("987654321:AAH-token_that_nobody_may_ever_see_0"), log_json=False))
    yield lambda: out.getvalue().splitlines()
    root.handlers[:], root.level = handlers, level


def test_equal_lines_come_a_few_times_and_then_once_a_minute_with_their_number(written, now):
    log = structlog.get_logger("retry")
    for _ in range(1000):
        log.error("the database doesn't answer", what="claiming updates")
        now[0] += 0.001
    assert len(written()) == MOST
    now[0] += WINDOW
    log.error("the database doesn't answer", what="claiming updates")
    assert len(written()) == MOST + 1
    assert f"left_out={1000 - MOST}" in written()[-1]


def test_lines_that_name_different_things_are_all_written(written):
    log = structlog.get_logger("worker")
    for update in range(50):
        log.error("an update is set aside", update=update)
    assert len(written()) == 50


def test_lines_of_libraries_are_counted_by_their_text_and_errors_by_their_class(written, now):
    log = logging.getLogger("asyncio")
    for n in range(100):
        log.error("Task %s was destroyed", n)
        try:
            raise KeyError(n) if n % 2 else ValueError(n)
        except LookupError:
            log.exception("failed")
        except ValueError:
            structlog.get_logger("x").exception("failed")
    found = written()
    assert sum("was destroyed" in line for line in found) == MOST
    assert sum("KeyError" in line for line in found) == MOST
    assert sum("ValueError" in line for line in found) == MOST
    now[0] += WINDOW
    log.error("Task %s was destroyed", 1)
    assert f"({100 - MOST} more left out)" in written()[-1]


def test_no_more_than_so_many_kinds_are_remembered(now):
    limiter = LogLimiter(lambda: now[0])
    for n in range(3 * TOO_MANY):
        assert limiter.filter(logging.LogRecord("x", logging.ERROR, "", 0, f"line {n}", (), None))
    assert len(limiter._windows) <= TOO_MANY


def test_where_no_file_can_be_opened_the_log_says_so_once_and_not_that_nobody_waited(written):
    for _ in range(200_000 // 128):
        error = OSError(errno.EMFILE, "Too many open files")
        context = {"message": "socket.accept() out of system resource", "exception": error, "socket": object()}
        note_unawaited(None, context)
    assert len(written()) == MOST
    assert "too many files are open" in written()[0]
