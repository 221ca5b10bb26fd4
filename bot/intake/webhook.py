"""The webhook: an update that Telegram posts is answered with 200 only once it is stored, by whichever replica."""

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from aiohttp import web
from telegram import WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.backoff import Backoff
from bot.clock import waited
from bot.intake.intake_gap import IntakeGap
from bot.intake.polling import ALLOWED_UPDATES, LONGEST, PAUSE, UpdateStore
from bot.intake.update_filter import fits
from bot.outcomes import WrongToken
from storage.db.errors import DOWN

log = structlog.get_logger("webhook")
LARGEST = 1024 * 1024  # bytes of one update
HEADER = "X-Telegram-Bot-Api-Secret-Token"
CHECK_EVERY = 15.0  # seconds between two checks whether anything waits at Telegram
REASONS = (  # for which Telegram takes no webhook, in its words; it may quote the address
    "https url must be provided", "can be set up only on ports", "failed to resolve host", "is reserved",
    "ip address is invalid", "secret token contains",
)  # fmt: skip
ONE_AT_A_TIME = 1  # with more, two updates of one person could overtake each other on the way


class Webhook:
    """Has Telegram post updates to `url` and stores them; the instance that `leads` keeps the webhook set."""

    def __init__(self, intake: UpdateStore, url: str, secret: str, leads: Callable[[], bool]) -> None:
        self.intake = intake
        self.bot = intake.bot
        self.clock = intake.clock
        self.url = url
        self.secret = secret
        self.leads = leads
        self._open = True
        self._set = False
        self._checked_at = float("-inf")
        self.gap = IntakeGap(intake.clock)
        self._failing = Backoff(PAUSE, LONGEST)
        self._pause = PAUSE  # seconds until the next check during a gap

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the webhook set until `stop` is set."""
        while not stop.is_set():
            await self.step()
            await waited(stop, self._pause if self.gap else CHECK_EVERY)
        self._open = False

    async def step(self) -> bool:
        """Set the webhook where it isn't yet, and ask whether anything waits; updates come by themselves."""
        real = self.clock.real()
        if not self.leads():
            self.gap.begin(anew=True)
            return False
        if self._set and not self.gap and real - self._checked_at < CHECK_EVERY:
            return False
        self._checked_at = real
        try:
            await self._check()
            self._failing.succeeded()
            self._pause = PAUSE
        except InvalidToken as error:
            raise WrongToken from error
        except TelegramError as error:
            self.gap.failed(error)
            self._pause = self._failing.failed()
            log.warning("the webhook can't be looked after", why=type(error).__name__)
        return False

    async def _check(self) -> None:
        if not self._set and not await self._has_set():
            self.gap.begin()
            return
        info: WebhookInfo = await self.bot.get_webhook_info()
        self._set = info.url == self.url  # somebody may have taken it away
        if not info.pending_update_count:
            self.gap.end()
        elif info.last_error_message:
            log.warning("Telegram can't bring updates", waiting=info.pending_update_count)

    async def _has_set(self) -> bool:
        """Whether Telegram takes it; a refusal is logged once, for only the operator can mend it."""
        try:
            await self.bot.set_webhook(
                self.url, secret_token=self.secret, max_connections=ONE_AT_A_TIME, allowed_updates=ALLOWED_UPDATES
            )
        except BadRequest as error:
            why = next((sign for sign in REASONS if sign in str(error).lower()), type(error).__name__)
            if why != self.gap.refused:
                log.error("Telegram refuses the webhook", why=why)
            self.gap.refused = why
            return False
        self.gap.refused, self._set = "", True
        return True

    async def take(self, request: web.Request) -> web.Response:
        """One update: 200 when it is stored, 401 from strangers, 400 and 413 for what is none, 503 to try again."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=401, text="the secret token is missing or wrong")
        try:
            update = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413, text=f"an update has at most {LARGEST} bytes")
        except (ValueError, RecursionError, web.RequestPayloadError):  # the last where it isn't packed as it says
            return web.Response(status=400, text="the body should be an update as JSON")
        if not isinstance(update, Mapping) or not fits(update.get("update_id")):
            return web.Response(status=400, text="an update has a number, update_id")
        return await self._stored(update)

    async def _stored(self, update: Mapping[str, Any]) -> web.Response:
        if not self._open:
            return web.Response(status=503, text="about to stop: another replica takes it, or this one again")
        try:
            await self.intake.keep([update])
        except DOWN as error:
            log.error("an update can't be stored", why=type(error).__name__)
            return web.Response(status=503, text="nothing can be stored now: try again later")
        return web.Response()
