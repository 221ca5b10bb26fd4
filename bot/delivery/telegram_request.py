"""python-telegram-bot's HTTP client, for which any 429 means "not sent", however it says how long to wait."""

import json
import re
from typing import Any

from telegram.error import RetryAfter
from telegram.request import HTTPXRequest

TOO_MANY = 429
USUAL = 5  # seconds to wait where the answer names no time
LONGEST = 24 * 3600  # seconds; more than a day is no time that anybody means
IN_WORDS = re.compile(r"retry after (\d{1,9})", re.IGNORECASE)


class TelegramRequest(HTTPXRequest):
    """Raises RetryAfter itself: python-telegram-bot does so only where the parameters hold a usable number."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if status == TOO_MANY:
            raise RetryAfter(seconds_to_wait(body))
        return status, body


def seconds_to_wait(body: bytes) -> int:
    """The number in the parameters, else in the words, else the usual one."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    given = answer if isinstance(answer, dict) else {}
    parameters = given.get("parameters")
    named = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if not isinstance(named, bool) and isinstance(named, int | float) and 0 < named < float("inf"):
        return min(LONGEST, max(1, round(named + 0.5) if isinstance(named, float) else named))
    said = IN_WORDS.search(given["description"] if isinstance(given.get("description"), str) else _words(body))
    return min(LONGEST, max(1, int(said[1]))) if said else USUAL


def _words(body: bytes) -> str:
    return body[:2000].decode("utf-8", "replace")
