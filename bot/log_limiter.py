"""A limit for equal lines of the log: a few a minute, and in the next minute how many were left out."""

import logging
import sys
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.clock import steady

WINDOW = 60.0  # seconds
MOST = 3  # equal lines in each window
TOO_MANY = 1000  # kinds of lines that are remembered at a time


@dataclass
class Window:
    """How often a line came since `began`, and how often it was left out."""

    began: float
    lines: int = 0
    left_out: int = 0


class LogLimiter(logging.Filter):
    """Lines are equal where logger, level, event, every field and the class of the error are.

    So an update, a message or a case that is named is never left out because of another one.
    """

    def __init__(self, steadily: Callable[[], float] = steady) -> None:
        super().__init__()
        self._steadily = steadily
        self._windows: dict[Hashable, Window] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written; the first of a new window says what the last one has left out."""
        now, key = self._steadily(), _key(record)
        before = self._windows.get(key)
        if before is None or now - before.began >= WINDOW:
            self._forget(now)
            self._windows[key] = window = Window(now)
            _add(record, before.left_out if before else 0)
        else:
            window = before
        window.lines += 1
        window.left_out += window.lines > MOST
        return window.lines <= MOST

    def _forget(self, now: float) -> None:
        """Forget what has not come for long; where that is too little, everything."""
        if len(self._windows) >= TOO_MANY:
            self._windows = {key: w for key, w in self._windows.items() if now - w.began < 2 * WINDOW}
        if len(self._windows) >= TOO_MANY:
            self._windows.clear()


def _key(record: logging.LogRecord) -> Hashable:
    said = record.msg
    error = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
    if not isinstance(said, dict):
        return record.name, record.levelno, str(said), error
    fields = tuple(sorted((name, _shown(name, value)) for name, value in said.items() if name != "timestamp"))
    return record.name, record.levelno, fields, error


def _shown(name: str, value: object) -> str:
    """A field for comparing: of an error the class and not what it says."""
    if name != "exc_info":
        return repr(value)
    error = sys.exc_info()[1] if value is True else value[1] if isinstance(value, tuple) else value
    return type(error).__name__


def _add(record: logging.LogRecord, left_out: int) -> None:
    if left_out and isinstance(record.msg, dict):
        record.msg["left_out"] = left_out
    elif left_out:
        record.msg, record.args = f"{record.getMessage()} ({left_out} more left out)", ()
