"""What became of a send? The error says it, and never its class alone."""

from dataclasses import dataclass
from enum import StrEnum

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter


class WrongToken(Exception):
    """Telegram doesn't know the token; nothing can be sent."""


class Outcome(StrEnum):
    SENT = "sent"
    NOT_SENT = "not sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNEDITABLE = "uneditable"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    WRONG_TOKEN = "wrong token"  # noqa: S105 - an outcome, not a token


@dataclass(frozen=True, kw_only=True)
class Result:
    """`wait` in seconds after a 429; `chat` is where a migrated group is now."""

    outcome: Outcome
    why: str = ""
    wait: float = 0.0
    chat: int = 0


UNREACHABLE = (
    "chat not found",
    "user is deactivated",
    "user not found",
    "peer_id_invalid",
    "not enough rights to send",
)
UNEDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)  # what python-telegram-bot makes of a strange answer
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def judge(error: Exception) -> Result:
    """The outcome of a call that raised; the text keeps Telegram's words, which hold no personal data."""
    why = str(error)[:200]
    match error:
        case RetryAfter():
            return Result(outcome=Outcome.NOT_SENT, why="429", wait=_seconds(error))
        case ChatMigrated():
            return Result(outcome=Outcome.MOVED, why=why, chat=error.new_chat_id)
        case InvalidToken():  # a 404 is a server that doesn't know the method
            unknown = "not found" in why.lower()
            return Result(outcome=Outcome.REFUSED if unknown else Outcome.WRONG_TOKEN, why=why if unknown else "401")
        case Forbidden():
            return Result(outcome=Outcome.UNREACHABLE, why=why)
        case BadRequest():
            return Result(outcome=_bad_request(why.lower()), why=why)
        case _:
            never_left = isinstance(error, Conflict) or isinstance(error.__cause__, NEVER_LEFT)
            outcome = Outcome.NOT_SENT if never_left else Outcome.AMBIGUOUS
            return Result(outcome=outcome, why=type(error.__cause__ or error).__name__)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait if isinstance(wait, int) else wait.seconds)


def _bad_request(why: str) -> Outcome:
    if "message is not modified" in why:
        return Outcome.SENT
    if any(sign in why for sign in UNREACHABLE):
        return Outcome.UNREACHABLE
    return Outcome.UNEDITABLE if any(sign in why for sign in UNEDITABLE) else Outcome.REFUSED
