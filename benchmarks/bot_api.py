"""A Bot API server that does next to nothing: it hands out updates, answers every call at once, and notes when."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

from aiohttp import web

from simulator.http_server import listen

TOKEN = "123456:benchmark"  # noqa: S105 - a server of our own takes any
BOT: dict[str, Any] = {"id": 123456, "is_bot": True, "first_name": "bot", "username": "benchmark_bot"}
SENDS = ("sendMessage", "sendPhoto", "sendVoice", "sendDocument", "sendMediaGroup")
MOST_UPDATES = 100  # that one getUpdates returns


@dataclass(frozen=True)
class Call:
    """One call of the bot: `at` in seconds of steady time, `params` as they were sent."""

    at: float
    method: str
    chat: int
    params: dict[str, Any]
    message_id: int = 0

    @property
    def buttons(self) -> dict[str, str]:
        """What can be pressed under it: callback data by label."""
        keyboard = json.loads(self.params.get("reply_markup") or "{}").get("inline_keyboard", [])
        return {key["text"]: key["callback_data"] for row in keyboard for key in row if "callback_data" in key}


@dataclass
class BotApi:
    """The server, and the people who write through it. `round_trip` is how long an answer takes, in seconds."""

    round_trip: float = 0.0
    jitter: Callable[[], float] = lambda: 0.0
    address: str = ""
    calls: list[Call] = field(default_factory=list)
    on_call: Callable[[Call], None] | None = None
    polled: asyncio.Event = field(default_factory=asyncio.Event)  # it has been asked for updates
    polled_at: float = 0.0  # when it first was, by the steady clock
    _updates: deque[dict[str, Any]] = field(default_factory=deque)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _messages: "count[int]" = field(default_factory=lambda: count(1))
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    # --- people -------------------------------------------------------------------------------------------------

    def says(self, user: int, text: str) -> None:
        self._put({"message": said(user, text, next(self._messages))})

    def taps(self, user: int, call: Call, data: str) -> str:
        """Press a button under a message of the bot; returns the id of the press, by which it is answered."""
        number = str(next(self._numbers))
        shown = {**message(user, call.message_id), "from": BOT, "text": call.params.get("text", "")}
        press = {"id": number, "from": person(user), "message": shown, "chat_instance": "1", "data": data}
        self._put({"callback_query": press})
        return number

    def _put(self, update: dict[str, Any]) -> None:
        self._updates.append({"update_id": next(self._numbers), **update})
        self._came.set()

    # --- the bot ------------------------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params = dict(await request.post()) if request.can_read_body else dict(request.query)
        if method == "getUpdates":
            self.polled_at = self.polled_at or time.monotonic()
            self.polled.set()
            return _answer(await self._get_updates(params))
        if (delay := self.round_trip + self.jitter()) > 0:
            await asyncio.sleep(delay)
        call, result = self._carry_out(method, params)
        self.calls.append(call)
        if self.on_call is not None:
            self.on_call(call)
        return _answer(result)

    async def _get_updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        while self._updates and self._updates[0]["update_id"] < int(params.get("offset") or 0):
            self._updates.popleft()
        if not self._updates:
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), float(params.get("timeout") or 0) or 0.01)
            except TimeoutError:
                return []
        limit = min(int(params.get("limit") or MOST_UPDATES), MOST_UPDATES)
        return list(islice(self._updates, limit))

    def _carry_out(self, method: str, params: dict[str, Any]) -> tuple[Call, Any]:
        chat = int(params.get("chat_id") or 0)
        if method in SENDS or method == "editMessageText":
            number = int(params["message_id"]) if method == "editMessageText" else next(self._messages)
            sent = {**message(chat, number), "from": BOT, "text": params.get("text") or "-"}
            return Call(time.monotonic(), method, chat, params, number), [sent] if method == "sendMediaGroup" else sent
        answers: dict[str, Any] = {"getMe": BOT, "getWebhookInfo": {"url": "", "pending_update_count": 0}}
        return Call(time.monotonic(), method, chat, params), answers.get(method, True)


def person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"p{user}", "language_code": "zh-hans"}


def message(chat: int, number: int) -> dict[str, Any]:
    """What every message has."""
    kind = "private" if chat > 0 else "supergroup"
    where = {"id": chat, "type": kind, "title" if chat < 0 else "first_name": "chat"}
    return {"message_id": number, "date": int(time.time()), "chat": where}


def said(user: int, text: str, number: int) -> dict[str, Any]:
    """Somebody's words in private."""
    return {**message(user, number), "from": person(user), "text": text}


def _answer(result: Any) -> web.Response:
    return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")


@asynccontextmanager
async def serving(round_trip: float = 0.0, jitter: Callable[[], float] = lambda: 0.0) -> AsyncIterator[BotApi]:
    """The server on a free port of this machine."""
    api = BotApi(round_trip, jitter)
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api._handle)
    runner, _, api.address = await listen(app, "127.0.0.1", 0)
    try:
        yield api
    finally:
        api._came.set()
        await runner.cleanup()
