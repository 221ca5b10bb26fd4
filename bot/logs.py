"""What do logs say? Structured lines without personal data, and never the token."""

import logging
import re
import sys
from typing import Any

import structlog

from bot.settings import Settings

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
HIDDEN = "<token>"
QUIET = ("httpx", "httpcore", "aiogram", "telegram", "apscheduler", "aiosqlite", "alembic", "sqlalchemy")


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


def set_up_logs(settings: Settings) -> None:
    """All logs of all libraries through one handler, redacted; libraries speak up only when something is wrong."""
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
        structlog.processors.format_exc_info,
        last,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=processors)
    handler = logging.StreamHandler(sys.stderr)
    secret = settings.token.get_secret_value() if settings.token else ""
    handler.setFormatter(Redacting(formatter, secret))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
