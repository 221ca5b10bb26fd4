"""Classification of every error of python-telegram-bot, by what it means and never by its class alone."""

from datetime import timedelta

import aiohttp
import aiohttp_socks
import pytest
from telegram import error as e

from bot.delivery.telegram_request import seconds_to_wait
from bot.outcomes import FencedOff, Outcome, classify_error


def because(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (e.RetryAfter(7), Outcome.NOT_SENT),
        (because(e.NetworkError("x"), aiohttp.ClientConnectorError(None, OSError())), Outcome.NOT_SENT),
        (because(e.TimedOut(), aiohttp.ConnectionTimeoutError()), Outcome.NOT_SENT),
        (because(e.NetworkError("x"), aiohttp_socks.ProxyError("x")), Outcome.NOT_SENT),
        (because(e.NetworkError("x"), aiohttp_socks.ProxyConnectionError(1, "x")), Outcome.NOT_SENT),
        (because(e.NetworkError("x"), FencedOff()), Outcome.NOT_SENT),
        (e.Conflict("terminated by other getUpdates request"), Outcome.NOT_SENT),
        (because(e.TimedOut(), aiohttp.SocketTimeoutError()), Outcome.AMBIGUOUS),
        (because(e.TimedOut(), TimeoutError()), Outcome.AMBIGUOUS),
        (because(e.NetworkError("x"), aiohttp.ServerDisconnectedError()), Outcome.AMBIGUOUS),
        (because(e.NetworkError("x"), aiohttp.ClientOSError()), Outcome.AMBIGUOUS),
        (because(e.NetworkError("x"), aiohttp.ClientPayloadError()), Outcome.AMBIGUOUS),
        (e.NetworkError("Bad Gateway"), Outcome.AMBIGUOUS),
        (e.TelegramError("Invalid server response"), Outcome.AMBIGUOUS),
        (e.BadRequest("Message is not modified: specified new message content"), Outcome.SENT),
        (e.BadRequest("Can't parse entities: unsupported start tag"), Outcome.REFUSED),
        (e.BadRequest("Message is too long"), Outcome.REFUSED),
        (e.BadRequest("Chat not found"), Outcome.UNREACHABLE),
        (e.BadRequest("USER_IS_BLOCKED: user is deactivated"), Outcome.UNREACHABLE),
        (e.Forbidden("bot was blocked by the user"), Outcome.UNREACHABLE),
        (e.Forbidden("bot was kicked from the supergroup chat"), Outcome.UNREACHABLE),
        (e.BadRequest("Message to edit not found"), Outcome.UNEDITABLE),
        (e.BadRequest("Message can't be edited"), Outcome.UNEDITABLE),
        (e.BadRequest("MESSAGE_ID_INVALID"), Outcome.UNEDITABLE),
        (e.ChatMigrated(-100), Outcome.MOVED),
        (e.InvalidToken(), Outcome.UNAUTHORIZED),
    ],
    ids=lambda value: str(value),
)
def test_an_error_means(error, outcome):
    assert classify_error(error).outcome is outcome


@pytest.mark.parametrize("wait", [17, timedelta(seconds=17)], ids=["seconds", "timedelta"])
def test_a_429_says_how_long_to_wait(wait):
    assert classify_error(e.RetryAfter(wait)).wait == 17.0


def test_a_migrated_group_says_where_it_is_now():
    assert classify_error(e.ChatMigrated(-1001)).chat == -1001


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        (b'{"ok":false,"parameters":{"retry_after":7}}', 7),
        (b'{"ok":false,"parameters":{"retry_after":2.5}}', 3),
        (b'{"ok":false,"parameters":{"retry_after":"soon"},"description":"Too Many Requests: retry after 9"}', 9),
        (b'{"ok":false,"parameters":{"retry_after":0},"description":"Too Many Requests: retry after 9"}', 9),
        (b'{"ok":false,"parameters":{"retry_after":true}}', 5),
        (b'{"ok":false,"parameters":[]}', 5),
        (b'{"ok":false,"error_code":429,"description":"Too Many Requests"}', 5),
        (b"<html>429 Too Many Requests, retry after 12</html>", 12),
        (b"<html>slow down</html>", 5),
        (b"", 5),
        (b"\xff\xfe", 5),
        (b'{"parameters":{"retry_after":1e400}}', 5),
        (b'{"parameters":{"retry_after":99999999999}}', 86400),
        (b"[" * 100_000, 5),
    ],
)
def test_any_429_says_how_long_to_wait_or_means_five_seconds(body, seconds):
    assert seconds_to_wait(body) == seconds
