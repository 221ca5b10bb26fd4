"""A bot that runs on a prepared city and a Bot API server beside it, for as long as a scenario lasts."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bot_api import TOKEN, BotApi, serving
from benchmarks.measured_process import MeasuredProcess, measured

READY_WITHIN = 60.0  # seconds


@dataclass(frozen=True)
class Running:
    """`started` is how many seconds it took until the bot asked for updates."""

    api: BotApi
    process: MeasuredProcess
    started: float


@contextmanager
def database() -> Iterator[tuple[str, Path]]:
    """The address of a database that is gone afterwards, and the folder that it is in."""
    with tempfile.TemporaryDirectory() as name:
        yield f"sqlite+aiosqlite:///{name}/bot.db", Path(name)


@asynccontextmanager
async def running(
    url: str,
    folder: Path,
    *,
    unpaced: bool = False,
    round_trip: float = 0.0,
    jitter: Callable[[], float] = lambda: 0.0,
    packs: Path | None = None,
    module: str = "benchmarks.measured_bot",
) -> AsyncIterator[Running]:
    """The bot, once it polls. `unpaced`: without Telegram's limits."""
    async with serving(round_trip, jitter) as api:
        env = {
            "MASHANG_TOKEN": TOKEN,
            "MASHANG_API_URL": api.address,
            "MASHANG_DATABASE_URL": url,
            "MASHANG_SECRET": "benchmark" * 4,
            "MASHANG_PACKS": str(packs or ""),
            "UNPACED": "yes" if unpaced else "",
        }
        began = time.monotonic()
        async with measured("-m", module, env=env, log=folder / "bot.log") as process:
            async with asyncio.timeout(READY_WITHIN):
                await api.polled.wait()
            yield Running(api, process, api.polled_at - began)
