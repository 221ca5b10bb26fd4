"""Logging: structured lines without personal data, and never the token."""

import asyncio
import errno
import logging
import re
import sys
import traceback
from typing import Any

import structlog

from bot.log_limiter import LogLimiter
from bot.settings import Settings

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
HIDDEN = "<token>"
QUIET = ("aiohttp", "httpx", "httpcore", "aiogram", "telegram", "apscheduler", "aiosqlite", "alembic", "sqlalchemy")


class Redacting(logging.Formatter):
    """Whatever a library puts into a line, traceback included: no token leaves the process."""

    def __init__(self, inner: logging.Formatter, secret: str) -> None:
        super().__init__()
        self.inner = inner
        self.secret = secret

    def format(self, record: logging.LogRecord) -> str:
        return redacted(self.inner.format(record), self.secret)


def redacted(line: str, secret: str = "") -> str:
    line = line.replace(secret, HIDDEN) if secret else line
    return TOKEN.sub(HIDDEN, line)


def origin(error: BaseException) -> str:
    """An error without anything that somebody said: its class and where it was raised."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f" in {frame.tb_frame.f_code.co_qualname}" if frame is not None else ""
    return f"{type(error).__name__}{where}"


def _traced(error: BaseException) -> str:
    """The way of an error and of what caused it: classes and places, and none of its messages."""
    frames = traceback.extract_tb(error.__traceback__)
    way = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{_traced(cause)}\nand then\n" if cause is not None else ""
    inside = "".join(f"\n{_traced(e)}" for e in error.exceptions) if isinstance(error, BaseExceptionGroup) else ""
    return f"{before}{type(error).__name__}{way}{inside}"


def _without_words(logger: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """A traceback as we show it: an error's message may be what somebody said."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = _traced(error)
    return event


def note_unawaited(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What went wrong where nobody waited for it; asyncio itself would print the error's message."""
    log, error = structlog.get_logger("loop"), context.get("exception")
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE) and "socket" in context:
        log.error("no connection can be accepted: too many files are open, see LimitNOFILE")
    else:
        log.error("nobody waited for this", exc_info=error)


def set_up_logs(settings: Settings) -> None:
    """All logs of all libraries through one handler, redacted; libraries log only what is wrong."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    processors = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _without_words,
        last,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=processors)
    handler = logging.StreamHandler(sys.stderr)
    secret = settings.token.get_secret_value() if settings.token else ""
    handler.setFormatter(Redacting(formatter, secret))
    handler.addFilter(LogLimiter())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
