"""The queue of updates that the bot has not confirmed, and the one request that waits for them."""

import asyncio
from collections.abc import Container, Sequence
from typing import Any

from telegram import Update

from simulator.api_errors import Answer
from simulator.numbers import Numbers
from simulator.updates.disorder import Disorder

BY_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """Updates in order, each kept until a getUpdates with a higher offset confirms it."""

    def __init__(self, first_update_id: int = 1) -> None:
        self.confirmed: list[int] = []
        self.allowed: Sequence[str] = ()
        self.disorder = Disorder(())
        self.arrived = asyncio.Event()
        self._numbers = Numbers(first_update_id)
        self._pending: dict[int, dict[str, Any]] = {}
        self._back: set[int] = set()
        self._waiting: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, kind: str, happened: Any) -> None:
        """An update of that kind, unless the bot has asked not to get it."""
        if (kind not in self.allowed) if self.allowed else (kind in BY_REQUEST_ONLY):
            return
        number = next(self._numbers)
        raw = Update(number, **{kind: happened}).to_dict()
        malformed = self.disorder.before(raw)
        if malformed is not None:
            self._push(number, {**malformed, "update_id": number})
            number = raw["update_id"] = next(self._numbers)
        self._push(number, raw)

    def inject(self, raw: dict[str, Any]) -> int:
        """Any update at all, however malformed; numbered here unless it brings a number."""
        brought = raw.get("update_id")
        number = brought if isinstance(brought, int) else next(self._numbers)
        self._push(number, {"update_id": number, **raw})
        return number

    def restart(self, first_update_id: int) -> None:
        """Number what follows from there, as Telegram does after a week of silence."""
        self._numbers = Numbers(first_update_id)

    def clear(self) -> None:
        """Forget everything pending, unconfirmed."""
        self._pending.clear()

    def release(self) -> None:
        """Let a waiting request answer with what there is."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    async def get(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Confirm what is below the offset, answer with the rest; if there is none, wait so many seconds."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(Answer(409, CONFLICT))
        self._confirm(offset)
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return self.disorder.handed_out(list(self._pending.values())[:limit])

    def waiting(self, but: Container[int]) -> list[dict[str, Any]]:
        """The updates for a webhook, apart from those whose numbers are given."""
        return self.disorder.handed_out([raw for number, raw in self._pending.items() if number not in but])

    def confirm(self, number: int) -> None:
        """The bot has it: it isn't handed out again, unless the fault `again` applies."""
        raw = self._pending.pop(number, None)
        if raw is None:
            return
        if number in self._back:
            self._back.discard(number)
            return
        self.confirmed.append(number)
        if self.disorder.befalls("again", raw):
            self._back.add(number)
            self._push(number, raw)

    async def _wait(self, seconds: float) -> None:
        mine = self._waiting = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return
        finally:
            if self._waiting is mine:
                self._waiting = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = min(list(self._pending)[offset:], default=0)
        for number in [number for number in self._pending if number < offset]:
            self.confirm(number)

    def _push(self, number: int, raw: dict[str, Any]) -> None:
        self._pending[number] = raw
        self.arrived.set()
        self.release()
