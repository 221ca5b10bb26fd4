"""The errors that a method of the simulator, or a test's hook, raises instead of a result."""

from typing import Any


class Answer(Exception):
    """Answered with this status and description, and with `parameters` if any are given."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class Page(Exception):
    """Answered by something in between, with a page for people instead of the Bot API's JSON."""

    def __init__(self, status: int, html: str) -> None:
        super().__init__(f"a page with status {status}")
        self.status = status
        self.html = html


class DropConnection(Exception):
    """The connection breaks before anything is answered."""


def bad(description: str, parameters: dict[str, Any] | None = None) -> Answer:
    """A 400, described in Telegram's words."""
    return Answer(400, f"Bad Request: {description}", parameters)


def forbidden(description: str) -> Answer:
    """A 403, described in Telegram's words."""
    return Answer(403, f"Forbidden: {description}")


def too_many(seconds: int) -> Answer:
    """A 429 that asks to wait for so many seconds."""
    return Answer(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
