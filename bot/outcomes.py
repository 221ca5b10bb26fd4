"""Classification of failed calls: what an error of Telegram's says about the message, and what follows."""

from dataclasses import dataclass
from enum import StrEnum

from aiohttp import ClientConnectorError, ConnectionTimeoutError, InvalidURL, NonHttpUrlClientError
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter


class WrongToken(Exception):
    """Telegram doesn't know the token; nothing can be sent."""


class FencedOff(Exception):
    """Another instance may be sending by now; the call never left this machine."""


class Outcome(StrEnum):
    SENT = "sent"
    NOT_SENT = "not sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNEDITABLE = "uneditable"
    MOVED = "moved"
    MISPLACED = "misplaced"
    AMBIGUOUS = "ambiguous"
    UNAUTHORIZED = "wrong token"


@dataclass(frozen=True, kw_only=True)
class Result:
    """`wait` in seconds after a 429; `chat` is where a migrated group is now."""

    outcome: Outcome
    why: str = ""
    wait: float = 0.0
    chat: int = 0

    @property
    def no_answer(self) -> bool:
        """The messenger didn't say what became of the call: it can't be reached, or fails itself."""
        return self.outcome in (Outcome.AMBIGUOUS, Outcome.NOT_SENT) and self.why != RATE_LIMITED


RATE_LIMITED = "429"
UNREACHABLE = (
    "chat not found",
    "user is deactivated",
    "user not found",
    "peer_id_invalid",
    "not enough rights to send",
)
DONE_ALREADY = ("message is not modified", "message to delete not found")
UNEDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
CLOSED = ("topic_closed",)
MISPLACED = ("message thread not found", "topic_deleted", *CLOSED)
NO_FORUM = ("not a forum", "channel_forum_missing")
NO_RIGHT_TO_TOPICS = ("not enough rights to create a topic", "chat_admin_required")
OTHERS = (
    *NO_FORUM, *NO_RIGHT_TO_TOPICS,
    "can't parse entities", "message is too long", "caption is too long", "message text is empty", "can't be deleted",
    "wrong file identifier", "can't use file of type", "file is too big", "button_data_invalid", "bot was blocked",
    "bot was kicked", "bot is not a member", "no rights to send", "not found",
)  # fmt: skip
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)  # what python-telegram-bot makes of a strange answer
NEVER_LEFT = (
    ClientConnectorError, ConnectionTimeoutError, InvalidURL, NonHttpUrlClientError,
    ProxyConnectionError, ProxyError, ProxyTimeoutError, FencedOff,
)  # fmt: skip


def classify_error(error: Exception) -> Result:
    """The outcome of a call that raised; `why` is what we know of it, for Telegram quotes what it was sent."""
    why = _known(str(error).lower(), type(error).__name__)
    match error:
        case RetryAfter():
            return Result(outcome=Outcome.NOT_SENT, why=RATE_LIMITED, wait=seconds(error))
        case ChatMigrated():
            return Result(outcome=Outcome.MOVED, why=why, chat=error.new_chat_id)
        case InvalidToken():  # a 404 is a server that doesn't know the method
            unknown = "not found" in why
            return Result(outcome=Outcome.REFUSED if unknown else Outcome.UNAUTHORIZED, why=why if unknown else "401")
        case Forbidden():
            return Result(outcome=Outcome.UNREACHABLE, why=why)
        case BadRequest():
            return Result(outcome=_bad_request(why), why=why)
        case _:
            never_left = isinstance(error, Conflict) or isinstance(error.__cause__, NEVER_LEFT)
            outcome = Outcome.NOT_SENT if never_left else Outcome.AMBIGUOUS
            return Result(outcome=outcome, why=type(error.__cause__ or error).__name__)


def _known(said: str, kind: str) -> str:
    """The sign by which an answer is known, in Telegram's words; else only the kind of error."""
    return next(
        (sign for sign in (*DONE_ALREADY, *UNEDITABLE, *UNREACHABLE, *MISPLACED, *OTHERS) if sign in said), kind
    )


def seconds(error: RetryAfter) -> float:
    """For how long a 429 asks us to wait."""
    wait = error.retry_after
    return float(wait if isinstance(wait, int) else wait.total_seconds())


def _bad_request(why: str) -> Outcome:
    if any(sign in why for sign in DONE_ALREADY):
        return Outcome.SENT
    if any(sign in why for sign in UNREACHABLE):
        return Outcome.UNREACHABLE
    if any(sign in why for sign in MISPLACED):
        return Outcome.MISPLACED
    return Outcome.UNEDITABLE if any(sign in why for sign in UNEDITABLE) else Outcome.REFUSED
