"""What do logs say? Never the token, never what somebody said."""

import io
import logging
import sys

import httpx
import pytest
from aiogram.types import Update
from pydantic import SecretStr, ValidationError

from bot.logs import HIDDEN, set_up_logs
from bot.settings import Settings
from bot.worker import _safe

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
    assert written.getvalue().count(HIDDEN) >= 2


def test_an_error_is_noted_without_what_somebody_said():
    with pytest.raises(ValidationError) as caught:
        Update.model_validate({"update_id": 1, "message": {"text": "我家住3栋1201"}})
    assert "1201" in str(caught.value)
    assert "1201" not in _safe(caught.value)
