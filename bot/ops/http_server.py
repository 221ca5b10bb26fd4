"""The bot's HTTP server: the webhook, `/live`, `/ready` and `/metrics`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.intake.webhook import LARGEST
from bot.ops.health import Health
from bot.settings import SettingsError

Taker = Callable[[web.Request], Awaitable[web.StreamResponse]]


class CantListen(SettingsError):
    """Somebody else listens there, or nobody may."""


@asynccontextmanager
async def listening(address: tuple[str, int] | None, health: Health, take: Taker | None) -> AsyncIterator[str]:
    """Serve there while the bot runs; posts go to `take`, at whichever path a proxy leaves them. Yields the address."""
    if address is None:
        yield ""
        return
    app = web.Application(client_max_size=LARGEST)
    app.router.add_get("/live", health.live)
    app.router.add_get("/ready", health.ready)
    app.router.add_get("/metrics", health.answer_metrics)
    if take is not None:
        app.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await _start(runner, *address)
        bound = runner.addresses[0]
        yield f"http://{bound[0]}:{bound[1]}"
    finally:
        await runner.cleanup()


async def _start(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CantListen(f"nothing can listen at {host}:{port} ({error.strerror}): set MASHANG_LISTEN") from error
