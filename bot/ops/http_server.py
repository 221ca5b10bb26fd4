"""The bot's HTTP server: the webhook, `/live`, `/ready` and `/metrics`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestHandler

from bot.intake.webhook import LARGEST
from bot.ops.health import Health
from bot.ops.http_connections import BACKLOG, Connections
from bot.settings import SettingsError

LINGER = 2.0  # seconds in which the rest of a body that nobody reads may come
Taker = Callable[[web.Request], Awaitable[web.StreamResponse]]


class CantListen(SettingsError):
    """Somebody else listens there, or nobody may."""


@asynccontextmanager
async def listening(address: tuple[str, int] | None, health: Health, take: Taker | None) -> AsyncIterator[str]:
    """Serve there while the bot runs; posts go to `take`, at whichever path a proxy leaves them. Yields the address."""
    if address is None:
        yield ""
        return
    connections = Connections(lambda: _protocol(runner))
    app = web.Application(client_max_size=LARGEST, middlewares=[connections.answer])
    app.router.add_get("/live", health.live)
    app.router.add_get("/ready", health.ready)
    app.router.add_get("/metrics", health.answer_metrics)
    if take is not None:
        app.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0, lingering_time=LINGER, logger=_log())
    await runner.setup()
    try:
        async with _accepting(connections, *address) as bound:
            yield f"http://{bound[0]}:{bound[1]}"
    finally:
        await runner.cleanup()


def _protocol(runner: web.AppRunner) -> RequestHandler:
    if runner.server is None:
        raise RuntimeError("the runner is not set up")
    return runner.server()


def _log() -> logging.Logger:
    """aiohttp's log of the server, which says what goes wrong in our handlers, and nothing of what strangers send."""
    log = logging.getLogger("aiohttp.server")
    log.addFilter(_is_ours)
    return log


def _is_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, (HttpProcessingError, web.RequestPayloadError))


@asynccontextmanager
async def _accepting(connections: Connections, host: str, port: int) -> AsyncIterator[tuple[str, int]]:
    """Accept connections there; yields where that is."""
    server = await _bound(connections, host, port)
    watching = asyncio.create_task(connections.watch())
    try:
        yield server.sockets[0].getsockname()[:2]
    finally:
        watching.cancel()
        server.close()


async def _bound(connections: Connections, host: str, port: int) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(connections, host, port, backlog=BACKLOG)
    except OSError as error:
        raise CantListen(f"nothing can listen at {host}:{port} ({error.strerror}): set MASHANG_LISTEN") from error
