"""The simulator: the Bot API over HTTP on loopback, with hooks to observe and to interfere."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import web
from telegram import TelegramObject

from simulator.api_errors import Answer, DropConnection, Page
from simulator.botapi import chat_methods, edit_methods, profile_methods, send_methods, topic_methods, webhook
from simulator.botapi.calls import Call, Hook
from simulator.botapi.limits import Limits
from simulator.botapi.params import Params, read
from simulator.http_server import listen
from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.updates.queue import Updates
from simulator.world.transcript import Entry
from simulator.world.world import World

WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
LARGEST_REQUEST = 60 * 1024 * 1024
UNPACED = frozenset({"answerCallbackQuery", "deleteMessage", "pinChatMessage"})
PACED = frozenset(send_methods.METHODS.keys() | edit_methods.METHODS.keys() | topic_methods.METHODS.keys()) - UNPACED

log = logging.getLogger("simulator")


@dataclass
class Memory:
    """All that a simulator knows: it can be copied, and another simulator can go on from it."""

    updates: Updates
    world: World
    profile: profile_methods.Profile
    calls: list[Call]


class Simulator:
    """A Telegram of one's own: its Bot API on a loopback port, and the people and groups in it."""

    def __init__(
        self,
        token: str,
        username: str,
        now: Callable[[], datetime],
        limits: bool = False,
        first_update_id: int = 1,
        monotonic: Callable[[], float] = time.monotonic,
        name: str = "马上",
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._token = token
        self._bot = profile_methods.bot(int(token.partition(":")[0]), name, username)
        self._now = now
        self.hook: Hook | None = None
        self.says_date = True
        self.url = ""
        self._limits = Limits(monotonic) if limits else None
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._wait = wait
        self.hosts: dict[str, str] = {}
        self.updates = Updates()
        self.webhook = webhook.Webhook(self.updates, now, wait, self.hosts)
        self.restart(first_update_id)

    def restart(self, first_update_id: int = 1) -> None:
        """Forget everybody and everything said, as if nobody had ever come."""
        updates = Updates(first_update_id)
        self.resume(Memory(updates, World(self._bot, self._now, updates), profile_methods.Profile(), []))

    @property
    def memory(self) -> Memory:
        return Memory(self.updates, self.world, self.profile, self.calls)

    def resume(self, memory: Memory) -> None:
        """Go on from there, with the people, chats and messages that it has; no webhook is set."""
        self.updates.release()
        self.webhook.release()
        self.updates, self.world = memory.updates, memory.world
        self.profile, self.calls = memory.profile, memory.calls
        self.webhook = webhook.Webhook(self.updates, self._now, self._wait, self.hosts)
        own = profile_methods.methods(self.profile) | webhook.methods(self.webhook)
        methods = send_methods.METHODS | edit_methods.METHODS | topic_methods.METHODS | chat_methods.METHODS | own
        self._methods = {name.lower(): (name, method) for name, method in methods.items()}

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes any that is free, and `url` says where."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.on_response_prepare.append(self._date)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._serve)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        self._runner, self._site, self.url = await listen(app, host, port, attentive=True)

    async def _date(self, request: web.Request, response: web.StreamResponse) -> None:
        """Every answer says what time it is in the simulated world, unless it is to keep that to itself."""
        if self.says_date:
            response.headers["Date"] = format_datetime(self._now().astimezone(UTC), usegmt=True)
        else:
            response.headers.pop("Date", None)

    async def unplug(self) -> None:
        """Close the port and every connection."""
        if self._runner is None or self._site is None:
            return
        await self._site.stop()
        self._site = None
        for connection in self._runner.server.connections if self._runner.server else ():
            if connection.transport is not None:
                connection.transport.close()

    async def plug(self) -> None:
        """Listen again where one listened before."""
        if self._runner is None or self._site is not None:
            return
        where = urlsplit(self.url)
        site = web.TCPSite(self._runner, where.hostname, where.port)
        await site.start()
        self._site = site

    async def stop(self) -> None:
        """Answer waiting polls, post nothing more to the webhook, and close the port."""
        self.updates.release()
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def refused(self) -> list[Call]:
        """The calls answered with 400."""
        return [call for call in self.calls if call.status == 400]

    @property
    def updates_confirmed(self) -> list[int]:
        """The ids of the updates that the bot has confirmed, in that order."""
        return self.updates.confirmed

    def person(
        self, name: str, phone: str = "", language: str | None = "zh-hans", username: str | None = None
    ) -> Account:
        """A new account, which has not spoken to the bot yet."""
        return Account(self.world, name, phone, language, username)

    def group(self, title: str, members: Sequence[Account] = (), supergroup: bool = True, forum: bool = False) -> Group:
        """A new group without the bot, with topics or not; its first member owns it."""
        made = Group(self.world, title, members, supergroup)
        made.room.forum = forum
        return made

    def inject(self, raw: dict[str, Any]) -> int:
        """Queue any update at all, and return its number."""
        return self.updates.inject(raw)

    def transcript(self) -> list[Entry]:
        """Everything that happened so far, in order."""
        return list(self.world.entries)

    async def _serve(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return _answer(Answer(401, "Unauthorized"))
        asked = request.match_info["method"]
        name = "getUpdates" if asked.lower() == "getupdates" else self._methods.get(asked.lower(), ("",))[0]
        if not name:
            return _answer(Answer(404, "Not Found"))
        try:
            call = Call(name, await read(request), self.world.now(), len(self.calls) + 1)
        except Answer as answer:
            return _answer(answer)
        return await self._carry_out(call, request)

    async def _carry_out(self, call: Call, request: web.Request) -> web.Response:
        self.calls.append(call)
        try:
            await self._tell_hook("received", call)
            call.result = await self._result(call)
            call.status = 200
            await self._tell_hook("done", call)
        except Answer as answer:
            call.status, call.description = answer.status, answer.description
            log.info("%s: %s %s", call.method, answer.status, _unquoted(answer.description))
            return _answer(answer)
        except Page as page:
            call.status = page.status
            return web.Response(status=page.status, text=page.html, content_type="text/html")
        except DropConnection:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return web.json_response({"ok": True, "result": _plain(call.result)})

    async def _tell_hook(self, phase: str, call: Call) -> None:
        if self.hook is not None:
            await self.hook(phase, call)

    async def _result(self, call: Call) -> Any:
        if call.method == "getUpdates":
            return await self._get_updates(call.params)
        if self._limits is not None and call.method in PACED:
            self._limits.spend(call.params.integer("chat_id"))
        return self._methods[call.method.lower()][1](self.world, call.params)

    async def _get_updates(self, params: Params) -> list[dict[str, Any]]:
        if self.webhook.url:
            raise Answer(409, WEBHOOK_SET)
        if "allowed_updates" in params:
            self.updates.allowed = params.sequence("allowed_updates", "allowed updates")
        limit = min(max(params.integer("limit", 100), 1), 100)
        return await self.updates.get(params.integer("offset"), limit, min(params.integer("timeout"), 50))

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return _answer(Answer(401, "Unauthorized"))
        stored = self.world.files.at(request.match_info["path"])
        if stored is None:
            return _answer(Answer(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _answer(answer: Answer) -> web.Response:
    body = {"ok": False, "error_code": answer.status, "description": answer.description}
    if answer.parameters:
        body["parameters"] = answer.parameters
    return web.json_response(body, status=answer.status)


def _plain(result: Any) -> Any:
    if isinstance(result, TelegramObject):
        return result.to_dict()
    return [_plain(item) for item in result] if isinstance(result, list) else result


def _unquoted(description: str) -> str:
    """What was wrong, without what stands behind it: that may quote what was sent."""
    return ": ".join(description.split(": ")[:2])
