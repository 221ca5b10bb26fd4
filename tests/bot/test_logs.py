"""Logs never hold the token, nor what somebody said."""

import asyncio
import io
import logging
import sys

import httpx
import pytest
import structlog
import typer
from aiogram.types import Update
from pydantic import SecretStr, ValidationError
from telegram.error import BadRequest

from bot.logs import HIDDEN, note_unawaited, origin, set_up_logs
from bot.outcomes import classify_error
from bot.settings import Settings
from cli.output import reported_errors

TOKEN = "987654321:AAH-token_that_nobody_may_ever_see_0"


@pytest.fixture
def written(monkeypatch):
    """What reaches stderr; the logging of before comes back afterwards."""
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", out)
    set_up_logs(Settings(token=SecretStr(TOKEN)))
    yield out
    root.handlers[:], root.level = handlers, level


def test_the_token_is_in_no_line(written):
    logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise httpx.ConnectError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except httpx.ConnectError:
        logging.getLogger("telegram").exception("failed")
    assert TOKEN not in written.getvalue()
    assert HIDDEN in written.getvalue()
    assert "ConnectError" in written.getvalue()


def test_an_error_is_noted_without_what_somebody_said():
    with pytest.raises(ValidationError) as caught:
        Update.model_validate({"update_id": 1, "message": {"text": "我家住3栋1201"}})
    assert "1201" in str(caught.value)
    assert "1201" not in origin(caught.value)


def test_a_traceback_names_places_and_causes_and_no_words(written):
    try:
        try:
            raise ValueError("我家住3栋1201")
        except ValueError as cause:
            raise ExceptionGroup("王女士", [KeyError("13900000001")]) from cause
    except ExceptionGroup:
        logging.getLogger("apscheduler").exception("a job failed")
        structlog.get_logger("x").exception("a timer failed")
    out = written.getvalue()
    assert out.count("ValueError") == out.count("KeyError") == 2
    assert "test_logs.py" in out
    assert not any(words in out for words in ("1201", "王女士", "13900000001"))


async def test_an_error_that_nobody_awaits_is_noted_without_words(written):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(note_unawaited)
    loop.call_exception_handler({"message": "x", "exception": ValueError("我家住3栋1201"), "future": "1201"})
    assert "ValueError" in written.getvalue()
    assert "1201" not in written.getvalue()


def test_the_command_line_says_where_it_failed_and_not_what_was_said(capsys):
    with pytest.raises(typer.Exit), reported_errors():
        raise LookupError("我家住3栋1201")
    assert "LookupError in test_the_command_line" in capsys.readouterr().err


def test_an_answer_that_quotes_what_was_sent_is_known_by_its_kind():
    assert classify_error(BadRequest("Unsupported text: 我家住3栋1201")).why == "BadRequest"
    assert classify_error(BadRequest("Can't parse entities: tag 王女士")).why == "can't parse entities"
