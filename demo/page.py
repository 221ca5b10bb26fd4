"""`mashang demo`: a page on which one person plays every side of a complaint and moves the clock."""

import asyncio
import logging
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr

from bot.clock import MovableClock
from bot.logs import QUIET, set_up_logs
from bot.ops.stop_signals import set_on_signals
from bot.settings import Settings
from demo.controller import FIRST_CITY, DemoController
from demo.sample_city import MORNING, TOKEN
from simulator.server import Simulator
from simulator.ui.access_code import LOOPBACK
from simulator.ui.web_server import Window

OPEN_TO_OTHERS = (
    "This page can be reached from other machines: whoever has the whole address, with its code, plays every side and "
    "reads everything. It is for a training room, unencrypted; don't let it be reached from the internet."
)


class PortTaken(Exception):
    """Another program listens there."""


async def serve(host: str, port: int, language: str = "zh") -> None:
    """The page and its city, until SIGINT or SIGTERM. PortTaken where nothing can listen there."""
    stop = asyncio.Event()
    set_on_signals(stop)
    with tempfile.TemporaryDirectory(prefix="mashang-") as folder:
        await _serve(host, port, language, Path(folder), stop)


async def _serve(host: str, port: int, language: str, folder: Path, stop: asyncio.Event) -> None:
    clock = MovableClock(MORNING)
    sim = Simulator(token=TOKEN, username="mashang_demo_bot", now=clock.now)
    controller = DemoController(sim, clock, folder)
    window = Window(sim, controller)
    try:
        url = await window.start(host, port)
    except OSError as error:
        raise PortTaken(f"nothing can listen on {host}:{port} ({error.strerror}): try --port 0") from None
    await sim.start()
    try:
        typer.echo(f"Open {url} in a browser; Ctrl+C ends it.")
        if host not in LOOPBACK:
            typer.echo(OPEN_TO_OTHERS, err=True)
        if await _unless(stop, controller.restart(FIRST_CITY, language)):
            window.show.begin()
            await stop.wait()
    finally:
        await window.close()
        await controller.close()
        await sim.stop()


async def _unless(stop: asyncio.Event, begins: Coroutine[Any, Any, None]) -> bool:
    """Whether it came to its end: it is given up as soon as somebody wants to stop."""
    beginning, stopped = asyncio.create_task(begins), asyncio.create_task(stop.wait())
    await asyncio.wait((beginning, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if beginning.done():
        await beginning
        return True
    beginning.cancel()
    with suppress(asyncio.CancelledError):
        await beginning
    return False


def demo(host: str, port: int, language: str) -> None:
    """`serve` with quiet logs: what goes wrong on purpose is seen on the page."""
    set_up_logs(Settings(token=SecretStr(TOKEN)))
    for name in ("", *QUIET):
        logging.getLogger(name).setLevel(logging.ERROR)
    with suppress(KeyboardInterrupt):  # Ctrl+C where the loop handles no signals
        asyncio.run(serve(host, port, language))
