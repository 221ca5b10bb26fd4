"""A bot that runs on a prepared city and a Bot API server beside it, for as long as a scenario lasts."""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy.engine import make_url

from benchmarks.bot_api import TOKEN, BotApi, serving
from benchmarks.measured_process import MeasuredProcess, measured

READY_WITHIN = 60.0  # seconds


@dataclass(frozen=True)
class Running:
    """`started` is how many seconds it took until the bot asked for updates."""

    api: BotApi
    process: MeasuredProcess
    started: float


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def database(server: str = "") -> AsyncIterator[tuple[str, Path]]:
    """The address of a database that is gone afterwards, and a folder beside it; on a PostgreSQL server where given."""
    with tempfile.TemporaryDirectory() as name:
        if not server:
            yield f"sqlite+aiosqlite:///{name}/bot.db", Path(name)
            return
        mine = f"mashang_benchmark_{os.getpid()}"
        await _run_on(server, f"DROP DATABASE IF EXISTS {mine}", f"CREATE DATABASE {mine}")
        try:
            yield make_url(server).set(database=mine).render_as_string(hide_password=False), Path(name)
        finally:
            await _run_on(server, f"DROP DATABASE IF EXISTS {mine} WITH (FORCE)")


async def _run_on(server: str, *statements: str) -> None:
    connection = await asyncpg.connect(server.replace("+asyncpg", ""))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


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
