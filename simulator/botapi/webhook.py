"""The webhook client: posts updates to the bot, in order, until each is taken."""

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout
from telegram import WebhookInfo

from simulator.api_errors import bad
from simulator.botapi.params import Params
from simulator.updates.queue import Updates
from simulator.world.world import World

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST = 40
PAUSE = 1.0  # seconds after which what was not taken is posted again
PATIENCE = 60.0


class Webhook:
    """The bot's webhook, and the posts to it.

    Only addresses on this machine are ever called; `hosts` maps outside addresses to them.
    """

    def __init__(
        self,
        updates: Updates,
        now: Callable[[], datetime],
        wait: Callable[[float], Awaitable[None]],
        hosts: Mapping[str, str],
    ) -> None:
        self.url = ""
        self.most = MOST
        self.last_error: tuple[datetime, str] | None = None
        self._secret = ""
        self._updates = updates
        self._now = now
        self._hosts = hosts
        self.wait = wait
        self._posting: asyncio.Task[None] | None = None
        self._under_way: set[int] = set()

    def set(self, url: str, secret: str, most: int) -> None:
        """Post there from now on, so many at once; nowhere when empty."""
        self.release()
        self.url, self._secret, self.most = url, secret, most
        if url:
            self._posting = asyncio.create_task(self._post_all())

    def release(self) -> None:
        """Post nothing more; what was not taken stays."""
        if self._posting is not None:
            self._posting.cancel()

    async def stop(self) -> None:
        """Post nothing more, and be done with it."""
        self.release()
        if self._posting is not None:
            await asyncio.gather(self._posting, return_exceptions=True)

    def info(self) -> WebhookInfo:
        at, message = self.last_error or (None, None)
        allowed = tuple(self._updates.allowed) or None
        return WebhookInfo(
            self.url,
            has_custom_certificate=False,
            pending_update_count=len(self._updates),
            last_error_date=at,
            last_error_message=message,
            max_connections=self.most if self.url else None,
            allowed_updates=allowed,
        )

    # --- posting ----------------------------------------------------------------------------------------------------

    async def _post_all(self) -> None:
        free = asyncio.Semaphore(self.most)
        self._under_way = set()
        queue: deque[dict[str, Any]] = deque()
        timeout = ClientTimeout(total=PATIENCE)
        async with ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as posts:
            while True:
                await free.acquire()
                while not queue:
                    queue.extend(await self._new())
                post = posts.create_task(self._post_until_taken(session, queue.popleft()))
                post.add_done_callback(lambda _: free.release())

    async def _new(self) -> list[dict[str, Any]]:
        """What isn't being posted yet; waits until there is something."""
        while True:
            self._updates.arrived.clear()
            if found := self._updates.waiting(self._under_way):
                self._under_way |= {raw["update_id"] for raw in found}
                return found
            await self._updates.arrived.wait()

    async def _post_until_taken(self, session: ClientSession, raw: dict[str, Any]) -> None:
        while (problem := await self._post(session, raw)) or self._updates.disorder.befalls("unanswered", raw):
            self.last_error = self._now(), problem or "Read timeout expired"
            await self.wait(PAUSE)
        self._under_way.discard(raw["update_id"])
        self._updates.confirm(raw["update_id"])

    async def _post(self, session: ClientSession, raw: dict[str, Any]) -> str:
        """What went wrong, in Telegram's words; nothing where the bot has taken it."""
        address = self._address()
        if not address:
            return "Failed to resolve host: Name or service not known"
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with session.post(address, json=raw, headers=headers) as answer:
                await answer.read()
        except ClientConnectorError:
            return "Connection refused"
        except TimeoutError:
            return "Read timeout expired"
        except ClientError:
            return "Connection reset by peer"
        return (
            ""
            if answer.ok and answer.status < 300
            else f"Wrong response from the webhook: {answer.status} {answer.reason}"
        )

    def _address(self) -> str:
        """Where that is on this machine, if it is."""
        url = urlsplit(self.url)
        if url.hostname in LOOPBACK:
            return self.url
        known = self._hosts.get(url.hostname or "")
        return f"{known}{url.path}" if known else ""


def methods(webhook: Webhook) -> dict[str, Callable[[World, Params], Any]]:
    """The methods about this bot's webhook."""

    def set_webhook(world: World, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        most = params.integer("max_connections", MOST)
        if not 1 <= most <= 100:
            raise bad("invalid max_connections value specified")
        _change(world.updates, params)
        webhook.set(url, secret, most)
        return True

    def delete_webhook(world: World, params: Params) -> bool:
        _change(world.updates, params)
        webhook.set("", "", MOST)
        return True

    def get_webhook_info(world: World, params: Params) -> WebhookInfo:
        return webhook.info()

    return {
        "setWebhook": set_webhook,
        "deleteWebhook": delete_webhook,
        "getWebhookInfo": get_webhook_info,
    }


def _change(updates: Updates, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        updates.clear()
    if "allowed_updates" in params:
        updates.allowed = params.sequence("allowed_updates", "allowed updates")
