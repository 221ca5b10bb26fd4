"""Recorded calls of the bot, with their answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Message

from simulator.botapi.params import Params


@dataclass
class Call:
    """One API call: what was asked, and (once `status` is not 0) what was answered. The first has number 1."""

    method: str
    params: Params
    at: datetime
    number: int = 0
    status: int = 0
    description: str = ""
    result: Any = None

    @property
    def message(self) -> Message | None:
        """The message that the call made or changed; of an album, the first."""
        first = self.result[0] if isinstance(self.result, list) and self.result else self.result
        return first if isinstance(first, Message) else None

    @property
    def words(self) -> str:
        """What it says, as far as it says anything."""
        return self.params.text("text") or self.params.text("caption")


Hook = Callable[[str, Call], Awaitable[None]]
